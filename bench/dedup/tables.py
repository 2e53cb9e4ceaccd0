"""The results as tables in Markdown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bench.dedup.comparison import Comparison, Row
from bench.dedup.growth import Point
from bench.dedup.recovery import Recovery


def comparison_table(found: Comparison) -> str:
    """A line for each contender."""
    head = [
        "", "threshold", "pairwise F1", "precision / recall", "B-cubed", "ARI", "articles/s/core", "times datasketch",
        "bytes an article",
    ]  # fmt: skip
    return table(head, [_line(row) for row in found.rows])


def _line(row: Row) -> list[str]:
    quality = row.quality
    speedup = "" if row.speedup is None else "{:.2f} ({:.2f}-{:.2f})".format(*row.speedup)
    return [
        row.name,
        row.setting,
        f"{quality.pairs.f1:.3f}",
        f"{quality.pairs.precision:.3f} / {quality.pairs.recall:.3f}",
        f"{quality.b_cubed.f1:.3f}",
        f"{quality.ari:.3f}",
        f"{row.speed.median:,.0f}",
        speedup,
        "" if row.bytes_each is None else f"{row.bytes_each:,.0f}",
    ]


def others_table(found: Comparison) -> str:
    """What a clustering alone does not show, for wiredesk: embeds, quotations, templates, order, redelivery."""
    rows = []
    for name, quality in (("in order of time", found.ours), ("shuffled", found.shuffled)):
        rows.append(
            [
                name,
                f"{quality.pairs.f1:.3f} / {quality.b_cubed.f1:.3f} / {quality.ari:.3f}",
                *(str(quality.merged[kind]) for kind in ("embed", "quotes", "template")),
                f"{quality.linked} ({quality.linked.share:.0%})",
                str(quality.linked_short),
                f"{quality.right_links} ({quality.right_links.share:.0%})",
                f"{quality.covered.share:.0%}",
            ]
        )
    head = [
        "wiredesk", "F1 / B-cubed / ARI", "embeds merged", "quote-only merged", "templates merged",
        "embeds of 60 words and more linked", "shorter ones linked", "links that are right", "of the passage covered",
    ]  # fmt: skip
    return table(head, rows)


def growth_table(found: Mapping[str, Sequence[Point]]) -> str:
    """Speed and memory at each count, for each contender."""
    counts = sorted({point.articles for points in found.values() for point in points})
    rows = []
    for name, points in found.items():
        at = {point.articles: f"{point.rate:,.0f}/s, {point.bytes_each:,.0f} B" for point in points}
        rows.append([name, *(at.get(count, "") for count in counts)])
    return table(["articles in the window", *(f"{count:,}" for count in counts)], rows)


def recovery_line(found: Recovery) -> str:
    """A sentence."""
    return (
        f"{found.records:,} records of {found.record_bytes / found.records:,.0f} bytes are taken up in "
        f"{found.applied:.1f} s ({1e6 * found.applied / found.records:.0f} s a million), "
        f"a snapshot of {found.snapshot_bytes / 1e6:,.0f} MB in {found.restored:.2f} s."
    )


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table; all columns but the first to the right."""
    rule = ["---", *(["---:"] * (len(head) - 1))]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in [head, rule, *rows])

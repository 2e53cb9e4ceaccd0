"""Entities: names, clusters, links and confidence on labelled files, beside the bare models in the same run."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from bench.quality import links, reliability
from bench.quality.naming import KINDS, NameTally, Score
from bench.quality.recognisers import Article, gold_names, models, names_of, wiredesk
from wiredesk.entities.wikipedia import wikipedia


def score(files: Sequence[Path], plot: Path | None = None) -> None:
    """Prints tables for each file; the reliability of the first one goes to ``plot`` as SVG."""
    bare = models()
    for number, file in enumerate(files):
        articles = _labelled(file)
        documents = list(wiredesk(articles))
        tallies = {name: NameTally() for name in (*bare, "wiredesk")}
        for article, document in zip(articles, documents, strict=True):
            gold = gold_names(article)
            tallies["wiredesk"].add(gold, names_of(article, document))
            for name, run in bare.items():
                tallies[name].add(gold, run(article))
        print(f"{file.name}: {len(articles)} articles\n")
        _print_names(tallies)
        pairs = [
            pair
            for article, document in zip(articles, documents, strict=True)
            for pair in reliability.judged(article, document)
        ]
        found = reliability.bins(pairs)
        error = reliability.calibration_error(found)
        print(f"\ncalibration error {error:.3f} of {len(pairs)} entities: said, right (number)")
        print("  " + ", ".join(f"{each.said:.2f} {each.right:.2f} ({each.count})" for each in found))
        if plot is not None and number == 0:
            reliability.picture(found, plot)
        if any("wikipedia" in entity for article in articles for entity in article["entities"]):
            precision, recall = tallies["wiredesk"].b_cubed()
            print(f"clusters of named mentions, B-cubed: precision {precision:.3f} recall {recall:.3f}")
            _print_links(articles, documents)
        print()


def _labelled(file: Path) -> list[Article]:
    if not file.exists():
        sys.exit(f"{file} is not there; name a file of labelled articles (see docs/quality.md)")
    articles = [json.loads(line) for line in file.read_text("utf-8").splitlines() if line.strip()]
    if not any(article.get("entities") for article in articles):
        sys.exit(f"{file} has no labelled entities; names cannot be scored on it")
    return articles


def _print_names(tallies: dict[str, NameTally]) -> None:
    print(
        f"{'exact F1':10}" + "".join(f"{kind:>12}" for kind in (*KINDS, "together")) + "   overlap: precision recall F1"
    )
    for name, tally in tallies.items():
        exact = "".join(f"{_percent(tally.exact(kind)):12.1f}" for kind in (*KINDS, None))
        overlap = "".join(f"{_percent(tally.overlap(kind)):8.1f}" for kind in KINDS)
        precision, recall, f1 = tally.overlap()
        print(f"{name:10}{exact}{overlap}   together {100 * precision:.1f} {100 * recall:.1f} {100 * f1:.1f}")


def _percent(score: Score) -> float:
    return 100 * score.f1


def _print_links(articles: Sequence[Article], documents: Sequence[Article]) -> None:
    titles, counts = wikipedia(), Counter[tuple[str, str]]()
    for article, document in zip(articles, documents, strict=True):
        for kind, _, gold, right in links.judged(article, document, titles):
            counts[kind, "linked"] += right is not None
            counts[kind, "right"] += right is True
            counts[kind, "titled"] += gold is not None
            counts[kind, "covered"] += gold is not None and right is not None
    print("links" + ("" if titles is not None else " (without the extra: no titles of people)"))
    for kind in links.KINDS:
        linked, titled = counts[kind, "linked"], counts[kind, "titled"]
        precision, coverage = counts[kind, "right"] / max(1, linked), counts[kind, "covered"] / max(1, titled)
        print(f"  {kind:9} precision {precision:.3f} of {linked:3}   coverage {coverage:.3f} of {titled:3}")

"""``python -m bench.dedup``: wiredesk's dedup against the libraries, on generated republications.

Without more it compares quality, speed and memory (some minutes). ``--grow`` measures how cost changes as articles
gather, ``--recover`` how long the state takes to come back. ``--write`` puts what was measured into ``docs/dedup.md``
and the picture beside it. The libraries: ``pip install -r bench/dedup/requirements.txt``; what is missing is left out.
"""

from __future__ import annotations

import argparse
import re
from pathlib import Path

from bench.dedup import base
from bench.dedup.comparison import Comparison, compare
from bench.dedup.contenders import OURS, best_threshold
from bench.dedup.growth import Point, grow
from bench.dedup.libraries import LIBRARIES
from bench.dedup.picture import Spot, picture
from bench.dedup.recovery import recover
from bench.dedup.stream import stream
from bench.dedup.tables import comparison_table, growth_table, others_table, recovery_line

DOCS = Path(__file__).parents[2] / "docs"
PAGE, PICTURE = DOCS / "dedup.md", DOCS / "img" / "dedup.svg"
_GROWING = ("datasketch", "rensa")


def main() -> int:
    """Measures what was asked for and prints it."""
    parser = argparse.ArgumentParser(
        prog="python -m bench.dedup", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=5, help="rounds of the speed comparison (default: 5)")
    parser.add_argument("--grow", type=int, nargs="+", metavar="COUNT", help="articles at which cost is read")
    parser.add_argument("--seconds", type=float, default=1200, help="for each contender of --grow (default: 1200)")
    parser.add_argument("--recover", type=int, metavar="COUNT", help="articles whose state is to come back")
    parser.add_argument("--write", action="store_true", help="put the results into docs/dedup.md and docs/img")
    options = parser.parse_args()
    if not base.data().exists():
        print(f"{base.data()} is not there: the stream is made from seeds/, too little to say much; set WIREDESK_DATA")
    sections: dict[str, str] = {}
    if options.grow:
        sections["growth"] = growth_table(_grown(options.grow, options.seconds))
    if options.recover:
        sections["recovery"] = recovery_line(recover(options.recover))
    if not sections:
        found = compare(options.rounds)
        for library in found.missing:
            print(f"{library.name} is left out: pip install -r bench/dedup/requirements.txt for {library.package}")
        sections["comparison"] = f"{_measured_on(found)}\n\n{comparison_table(found)}"
        sections["others"] = f"{others_table(found)}\n\nNew stories when all is sent again: {found.new_by_redelivery}."
        if options.write:
            PICTURE.parent.mkdir(exist_ok=True)
            PICTURE.write_text(picture(_spots(found)), "utf-8")
    for name, text in sections.items():
        print(f"\n{text}")
        if options.write:
            put(PAGE, name, text)
    return 0


def put(page: Path, name: str, text: str) -> None:
    """Replaces what stands between the marks of the section ``name`` of ``page``."""
    marks = re.compile(rf"(<!-- measured: {name} -->\n).*?(<!-- end -->)", re.DOTALL)
    before = page.read_text("utf-8")
    if not marks.search(before):
        raise SystemExit(
            f"{page} has no section <!-- measured: {name} --> ... <!-- end -->; add it where the table goes"
        )
    page.write_text(marks.sub(lambda found: f"{found[1]}{text}\n{found[2]}", before), "utf-8")


def _grown(counts: list[int], seconds: float) -> dict[str, list[Point]]:
    dev = stream("dev")
    thresholds = {one.name: best_threshold(one, dev) for one in LIBRARIES if one.name in _GROWING and one.installed}
    return {name: grow(name, threshold, seconds, counts) for name, threshold in {OURS: 0.0, **thresholds}.items()}


def _measured_on(found: Comparison) -> str:
    rounds = len(found.rows[0].speed.rounds)
    return f"{found.articles:,} articles of {found.words:.0f} words on average, {rounds} rounds:"


def _spots(found: Comparison) -> list[Spot]:
    return [
        Spot(row.name, 1e6 / row.speed.median, row.quality.pairs.f1, row.name.startswith(OURS)) for row in found.rows
    ]


if __name__ == "__main__":
    raise SystemExit(main())

"""Quality on labelled files, beside other systems, and what the parser costs.

python -m bench.quality quotes FILE... [--without FORM] [--misses]
python -m bench.quality parsing FILE [--articles N]
python -m bench.quality entities FILE... [--plot SVG]
python -m bench.quality naming FILE [--articles N]
"""

from __future__ import annotations

import argparse
from pathlib import Path

from bench.quality import entities, naming_speed, parsing, quotes


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m bench.quality", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    kinds = parser.add_subparsers(required=True)
    said = kinds.add_parser("quotes", help="who said what, against labels")
    said.add_argument("files", nargs="+", type=Path, help="labelled articles, one JSON object a line")
    said.add_argument("--without", metavar="FORM", help="leave out quotations of this form, as labels may (phrase)")
    said.add_argument("--misses", action="store_true", help="print each miss of wiredesk's")
    said.set_defaults(run=lambda given: quotes.score(given.files, given.without, given.misses))
    cost = kinds.add_parser("parsing", help="speed of the quotes stage, beside parsing every paragraph")
    cost.add_argument("file", type=Path, help="articles with id and text, one JSON object a line")
    cost.add_argument("--articles", type=int, default=100, metavar="N")
    cost.set_defaults(run=lambda given: parsing.compare(given.file, given.articles))
    named = kinds.add_parser("entities", help="names, clusters, links and confidence, against labels")
    named.add_argument("files", nargs="+", type=Path, help="labelled articles, one JSON object a line")
    named.add_argument("--plot", type=Path, metavar="SVG", help="where the reliability of the first file is drawn")
    named.set_defaults(run=lambda given: entities.score(given.files, given.plot))
    naming = kinds.add_parser("naming", help="speed of the entities stage, beside the bare model")
    naming.add_argument("file", type=Path, help="articles with id and text, one JSON object a line")
    naming.add_argument("--articles", type=int, default=100, metavar="N")
    naming.set_defaults(run=lambda given: naming_speed.compare(given.file, given.articles))
    given = parser.parse_args()
    given.run(given)


if __name__ == "__main__":
    main()

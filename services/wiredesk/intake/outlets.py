"""The register of agencies, outlets and distributors, and where a text names one.

Lookup is by the first word of a name, so the cost does not grow with the register: one pass over the capitalised words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from wiredesk.intake.wordlists import sections

_SMALL = "dpa|epd|euronews|allAfrica"
"""Names that begin with a small letter."""

_FIRST_WORD = re.compile(rf"(?<![\w&-])(?P<the>The )?(?P<word>[^\W\d_a-z]\w*|{_SMALL})")


class Outlet(NamedTuple):
    """Who publishes. ``kind`` is agency, distributor, outlet, or "no outlet" for what only begins like one."""

    name: str
    kind: str


class Named(NamedTuple):
    """An outlet's name in a text: code points, and whether the name is one that needs a strong verb beside it."""

    start: int
    end: int
    outlet: Outlet
    weak: bool


class _Entry(NamedTuple):
    name: str
    outlet: Outlet
    weak: bool
    short: bool


class _Register(NamedTuple):
    by_first_word: dict[str, list[_Entry]]
    by_name: dict[str, Outlet]
    by_domain: dict[str, Outlet]


def outlet_named(name: str | None) -> Outlet | None:
    """The outlet that ``name`` is, short names included: what stands in a dateline's brackets or in a credit."""
    if not name:
        return None
    found = _register().by_name.get(_key(name))
    return None if found is None or found.kind == "no outlet" else found


def outlet_at(domain: str | None) -> Outlet | None:
    """The outlet that publishes at ``domain`` or at a domain above it."""
    host = domain or ""
    while host:
        if (found := _register().by_domain.get(host)) is not None:
            return found
        _, _, host = host.partition(".")
    return None


def outlets_in(text: str, start: int = 0, end: int | None = None, short: bool = False) -> Iterator[Named]:
    """The outlets named in ``text[start:end]``; with ``short``, by their short names too."""
    end = len(text) if end is None else end
    entries = _register().by_first_word
    done = start
    for found in _FIRST_WORD.finditer(text, start, end):
        for begin in (found.start(), found.start("word")) if found["the"] else (found.start(),):
            if begin < done:
                continue
            entry = _longest_at(text, begin, end, entries.get(text[begin : found.end()], ()), short)
            if entry is not None:
                done = begin + len(entry.name)
                if entry.outlet.kind != "no outlet":
                    yield Named(begin, done, entry.outlet, entry.weak and not short)
                break


def _longest_at(text: str, begin: int, end: int, entries: Sequence[_Entry], short: bool) -> _Entry | None:
    for entry in entries:
        stop = begin + len(entry.name)
        if (
            stop <= end
            and (short or not entry.short)
            and text.startswith(entry.name, begin)
            and not _goes_on(text, stop)
        ):
            return entry
    return None


def _goes_on(text: str, at: int) -> bool:
    """Whether a word that ends at ``at`` goes on: "AP-NORC", "Reutersville", but not "AFP/Getty" or "AP's"."""
    after = text[at : at + 2]
    return bool(after) and (after[0].isalnum() or after[0] == "_" or (after[0] == "-" and after[1:].isalnum()))


def _key(name: str) -> str:
    key = " ".join(name.casefold().replace("’", "'").split()).strip(" .,:;-–—()[]/")
    return key.removeprefix("the ")


@cache
def _register() -> _Register:
    entries: dict[str, list[_Entry]] = {}
    by_name: dict[str, Outlet] = {}
    by_domain: dict[str, Outlet] = {}
    for kind, lines in sections("outlets.txt").items():
        for line in lines:
            name, others, shorts, domains = ([*map(str.strip, line.split("|")), "", "", ""])[:4]
            outlet = Outlet(name.rstrip("?*"), kind)
            for other in [*([] if name.endswith("*") else [name]), *_split(others)]:
                _enter(entries, _Entry(other.rstrip("?"), outlet, other.endswith("?"), False))
            for other in _split(shorts):
                _enter(entries, _Entry(other, outlet, False, True))
            for other in [name.rstrip("*"), *_split(others), *_split(shorts)]:
                by_name.setdefault(_key(other.rstrip("?")), outlet)
            for domain in _split(domains):
                by_domain.setdefault(domain, outlet)
    for same_start in entries.values():
        same_start.sort(key=lambda entry: (-len(entry.name), entry.short))
    return _Register(entries, by_name, by_domain)


def _enter(entries: dict[str, list[_Entry]], entry: _Entry) -> None:
    first = re.match(r"(?:The )?\w+", entry.name)
    if first is not None:
        entries.setdefault(first[0], []).append(entry)


def _split(column: str) -> list[str]:
    return [part.strip() for part in column.split(";") if part.strip()]

"""Equipment: weapons, aircraft and ships, by designation ("Su-25"), ship's prefix ("USS Cole") or vouched name.

Why by rule: the model finds hardly any (it calls them organisations or products at random).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from wiredesk.entities.lexicon import Hit
from wiredesk.entities.names import Name, Reading, in_order
from wiredesk.entities.tables import folded, rows

_DESIGNATION = re.compile(
    r"(?<![\w/.-])([A-Z][A-Za-z]{0,3})[-\u2010\u2011 ]?(\d{1,3}[A-Z]{0,2}\d?)(?:/[A-Z])?s?(?![\w-])"
)
_SHIP = re.compile(r"(?<!\w)(?:USS|HMS|USNS|HMCS|HMAS|USCGC|RMS|FS|INS)(?: [A-Z][\w.\u2019'-]*[\w]){1,4}")
_MODEL = re.compile(
    r"(?<!\w)(?:Boeing|Airbus|Cessna|Embraer|Bombardier|Antonov|Tupolev|Ilyushin|Sukhoi|Mikoyan)"
    r" (?:[A-Z]{1,3}-?)?\d{2,3}(?:-\d{1,3})?(?:[A-Z]{1,3})?"
    r"(?: (?:MAX|Max|Dreamliner|neo|Superjet)(?: \d{1,2})?)?s?(?![\w-])"
)
_QUOTES = "\"'\u2018\u2019\u201c\u201d"


def with_equipment(reading: Reading, names: Sequence[Name], hits: Sequence[Hit]) -> list[Name]:
    """``names`` with the equipment; what the model called otherwise at the same place gives way."""
    found: list[Name] = []
    for passage in reading.passages:
        spans = [(each.start(), each.end()) for pattern in (_SHIP, _MODEL) for each in pattern.finditer(passage.given)]
        spans += [
            (each.start(), each.end())
            for each in _DESIGNATION.finditer(passage.given)
            if is_designation(each[1], each[2], each[0])
        ]
        found += [
            reading.name(passage.start + start, passage.start + end, "PRODUCT", "pattern") for start, end in spans
        ]
    found += [
        reading.name(hit.start, hit.end, "PRODUCT", "lexicon", entry=hit.entry)
        for hit in hits
        if hit.entry.type == "PRODUCT" and (hit.entry.sure or _is_vouched(reading, hit))
    ]
    if not found:
        return list(names)
    found = _joined(reading, in_order(found))
    spans_found = [(name.start, name.end) for name in found]
    return in_order([*found, *_outside(names, spans_found)])


def is_designation(prefix: str, number: str, whole: str) -> bool:
    """Whether "Su" and "25" make a designation. Without a hyphen only prefixes of two letters and any number may."""
    numbers = _designations().get(prefix)
    if numbers is None or (" " in whole and prefix not in ("MiG", "Su", "Tu", "Mi", "Il")):
        return False
    if whole[len(prefix)].isdigit() and len(prefix) == 1 and prefix != "F":
        return False
    if prefix == "F" and ((number.isdigit() and int(number) in (1, 2, 3)) or whole[1].isdigit()):
        return whole in ("F16", "F35", "F15", "F18", "F22")  # racing classes and visas otherwise
    return numbers == {"*"} or number in numbers or number.rstrip("ABCDEFGHJKMSTU") in numbers


def _is_vouched(reading: Reading, hit: Hit) -> bool:
    """Whether an ordinary word is equipment here: a word of the kind follows, or it is quoted and one is near."""
    nouns = folded("equipment_nouns.txt")
    following = reading.tokens[hit.last + 1 : hit.last + 3]
    if following and following[0].word in nouns and reading.seen[hit.end : following[0].start] in (" ", "-"):
        return True
    seen = reading.seen
    if seen[hit.start - 1 : hit.start] in _QUOTES and seen[hit.end : hit.end + 1] in _QUOTES and hit.start > 0:
        near = reading.tokens[max(0, hit.first - 15) : hit.last + 16]
        return any(token.word in nouns for token in near)
    return False


def _joined(reading: Reading, names: list[Name]) -> list[Name]:
    """Maker and designation are one, and designation and name: "Sukhoi" + "Su-25", "MQ-9" + "Reaper"."""
    joined: list[Name] = []
    for name in names:
        last = joined[-1] if joined else None
        if last is not None and reading.seen[last.end : name.start] == " " and _has_digit(last) != _has_digit(name):
            joined[-1] = reading.name(last.start, name.end, "PRODUCT", "pattern", *last.signals, *name.signals)
        else:
            joined.append(name)
    return joined


def _has_digit(name: Name) -> bool:
    return any(map(str.isdigit, name.key))


def _outside(names: Sequence[Name], spans: Sequence[tuple[int, int]]) -> list[Name]:
    kept, at = [], 0
    for name in names:
        while at < len(spans) and spans[at][1] <= name.start:
            at += 1
        if at == len(spans) or spans[at][0] >= name.end:
            kept.append(name)
    return kept


@cache
def _designations() -> dict[str, set[str]]:
    table: dict[str, set[str]] = {}
    for row in rows("designations.txt"):
        prefix, _, numbers = row.partition("|")
        table.setdefault(prefix, set()).update(numbers.split(";"))
    return {prefix: {"*"} if "*" in numbers else numbers for prefix, numbers in table.items()}

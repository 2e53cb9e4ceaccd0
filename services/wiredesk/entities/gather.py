"""Gathering: the model's names and the lexicon's, put together, with the better of two that overlap."""

from __future__ import annotations

import re
from collections.abc import Sequence

from wiredesk.entities.boundaries import tidy
from wiredesk.entities.lexicon import Hit
from wiredesk.entities.model import Found
from wiredesk.entities.names import TYPES, Cover, Name, Reading, in_order
from wiredesk.entities.tables import folded

_STATE_AFTER = re.compile(
    r", (?:Ala|Ariz|Ark|Calif|Colo|Conn|Fla|Ga|Ill|Ind|Kan|Ky|La|Mass|Md|Mich|Minn|Mo|N\.[A-Z]|Ohio|Pa|Tenn"
    r"|Texas|Va|Wis)(?![^\W_])"
)
"""Lebanon, Pa., and Peru, Ind., are no countries."""


def gather(reading: Reading, found: Sequence[Sequence[Found]], known: Sequence[Hit]) -> list[Name]:
    """The names in order, none overlapping. ``found`` are the model's, passage by passage; ``known`` the lexicon's."""
    names = in_order(_from_model(reading, found))
    cover = Cover(names)
    for hit in known:
        if hit.entry.country is not None and _STATE_AFTER.match(reading.seen, hit.end):
            hit = hit._replace(entry=hit.entry._replace(country=None, name=reading.seen[hit.start : hit.end]))
        _take(reading, hit, names, cover)
    return in_order(name for name in names if name.type)


def _from_model(reading: Reading, found: Sequence[Sequence[Found]]) -> list[Name]:
    names = []
    for passage, listed in zip(reading.passages, found, strict=True):
        for each in listed:
            for start, end in tidy(reading.seen, passage.start + each.start, passage.start + each.end, each.label):
                name = reading.name(start, end, TYPES[each.label], "model")
                name.guess = name.type
                names.append(name)
    return names


def _take(reading: Reading, hit: Hit, names: list[Name], cover: Cover) -> None:
    over = cover.over(hit.start, hit.end)
    same = next((name for name in over if name.start == hit.start and name.end == hit.end), None)
    entry = hit.entry
    if same is not None:
        same.entry = entry
        same.signals.add("lexicon")
    elif any(name.start <= hit.start and hit.end <= name.end for name in over):
        pass  # "Bank of China", "New York Police Department"
    elif over:
        if entry.sure and all(hit.start <= name.start and name.end <= hit.end for name in over):
            for name in over:
                name.type = ""
            names.append(reading.name(hit.start, hit.end, entry.type, "lexicon", "model", entry=entry))
    elif entry.sure and _stands_alone(reading, hit):
        names.append(reading.name(hit.start, hit.end, entry.type, "lexicon", entry=entry))


def _stands_alone(reading: Reading, hit: Hit) -> bool:
    """Whether a form that the model passed over is not a piece of a longer name ("London Breed", "Boston Globe")."""
    if hit.entry.country is not None or hit.entry.type in ("NORP", "PRODUCT") or hit.last > hit.first:
        return True
    if reading.seen[hit.end : hit.end + 1] == " " and reading.is_capital(hit.last + 1):
        return False
    before = hit.first - 1
    if reading.gap_before(hit.first) != " " or not reading.is_capital(before):
        return True
    word = reading.tokens[before].word.casefold()
    return word in reading.lower or word in folded("not_names.txt") or len(word) <= 3

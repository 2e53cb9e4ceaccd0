"""Scoreboards: the lines of sports pages that are lists of names, read by pattern: the model takes them for text.

"Rohit Sharma c Stokes b Wood 131", "Bowling: Anderson 19-5-51-0", "1. Usain Bolt (Jamaica) 9.81". The forms are those
of the agencies' scoreboards and of results with a country behind each name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from wiredesk.entities.lexicon import entry_of
from wiredesk.entities.names import Cover, Name, Reading, in_order
from wiredesk.entities.tables import columns
from wiredesk.entities.teams import SCORE
from wiredesk.entities.tokens import words_of

_NAME = r"[A-Z\u00c0-\u00de][\w.'\u2019-]*(?: [A-Z\u00c0-\u00de][\w'\u2019-]*){0,3}"
_BATTING = re.compile(
    rf"[*\u2020]?(?P<batsman>{_NAME}) (?:c and b (?P<both>{_NAME})|(?:(?:c|st) [\u2020*]?(?P<catcher>{_NAME}) )?"
    rf"(?:lbw )?b (?P<bowler>{_NAME})|not out|run out\b[^\d]*|retired hurt|did not bat) *\d*"
)
_BOWLING = re.compile(rf"(?P<bowler>{_NAME}) \d+(?:\.\d)?-\d+-\d+-\d+")
_STANDING = re.compile(rf"(?:\d+[.)]? )?(?P<team>{_NAME}) \d+(?: [-\u2013\d./]+){{2,}}")
_WITH_COUNTRY = re.compile(rf"(?P<athlete>{_NAME}) \((?P<country>[A-Z][\w. ]{{1,24}})\)")
_CLUB = frozenset(columns("sports.txt", "club"))


def from_scoreboards(reading: Reading, names: Sequence[Name]) -> list[Name]:
    """``names`` of a sports report with those of its scoreboards, which take the place of what overlaps them."""
    found = in_order(name for passage in reading.passages for name in _read(reading, passage.start, passage.given))
    spans = {(name.start, name.end) for name in found}
    cover = Cover(found)
    kept = [name for name in names if (name.start, name.end) in spans or cover.free(name.start, name.end)]
    return in_order([*found, *kept])


def _read(reading: Reading, at: int, line: str) -> Iterator[Name]:
    batting = _BATTING.fullmatch(line)
    if batting is not None:
        for group in ("batsman", "both", "catcher", "bowler"):
            if batting[group] is not None:
                yield reading.name(at + batting.start(group), at + batting.end(group), "PER", "pattern")
        return
    standing = _STANDING.fullmatch(line)
    if standing is not None:
        yield reading.name(at + standing.start("team"), at + standing.end("team"), "ORG", "pattern", SCORE)
        return
    for bowling in _BOWLING.finditer(line):
        yield reading.name(at + bowling.start("bowler"), at + bowling.end("bowler"), "PER", "pattern")
    for result in _WITH_COUNTRY.finditer(line):
        words, country = words_of(result["athlete"]), entry_of(result["country"])
        if len(words) > 1 and country is not None and country.country is not None and not _CLUB & {*words}:
            yield reading.name(at + result.start("athlete"), at + result.end("athlete"), "PER", "pattern")


def clubs(reading: Reading, names: Sequence[Name]) -> None:
    """Makes organisations of the clubs of a sports report that were taken for people or places ("Aston Villa")."""
    for name in names:
        if len(name.words) > 1 and name.words[-1] in _CLUB and name.entry is None and "pattern" not in name.signals:
            name.type = "ORG"
        elif name.type == "PRODUCT" and len(name.words) == 1 and name.entry is None:
            name.type = "ORG"  # "Wolves"

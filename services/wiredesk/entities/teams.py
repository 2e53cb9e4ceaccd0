"""Teams: places that stand for their team in a sports report ("Sweden beat South Korea 1-0", "Leeds 2 Fulham 1").

Why: sports pages are a good part of newswire, and there a place's name mostly means its team (1.35 points of F1). Only
in reports that are full of the words of sport, only for places that stand like a team there, and never after "in".
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from functools import cache

from wiredesk.entities.gazetteer import gazetteer
from wiredesk.entities.names import Name, Reading
from wiredesk.entities.tables import columns

_SPORTS_SHARE, _SPORTS_LEAST = 0.015, 5
"""A sports report has at least this share of such words, and so many; other GUM news and re3d stay below."""

_SLUG, _RESULTS_LEAST = 80, 2
"""A slug stands within the first 80 code points; two lines that are results make a sports page."""

_SCORE_AFTER = re.compile(r"\s+\d{1,3}(?:\s*[-\u2013,]\s*\d{1,3}\b|\s+(?=[A-Z])|$)")
_SCORE_BEFORE = re.compile(r"\d{1,3}\s*[-\u2013]\s*\d{1,3}\s+(?:(?:against|over|to)\s+)?$")
_TEAM = r"[A-Z\u00c0-\u00de][\w.&'\u2019-]*(?: [\w.&'\u2019-]+){0,3}?"
_RESULT = re.compile(
    rf"(?P<home>{_TEAM}) \d{{1,3}}(?:,? | ?[-\u2013] ?\d{{1,3}} )(?P<away>{_TEAM})(?: \d{{1,3}})?(?: \(.*\))?\.?"
)
_FIXTURE = re.compile(rf"(?P<home>{_TEAM}) (?P<link>[vV][sS]?\.?|at|AT) (?P<away>{_TEAM})(?: \(.*\))?\.?")
SCORE = "score"
"""The signal of a name that stands as a team in a line of results, fixtures or standings."""
_PLACED = frozenset(("in", "at", "near", "from", "outside", "to", "across"))


def name_teams(reading: Reading, names: Sequence[Name]) -> None:
    """Makes organisations of the places that are teams in a sports report."""
    places: dict[str, list[Name]] = defaultdict(list)
    for name in names:
        if name.type == "LOC":
            places[name.key].append(name)
    for listed in places.values():
        likely = sum(_like_a_team(reading, name) for name in listed)
        if (likely < 2 and 4 * likely < len(listed)) or likely == 0:
            continue
        for name in listed:
            if SCORE in name.signals or not _is_placed(reading, name):
                name.type, name.entry = "ORG", None


def from_score_lines(reading: Reading) -> list[Name]:
    """The two teams of each line that is a result or a fixture: "Leeds 1 Fulham 1", "Lakers 101, Celtics 99"."""
    names = []
    for passage in reading.passages:
        if passage.kind == "headline":
            continue
        line = _RESULT.fullmatch(passage.given) or _FIXTURE.fullmatch(passage.given)
        if line is None or (line.groupdict().get("link", "v") in ("at", "AT") and not _are_places(line)):
            continue
        names += [
            reading.name(passage.start + line.start(group), passage.start + line.end(group), "ORG", "pattern", SCORE)
            for group in ("home", "away")
        ]
    return names


def _are_places(line: re.Match[str]) -> bool:
    """Whether both sides of "Seattle at Baltimore" are towns: "Results at Canadian Open" is no fixture."""
    return all(gazetteer().named(line[group]) for group in ("home", "away"))


def is_sports(reading: Reading) -> bool:
    """Whether a document is a sports report: by its desk's slug, by its results, or by the share of such words."""
    slug = reading.text[:_SLUG].split("\n", 1)[0].partition("-")[0].strip().upper()
    if slug in _words("slug"):
        return True
    results = sum(_RESULT.fullmatch(passage.given) is not None for passage in reading.passages)
    words = _words("words")
    count = sum(token.word.casefold() in words for token in reading.tokens)
    return results >= _RESULTS_LEAST or count >= max(_SPORTS_LEAST, _SPORTS_SHARE * len(reading.tokens))


def _like_a_team(reading: Reading, name: Name) -> bool:
    if SCORE in name.signals:
        return True
    i = reading.token_at(name.start)
    after = reading.token_at(name.end)
    if (
        after < len(reading.tokens)
        and reading.gap_before(after) == " "
        and reading.tokens[after].word in _words("after")
    ):
        return True
    if i > 0 and reading.gap_before(i) == " " and reading.tokens[i - 1].word in _words("before"):
        return True
    line = reading.seen[name.end : name.end + 20].split("\n", 1)[0]
    return bool(_SCORE_AFTER.match(line) or _SCORE_BEFORE.search(reading.seen[max(0, name.start - 20) : name.start]))


def _is_placed(reading: Reading, name: Name) -> bool:
    i = reading.token_at(name.start)
    return i > 0 and reading.gap_before(i) == " " and reading.tokens[i - 1].word in _PLACED


@cache
def _words(kind: str) -> frozenset[str]:
    return frozenset(columns("sports.txt", kind))

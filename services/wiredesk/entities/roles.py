"""Roles: the office or rank that an article gives a person, before the name or in apposition after it.

"Secretary of Defense Ash Carter", "Pentagon press secretary Peter Cook", "Russian Defense Ministry spokesman Maj. Gen.
Igor Konashenkov", "Jane Doe, mayor of Lisbon,". The organisation is given where a name of one stands in the title.
"""

from __future__ import annotations

import re
from functools import cache

from wiredesk.contracts.article import Role
from wiredesk.entities.names import Cover, Name, Reading
from wiredesk.entities.tables import columns, folded
from wiredesk.entities.tokens import form

_LINKS = frozenset(("of", "for", "to", "at"))
_INSIDE = frozenset(("of", "for", "to", "at", "the", "and"))
_BEAT = frozenset(("correspondent", "reporter", "editor", "columnist", "journalist", "analyst", "expert"))
_AGE = re.compile(r", \d{1,3}(?=,)")
_OPENS = re.compile(r",? (?:who (?:is|was) |then |now )?(?:(?:the|a|an|its|his|her|their|one of the) )?(?=\w)")
_SINGULAR = {"Sens.": "Sen.", "Reps.": "Rep."}
_FURTHEST = 12
"""Tokens that a title may take: "Undersecretary of State for Civilian Security, Democracy and Human Rights" has ten."""


def roles_of(reading: Reading, name: Name, cover: Cover) -> list[Role]:
    """The roles that stand next to a person's name, the nearest first."""
    if not reading.begins_token(name.start):
        return []  # a byline's
    return [*_before(reading, name, cover), *_after(reading, name, cover)]


def inside_titles(reading: Reading, names: list[Name]) -> list[Name]:
    """``names`` without those that are part of an office: "State" in "Secretary of State John Kerry"."""
    return [name for name in names if not _is_complement(reading, name)]


def _is_complement(reading: Reading, name: Name) -> bool:
    if len(name.words) == 1 and name.type != "PER" and (name.entry is None or not name.entry.sure):
        i = reading.token_at(name.start)
        pair = tuple(token.word for token in reading.tokens[i : i + 2])
        if len(pair) == 2 and pair in _ranks() and reading.gap_before(i + 1) == " ":
            return True  # "Field" in "Field Marshal"
    if len(name.words) > 2 or name.words[0] not in _DEPARTMENTS or name.entry is not None:
        return False
    i = reading.token_at(name.start)
    before = i - 2 if i > 1 and reading.tokens[i - 1].word == "the" else i - 1
    return before > 0 and reading.tokens[before].word == "of" and _office_ending(reading, before - 1) is not None


_DEPARTMENTS = frozenset(columns("name_words.txt", "department"))


def _before(reading: Reading, name: Name, cover: Cover) -> list[Role]:
    found: list[Role] = []
    i = reading.token_at(name.start)
    while i > 0 and reading.gap_before(i) in (" ", ". "):
        j = _phrase_ending(_ranks(), reading, i - 1, exact=True)
        office = _phrase_ending(_offices(), reading, i - 1, exact=False)
        if j is not None and office is not None and office < j:
            break  # "Attorney General" is no general
        if j is not None:
            title = _text(reading, j, i - 1)
            found.append(Role(title=_SINGULAR.get(title, title)))
            i = j
            continue
        if (j := _phrase_ending(_addresses(), reading, i - 1, exact=True)) is not None:
            i = j
            continue
        break
    if i == 0 or reading.gap_before(i) not in (" ", ". "):
        return found or _before_comma(reading, name, i, cover)
    last = i - 1
    first = _office_ending(reading, last)
    if first is not None:
        return [*found, _role(reading, cover, first, last, None)]
    ends = _office_of(reading, last)
    if ends is None:
        return found
    organisation = _organisation(reading, cover, ends[1] + 2, last + 1)
    return [*found, _role(reading, cover, ends[0], ends[1] if organisation else last, organisation)]


def _before_comma(reading: Reading, name: Name, i: int, cover: Cover) -> list[Role]:
    """ "the Pentagon's press secretary, Peter Cook, said": only between commas, else the comma ends a clause."""
    if i == 0 or reading.gap_before(i) != ", " or not reading.seen.startswith(",", name.end):
        return []
    first = _office_ending(reading, i - 1)
    return [] if first is None else [_role(reading, cover, first, i - 1, None)]


def _after(reading: Reading, name: Name, cover: Cover) -> list[Role]:
    age = _AGE.match(reading.seen, name.end)
    at = age.end() if age is not None else name.end
    opens = _OPENS.match(reading.seen, at)
    if opens is None or not (opens[0].startswith(",") or " who " in opens[0]):
        return []
    first = reading.token_at(opens.end())
    for i in range(first, min(first + 7, len(reading.tokens))):
        if i > first and _breaks(reading, i):
            return []
        end = _office_beginning(reading, i)
        if end is None:
            if not _may_precede(reading, cover, i):
                return []
            continue
        return [_with_complement(reading, cover, first, i, end)]
    return []


def _with_complement(reading: Reading, cover: Cover, first: int, office: int, end: int) -> Role:
    organisation = _organisation(reading, cover, first, office)
    title_first = office if organisation is not None else first
    while title_first < office and reading.tokens[title_first].word.casefold() not in folded("office_words.txt"):
        title_first += 1
    last = end
    link = end + 1
    if link < len(reading.tokens) and reading.tokens[link].word in _LINKS and reading.gap_before(link) == " ":
        inner = link + 2 if link + 1 < len(reading.tokens) and reading.tokens[link + 1].word == "the" else link + 1
        if inner < len(reading.tokens) and reading.gap_before(inner) == " ":
            start = reading.tokens[inner].start
            named = next((name for name in cover.over(start, start + 1) if name.start == start), None)
            if named is not None and named.type == "ORG":
                organisation = organisation or reading.text[named.start : named.end]
            elif named is not None:
                last = reading.token_at(named.end - 1)
            elif reading.tokens[inner].word in _DEPARTMENTS:
                last = inner
    return Role(title=_text(reading, title_first, last), organisation=organisation)


def _role(reading: Reading, cover: Cover, first: int, last: int, organisation: str | None) -> Role:
    """The role of tokens ``first`` to ``last``; a name before it is its organisation, or part of it if a beat."""
    if organisation is None and first > 0 and (reading.gap_before(first) == " " or _is_possessive(reading, first)):
        end = reading.tokens[first - 1].end
        named = next((name for name in cover.over(end - 1, end) if name.end == end), None)
        if named is not None and named.type == "ORG":
            if reading.tokens[last].word.casefold() in _BEAT and reading.gap_before(first) == " ":
                first = reading.token_at(named.start)
            else:
                organisation = reading.text[named.start : named.end]
    return Role(title=_text(reading, first, last), organisation=organisation)


def _is_possessive(reading: Reading, i: int) -> bool:
    return reading.gap_before(i) in ("'s ", "\u2019s ", "' ", "\u2019 ")


def _office_ending(reading: Reading, last: int) -> int | None:
    """Where the office that ends with token ``last`` begins, its modifiers included."""
    first = _phrase_ending(_offices(), reading, last, exact=False)
    if first is None:
        return None
    while (
        first > 0
        and reading.gap_before(first) in (" ", "-")
        and reading.tokens[first - 1].word.casefold() in folded("office_words.txt")
        and last - first < _FURTHEST
    ):
        first -= 1
    return first


def _office_of(reading: Reading, last: int) -> tuple[int, int] | None:
    """The office in "Secretary of Defense |Ash Carter": its first and last token, without what follows "of"."""
    i = last
    while i > 0 and last - i < _FURTHEST:
        word = reading.tokens[i].word
        if reading.gap_before(i + 1) not in (" ", ". ", ", ") and i < last:
            return None
        if word in _LINKS:
            first = _office_ending(reading, i - 1)
            if first is not None and i < last:
                return first, i - 1
        elif not (word[0].isupper() or word in _INSIDE):
            return None
        i -= 1
    return None


def _organisation(reading: Reading, cover: Cover, first: int, last: int) -> str | None:
    """The organisation named within tokens ``first`` to ``last - 1``."""
    if first >= last:
        return None
    over = cover.over(reading.tokens[first].start, reading.tokens[last - 1].end)
    return next((reading.text[name.start : name.end] for name in over if name.type == "ORG"), None)


def _breaks(reading: Reading, i: int) -> bool:
    gap = reading.gap_before(i)
    return gap not in (" ", "-", "'s ", "\u2019s ", "' ", "\u2019 ", ". ")


def _may_precede(reading: Reading, cover: Cover, i: int) -> bool:
    token = reading.tokens[i]
    return token.word.casefold() in folded("office_words.txt") or not cover.free(token.start, token.end)


def _office_beginning(reading: Reading, first: int) -> int | None:
    """The last token of the longest office that begins at token ``first``."""
    for length in (4, 3, 2, 1):
        if first + length <= len(reading.tokens):
            words = tuple(token.word.casefold() for token in reading.tokens[first : first + length])
            if words in _offices() and all(reading.gap_before(first + k) in (" ", "-") for k in range(1, length)):
                return first + length - 1
    return None


def _phrase_ending(phrases: frozenset[tuple[str, ...]], reading: Reading, last: int, exact: bool) -> int | None:
    for length in (4, 3, 2, 1):
        first = last - length + 1
        if first < 0:
            continue
        listed = tuple(token.word if exact else token.word.casefold() for token in reading.tokens[first : last + 1])
        if listed in phrases and all(_holds(reading, first + k) for k in range(1, length)):
            return first
    return None


def _holds(reading: Reading, i: int) -> bool:
    """Whether token ``i`` continues the title before it: "Maj. Gen." does, "his rights. President" does not."""
    gap = reading.gap_before(i)
    return gap in (" ", "-") or (gap == ". " and len(reading.tokens[i - 1].word) <= 4)


def _text(reading: Reading, first: int, last: int) -> str:
    end = reading.tokens[last].end
    if reading.seen[end : end + 1] == "." and _phrase_ending(_pointed(), reading, last, exact=True) is not None:
        end += 1
    return reading.text[reading.tokens[first].start : end]


def _phrases(kind: str) -> frozenset[tuple[str, ...]]:
    listed = columns("titles.txt", kind)
    return frozenset(tuple(form(word).rstrip(".") for word in title.replace("-", " ").split()) for title in listed)


@cache
def _ranks() -> frozenset[tuple[str, ...]]:
    return _phrases("rank")


@cache
def _pointed() -> frozenset[tuple[str, ...]]:
    pointed = [title for title in columns("titles.txt", "rank") if title.endswith(".")]
    return frozenset(tuple(word.rstrip(".") for word in title.split()) for title in pointed)


@cache
def _addresses() -> frozenset[tuple[str, ...]]:
    return _phrases("address")


@cache
def _offices() -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(word.casefold() for word in phrase) for phrase in _phrases("office"))

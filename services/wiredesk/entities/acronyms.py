"""Acronyms: short forms that an article introduces in parentheses or uses for a name whose initials they are."""

from __future__ import annotations

import re
from collections.abc import Sequence

from wiredesk.entities.names import Cover, Name, Reading, in_order
from wiredesk.entities.tokens import words_of

_PARENTHESIS = re.compile(r"\s?\((?:the |or |known as )?[\"\u201c']?([A-Z][A-Za-z&.-]{1,9})[\"\u201d']?\)")
_LONG = frozenset(("ORG", "LOC", "LAW", "EVENT", "PRODUCT"))
_SMALL = frozenset(
    ("of", "the", "for", "and", "in", "on", "to", "a", "de", "du", "des", "la", "le", "les", "und", "y", "e")
)


def spelled_out(reading: Reading, names: Sequence[Name]) -> list[Name]:
    """``names`` with the full names before acronyms in parentheses as wide as their initials say.

    "Pakistan Tehreek-e-Insaf (PTI)" is one name, whatever the model makes of its parts; not "John F. Kennedy (JFK)".
    """
    found: list[Name] = []
    for parenthesis in _PARENTHESIS.finditer(reading.seen):
        short = parenthesis[1].replace(".", "")
        last = reading.token_at(parenthesis.start()) - 1
        if len(short) < _LETTERS or not short.isupper() or last < 0 or reading.tokens[last].end != parenthesis.start():
            continue
        for first in range(last, max(-1, last - _WORDS), -1):
            words = [token.word for token in reading.tokens[first : last + 1]]
            if short in initials(words) and words[0][0].isupper():
                found.append(reading.name(reading.tokens[first].start, parenthesis.start(), "ORG", "pattern"))
                break
            if first == 0 or not reading.is_next(first) or not _is_inside(words[0]):
                break
    taken = {(name.start, name.end) for name in names}
    cover = Cover(names)
    found = [
        each
        for each in found
        if (each.start, each.end) not in taken
        and all(each.start <= other.start and other.end <= each.end for other in cover.over(each.start, each.end))
    ]
    inside = {other.start for each in found for other in cover.over(each.start, each.end)}
    return in_order([*found, *(name for name in names if name.start not in inside)]) if found else list(names)


def _is_inside(word: str) -> bool:
    """Whether a word may stand inside a name: capitalised, or a small one."""
    return word[0].isupper() or word in _SMALL or len(word) <= 2


_LETTERS, _WORDS = 3, 9
"""Letters of the shortest acronym that is trusted to say where its name begins, and words of the longest name."""


def introduced(reading: Reading, names: Sequence[Name]) -> tuple[list[Name], dict[tuple[str, ...], tuple[str, ...]]]:
    """``names`` with the acronyms in parentheses, and what each stands for (its words to those of the full name)."""
    cover, added = Cover(names), []
    stands_for: dict[tuple[str, ...], tuple[str, ...]] = {}
    for name in names:
        if name.type not in _LONG or len(name.words) < 2:
            continue
        found = _PARENTHESIS.match(reading.seen, name.end)
        if found is None or not _is_short_for(found[1], name):
            continue
        taken = cover.over(*found.span(1))
        if any((other.start, other.end) != found.span(1) for other in taken):
            continue
        short = taken[0] if taken else reading.name(*found.span(1), name.type, "pattern")
        short.type, short.entry = name.type, short.entry or name.entry
        short.signals.add("pattern")
        if not taken:
            added.append(short)
        stands_for.setdefault(short.words, name.words)
    return in_order([*names, *added]), stands_for


def initials(words: Sequence[str]) -> set[str]:
    """The acronyms that ``words`` make, small words counted or not: {"WHO"}, {"DOD", "DD"}."""
    every = "".join(word[0] for word in words).upper()
    great = "".join(word[0] for word in words if word.casefold() not in _SMALL).upper()
    return {acronym for acronym in (every, great) if len(acronym) > 1}


def is_acronym(words: Sequence[str]) -> bool:
    """Whether a name has the shape of an acronym: one word in capitals, three to seven of them."""
    return len(words) == 1 and words[0].isupper() and 2 < len(words[0]) <= 7


def _is_short_for(short: str, name: Name) -> bool:
    capitals = [letter for letter in short if letter.isupper()]
    if len(capitals) < 2:
        return False
    if short.replace(".", "").upper() in initials(name.words):
        return True
    letters = iter("".join(word[0] for word in name.words).upper())
    in_turn = all(letter in letters for letter in capitals)
    if in_turn and capitals[0] == name.words[0][0].upper():
        return True
    # a short form in another language: "the Social Democratic Party of Germany (SPD)"
    return name.type == "ORG" and short.isupper() and 3 <= len(short) <= 6 and words_of(short) == (short,)

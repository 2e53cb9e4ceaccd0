"""Groups and bodies that bear a name before their noun: "U.S. officials", "the New Zealand government", "X and Y".

They are no entity of the article, and yet a consumer can tell who speaks; their words are their name. Those without a
name ("officials", "critics") have none here either.
"""

from __future__ import annotations

import re

_DETERMINERS = frozenset(
    [
        "the",
        "a",
        "an",
        "both",
        "some",
        "many",
        "several",
        "two",
        "three",
        "other",
        "few",
        "most",
        "all",
        "these",
        "those",
    ]
)
_TWO_OFFICES = re.compile(
    r"(?:[A-Z]\w+ )?[A-Za-z][a-z-]+ and (?:[a-z-]+ )+(?P<name>[A-Z][\w.'\u2019-]*(?: [A-Z][\w.'\u2019-]*)+)"
)


def group_name(text: str, start: int, end: int) -> str | None:
    """The name of the group or body ``text[start:end]``, without its article; None when only nouns tell of it."""
    words = text[start:end].split()
    sides = text[start:end].split(" and ")
    if len(sides) > 1 and not all(side.split()[-1:] and side.split()[-1][:1].isupper() for side in sides):
        return None  # "Roe and her lawyer"
    first = start
    while words and words[0].lower() in _DETERMINERS:
        first += len(words[0]) + 1
        words.pop(0)
    if len(words) < 2 or not any(word[:1].isupper() for word in words[:-1]):
        return None
    capitals = [word for word in words if word[:1].isupper()]
    if len(capitals) == 1 and capitals[0] == words[0] and first == start and not _is_name(text, capitals[0]):
        return None
    if not words[0][:1].isupper() and " and " not in text[start:end]:
        while not words[0][:1].isupper():
            words.pop(0)
        if len(words) < 2:
            return None
    return " ".join(words)


def _is_name(text: str, word: str) -> bool:
    """Whether a word that opens a sentence is a name: it has a capital inside one too, or a full stop within."""
    bare = word.removesuffix("'s").removesuffix("\u2019s")
    return "." in bare[:-1] or bare.isupper() or re.search(rf"[a-z,] {re.escape(bare)}\b", text) is not None


def one_of_two_offices(words: str) -> str | None:
    """The name in "American academic and professor Jane Roe", who is one and not two."""
    found = _TWO_OFFICES.fullmatch(words)
    return found["name"] if found else None

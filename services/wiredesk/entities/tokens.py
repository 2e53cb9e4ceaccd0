"""Tokens: the words of a text with their places, in the shape in which names are compared.

Why not the model's: the document pass also runs over paragraphs whose model output came from the memo.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

_TOKEN = re.compile(
    r"(?<![^\W_])(?:[^\W\d_]\.){2,}(?:[^\W\d_](?![^\W_]))?"  # U.S., D.C, W.H.O.
    r"|[^\W_]+(?:['\u2019](?![sS](?![^\W_]))[^\W_]+)*"  # O'Brien, Sana'a, but Assad|'s
)
_LINKS = frozenset(" .&-\u2010\u2011\u2013")


class Token(NamedTuple):
    """A word: half-open code point offsets into the document's text, and its form for comparison ("U.S." is "US")."""

    start: int
    end: int
    word: str


def form(word: str) -> str:
    """``word`` as it is compared: initialisms without points, the apostrophe straight, the case as it is."""
    return (word.replace(".", "") if "." in word else word).replace("\u2019", "'")


def tokens(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """The words of ``text[start:end]``; possessive endings, hyphens and marks stand between them."""
    found = _TOKEN.finditer(text, start, len(text) if end is None else end)
    return [
        Token(each.start(), each.end(), form(each[0])) for each in found if each[0] not in "sS" or not _owns(text, each)
    ]


def _owns(text: str, found: re.Match[str]) -> bool:
    """Whether an "s" is the possessive ending of the word before it."""
    return text[max(0, found.start() - 1) : found.start()] in ("'", "\u2019")


def words_of(name: str) -> tuple[str, ...]:
    """The words of a name, as compared: "the U.S. Navy's" is ("the", "US", "Navy")."""
    return tuple(token.word for token in tokens(name))


def is_joined(text: str, left: int, right: int) -> bool:
    """Whether the two words around ``text[left:right]`` may be words of one name."""
    gap = text[left:right]
    return 0 < len(gap) <= 3 and _LINKS.issuperset(gap)


def begins_sentence(text: str, before: int, start: int) -> bool:
    """Whether a sentence or a quotation may begin at ``start``; ``before`` is where the previous word ended."""
    gap = text[before:start]
    return before == 0 or any(mark in gap for mark in '.!?:;\n"\u201c\u201d\u2018(\u2022')


def key_of(words: Iterable[str]) -> str:
    """One string for ``words``, to look a name up by."""
    return " ".join(words)

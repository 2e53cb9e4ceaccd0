"""True case: headlines in capitals or in title case, rewritten as the body would write them, every offset kept.

Why: the model reads capitals as names; the body mostly has the same words in running text and shows which of them are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from wiredesk.entities.lexicon import forms
from wiredesk.entities.tables import columns

_WORD = re.compile(r"(?<![^\W_])(?:[^\W\d_]\.){2,}|[^\W\d_]+(?:['\u2019][^\W\d_]+)*")
_SMALL = frozenset(columns("name_words.txt", "small"))
_ALSO_WORDS = frozenset(columns("name_words.txt", "also_word"))


class Vocabulary:
    """How the body writes its words: ``lower`` in small letters, ``upper`` in capitals, ``names`` as names.

    Names are capitalised inside a sentence; ``stems`` are those of the words in small letters.
    """

    def __init__(self, paragraphs: Iterable[str]) -> None:
        self.lower: set[str] = set()
        self.stems: set[str] = set()
        self.upper: set[str] = set()
        self.names: set[str] = set()
        for paragraph in paragraphs:
            if shape(paragraph) is not None:
                continue
            end = 0
            for found in _WORD.finditer(paragraph):
                word = found[0]
                if word.islower():
                    self.lower.add(word)
                    self.stems.add(_stem(word))
                elif word.isupper() and len(word) > 1:
                    self.upper.add(word)
                elif paragraph[end : found.start()] == " ":
                    self.names.add(word.lower())
                end = found.end()


def shape(line: str) -> str | None:
    """ "capitals" or "title" when nearly all words of ``line`` are written so, None for running text."""
    found = _WORD.findall(line)
    letters = sum(map(len, found))
    if letters >= 8 and len(found) >= 2 and sum(len(word) for word in found if word.isupper()) >= 0.8 * letters:
        return "capitals"
    long = [word for word in found if len(word) > 3]
    if len(long) >= 4 and sum(word[0].isupper() for word in long) >= 0.75 * len(long):
        return "title"
    return None


def rewrite(line: str, known: Vocabulary) -> str:
    """``line`` in the case of running text, of the same length; as it is when it is running text already."""
    how = shape(line)
    if how is None:
        return line
    change = _from_capitals if how == "capitals" else _from_title
    first = True

    def changed(found: re.Match[str]) -> str:
        nonlocal first
        word = change(found[0], known)
        if first:
            word = word[0].upper() + word[1:]
            first = False
        return word if len(word) == len(found[0]) else found[0]

    return _WORD.sub(changed, line)


def _from_capitals(word: str, known: Vocabulary) -> str:
    lower = word.lower()
    if not word.isupper() or word in known.upper or "." in word:
        return word
    if lower in _SMALL or ((lower in known.lower or _stem(lower) in known.stems) and lower not in known.names):
        return lower
    if word in _acronyms():
        return word
    if len(known.lower) > _ENOUGH and lower not in known.names and not _is_listed(word):
        return lower  # the names of a headline come again in the body
    head, mark, tail = lower.partition("\u2019" if "\u2019" in lower else "'")
    return head.capitalize() + mark + (tail.capitalize() if len(tail) > 2 else tail)


def _from_title(word: str, known: Vocabulary) -> str:
    lower = word.lower()
    if word.isupper() and len(word) > 1:
        return word
    return lower if lower in known.lower and lower not in known.names else word


_ENOUGH = 20
"""Different words in small letters from which on a body may be relied upon to have the headline's names."""


def _stem(word: str) -> str:
    """``word`` without its verbal or plural ending: "shelled" and "shell" are one."""
    for ending in ("ing", "ed", "es", "s", "d"):
        if word.endswith(ending) and len(word) - len(ending) > 3:
            return word[: -len(ending)]
    return word


def _is_listed(word: str) -> bool:
    """Whether a word in capitals is a name of the lexicon, or part of one."""
    return word.title() in _listed_words()


@cache
def _listed_words() -> frozenset[str]:
    return frozenset(word for words in forms() for word in words if word[0].isupper())


@cache
def _acronyms() -> frozenset[str]:
    """Forms of one word that are written in capitals, without those that are words when all is in capitals."""
    return frozenset(words[0] for words in forms() if len(words) == 1 and words[0].isupper()) - _ALSO_WORDS

"""Wordings: the words of a quotation in the form in which two of them are compared.

Compared are the words that the article vouches for: of a mixed quotation ('the talks were "long and useful"') those in
marks, if they are enough, else the whole. An ellipsis ends a run of words: what stands on its two sides was not spoken
in one breath. Comparison is by 4-grams of words, hashed to 32 bits: a gram of three is too often idiom, and one of five
loses a quotation of ten words for one changed word.
"""

from __future__ import annotations

import re
from functools import lru_cache

import xxhash

from wiredesk.text.marks import passages
from wiredesk.text.words import WORD, normal

GRAM = 4
TEXT_SHOWN = 2000
"""Characters of a quotation that utterances keep and compare. A speech printed in full stays whole in its document."""

FEWEST_WORDS = {"direct": 5, "mixed": 5, "indirect": 6}
"""Words from which on 4-grams are compared; below, only exact equality of the words counts."""

_ELLIPSIS = re.compile(r"\u2026|\.\s?\.\s?\.")


class Wording:
    """One wording of an utterance, ready to be compared."""

    __slots__ = ("grams", "numbers", "runs", "size", "whole")

    def __init__(self, text: str, kind: str, form: str) -> None:
        self.whole = " ".join(_words(text))
        """All words in their normal form, one space between them."""
        self.runs = _runs(text)
        """The compared words, in runs without a gap."""
        fewest = FEWEST_WORDS.get(kind, 6)
        if kind == "mixed":
            inside = [run for at in passages(text) if not at.nested for run in _runs(text[at.start : at.end])]
            if sum(map(len, inside)) >= fewest:
                self.runs = inside
        self.size = sum(map(len, self.runs))
        """How many words are compared."""
        enough = form != "phrase" and self.size >= fewest
        self.grams = frozenset(gram for run in self.runs for gram in _grams(run)) if enough else frozenset[int]()
        """Hashed 4-grams; none in a phrase or in too few words."""
        self.numbers = frozenset(
            word for run in self.runs for word in run if not word.isalpha() and any(map(str.isdigit, word))
        )

    def is_cut_of(self, other: Wording) -> bool:
        """Whether all runs of this wording stand in ``other``, word by word and in order."""
        text, at = f" {other.whole} ", 0
        for run in self.runs:
            words = f" {' '.join(run)} "
            at = text.find(words, at)
            if at < 0:
                return False
            at += len(words) - 1
        return True

    def alters(self, other: Wording) -> bool:
        """Whether one of the two says it in other words, rather than less of it."""
        return not (self.is_cut_of(other) or other.is_cut_of(self))


@lru_cache(maxsize=8192)
def wording_of(text: str, kind: str, form: str) -> Wording:
    """The wording of a quotation. Remembered, because copies of a wire bring the same one again and again."""
    return Wording(text, kind, form)


def shortened(text: str) -> str:
    """``text``, or its first TEXT_SHOWN characters up to a whole word, with an ellipsis."""
    if len(text) <= TEXT_SHOWN:
        return text
    return text[: TEXT_SHOWN - 1].rpartition(" ")[0] + "\u2026" if " " in text[:TEXT_SHOWN] else text[:TEXT_SHOWN]


def _words(text: str) -> list[str]:
    return WORD.findall(normal(text))


def _runs(text: str) -> list[list[str]]:
    return [words for part in _ELLIPSIS.split(text) if (words := _words(part))]


def _grams(run: list[str]) -> list[int]:
    return [xxhash.xxh3_64_intdigest(" ".join(run[at : at + GRAM]).encode()) >> 32 for at in range(len(run) - GRAM + 1)]

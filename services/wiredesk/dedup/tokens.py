"""Tokens: the words of a text as 32-bit numbers, with what a comparison needs to know of each.

One pass over the code points with numpy and no regular expression: tokenising is the largest cost of a sketch, and
this way it is linear whatever the input. The words are those of ``wiredesk.text.words`` up to details that cost
nothing when texts are compared: inner apostrophes, hyphens and points part a word here, and a letter of a script that
is written without spaces (Chinese, Japanese, Thai, Lao, Khmer, Burmese) is a word of its own, so that all languages
pass the same way.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.uint32]
Places = NDArray[np.int64]
Flags = NDArray[np.bool_]

MOST_TOKENS = 20_000
"""A text counts up to here (the length of a long magazine piece, five times over): it bounds the state record."""

_WORD, _SINGLE, _UPPER, _DIGIT, _BREAK, _POINT = 1, 2, 4, 8, 16, 32
_PLANES = 0x20000
"""Code points of the first two planes have a table; all above are ideographs."""

_SPACELESS = (
    (0x0E00, 0x0EFF),  # Thai, Lao
    (0x1000, 0x109F),  # Burmese
    (0x1780, 0x17FF),  # Khmer
    (0x3040, 0x30FF),  # kana
    (0x3400, 0x9FFF),  # ideographs
    (0xF900, 0xFAFF),  # compatibility ideographs
)
_BREAKS = '.!?:;\n\r"\u201c\u201d\u201e\u00ab\u00bb\u2026\u2013\u2014\u2022\u3002\uff01\uff1f\u061f\u0964'
"""What makes the capital of the next word no sign of a name: the end of a sentence, a mark, a bullet, a dash."""


def _tables() -> tuple[NDArray[np.uint8], NDArray[np.uint64]]:
    kinds = np.zeros(_PLANES, dtype=np.uint8)
    lower = np.arange(_PLANES, dtype=np.uint64)
    for code in range(_PLANES):
        character = chr(code)
        category = unicodedata.category(character)
        if category[0] in "LNM":
            kinds[code] = _WORD | _UPPER * (category in ("Lu", "Lt")) | _DIGIT * (category == "Nd")
            folded = character.lower()
            if len(folded) == 1:
                lower[code] = ord(folded)
    for first, last in _SPACELESS:
        kinds[first : last + 1] |= np.where(kinds[first : last + 1] & _WORD, _SINGLE, 0).astype(np.uint8)
    for mark in _BREAKS:
        kinds[ord(mark)] |= _BREAK
    for point in ".,":
        kinds[ord(point)] |= _POINT
    return kinds, lower


def spread(count: int) -> NDArray[np.uint64]:
    """``count`` fixed odd 64-bit constants (the splitmix64 sequence), the multipliers of the hashes."""
    made, state, ones = [], 0x5741524D44455348, (1 << 64) - 1
    for _ in range(count):
        state = (state + 0x9E3779B97F4A7C15) & ones
        mixed = ((state ^ (state >> 30)) * 0xBF58476D1CE4E5B9) & ones
        mixed = ((mixed ^ (mixed >> 27)) * 0x94D049BB133111EB) & ones
        made.append((mixed ^ (mixed >> 31)) | 1)
    return np.array(made, dtype=np.uint64)


_KINDS, _LOWER = _tables()
_BY_PLACE = spread(64)
"""One multiplier a place in the word; letters from the 64th on share the last."""


class Tokens(NamedTuple):
    """The words of a text in order; all arrays have one element a word.

    ``starts`` and ``ends`` are code points of the whole text. An anchor is what names the matter of a text: a word
    with a capital inside a sentence, or a number.
    """

    numbers: Numbers
    starts: Places
    ends: Places
    anchors: Flags


def tokens_of(text: str, passages: Sequence[tuple[int, int]]) -> Tokens:
    """The tokens of the ``passages`` (start, end; in order) of ``text``, at most ``MOST_TOKENS``."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    counts = np.zeros(len(codes), dtype=np.bool_)
    for start, end in passages:
        counts[start:end] = True
    above = codes >= _PLANES
    kinds = np.where(counts, np.where(above, _WORD | _SINGLE, _KINDS[np.where(above, 0, codes)]), _BREAK)
    return _cut(codes, kinds.astype(np.uint8))


def _cut(codes: Numbers, kinds: NDArray[np.uint8]) -> Tokens:
    digit = (kinds & _DIGIT) != 0
    word = (kinds & _WORD) != 0
    word[1:-1] |= ((kinds[1:-1] & _POINT) != 0) & digit[:-2] & digit[2:]
    if not word.any():
        nowhere = np.zeros(0, dtype=np.int64)
        return Tokens(np.zeros(0, dtype=np.uint32), nowhere, nowhere, np.zeros(0, dtype=np.bool_))
    single = (kinds & _SINGLE) != 0
    parted = ~word[1:] | ~word[:-1] | single[1:] | single[:-1]
    edge = np.ones(1, dtype=np.bool_)
    starts = np.flatnonzero(word & np.concatenate((edge, parted)))[:MOST_TOKENS]
    ends = np.flatnonzero(word & np.concatenate((parted, edge)))[:MOST_TOKENS] + 1
    letters = np.flatnonzero(word[: ends[-1]])
    lengths = ends - starts
    firsts = np.concatenate((np.zeros(1, dtype=np.int64), np.cumsum(lengths)[:-1]))
    place = np.minimum(np.arange(len(letters)) - np.repeat(firsts, lengths), len(_BY_PLACE) - 1)
    spelled = codes[letters].astype(np.uint64)
    low = np.where(spelled < _PLANES, _LOWER[np.minimum(spelled, _PLANES - 1)], spelled)
    sums = np.add.reduceat((low + np.uint64(1)) * _BY_PLACE[place], firsts)
    return Tokens((mix(sums) >> np.uint64(32)).astype(np.uint32), starts, ends, _anchors(kinds, digit, starts, ends))


def _anchors(kinds: NDArray[np.uint8], digit: Flags, starts: Places, ends: Places) -> Flags:
    breaks = np.cumsum((kinds & _BREAK) != 0)
    inside = np.zeros(len(starts), dtype=np.bool_)
    inside[1:] = breaks[starts[1:]] == breaks[ends[:-1] - 1]
    capital = (kinds[starts] & _UPPER) != 0
    anchors: Flags = (capital & inside & (ends - starts > 1)) | digit[starts]
    return anchors


def mix(values: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """``values`` with every bit depending on every other (the finish of splitmix64)."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    mixed: NDArray[np.uint64] = values ^ (values >> np.uint64(31))
    return mixed

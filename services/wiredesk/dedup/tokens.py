"""Tokens: the words of a text as 32-bit numbers, with what a comparison needs to know of each.

One pass over the code points, compiled and without a regular expression: linear whatever the input. The words are
those of ``wiredesk.text.words`` up to details that cost nothing when texts are compared: inner apostrophes, hyphens
and points part a word here, and a letter of a script that is written without spaces (Chinese, Japanese, Thai, Lao,
Khmer, Burmese) is a word of its own, so that all languages pass the same way.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from wiredesk.dedup.hashing import mix, spread
from wiredesk.dedup.kernel import kernel

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


def _tables() -> tuple[NDArray[np.uint8], NDArray[np.uint32]]:
    kinds = np.zeros(_PLANES, dtype=np.uint8)
    lower = np.arange(_PLANES, dtype=np.uint32)
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
    """The tokens of the ``passages`` (start, end) of ``text``, at most ``MOST_TOKENS``."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    bounds = np.array(passages, dtype=np.int64).reshape(-1, 2)
    return Tokens(*_cut(_kinds(codes, bounds, _KINDS), codes, _LOWER, _BY_PLACE))


@kernel
def _kinds(codes: Numbers, bounds: Places, table: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """What each code point is: outside ``bounds`` (one start, end a row) all that parts words and sentences."""
    kinds = np.full(len(codes), _BREAK, dtype=np.uint8)
    for row in range(len(bounds)):
        for at in range(max(0, bounds[row, 0]), min(bounds[row, 1], len(codes))):
            code = codes[at]
            kinds[at] = table[code] if code < _PLANES else _WORD | _SINGLE
    return kinds


@kernel
def _is_word(kinds: NDArray[np.uint8], at: int) -> bool:
    """Whether the code point belongs to a word: a letter, a digit, a mark on one, or a point between digits."""
    if kinds[at] & _WORD:
        return True
    if not kinds[at] & _POINT or at == 0 or at == len(kinds) - 1:
        return False
    return bool(kinds[at - 1] & kinds[at + 1] & _DIGIT)


@kernel
def _cut(
    kinds: NDArray[np.uint8], codes: Numbers, lower: Numbers, by_place: NDArray[np.uint64]
) -> tuple[Numbers, Places, Places, Flags]:
    most = min(MOST_TOKENS, len(kinds))
    numbers = np.empty(most, dtype=np.uint32)
    starts = np.empty(most, dtype=np.int64)
    ends = np.empty(most, dtype=np.int64)
    anchors = np.empty(most, dtype=np.bool_)
    count = at = 0
    in_sentence = False  # whether a word stands before this one in its sentence
    while at < len(kinds) and count < most:
        kind = kinds[at]
        if kind & _BREAK:
            in_sentence = False
        if not _is_word(kinds, at):
            at += 1
            continue
        starts[count] = at
        total = np.uint64(0)
        while True:
            code = codes[at]
            letter = np.uint64(lower[code] if code < _PLANES else code) + np.uint64(1)
            total += letter * by_place[min(at - starts[count], len(by_place) - 1)]
            at += 1
            if kinds[at - 1] & _SINGLE or at == len(kinds) or kinds[at] & _SINGLE or not _is_word(kinds, at):
                break
        ends[count] = at
        numbers[count] = mix(total) >> np.uint64(32)
        named = in_sentence and kind & _UPPER and at - starts[count] > 1
        anchors[count] = named or kind & _DIGIT
        in_sentence = True
        count += 1
    return numbers[:count].copy(), starts[:count].copy(), ends[:count].copy(), anchors[:count].copy()

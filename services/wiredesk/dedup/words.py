"""Words as the sketch has them: 16-bit numbers, the common ones small enough for a byte.

Half of a text is made of 200 words (51 % of generated republications). A sketch keeps a byte for each of these and two
for any other, so its texts take a quarter less than with two for all. Other words share 14,336 numbers by hash; texts
are compared by runs of three words, where it takes several such accidents in a row to deceive.
"""

from __future__ import annotations

from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from wiredesk.dedup.grams import Words
from wiredesk.dedup.kernel import kernel
from wiredesk.dedup.tokens import Numbers, tokens_of

COMMON = 200
"""Numbers below are those of common words; the first byte of any other number is this or more."""
_OTHERS = (256 - COMMON) * 256
_TOP = np.uint32(16)
_NONE = 255


def _tables() -> tuple[NDArray[np.uint8], Numbers]:
    """By the upper half of a word's hash the place of the common word that has it; and the hashes of these."""
    text = (files("wiredesk.dedup") / "data" / "common_words.txt").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    words = "\n".join(lines)
    hashes = tokens_of(words, [(0, len(words))]).numbers[:COMMON]
    places = np.full(1 << 16, _NONE, dtype=np.uint8)
    places[hashes >> _TOP] = np.arange(len(hashes))
    return places, hashes


_PLACES, _HASHES = _tables()


def words_of(hashes: Numbers) -> Words:
    """The numbers of the words with these 32-bit hashes."""
    return _words(hashes, _PLACES, _HASHES)


@kernel
def _words(hashes: Numbers, places: NDArray[np.uint8], common: Numbers) -> Words:
    words = np.empty(len(hashes), dtype=np.uint16)
    for at in range(len(hashes)):
        top = hashes[at] >> 16
        place = places[top]
        known = place != _NONE and common[place] == hashes[at]
        words[at] = place if known else COMMON * 256 + (np.int64(top) * _OTHERS >> 16)
    return words

"""The sketch of an article: what is left of its text when texts are compared and the words themselves are not needed.

It holds the token numbers in order, which of them stand in quotation marks, and which are anchors; everything else
(3-grams, fingerprints, anchor sets) follows from these and is computed when it is wanted. So the state keeps about
4.3 bytes a word, and a rule that changes needs no migration.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

import numpy as np
import xxhash
from numpy.typing import NDArray

from wiredesk.contracts.article import Part
from wiredesk.dedup.tokens import Flags, Numbers, Places, Tokens, mix, spread, tokens_of
from wiredesk.text.marks import passages

GRAM = 3
"""Words in a gram of the comparison (5 instead cost .016 of pairwise F1 on generated republications)."""
PRINT = 5
"""Words in a fingerprint of the index."""
SHORTEST_QUOTATION = 18
"""Characters from which a passage in marks is a quotation rather than a scare quote or a title."""
MOSTLY_QUOTED = 0.75
"""Share of quoted words from which the quotation *is* the article (a statement) and is not masked."""
FEWEST_PRINTS = 12

_BY_PLACE = spread(GRAM + PRINT)
_QUARTER = np.uint64(1 << 62)
_FORMAT = 1


class Grams:
    """The distinct 3-grams of a sketch, sorted: ``values``, the place of the first of each, and whether it is quoted.

    ``order`` has, for each place of the text, the index of the gram that begins there.
    """

    def __init__(self, values: NDArray[np.uint64], places: Places, quoted: Flags, order: Places) -> None:
        self.values = values
        self.places = places
        self.quoted = quoted
        self.order = order


class Sketch:
    """The text that counts, as numbers. Two texts with the same words have equal ``numbers``."""

    def __init__(self, numbers: Numbers, quoted: Flags, anchors: Flags) -> None:
        self.numbers = numbers
        self.quoted = quoted
        self.is_anchor = anchors

    def __len__(self) -> int:
        return len(self.numbers)

    @cached_property
    def words_hash(self) -> int:
        """The exact hash: of the words in order, free of case, marks and white space (63 bits, for any JSON reader)."""
        return xxhash.xxh3_64_intdigest(self.numbers.tobytes()) >> 1

    @cached_property
    def grams(self) -> Grams:
        """The 3-grams; a gram is quoted when all of its words are."""
        values = _hashes(self.numbers, GRAM, _BY_PLACE[:GRAM])
        distinct, places, order = np.unique(values, return_index=True, return_inverse=True)
        return Grams(distinct, places, _all_of(self.quoted, GRAM)[places], order)

    @cached_property
    def prints(self) -> NDArray[np.uint64]:
        """The fingerprints: the lowest quarter, by hash, of the 5-grams outside quotations; at least 12."""
        values = _hashes(self.numbers, PRINT, _BY_PLACE[GRAM:])
        distinct: NDArray[np.uint64] = np.unique(values[~_all_of(self.quoted, PRINT)])
        return distinct[: max(FEWEST_PRINTS, int(np.searchsorted(distinct, _QUARTER)))]

    @cached_property
    def anchors(self) -> Numbers:
        """The distinct anchors outside quotations, sorted."""
        found: Numbers = np.unique(self.numbers[self.is_anchor & ~self.quoted])
        return found

    def pack(self) -> bytes:
        """The sketch as bytes, for the state."""
        head = bytes([_FORMAT]) + len(self).to_bytes(4, "little")
        flags = np.packbits(self.quoted).tobytes() + np.packbits(self.is_anchor).tobytes()
        return head + self.numbers.astype("<u4").tobytes() + flags


def unpack(packed: bytes) -> Sketch:
    """The sketch that ``pack`` made; ValueError when the bytes are of another format."""
    if not packed or packed[0] != _FORMAT:
        raise ValueError(f"a sketch of format {packed[:1].hex() or 'nothing'}; this release reads format {_FORMAT:02x}")
    count = int.from_bytes(packed[1:5], "little")
    numbers = np.frombuffer(packed, dtype="<u4", count=count, offset=5).astype(np.uint32)
    flags = np.frombuffer(packed, dtype=np.uint8, offset=5 + 4 * count)
    half = (count + 7) // 8
    quoted, anchors = (np.unpackbits(part, count=count).astype(np.bool_) for part in (flags[:half], flags[half:]))
    return Sketch(numbers, quoted, anchors)


def sketch_of(text: str, parts: Sequence[Part]) -> tuple[Sketch, Tokens]:
    """The sketch of ``text`` and the places of its words.

    Only the body counts: an outlet changes headline, byline and credit, and adds its boilerplate and rights. The
    dateline, which says where and not what, is left out too.
    """
    tokens = tokens_of(text, [(part.start, part.end) for part in parts if part.kind == "body"])
    quoted = _quoted(text, tokens)
    return Sketch(tokens.numbers, quoted, tokens.anchors), tokens


def _quoted(text: str, tokens: Tokens) -> Flags:
    steps = np.zeros(len(tokens.numbers) + 1, dtype=np.int64)
    long = [(at.start, at.end) for at in passages(text) if at.end - at.start >= SHORTEST_QUOTATION]
    if long and len(tokens.numbers):
        bounds = np.array(long, dtype=np.int64)
        np.add.at(steps, np.searchsorted(tokens.starts, bounds[:, 0]), 1)
        np.add.at(steps, np.searchsorted(tokens.starts, bounds[:, 1]), -1)
    quoted: Flags = np.cumsum(steps[:-1]) > 0
    return np.zeros_like(quoted) if quoted.sum() >= MOSTLY_QUOTED * len(quoted) else quoted


def _hashes(numbers: Numbers, size: int, multipliers: NDArray[np.uint64]) -> NDArray[np.uint64]:
    count = max(0, len(numbers) - size + 1)
    wide = numbers.astype(np.uint64)
    sums = np.zeros(count, dtype=np.uint64)
    for place in range(size if count else 0):
        sums += wide[place : place + count] * multipliers[place]
    return mix(sums)


def _all_of(flags: Flags, size: int) -> Flags:
    count = max(0, len(flags) - size + 1)
    every: NDArray[Any] = np.ones(count, dtype=np.bool_)
    for place in range(size if count else 0):
        every &= flags[place : place + count]
    return every

"""The sketch of an article: what is left of its text when texts are compared and the words themselves are not needed.

It holds the words in order as 16-bit numbers, which of them stand in quotation marks, which are anchors, and where
they stand in the text; everything else (3-grams, fingerprints) follows from these and is computed when it
is wanted. So the state keeps about 2.3 bytes a word, and a rule that changes needs no migration.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np
import xxhash

from wiredesk.contracts.article import Part
from wiredesk.dedup.grams import Grams, Hashes, Words, all_of, distinct, hashes, lowest
from wiredesk.dedup.hashing import spread
from wiredesk.dedup.kernel import kernel
from wiredesk.dedup.packing import pack_places, pack_words, unpack_places, unpack_words
from wiredesk.dedup.tokens import Flags, Places, Tokens, tokens_of
from wiredesk.dedup.words import words_of
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
_IN_GRAM, _IN_PRINT = _BY_PLACE[:GRAM].copy(), _BY_PLACE[GRAM:].copy()
_LOWEST = np.uint64((1 << 64) // 5)
_FORMAT = 3


class Sketch:
    """The text that counts, as numbers. Two texts with the same words have equal ``numbers``."""

    def __init__(self, numbers: Words, quoted: Flags, anchors: Flags, places: bytes, words_hash: int | None) -> None:
        self.numbers = numbers
        self.quoted = quoted
        self.is_anchor = anchors
        self._places = places
        self._words_hash = words_hash

    def __len__(self) -> int:
        return len(self.numbers)

    @property
    def words_hash(self) -> int:
        """The exact hash: of the words in order, free of case, marks and white space (63 bits, for any JSON reader).

        It is of more bits of each word than the sketch keeps: ValueError when this one was unpacked.
        """
        if self._words_hash is None:
            raise ValueError("a sketch that was unpacked has no exact hash; the record that it came in has it")
        return self._words_hash

    @cached_property
    def grams(self) -> Grams:
        """The 3-grams; a gram is quoted when all of its words are."""
        return Grams(*distinct(hashes(self.numbers, _IN_GRAM), all_of(self.quoted, GRAM)))

    @cached_property
    def prints(self) -> Hashes:
        """The fingerprints: the lowest fifth, by hash, of the 5-grams; at least 12.

        Quotations count: they prove nothing, but a statement is found by little else (without them -.011 pairwise F1).
        """
        return lowest(hashes(self.numbers, _IN_PRINT), _LOWEST, FEWEST_PRINTS)

    @cached_property
    def places(self) -> tuple[Places, Places]:
        """Where the words start and where they end, in code points of the text."""
        starts, ends = unpack_places(np.frombuffer(self._places, dtype=np.uint8), len(self))
        if len(starts) < len(self):
            raise ValueError(f"a sketch of {len(self)} words has the places of {len(starts)}; it was cut short")
        return starts, ends

    def pack(self) -> bytes:
        """The sketch as bytes, for the state."""
        return pack_words(self.numbers, self.quoted, self.is_anchor, _FORMAT).tobytes() + self._places


def unpack(packed: bytes) -> Sketch:
    """The sketch that ``pack`` made; ValueError when the bytes are of another format or cut short."""
    if not packed or packed[0] != _FORMAT:
        raise ValueError(f"a sketch of format {packed[:1].hex() or 'nothing'}; this release reads format {_FORMAT:02x}")
    words, quoted, anchors, size = unpack_words(np.frombuffer(packed, dtype=np.uint8))
    if size < 0:
        raise ValueError(f"a sketch that ends after {len(packed)} bytes; it was cut short")
    return Sketch(words, quoted, anchors, packed[size:], None)


def sketch_of(text: str, parts: Sequence[Part]) -> tuple[Sketch, Tokens]:
    """The sketch of ``text`` and the places of its words.

    Only the body counts: an outlet changes headline, byline and credit, and adds its boilerplate and rights. The
    dateline, which says where and not what, is left out too.
    """
    tokens = tokens_of(text, [(part.start, part.end) for part in parts if part.kind == "body"])
    long = [(at.start, at.end) for at in passages(text) if at.end - at.start >= SHORTEST_QUOTATION]
    quoted = _quoted(tokens.starts, np.array(long, dtype=np.int64).reshape(-1, 2))
    words_hash = xxhash.xxh3_64_intdigest(tokens.numbers.tobytes()) >> 1
    places = pack_places(tokens.starts, tokens.ends).tobytes()
    return Sketch(words_of(tokens.numbers), quoted, tokens.anchors, places, words_hash), tokens


@kernel
def _quoted(starts: Places, quotations: Places) -> Flags:
    """Which words start in a quotation (one start, end a row, in order of the start); none where most of them do."""
    quoted = np.zeros(len(starts), dtype=np.bool_)
    count = row = 0
    reach = np.int64(0)
    for at in range(len(starts)):
        while row < len(quotations) and quotations[row, 0] <= starts[at]:
            reach = max(reach, quotations[row, 1])
            row += 1
        if starts[at] < reach:
            quoted[at] = True
            count += 1
    if count >= MOSTLY_QUOTED * len(starts):
        quoted[:] = False
    return quoted

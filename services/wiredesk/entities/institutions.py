"""Institutions: bodies that an article calls by their kind with a capital: "the Coalition", "the Church".

Agencies write such words small; who writes them large means one certain body, whose full name may stand elsewhere.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from wiredesk.entities.names import Cover, Name, Reading, in_order
from wiredesk.entities.tables import columns
from wiredesk.entities.tokens import begins_sentence

INSTITUTIONS = frozenset(columns("head_words.txt", "institution"))
_OFTEN = 2
"""Times that a word without a full name must stand so: once may be a slip."""


def with_institutions(reading: Reading, names: Sequence[Name]) -> list[Name]:
    """``names`` with the lone institutions, in order."""
    cover = Cover(names)
    found = [
        reading.name(token.start, token.end, "ORG", "pattern")
        for i, token in enumerate(reading.tokens)
        if token.word in INSTITUTIONS and _stands_alone(reading, i, cover)
    ]
    counts = Counter(name.words[0] for name in found)
    heads = {word for name in names if name.type == "ORG" and len(name.words) > 1 for word in name.words}
    kept = [name for name in found if counts[name.words[0]] >= _OFTEN or name.words[0] in heads]
    return in_order([*names, *kept]) if kept else list(names)


def _stands_alone(reading: Reading, i: int, cover: Cover) -> bool:
    token = reading.tokens[i]
    if token.word.casefold() in reading.lower or not cover.free(token.start, token.end) or i == 0:
        return False
    if reading.is_capital_joined(i) or reading.seen[token.end : token.end + 4] == " of ":
        return False
    before = reading.tokens[i - 1]
    if reading.gap_before(i) != " " or begins_sentence(reading.seen, before.end, token.start):
        return False
    return not before.word[0].isupper() or before.word == "The"

"""A block as the rules know it: its words, its passages in marks, its parse, and what has been found in it."""

from __future__ import annotations

import re

from msgspec import Struct

from wiredesk.quotes.found import Extent, Found
from wiredesk.quotes.parse import Tree
from wiredesk.quotes.subject import Source
from wiredesk.text.marks import Passage

WORD = re.compile(r"[^\W_]+")


class Block(Struct):
    """A paragraph, or a piece of a very long one, with all that the rules know of it.

    ``start`` is its offset in the article; all other offsets are into ``text``, which is its words.
    """

    start: int
    kind: str  # of the part it stands in: headline, body, caption
    paragraph: int  # counted from 0
    text: str
    passages: list[Passage]
    tree: Tree | None
    found: list[Found] = []
    loose: list[int] = []  # passages that read like speech and that nothing here attributes
    terms: frozenset[int] = frozenset()
    sources: list[tuple[int, Source]] = []  # (offset, source) of each report, in order
    subjects: frozenset[int] = frozenset()  # where the words begin that are subjects of a verb
    groups: list[Extent] = []  # plural subjects, for which "they" may stand
    issued: list[tuple[str, Source]] = []  # documents, by their noun, and who puts them out
    last_subject: Source | None = None  # the subject of the last sentence, who may speak in the next paragraph


def slots_of(tree: Tree) -> frozenset[int]:
    """The passages that are sentences of their own."""
    return frozenset(slot for slot in tree.slots if slot >= 0)


def word_count(text: str, passage: Passage) -> int:
    return len(WORD.findall(text, passage.start, passage.end))


def sorted_spans(spans: list[Extent]) -> list[Extent]:
    """In order, those that touch or overlap as one."""
    merged: list[Extent] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged

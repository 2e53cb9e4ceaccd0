"""Shared passages as they are shown: places and words in the text of an article, places in the text of another."""

from __future__ import annotations

from wiredesk.contracts.article import Stretch
from wiredesk.contracts.spans import Span, span_of
from wiredesk.dedup.alignment import END, OTHER_END, OTHER_START, START, Passages
from wiredesk.dedup.sketch import Sketch
from wiredesk.dedup.tokens import Tokens

MOST_SHOWN = 5


def longest(passages: Passages, most: int = MOST_SHOWN) -> Passages:
    """The ``most`` longest of ``passages``, in their order."""
    chosen = (passages[:, START] - passages[:, END]).argsort(kind="stable")[:most]
    chosen.sort()
    return passages[chosen]


def spans_of(text: str, tokens: Tokens, passages: Passages) -> list[Span]:
    """Where ``passages`` stand in ``text``, which has ``tokens``."""
    return [span_of(text, int(tokens.starts[row[START]]), int(tokens.ends[row[END] - 1])) for row in passages]


def stretches_of(other: Sketch, passages: Passages) -> list[Stretch]:
    """Where ``passages`` stand in the other text, of this sketch."""
    starts, ends = other.places
    return [Stretch(int(starts[row[OTHER_START]]), int(ends[row[OTHER_END] - 1])) for row in passages]

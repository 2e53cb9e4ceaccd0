"""Side by side: the passages that two texts share, each with its place in both.

What counts as shared is dedup's own: its words, its 3-grams, its alignment. Only the pairing is added here: dedup
needs to know that a passage stands in the other text, and people want to see where.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

import numpy as np
from msgspec import Struct

from wiredesk.cli.texts import Text
from wiredesk.contracts.spans import Span
from wiredesk.dedup.alignment import aligned
from wiredesk.dedup.sketch import GRAM, sketch_of
from wiredesk.dedup.tokens import Flags

_GAP = 12
"""Words: a shorter gap on both sides is words replaced, and does not part a passage."""
_SHORTEST = 8
"""Words that both have, from which a passage is worth showing."""
_MOST_PLACES = 32
"""Places of one 3-gram in the other text that are tried."""

Place = tuple[int, int]
"""Start and end, in code points of the text."""


class Side(Struct, kw_only=True):
    """A passage in one of the texts; ``shared`` are the places of the words that the other text has too."""

    start: int
    end: int
    exact: str
    shared: list[Place]


class Passage(Struct, kw_only=True):
    """A passage that two texts share. ``words`` counts those that stand in both."""

    words: int
    here: Side
    there: Side


class Comparison(Struct, kw_only=True):
    """What one text shares with another: the share of the words of either that the other has, and the passages in the
    order of the first text."""

    words: int
    words_there: int
    share: float
    share_there: float
    passages: list[Passage]


class Words:
    """The words of a text, as dedup counts them."""

    def __init__(self, text: Text) -> None:
        self.text = text.text
        self.sketch, self._tokens = sketch_of(text.text, text.parts)

    def __len__(self) -> int:
        return len(self.sketch)

    @cached_property
    def numbers(self) -> list[int]:
        """What stands for each word: the same word, the same number."""
        return [int(number) for number in self.sketch.numbers]

    @cached_property
    def places(self) -> list[Place]:
        """Where each word stands in the text."""
        return [(int(a), int(b)) for a, b in zip(self._tokens.starts, self._tokens.ends, strict=True)]

    def shared_with(self, other: Words) -> Flags:
        """Which of the words the other text has too."""
        return aligned(self.sketch, other.sketch) >= 0

    def share_in(self, spans: Sequence[Span], shared: Flags) -> float:
        """Of the words in ``spans``, the share that is flagged."""
        inside = [flag for (a, b), flag in zip(self.places, shared, strict=True) if any(_in(a, b, s) for s in spans)]
        return sum(map(bool, inside)) / len(inside) if inside else 0.0


def side_by_side(one: Words, other: Words, spans: Sequence[Span] | None = None) -> Comparison:
    """What ``one`` shares with ``other``; with ``spans``, only the passages that touch these."""
    here, there = one.shared_with(other), other.shared_with(one)
    found = []
    for runs in _chains(_runs(one.numbers, other.numbers)):
        start, end = runs[0].here, max(run.here + run.length for run in runs)
        first, last = min(run.there for run in runs), max(run.there + run.length for run in runs)
        passage = Passage(
            words=int(np.count_nonzero(here[start:end])),
            here=_side(one, start, end, here),
            there=_side(other, first, last, there),
        )
        if spans is None or any(_in(passage.here.start, passage.here.end, span) for span in spans):
            found.append(passage)
    longest = max((passage.words for passage in found), default=0)
    return Comparison(
        words=len(one),
        words_there=len(other),
        share=_share(here),
        share_there=_share(there),
        passages=[passage for passage in found if passage.words >= min(_SHORTEST, longest)],
    )


class _Run(NamedTuple):
    """A stretch of ``length`` words that is the same here and there."""

    here: int
    there: int
    length: int


def _runs(one: Sequence[int], other: Sequence[int]) -> Iterator[_Run]:
    """The stretches of three and more words that both have, in the order of ``one``; of several, the longest."""
    places: dict[tuple[int, ...], list[int]] = defaultdict(list)
    for place in range(len(other) - GRAM + 1):
        places[tuple(other[place : place + GRAM])].append(place)
    at = 0
    while at <= len(one) - GRAM:
        tried = places.get(tuple(one[at : at + GRAM]), [])[:_MOST_PLACES]
        if not tried:
            at += 1
            continue
        length, place = max((_length(one, other, at, place), -place) for place in tried)
        yield _Run(at, -place, length)
        at += length - GRAM + 1  # the next gram may begin with the last two words of this stretch


def _length(one: Sequence[int], other: Sequence[int], at: int, place: int) -> int:
    length = GRAM
    most = min(len(one) - at, len(other) - place)
    while length < most and one[at + length] == other[place + length]:
        length += 1
    return length


def _chains(runs: Iterator[_Run]) -> list[list[_Run]]:
    """The stretches, those together that follow each other closely in both texts."""
    chains: list[list[_Run]] = []
    for run in runs:
        last = chains[-1][-1] if chains else None
        if last is not None and all(
            -GRAM < gap <= _GAP for gap in (run.here - last.here - last.length, run.there - last.there - last.length)
        ):
            chains[-1].append(run)
        else:
            chains.append([run])
    return chains


def _side(words: Words, start: int, end: int, flags: Flags) -> Side:
    """The words from ``start`` up to ``end``, with neighbours that are flagged in one place."""
    shared: list[list[int]] = []
    for number in range(start, end):
        if flags[number]:
            a, b = words.places[number]
            if shared and number > start and flags[number - 1]:
                shared[-1][1] = b
            else:
                shared.append([a, b])
    begin, stop = words.places[start][0], words.places[end - 1][1]
    return Side(start=begin, end=stop, exact=words.text[begin:stop], shared=[(a, b) for a, b in shared])


def _in(start: int, end: int, span: Span) -> bool:
    return start < span.end and span.start < end


def _share(flags: Flags) -> float:
    return round(int(np.count_nonzero(flags)) / len(flags), 4) if len(flags) else 0.0

"""The contenders of the comparison: wiredesk and each library, begun with nothing, given the stream piece by piece.

Making the stream and the messages is not theirs to do and is left out of what is timed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

from bench.dedup.libraries import LIBRARIES, Library, group
from bench.dedup.measures import pairwise
from bench.dedup.ours import clean_articles, decide_all, handle_all, records
from bench.dedup.stream import Item
from wiredesk.dedup.handler import Dedup

Feed = Callable[[], object]
"""Gives a contender its next articles: what is timed."""
OURS = "wiredesk"
STAGE = "wiredesk, as a stage"


class Contender(NamedTuple):
    """A row of the table. ``begin`` makes it anew, and gives a function that readies articles for it."""

    name: str
    begin: Callable[[], Callable[[Sequence[Item]], Feed]]
    streams: bool = True


class _Ours:
    """wiredesk, given articles: all that the stage does with a message, or sketch, index and decision alone."""

    def __init__(self, whole: bool) -> None:
        self._dedup = Dedup()
        self._whole = whole
        self._given = 0

    def __call__(self, items: Sequence[Item]) -> Feed:
        articles = clean_articles(items, self._given)
        self._given += len(items)
        if not self._whole:
            return partial(decide_all, self._dedup, articles)
        return partial(handle_all, self._dedup, records(articles))


def ours() -> list[Contender]:
    """wiredesk twice: what the libraries do too, and the whole stage with decoding, outputs and their encoding."""
    return [Contender(OURS, partial(_Ours, whole=False)), Contender(STAGE, partial(_Ours, whole=True))]


def theirs(library: Library, threshold: float) -> Contender:
    """``library`` at ``threshold``."""

    def begin() -> Callable[[Sequence[Item]], Feed]:
        grouper = library.begin(threshold)

        def ready(items: Sequence[Item]) -> Feed:
            texts = [item.text for item in items]

            def feed() -> None:
                for text in texts:
                    grouper.add(text)
                if not library.streams:
                    grouper.labels()

            return feed

        return ready

    return Contender(library.name, begin, library.streams)


def best_threshold(library: Library, items: Sequence[Item]) -> float:
    """The threshold of ``library`` with the highest pairwise F1 on ``items``."""
    truth, texts = [item.story for item in items], [item.text for item in items]
    return max(library.thresholds, key=lambda threshold: pairwise(truth, group(library, threshold, texts)).f1)


def named(name: str, threshold: float) -> Contender:
    """The contender ``name``; ``threshold`` counts for a library."""
    for one in ours():
        if one.name == name:
            return one
    return theirs(next(one for one in LIBRARIES if one.name == name), threshold)

"""Quality of a grouping of the stream: the clusters, and what became of each kind of article that is no copy."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import NamedTuple

from bench.dedup.measures import Scores, adjusted_rand, b_cubed, company, names, pairwise
from bench.dedup.stream import LINKED_WORDS, Item


class Link(NamedTuple):
    """An embed that was found: the label of its story, and the (start, end) of its spans in the article's text."""

    story: Hashable
    spans: tuple[tuple[int, int], ...] = ()


class Grouped(NamedTuple):
    """Where an article was put: the label of its story, and the embeds that were found in it."""

    story: Hashable
    links: tuple[Link, ...] = ()


class Part(NamedTuple):
    """``number`` of ``of``."""

    number: int
    of: int

    def __str__(self) -> str:
        return f"{self.number} of {self.of}"

    @property
    def share(self) -> float:
        """The quotient; 0 of nothing."""
        return self.number / self.of if self.of else 0.0


class Quality(NamedTuple):
    """How good a grouping is.

    ``merged``: articles of a kind that share a story with anything else (embeds, quotes, templates). ``linked``:
    embeds of 60 words and more that are linked to their wire, ``linked_short`` the shorter ones. ``right_links``: links
    that name a story whose paragraphs the article carries. ``covered``: characters of embedded passages of 60 words and
    more that lie in the spans of the right link.
    """

    pairs: Scores
    b_cubed: Scores
    ari: float
    merged: dict[str, Part]
    linked: Part
    linked_short: Part
    right_links: Part
    covered: Part


KINDS_APART = ("embed", "quotes", "template")


def assess(items: Sequence[Item], grouped: Sequence[Grouped]) -> Quality:
    """The quality of ``grouped``, the places of ``items`` in the same order."""
    truth = [item.story for item in items]
    found = [one.story for one in grouped]
    mixed = company(truth, found)
    merged = {
        kind: Part(
            sum(mix for item, mix in zip(items, mixed, strict=True) if item.kind == kind),
            sum(item.kind == kind for item in items),
        )
        for kind in KINDS_APART
    }
    long, short, right, covered = _links(items, grouped, names(truth, found))
    return Quality(
        pairwise(truth, found), b_cubed(truth, found), adjusted_rand(truth, found), merged, long, short, right, covered
    )


def _links(items: Sequence[Item], grouped: Sequence[Grouped], told: dict[Hashable, Hashable]) -> list[Part]:
    linked = {True: [0, 0], False: [0, 0]}
    links = right = inside = characters = 0
    for item, one in zip(items, grouped, strict=True):
        carried = {passage.story for passage in item.embeds}
        links += len(one.links)
        right += sum(told.get(link.story) in carried for link in one.links)
        for passage in item.embeds:
            spans = [span for link in one.links if told.get(link.story) == passage.story for span in link.spans]
            hit = any(told.get(link.story) == passage.story for link in one.links)
            count = linked[passage.words >= LINKED_WORDS]
            count[0] += hit
            count[1] += 1
            if hit and passage.words >= LINKED_WORDS:
                start, end = passage.host
                characters += end - start
                inside += len({at for low, high in spans for at in range(max(low, start), min(high, end))})
    return [Part(*linked[True]), Part(*linked[False]), Part(right, links), Part(inside, characters)]

"""Scores of names: exact and overlap by type and together, and B-cubed, as the data's own scorer has them.

Exact: same type and extent, article and possessive apart. Overlap: precision is the share of given names that any gold
name of the type overlaps, recall the share of gold names that a given one does. B-cubed counts names that both have,
whatever the type.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping
from typing import NamedTuple

from bench.quality.words import Extent

KINDS = ("PER", "ORG", "LOC")

Names = Mapping[Extent, tuple[str, Hashable]]
"""Type and cluster of each name of one article."""


class Score(NamedTuple):
    """Precision, recall and F1, of 1."""

    precision: float
    recall: float
    f1: float


class NameTally:
    """Counts over articles; ``add`` one after the other."""

    def __init__(self) -> None:
        self._counts: Counter[tuple[str, str]] = Counter()
        self._b_cubed: list[tuple[float, float]] = []

    def add(self, gold: Names, given: Names) -> None:
        """Counts one article."""
        for kind in KINDS:
            theirs = {extent for extent, (its, _) in gold.items() if its == kind}
            ours = {extent for extent, (its, _) in given.items() if its == kind}
            self._counts[kind, "gold"] += len(theirs)
            self._counts[kind, "given"] += len(ours)
            self._counts[kind, "exact"] += len(theirs & ours)
            self._counts[kind, "overlap given"] += sum(overlaps(extent, theirs) for extent in ours)
            self._counts[kind, "overlap gold"] += sum(overlaps(extent, ours) for extent in theirs)
        both = [(gold[extent][1], given[extent][1]) for extent in gold if extent in given]
        for one, other in both:
            in_gold = [pair for pair in both if pair[0] == one]
            in_given = [pair for pair in both if pair[1] == other]
            shared = len([pair for pair in in_gold if pair[1] == other])
            self._b_cubed.append((shared / len(in_given), shared / len(in_gold)))

    def gold(self, kind: str | None = None) -> int:
        """Gold names of a type, or of all."""
        return self._sum("gold", kind)

    def exact(self, kind: str | None = None) -> Score:
        """By extent and type."""
        hits = self._sum("exact", kind)
        return _score(hits, self._sum("given", kind), hits, self._sum("gold", kind))

    def overlap(self, kind: str | None = None) -> Score:
        """By any overlap with a name of the type."""
        given, gold = self._sum("overlap given", kind), self._sum("overlap gold", kind)
        return _score(given, self._sum("given", kind), gold, self._sum("gold", kind))

    def b_cubed(self) -> tuple[float, float]:
        """Precision and recall; 1 where there was nothing to tie."""
        count = max(1, len(self._b_cubed))
        return sum(p for p, _ in self._b_cubed) / count, sum(r for _, r in self._b_cubed) / count

    def _sum(self, what: str, kind: str | None) -> int:
        return sum(self._counts[each, what] for each in ((kind,) if kind is not None else KINDS))


def overlaps(extent: Extent, others: set[Extent]) -> bool:
    """Whether ``extent`` overlaps any of ``others``."""
    return any(extent[0] < end and start < extent[1] for start, end in others)


def _score(hits_given: int, given: int, hits_gold: int, gold: int) -> Score:
    precision, recall = hits_given / max(1, given), hits_gold / max(1, gold)
    return Score(precision, recall, 2 * precision * recall / (precision + recall) if precision + recall else 0.0)

"""Measures of a clustering against the truth. ``truth`` and ``found`` have one label an item, in the same order.

Pairwise precision and recall look at pairs of articles; B-cubed (Bagga and Baldwin 1998) at each article's own cluster,
so that a large cluster does not outweigh all others; the adjusted Rand index (Hubert and Arabie 1985) at pairs again,
against chance.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Sequence
from typing import NamedTuple

Labels = Sequence[Hashable]


class Scores(NamedTuple):
    """Precision, recall and their harmonic mean."""

    precision: float
    recall: float
    f1: float


def pairwise(truth: Labels, found: Labels) -> Scores:
    """Of the pairs that share a found label, those that share the true one, and the reverse."""
    both, in_found, in_truth = _pairs(zip(truth, found, strict=True)), _pairs(found), _pairs(truth)
    return _scores(both / in_found if in_found else 1.0, both / in_truth if in_truth else 1.0)


def b_cubed(truth: Labels, found: Labels) -> Scores:
    """Averages over the articles: how much of its found cluster is of its story, how much of its story is in it."""
    if not truth:
        return _scores(1.0, 1.0)
    both, in_found, in_truth = Counter(zip(truth, found, strict=True)), Counter(found), Counter(truth)
    precision = sum(count * count / in_found[label] for (_, label), count in both.items()) / len(truth)
    recall = sum(count * count / in_truth[label] for (label, _), count in both.items()) / len(truth)
    return _scores(precision, recall)


def adjusted_rand(truth: Labels, found: Labels) -> float:
    """The share of pairs that truth and found treat alike, 0 for chance and 1 for equality."""
    both, in_found, in_truth = _pairs(zip(truth, found, strict=True)), _pairs(found), _pairs(truth)
    pairs = len(truth) * (len(truth) - 1) / 2
    by_chance = in_found * in_truth / pairs if pairs else 0.0
    most = (in_found + in_truth) / 2
    return (both - by_chance) / (most - by_chance) if most != by_chance else 1.0


def company(truth: Labels, found: Labels) -> list[bool]:
    """For each item, whether its found cluster has an item of another story."""
    stories: defaultdict[Hashable, set[Hashable]] = defaultdict(set)
    for true, label in zip(truth, found, strict=True):
        stories[label].add(true)
    return [len(stories[label]) > 1 for label in found]


def names(truth: Labels, found: Labels) -> dict[Hashable, Hashable]:
    """For each found label, the story that most of its items tell; of equals the one that came first."""
    counts: defaultdict[Hashable, Counter[Hashable]] = defaultdict(Counter)
    for true, label in zip(truth, found, strict=True):
        counts[label][true] += 1
    return {label: count.most_common(1)[0][0] for label, count in counts.items()}


def _pairs(labels: Iterable[Hashable]) -> int:
    return sum(count * (count - 1) // 2 for count in Counter(labels).values())


def _scores(precision: float, recall: float) -> Scores:
    both = precision + recall
    return Scores(precision, recall, 2 * precision * recall / both if both else 0.0)

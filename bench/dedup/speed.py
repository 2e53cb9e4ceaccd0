"""Speed: articles a second and core, by processor time, all contenders taking turns on the same stream."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Sequence
from typing import NamedTuple

from bench.dedup.contenders import Contender
from bench.dedup.stream import Item

WARM = 100
"""Articles that a contender gets before, so that nothing is loaded or compiled while it is timed."""


class Speed(NamedTuple):
    """Articles a second and core in each round."""

    rounds: Sequence[float]

    @property
    def median(self) -> float:
        """Of the rounds."""
        return statistics.median(self.rounds)

    def against(self, other: Speed) -> tuple[float, float, float]:
        """How many times as fast as ``other`` in the same round: median, least and most of the rounds."""
        ratios = [own / its for own, its in zip(self.rounds, other.rounds, strict=True)]
        return statistics.median(ratios), min(ratios), max(ratios)


def speeds(contenders: Sequence[Contender], items: Sequence[Item], rounds: int) -> dict[str, Speed]:
    """The speed of each of ``contenders`` on ``items``; each round begins with another one."""
    for one in contenders:
        seconds(one, items[:WARM])
    taken: dict[str, list[float]] = {one.name: [] for one in contenders}
    for turn in range(rounds):
        first = turn % len(contenders)
        for one in [*contenders[first:], *contenders[:first]]:
            taken[one.name].append(len(items) / seconds(one, items))
    return {name: Speed(rates) for name, rates in taken.items()}


def seconds(contender: Contender, items: Sequence[Item]) -> float:
    """Processor time of a new ``contender`` on ``items``."""
    feed = contender.begin()(items)
    gc.collect()
    started = time.process_time()
    feed()
    return time.process_time() - started

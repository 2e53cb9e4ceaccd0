"""Rarity: in how many stories a 3-gram stands, so that what many have in common shows nothing of two.

Without it 95 pairs of stories were merged wrongly on a generated stream instead of 5 (boilerplate, formulas,
templates). A gram is counted when a story opens. The counts share a fixed table by hash: at a million stories of 400
grams a slot holds 100 by chance, far below the 2,000 from which a gram is common then.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

import numpy as np
from numpy.typing import NDArray

from wiredesk.dedup.kernel import kernel

COMMON_SHARE = 0.002
COMMON_AT_LEAST = 5
_BITS = 22
_SHIFT = np.uint64(64 - _BITS)

Counts = NDArray[np.uint32]


class Rarity:
    """Counts of 3-grams over the stories of the window."""

    def __init__(self) -> None:
        self._counts: Counts = np.zeros(1 << _BITS, dtype=np.uint32)
        self._stories = 0

    def add(self, grams: NDArray[np.uint64]) -> None:
        """Counts the (distinct) ``grams`` of a story that opened."""
        _add(self._counts, grams, 1)
        self._stories += 1

    def remove(self, grams: NDArray[np.uint64]) -> None:
        """Takes back what ``add`` counted."""
        _add(self._counts, grams, -1)
        self._stories -= 1

    def common(self, grams: NDArray[np.uint64]) -> NDArray[np.bool_]:
        """Which of ``grams`` stand in too many stories to count."""
        return _above(self._counts, grams, max(COMMON_AT_LEAST, COMMON_SHARE * self._stories))

    def arrays(self) -> dict[str, NDArray[np.generic]]:
        """All of it, for ``restore``; the counts themselves and no copy."""
        return {"counts": self._counts, "stories": np.array([self._stories], dtype=np.int64)}

    @classmethod
    def restore(cls, arrays: Mapping[str, NDArray[np.generic]]) -> Rarity:
        """The counts that gave ``arrays``, which are its own from now on."""
        restored = cls.__new__(cls)
        restored._counts = np.require(cast(Counts, arrays["counts"]), np.uint32, ["C", "A", "W"])
        restored._stories = int(cast(NDArray[np.int64], arrays["stories"])[0])
        return restored


@kernel
def _add(counts: Counts, grams: NDArray[np.uint64], step: int) -> None:
    for each in range(len(grams)):
        counts[grams[each] >> _SHIFT] += step


@kernel
def _above(counts: Counts, grams: NDArray[np.uint64], most: float) -> NDArray[np.bool_]:
    above = np.empty(len(grams), dtype=np.bool_)
    for each in range(len(grams)):
        above[each] = counts[grams[each] >> _SHIFT] > most
    return above

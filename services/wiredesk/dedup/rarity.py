"""Rarity: in how many stories a 3-gram stands, so that what many have in common shows nothing of two.

Without it 95 pairs of stories were merged wrongly on a generated stream instead of 5 (boilerplate, formulas,
templates). A gram is counted when a story opens. The counts share a fixed table by hash: at a million stories of 400
grams a slot holds 100 by chance, far below the 2,000 from which a gram is common then.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

COMMON_SHARE = 0.002
COMMON_AT_LEAST = 5
_BITS = 22


class Rarity:
    """Counts of 3-grams over the stories of the window."""

    def __init__(self) -> None:
        self._counts = np.zeros(1 << _BITS, dtype=np.uint32)
        self._stories = 0

    def add(self, grams: NDArray[np.uint64]) -> None:
        """Counts the (distinct) ``grams`` of a story that opened."""
        np.add.at(self._counts, _slots(grams), np.uint32(1))
        self._stories += 1

    def remove(self, grams: NDArray[np.uint64]) -> None:
        """Takes back what ``add`` counted."""
        np.subtract.at(self._counts, _slots(grams), np.uint32(1))
        self._stories -= 1

    def common(self, grams: NDArray[np.uint64]) -> NDArray[np.bool_]:
        """Which of ``grams`` stand in too many stories to count."""
        return self._counts[_slots(grams)] > max(COMMON_AT_LEAST, COMMON_SHARE * self._stories)


def _slots(grams: NDArray[np.uint64]) -> NDArray[np.intp]:
    return (grams >> np.uint64(64 - _BITS)).astype(np.intp)

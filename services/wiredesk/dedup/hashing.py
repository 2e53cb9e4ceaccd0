"""Hashes of words and word grams: fixed constants and a finish, the same on every machine and for ever."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from wiredesk.dedup.kernel import kernel


def spread(count: int) -> NDArray[np.uint64]:
    """``count`` fixed odd 64-bit constants (the splitmix64 sequence), the multipliers of the hashes."""
    made, state, ones = [], 0x5741524D44455348, (1 << 64) - 1
    for _ in range(count):
        state = (state + 0x9E3779B97F4A7C15) & ones
        mixed = ((state ^ (state >> 30)) * 0xBF58476D1CE4E5B9) & ones
        mixed = ((mixed ^ (mixed >> 27)) * 0x94D049BB133111EB) & ones
        made.append((mixed ^ (mixed >> 31)) | 1)
    return np.array(made, dtype=np.uint64)


@kernel
def mix(value: np.uint64) -> np.uint64:
    """``value`` with every bit depending on every other (the finish of splitmix64)."""
    value = (value ^ (value >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    value = (value ^ (value >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return value ^ (value >> np.uint64(31))

"""Word grams: the distinct n-grams of a text as 64-bit hashes, sorted, and its fingerprints among them."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from wiredesk.dedup.hashing import mix
from wiredesk.dedup.kernel import kernel
from wiredesk.dedup.tokens import Flags, Places

Words = NDArray[np.uint16]
Hashes = NDArray[np.uint64]


class Grams(NamedTuple):
    """The distinct grams of a text, sorted: ``values``, the place of the first of each, and whether it is quoted.

    ``order`` has, for each place of the text, the index of the gram that begins there.
    """

    values: Hashes
    places: Places
    quoted: Flags
    order: Places


@kernel
def hashes(words: Words, multipliers: Hashes) -> Hashes:
    """The hash of the gram that begins at each place; a gram has as many words as there are ``multipliers``."""
    size = len(multipliers)
    made = np.empty(max(0, len(words) - size + 1), dtype=np.uint64)
    for at in range(len(made)):
        total = np.uint64(0)
        for step in range(size):
            total += np.uint64(words[at + step]) * multipliers[step]
        made[at] = mix(total)
    return made


@kernel
def all_of(flags: Flags, size: int) -> Flags:
    """For the gram of ``size`` words that begins at each place: whether all of its words are flagged."""
    every = np.empty(max(0, len(flags) - size + 1), dtype=np.bool_)
    run = 0
    for at in range(len(flags)):
        run = run + 1 if flags[at] else 0
        if at >= size - 1:
            every[at - size + 1] = run >= size
    return every


@kernel
def order_of(values: Hashes) -> Places:
    """The indices that sort ``values``, equal ones in order.

    By the highest bits into as many groups as there are values, then by insertion: of hashes hardly more than one
    falls into each group.
    """
    count = len(values)
    bits = 1
    while (1 << bits) < count:
        bits += 1
    shift = np.uint64(64 - bits)
    heads = np.zeros((1 << bits) + 1, dtype=np.int64)
    for at in range(count):
        heads[np.int64(values[at] >> shift) + 1] += 1
    for group in range(1 << bits):
        heads[group + 1] += heads[group]
    order = np.empty(count, dtype=np.int64)
    for at in range(count):
        group = int(np.int64(values[at] >> shift))  # numba: signed
        order[heads[group]] = at
        heads[group] += 1
    for at in range(1, count):
        index = order[at]
        to = at
        while to > 0 and values[order[to - 1]] > values[index]:
            order[to] = order[to - 1]
            to -= 1
        order[to] = index
    return order


@kernel
def distinct(values: Hashes, quoted: Flags) -> tuple[Hashes, Places, Flags, Places]:
    """The fields of ``Grams`` for the hash of the gram that begins at each place."""
    sorting = order_of(values)
    kept = np.empty(len(values), dtype=np.uint64)
    places = np.empty(len(values), dtype=np.int64)
    in_marks = np.empty(len(values), dtype=np.bool_)
    order = np.empty(len(values), dtype=np.int64)
    count = 0
    for at in range(len(values)):
        place = sorting[at]
        if count == 0 or values[place] != kept[count - 1]:
            kept[count] = values[place]
            places[count] = place
            in_marks[count] = quoted[place]
            count += 1
        order[place] = count - 1
    return kept[:count].copy(), places[:count].copy(), in_marks[:count].copy(), order


@kernel
def lowest(values: Hashes, ceiling: np.uint64, fewest: int) -> Hashes:
    """The distinct ``values`` below ``ceiling``, sorted; the ``fewest`` lowest of all where that are more."""
    found = _sorted_below(values, ceiling)
    if len(found) >= fewest:
        return found
    return _sorted_below(values, np.uint64(0xFFFFFFFFFFFFFFFF))[:fewest].copy()


@kernel
def _sorted_below(values: Hashes, ceiling: np.uint64) -> Hashes:
    found = np.empty(len(values), dtype=np.uint64)
    count = 0
    for at in range(len(values)):
        if values[at] <= ceiling:
            found[count] = values[at]
            count += 1
    return unique(found[:count])


@kernel
def unique(values: Hashes) -> Hashes:
    """The distinct ``values``, sorted."""
    order = order_of(values)
    kept = np.empty(len(values), dtype=np.uint64)
    count = 0
    for at in range(len(values)):
        value = values[order[at]]
        if count == 0 or value != kept[count - 1]:
            kept[count] = value
            count += 1
    return kept[:count].copy()

"""Alignments: which word of one text is which word of another, and the passages in which both run alike.

Two texts are aligned from the 3-grams that both have: each is a seed, a seed grows as long as the words agree, and
seeds that follow each other with short gaps in both texts make one passage. So a word that was changed, misread or
left out does not end a passage, and a sentence that was put in or left out does. Passages may stand in another order.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from wiredesk.dedup.grams import Hashes, Words
from wiredesk.dedup.kernel import kernel
from wiredesk.dedup.sketch import GRAM, Sketch
from wiredesk.dedup.tokens import Flags, Places

SHORT_GAP = 12
"""Words, in either text: a longer gap ends a passage. 8 instead lost a fifth more of the copies of misread texts."""
SHORTEST = 8
"""Words that agree in a passage, at least; fewer are a phrase that any two texts may share."""

Passages = NDArray[np.int32]
"""Passages that two texts share, one a row, in the order of the first text."""
START, END, OTHER_START, OTHER_END, AGREE, REPLACED, ANCHORS, ANCHORS_REPLACED = range(8)
"""Its columns: the words from which and up to which a passage runs in the two texts, how many agree, how many were
replaced by others, and the anchors among both (those replaced are counted in either text)."""


def aligned(one: Sketch, two: Sketch) -> NDArray[np.int32]:
    """For each word of ``one`` the place of the same word in ``two``, or -1."""
    a, b = one.grams, two.grams
    return _aligned(one.numbers, two.numbers, a.values, a.order, b.values, b.places)


def shared_passages(one: Sketch, two: Sketch) -> Passages:
    """The passages of at least ``SHORTEST`` words that ``one`` and ``two`` share."""
    return _passages(one.numbers, two.numbers, aligned(one, two), one.is_anchor, two.is_anchor)


@kernel
def _agree(one: Words, two: Words, at: int, there: int) -> bool:
    return bool(one[at] == two[there] and one[at + 1] == two[there + 1] and one[at + 2] == two[there + 2])


@kernel
def _aligned(
    one: Words, two: Words, values: Hashes, order: Places, others: Hashes, places: Places
) -> NDArray[np.int32]:
    seeds = np.full(len(values), -1, dtype=np.int32)  # by gram: its place in the other text
    other = 0
    for gram in range(len(values)):
        while other < len(others) and others[other] < values[gram]:
            other += 1
        if other < len(others) and others[other] == values[gram]:
            seeds[gram] = places[other]
    found = np.full(len(one), -1, dtype=np.int32)
    last, there = -1, -1
    for at in range(len(one)):
        place = -1
        ahead = there + at - last  # the place that keeps the distance
        if last >= 0 and last == at - 1:
            if ahead < len(two) and one[at] == two[ahead]:
                place = ahead
        elif last >= 0 and at < len(order) and ahead + GRAM <= len(two) and _agree(one, two, at, ahead):
            place = ahead
        if place < 0 and at < len(order):
            seed = seeds[order[at]]
            if seed >= 0 and _agree(one, two, at, seed):
                place = seed
        if place < 0:
            continue
        back = 1
        while at - back > last and place - back >= 0 and place - back != there and one[at - back] == two[place - back]:
            found[at - back] = place - back
            back += 1
        found[at] = place
        last, there = at, place
    return found


@kernel
def _passages(one: Words, two: Words, places: NDArray[np.int32], anchors: Flags, others: Flags) -> Passages:
    found = np.empty((len(one) // SHORTEST + 1, 8), dtype=np.int32)
    row = np.zeros(8, dtype=np.int32)
    count = 0
    last, there = -1, -1
    for at in range(len(one) + 1):
        place = places[at] if at < len(one) else -1
        if place < 0 and at < len(one):
            continue
        gap, across = at - last - 1, place - there - 1
        if last < 0 or at == len(one) or gap > SHORT_GAP or across < 0 or across > SHORT_GAP:
            if row[AGREE] >= SHORTEST:
                found[count] = row
                count += 1
            row[:] = 0
            row[START], row[OTHER_START] = at, place
        elif gap > 0 and across > 0:
            for step in range(1, max(gap, across) + 1):
                if gap == across and one[last + step] == two[there + step]:
                    row[AGREE] += 1
                    row[ANCHORS] += anchors[last + step]
                    continue
                row[REPLACED] += step <= min(gap, across)
                row[ANCHORS_REPLACED] += step <= gap and anchors[last + step]
                row[ANCHORS_REPLACED] += step <= across and others[there + step]
        if at < len(one):
            row[AGREE] += 1
            row[ANCHORS] += anchors[at]
            row[END], row[OTHER_END] = at + 1, place + 1
            last, there = at, place
    return found[:count].copy()

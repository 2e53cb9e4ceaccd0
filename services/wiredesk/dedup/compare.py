"""The comparison of two sketches: what they share, where, and what stands in the gaps. ``judge`` decides."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from wiredesk.dedup.grams import Words
from wiredesk.dedup.rarity import Rarity
from wiredesk.dedup.sketch import GRAM, Sketch
from wiredesk.dedup.tokens import Flags, Places

SHORT_GAP = 12
"""Words: a longer gap in a match is a passage put in or left out, a shorter one may be words replaced."""
_FEW_ANCHORS = 3


class Match(NamedTuple):
    """What two texts share. "Telling" 3-grams are distinct, outside quotations, and not common to many stories.

    ``shared``: telling grams in both; ``fewest``: telling grams of the side that has fewer; ``containment``: their
    quotient. ``own`` and ``other``: shares of each text's words that the other has, quotations and all; ``whole``:
    the larger. ``size``: the smaller text's words over the larger's. ``density``: share of the words between the 5th
    and 95th percentile of the match (in the smaller text) that match, ``prose`` the same of those outside quotations.
    ``anchors``: overlap, 1 when a side has hardly any. ``kept``: matching words over matching and replaced ones.
    ``own_head`` and ``other_head``: words of either text before the match (5th percentile); ``reach``:
    share of the longer text that the match spans. ``covered`` flags the words of the first text that match,
    ``telling`` those that a telling gram covers.
    """

    shared: int
    fewest: int
    containment: float
    own: float
    other: float
    size: float
    density: float
    prose: float
    anchors: float
    kept: float
    own_head: int
    other_head: int
    reach: float
    covered: Flags
    telling: Flags

    @property
    def deepest(self) -> int:
        """The larger number of words before the match."""
        return max(self.own_head, self.other_head)

    @property
    def whole(self) -> float:
        """The larger of the two shares: how much of one text is in the other."""
        return max(self.own, self.other)


def compare(one: Sketch, two: Sketch, rarity: Rarity) -> Match | None:
    """What ``one`` shares with ``two``; None when they have no gram in common."""
    a, b = one.grams, two.grams
    if not len(a.values) or not len(b.values):
        return None
    at = np.minimum(np.searchsorted(b.values, a.values), len(b.values) - 1)
    hit = b.values[at] == a.values
    if not hit.any():
        return None
    common_a = rarity.common(a.values)
    counts_a = ~(a.quoted | common_a)
    counts_b = ~(b.quoted | rarity.common(b.values))
    telling = hit & counts_a & counts_b[at]
    rare = hit & ~common_a if (hit & ~common_a).any() else hit
    shared = int(np.count_nonzero(telling))
    fewest = max(1, min(int(np.count_nonzero(counts_a)), int(np.count_nonzero(counts_b))))
    placed_a, placed_b = np.sort(a.places[rare]), np.sort(b.places[at[rare]])
    first_smaller = len(one) <= len(two)
    smaller, larger = (placed_a, placed_b) if first_smaller else (placed_b, placed_a)
    small, large = (len(one), len(two)) if first_smaller else (len(two), len(one))
    hit_two = np.zeros(len(b.values), dtype=np.bool_)
    hit_two[at[hit]] = True
    covered, covered_two = _cover(hit[a.order]), _cover(hit_two[b.order])
    low, high = _middle(larger)
    return Match(
        shared=shared,
        fewest=fewest,
        containment=shared / fewest,
        own=_share(covered),
        other=_share(covered_two),
        size=small / large,
        density=_density(smaller, covered if first_smaller else covered_two),
        prose=_prose(smaller, covered, one.quoted) if first_smaller else _prose(smaller, covered_two, two.quoted),
        anchors=overlap(one.anchors, two.anchors),
        kept=_kept(covered if first_smaller else covered_two),
        own_head=_middle(placed_a)[0],
        other_head=_middle(placed_b)[0],
        reach=(high - low + GRAM) / large,
        covered=covered,
        telling=_cover(telling[a.order]),
    )


def overlap(one: Words, two: Words) -> float:
    """What two sets of anchors (sorted) share, over the smaller; 1.0 when either has too few to say anything."""
    fewest = min(len(one), len(two))
    if fewest < _FEW_ANCHORS:
        return 1.0
    at = np.minimum(np.searchsorted(two, one), len(two) - 1)
    return int(np.count_nonzero(two[at] == one)) / fewest


def runs(flags: Flags) -> NDArray[np.int64]:
    """The (start, end) of each stretch of set ``flags``, one a row."""
    edges = np.zeros(len(flags) + 2, dtype=np.bool_)
    edges[1:-1] = flags
    return np.flatnonzero(edges[1:] != edges[:-1]).reshape(-1, 2)


def bridged(flags: Flags, gap: int) -> Flags:
    """``flags`` with the gaps of at most ``gap`` between two set ones set too."""
    bridge = flags.copy()
    for start, end in runs(~flags):
        if start > 0 and end < len(flags) and end - start <= gap:
            bridge[start:end] = True
    return bridge


def _cover(grams: Flags) -> Flags:
    """The words that the flagged grams cover; ``grams`` has one flag for each place where a gram begins."""
    covered = np.zeros(len(grams) + GRAM - 1, dtype=np.bool_)
    for step in range(GRAM):
        covered[step : step + len(grams)] |= grams
    return covered


def _middle(places: Places) -> tuple[int, int]:
    """The 5th and the 95th percentile of ``places`` (sorted)."""
    skip = len(places) // 20
    return int(places[skip]), int(places[-1 - skip])


def _share(flags: Flags) -> float:
    return int(np.count_nonzero(flags)) / len(flags) if len(flags) else 0.0


def _density(places: Places, covered: Flags) -> float:
    low, high = _middle(places)
    return _share(covered[low : high + GRAM])


def _prose(places: Places, covered: Flags, quoted: Flags) -> float:
    low, high = _middle(places)
    between = covered[low : high + GRAM][~quoted[low : high + GRAM]]
    return _share(between)


def _kept(covered: Flags) -> float:
    matching = int(np.count_nonzero(covered))
    gaps = runs(~covered)
    inner = gaps[(gaps[:, 0] > 0) & (gaps[:, 1] < len(covered))]
    lengths = inner[:, 1] - inner[:, 0]
    replaced = int(lengths[lengths <= SHORT_GAP].sum())
    return matching / (matching + replaced)

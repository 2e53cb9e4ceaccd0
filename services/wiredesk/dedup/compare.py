"""The comparison of two texts: how much of either lies in passages that both have, where, and how well these agree.

``judge`` decides on these figures.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from wiredesk.dedup.alignment import (
    AGREE,
    ANCHORS,
    ANCHORS_REPLACED,
    END,
    OTHER_END,
    OTHER_START,
    REPLACED,
    START,
    Passages,
    shared_passages,
)
from wiredesk.dedup.kernel import kernel
from wiredesk.dedup.rarity import Rarity
from wiredesk.dedup.sketch import GRAM, Sketch
from wiredesk.dedup.tokens import Flags, Places

QUOTED = 0.35
"""The weight of a quoted word. All who quote the same person share his words: at 1 quotations alone make copies, at 0 a
statement that is carried with a few words of its own is none."""
SUBSTANTIAL = 20
"""Words of a passage that shows something, about a sentence, and that a match begins with: not a place and a title
("BOSTON - Senator Ann Lee")."""


class Text(NamedTuple):
    """A sketch, and which of its words tell anything: those that stand in a 3-gram that is not common."""

    sketch: Sketch
    telling: Flags


class Match(NamedTuple):
    """What two texts share. Words weigh 1, those in quotations ``QUOTED``, and those that tell nothing 0.

    ``own`` and ``other``: the share of each text's weight that lies in the shared passages; ``weight``: what lies in
    them, in the text where that is less; ``prose`` the same in telling words outside quotations; ``own_words`` and
    ``other_words``: shares of words, whatever they weigh. ``kept``: words in the passages that agree, over these and
    those that were replaced; ``anchors`` the same of names and numbers. ``longest``: words of the longest passage.
    ``own_head`` and ``other_head``: words of either text before the first substantial passage; ``head_share``: the
    larger share of a text that these are. ``size``: the shorter text's words over the longer's.
    """

    own: float
    other: float
    weight: float
    prose: int
    own_words: float
    other_words: float
    shared: int
    kept: float
    anchors: float
    longest: int
    own_head: int
    other_head: int
    head_share: float
    size: float
    passages: Passages

    @property
    def containment(self) -> float:
        """How much of one text is in the other: the larger of the two shares."""
        return max(self.own, self.other)

    @property
    def head(self) -> int:
        """The larger number of words before the match."""
        return max(self.own_head, self.other_head)


def weighed(sketch: Sketch, rarity: Rarity) -> Text:
    """``sketch``, with what its words tell by now."""
    grams = sketch.grams
    return Text(sketch, _telling(grams.order, rarity.common(grams.values), len(sketch)))


def compare(one: Text, two: Text) -> Match | None:
    """What ``one`` shares with ``two``; None when they share no passage."""
    if min(len(one.sketch), len(two.sketch)) < GRAM:
        return None
    passages = shared_passages(one.sketch, two.sketch)
    if not len(passages):
        return None
    return Match(*_figures(passages, one.telling, one.sketch.quoted, two.telling, two.sketch.quoted), passages)


@kernel
def _telling(order: Places, common: Flags, words: int) -> Flags:
    telling = np.zeros(words, dtype=np.bool_)
    for at in range(len(order)):
        if not common[order[at]]:
            for step in range(GRAM):
                telling[at + step] = True
    return telling


@kernel
def _figures(
    passages: Passages, telling: Flags, quoted: Flags, other_telling: Flags, other_quoted: Flags
) -> tuple[float, float, float, int, float, float, int, float, float, int, int, int, float, float]:
    """The fields of ``Match`` but the last."""
    agree = replaced = anchors = changed = longest = 0
    for row in passages:
        agree += row[AGREE]
        replaced += row[REPLACED]
        anchors += row[ANCHORS]
        changed += row[ANCHORS_REPLACED]
        longest = max(longest, min(row[END] - row[START], row[OTHER_END] - row[OTHER_START]))
    words, others = len(telling), len(other_telling)
    head, other_head = words, others
    for row in passages:
        if min(row[END] - row[START], row[OTHER_END] - row[OTHER_START]) >= min(SUBSTANTIAL, longest):
            head, other_head = min(head, row[START]), min(other_head, row[OTHER_START])
    weight, whole, prose, inside = _lying(passages[:, START], passages[:, END], telling, quoted)
    there, other_whole, other_prose, other_inside = _lying(
        passages[:, OTHER_START], passages[:, OTHER_END], other_telling, other_quoted
    )
    return (
        weight / whole if whole else 0.0,
        there / other_whole if other_whole else 0.0,
        min(weight, there),
        min(prose, other_prose),
        inside / words,
        other_inside / others,
        agree,
        agree / (agree + replaced),
        (anchors + 0.5) / (anchors + changed / 2 + 0.5),
        longest,
        head,
        other_head,
        max(head / words, other_head / others),
        min(words, others) / max(words, others),
    )


@kernel
def _lying(
    starts: NDArray[np.int32], ends: NDArray[np.int32], telling: Flags, quoted: Flags
) -> tuple[float, float, int, int]:
    """The weight that lies between ``starts`` and ``ends``, that of the text, and the telling prose and words there."""
    inside = np.zeros(len(telling), dtype=np.bool_)
    for row in range(len(starts)):
        for at in range(starts[row], ends[row]):
            inside[at] = True
    weight = whole = 0.0
    prose = words = 0
    for at in range(len(telling)):
        tells = 0.0
        if telling[at]:
            tells = QUOTED if quoted[at] else 1.0
        whole += tells
        if inside[at]:
            weight += tells
            words += 1
            prose += telling[at] and not quoted[at]
    return weight, whole, prose, words

"""The judgement on two texts: one story, one carrying paragraphs of the other, or apart.

A copy shows in four things together: enough of one text is in the other, the passages that both have are long, they
begin near the top of both texts, and what was replaced in them is little and no more names and numbers than other
words. How much must be shared depends on the rest; the rule that asks for most decides.

The figures were chosen on the development halves of two generators of republications (press releases as base texts),
and with 2.5 % of the characters misread. What leaving one out costs is given as pairwise F1 on them, .993 and .985.
"""

from __future__ import annotations

from typing import NamedTuple

from wiredesk.dedup.compare import SUBSTANTIAL, Match, Text, compare

KEPT = 0.6
"""Words of the passages that must agree. Low, for two texts misread independently: at .78 the misread copies fall from
.96 to .73, others lose nothing, and templates are told by their names and numbers."""
ANCHORS_KEPT = 0.7
"""Names and numbers that must agree, over the words that do. A template replaces them, an outlet and a bad scan any
word: templates have at most .5, copies at least .8. Without it .59: over half of the templates are merged."""
WEIGHT = 12
"""What must be shared at least (``Match.weight``): about half a sentence that is no formula."""
TOP, SHARED = 60, 0.35
"""A copy begins within so many words of the top, behind a new lede of 15 to 35 words perhaps. At .1 some embeds in
short pieces are merged, at .5 cut copies with local paragraphs are lost (-.001)."""
DEEP, DEEP_PART, SHARED_DEEP = 90, 0.4, 0.65
"""Further down, by a new lede and a local paragraph, more is asked for, and it must still be the upper part of the
text. Nothing deeper than ``TOP`` costs .006; all that is at most 200 words down costs .004 and merges four times the
embeds."""
LONG, SHARED_SCATTERED, ANCHORS_SCATTERED = 60, 0.5, 0.9
"""Where the longest passage is shorter, there are only fragments: house formulas and reports filled into the same
sentences have these too, and then more must agree. Without it .004 less on one generator, .002 more on the other, and
daily reports of air strikes become one story."""
PROSE, SHARED_QUOTATIONS = 12, 0.5
"""Telling words outside quotations; with fewer, the texts share what somebody said, and at ``QUOTED`` a half is reached
by statements that are carried in full, not by two who quote them."""
SHARED_WHOLE = 0.75
"""What either text must have of the other for the place not to matter (.001)."""
SERIES = 0.72
"""What is asked for where only this publisher is in the story: a desk's own series repeats its formulas."""
SHORT, SHARED_SHORT, LEAST_SHORT = 60, 0.6, 0.3
"""Words below which a sentence is a large share: more is asked for, and of either text."""
EMBED_RUN = 20
"""Words: a shorter passage is not shown as carried."""
EMBED_LEAST, EMBED_PROSE = 50, 12
"""A carried paragraph has so many words, and not all of them quoted. At 20 words two links in five
are wrong (lists of names, formulas) instead of one in nine; without ``EMBED_PROSE`` one in four."""
EMBED_QUOTED = 75
"""Words from which a passage is carried even where it is a quotation: nobody takes down so much by himself. It finds a
tenth of the embeds."""
OWN_TOP = 50
"""Words: where the first text has at most these before the match, and more of it lies in the match than of the other,
it is the one that is carried. Without this one link in seven is wrong."""


class Verdict(NamedTuple):
    """``same`` or ``embeds`` or neither, by which rule, the containment that it asked for, and the comparison."""

    same: bool
    embeds: bool
    rule: str
    threshold: float | None
    match: Match | None


class _Asked(NamedTuple):
    """A containment that is asked for, and the rule that does."""

    rule: str
    containment: float


_NEVER = _Asked("apart", 1.01)


def judge(one: Text, two: Text, *, only_source: bool) -> Verdict:
    """Whether ``one`` is of the story of ``two``; ``only_source``: only the publisher of ``one`` is in that story."""
    match = compare(one, two)
    if match is None or not _matter_agrees(match):
        return Verdict(False, False, "apart", None, match)
    asked = _asked(match, min(len(one.sketch), len(two.sketch)), only_source=only_source)
    if asked is not None and match.containment >= asked.containment:
        return Verdict(True, False, asked.rule, asked.containment, match)
    return Verdict(False, _carries(match), "apart", None, match)


def _matter_agrees(match: Match) -> bool:
    """Whether little was replaced, and no more names and numbers than other words: those of a template all are."""
    return match.kept >= KEPT and match.anchors >= ANCHORS_KEPT * match.kept


def _asked(match: Match, words: int, *, only_source: bool) -> _Asked | None:
    """The containment that makes the texts one story, the shorter having ``words``; None when none does."""
    least = min(match.own, match.other)
    if match.weight < WEIGHT or match.longest < SUBSTANTIAL or (words < SHORT and least < LEAST_SHORT):
        return None
    if match.longest < LONG and match.anchors < ANCHORS_SCATTERED * match.kept:
        return None
    asked = [_Asked("whole", SHARED_WHOLE) if least >= SHARED_WHOLE else _by_place(match)]
    if match.longest < LONG:
        asked.append(_Asked("scattered", SHARED_SCATTERED))
    if match.prose < PROSE:
        asked.append(_Asked("quotations", SHARED_QUOTATIONS))
    if words < SHORT:
        asked.append(_Asked("short", SHARED_SHORT))
    if only_source:
        asked.append(_Asked("series", SERIES))
    return max(asked, key=lambda each: each.containment)


def _by_place(match: Match) -> _Asked:
    """What is asked for by where in the two texts the match begins."""
    if match.head <= TOP:
        return _Asked("containment", SHARED)
    if match.head <= DEEP and match.head_share <= DEEP_PART:
        return _Asked("deep", SHARED_DEEP)
    return _NEVER


def _carries(match: Match) -> bool:
    """Whether the first text carries whole passages of the other, not its quotations only."""
    if match.own > match.other and match.own_head <= OWN_TOP:
        return False  # the other way round: the other text carries this one
    return match.longest >= EMBED_QUOTED or (match.longest >= EMBED_LEAST and match.prose >= EMBED_PROSE)

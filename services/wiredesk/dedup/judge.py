"""The judgement on two texts: one story, one carrying paragraphs of the other, or apart.

The figures were chosen on generated republications of press releases (verbatim, cut, rewritten ledes, words changed,
local paragraphs, reordered, embeds, quotations only, templates). A copy shows in four things together: enough is
shared, what stands in the gaps was not filled in anew, names and numbers agree, and the match begins where both texts
begin.
"""

from __future__ import annotations

from typing import NamedTuple

from wiredesk.dedup.compare import Match, compare, runs
from wiredesk.dedup.rarity import Rarity
from wiredesk.dedup.sketch import Sketch

LEAST_SHARED = 10
"""Telling 3-grams below which nothing is concluded: about a long sentence, and outside quotations."""
SHARED = 0.45
"""Containment that is enough by itself, given the rest."""
SHARED_WITH_QUOTATIONS = 0.10
"""Containment that is enough where the whole match, quotations and all, is large and its prose matches too."""
SERIES = 0.72
"""Containment needed where only this publisher is in the story: a desk's own series repeats its formulas."""
HEAD, DEEP = 50, 100
"""Words before the match, in either text. A copy carries the wire from its top, an embed from further down; a rewritten
lede or a local opening may push a match that is otherwise large down to ``DEEP``."""
SHORT, VERY_SHORT = 60, 40
"""Words below which shares mean little and a stricter rule holds."""
EMBED_RUN = 20
"""Words: a shorter stretch is not a carried paragraph."""
EMBED_LEAST = 40
"""Words in such stretches, outside quotations and not common, from which an article carries the other's paragraphs."""
EMBED_KEPT = 0.85
"""``kept`` from which shared passages are not those of a template."""


class Verdict(NamedTuple):
    """``same`` or ``embeds`` or neither, by which rule, and the threshold that the containment had to meet."""

    same: bool
    embeds: bool
    rule: str
    threshold: float | None
    match: Match | None


APART = Verdict(same=False, embeds=False, rule="apart", threshold=None, match=None)


def judge(one: Sketch, two: Sketch, rarity: Rarity, *, only_source: bool) -> Verdict:
    """Whether ``one`` is of the story of ``two``; ``only_source``: only the publisher of ``one`` is in that story."""
    match = compare(one, two, rarity)
    if match is None:
        return APART
    words = min(len(one), len(two))
    if words < SHORT:
        return _short(match, words)
    if _same_throughout(match) and not only_source:
        return Verdict(True, False, "whole", None, match)
    if match.shared < LEAST_SHARED or not _matter_agrees(match):
        return APART
    rule, needed = _needed(match, only_source=only_source)
    if rule and match.containment >= needed and _from_the_top(match):
        return Verdict(True, False, rule, needed, match)
    return Verdict(False, True, "embed", None, match) if _carries(match, one) else APART


def _same_throughout(match: Match) -> bool:
    """Three quarters of either text are in the other, word for word: a copy, even where most of it is a quotation."""
    replaced_little = match.kept >= 0.95 or (match.kept >= 0.9 and match.anchors >= 0.5)
    return min(match.own, match.other) >= 0.75 and replaced_little and match.prose >= 0.5 and match.deepest <= DEEP


def _needed(match: Match, *, only_source: bool) -> tuple[str, float]:
    """The rule that may make the texts one story, and the containment that it asks for; ("", 1.0) when none may."""
    with_quotations = match.whole >= 0.45 and match.prose >= 0.6
    if only_source:
        return "series", SERIES
    if match.whole >= 0.3 and match.prose >= 0.35 and (match.containment >= SHARED or not with_quotations):
        return "containment", SHARED
    return ("quotations and prose", SHARED_WITH_QUOTATIONS) if with_quotations else ("", 1.0)


def _matter_agrees(match: Match) -> bool:
    """Whether names and numbers agree, and the gaps are not those of a template that was filled in anew."""
    if match.kept < 0.78:
        return False
    return match.anchors >= 0.5 or (match.kept >= 0.9 and match.anchors >= 0.2)


def _from_the_top(match: Match) -> bool:
    if match.deepest <= HEAD or (match.deepest <= DEEP and match.whole >= 0.7):
        return True
    return match.whole >= 0.9 and match.size >= 0.75 and match.reach >= 0.6


def _short(match: Match, words: int) -> Verdict:
    agrees = match.kept >= 0.8 and match.anchors >= 0.6
    if agrees and min(match.own, match.other) >= 0.7:
        return Verdict(True, False, "short", 0.7, match)
    close = match.containment >= 0.7 and match.anchors >= 0.7 and match.density >= 0.7
    if agrees and close and words >= VERY_SHORT and match.deepest <= HEAD:
        return Verdict(True, False, "short", 0.7, match)
    return APART


def _carries(match: Match, one: Sketch) -> bool:
    """Whether ``one`` carries whole passages of the other text in the other's own words, not its quotations only."""
    if match.kept < EMBED_KEPT:
        return False
    if match.own > match.other and match.own_head <= HEAD:
        return False  # the other way round: the other text carries this one
    told = match.telling & ~one.quoted
    stretches = runs(match.covered)
    return sum(int(told[start:end].sum()) for start, end in stretches if end - start >= EMBED_RUN) >= EMBED_LEAST

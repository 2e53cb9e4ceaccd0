"""Matching: whether two quotations are the same utterance, in full, cut, or slightly altered.

The less two carriers have in common, the more words must agree: politicians repeat themselves, and offices all over the
world "are aware of the reports and are looking into them". The figures are ours, made to favour precision: a missed
join costs a consumer one more utterance, a wrong one puts words in somebody's mouth.
"""

from __future__ import annotations

from wiredesk.publish.speakers import Standing, Voice, standing
from wiredesk.publish.wording import Wording

FEWEST_SHORT = 3
"""Words of a fragment that may be joined beyond its own article."""
FEWEST_ALIKE = 8
"""Words that must be identical where neither story nor speaker supports it."""
FEWEST_AGAINST = 15
"""Words that must be identical where the named speakers differ: then one attribution is wrong, or at one remove."""

ALTERED = 0.4
"""Containment of 4-grams within a story or of one speaker: ten words with one changed in the middle have .43."""
ALTERED_INDIRECT = 0.6
"""The same for reported speech, whose words are the reporter's."""
FEWEST_SHARED = 3
CUT_IN_STORY, CUT_OF_SPEAKER = 2, 4
"""4-grams of a fragment that stands whole in the other: five words in a story, seven of the same speaker elsewhere."""
APART, APART_GRAMS = 0.7, 8
"""Containment, and 4-grams of the smaller, where neither story nor speaker supports it."""

IDENTICAL = 3.0


def likeness(
    one: Wording,
    other: Wording,
    voices: tuple[Voice | None, Voice | None],
    *,
    same_article: bool,
    same_story: bool,
    indirect: bool,
) -> float | None:
    """How much the two are alike, at most IDENTICAL; None when they are not the same utterance.

    ``indirect``: one of them is reported speech.
    """
    stand = standing(*voices)
    supported = same_story or stand is Standing.SAME
    if one.whole == other.whole:
        return IDENTICAL if _identical_is_enough(one.size, stand, supported, same_article) else None
    if stand is Standing.CONTRADICT or not one.grams or not other.grams:
        return None
    if one.numbers - other.numbers and other.numbers - one.numbers:
        return None  # the same sentence with other figures: another edition of it, not another copy
    shared = len(one.grams & other.grams)
    smaller = min(len(one.grams), len(other.grams))
    contained = shared / smaller
    if contained == 1 and smaller >= (CUT_IN_STORY if same_story else CUT_OF_SPEAKER) and supported:
        enough = True
    elif supported:
        enough = shared >= FEWEST_SHARED and contained >= (ALTERED_INDIRECT if indirect else ALTERED)
    else:
        enough = smaller >= APART_GRAMS and contained >= APART
    return contained + shared / len(one.grams | other.grams) if enough else None


def _identical_is_enough(size: int, stand: Standing, supported: bool, same_article: bool) -> bool:
    if stand is Standing.CONTRADICT:
        return size >= FEWEST_AGAINST
    if same_article:
        return True
    return size >= (FEWEST_SHORT if supported else FEWEST_ALIKE)

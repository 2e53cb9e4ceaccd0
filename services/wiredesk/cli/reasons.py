"""Reasons: the rules by which an article is given its story (``story.evidence.rule``), in a sentence each."""

from __future__ import annotations

_REASONS = {
    "first": "it opened the story",
    "exact": "it has the same words in the same order",
    "whole": "most of either text is in the other, with names and numbers",
    "containment": "enough of one text is in the other, from near the top of both, with names and numbers",
    "deep": "what is shared begins further down, behind words of its own: more is asked then",
    "scattered": "no long passage is shared, only shorter ones: more is asked then",
    "quotations": "hardly more than quotations is shared: more is asked then",
    "series": "only its own outlet is in the story, whose series repeat their formulas: more is asked then",
    "short": "both are short: nearly all must be the same",
    "url": "another outlet's article with the same address belongs to the story",
    "own": "its last version belongs to the story",
    "editor": "an editor decided it",
}


def reason(rule: str) -> str | None:
    """The sentence for ``rule``; None for a rule that this release does not know."""
    return _REASONS.get(rule)

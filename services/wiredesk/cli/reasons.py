"""Reasons: the rules by which an article is given its story (``story.evidence.rule``), in a sentence each."""

from __future__ import annotations

_REASONS = {
    "first": "it opened the story",
    "exact": "it has the same words in the same order",
    "whole": "most of either text is in the other word for word, with little replaced in between",
    "containment": "the words that tell, outside quotations, are largely the same, and so are names and numbers",
    "quotations and prose": "quotations and the prose around them are the same, and so are names and numbers",
    "series": "only its own outlet is in the story, whose series repeat their formulas: more is asked then",
    "short": "both are short: nearly all must be the same",
    "url": "another outlet's article with the same address belongs to the story",
    "own": "its last version belongs to the story",
    "editor": "an editor decided it",
}


def reason(rule: str) -> str | None:
    """The sentence for ``rule``; None for a rule that this release does not know."""
    return _REASONS.get(rule)

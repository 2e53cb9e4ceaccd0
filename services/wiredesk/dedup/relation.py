"""Relations: how an article's text stands to the story that it belongs to."""

from __future__ import annotations

from wiredesk.dedup.compare import Match

HELD = 0.9
"""Share of a text's words that must be in the other for it to be contained; the rest: words changed."""
SHORTER = 0.85
"""Words of a cut over those of the text that it was cut from, at most."""
LARGELY = 0.5


def relation(match: Match | None, words: int, others: int, *, same_outlet: bool) -> str:
    """The relation of a text of ``words`` to a member of ``others`` words, when it is not the first nor word for word.

    ``same_outlet``: its publisher has an earlier article in the story. ``match`` is None when they share no
    passage (the same URL joined them).
    """
    if match is None:
        return "near"
    if same_outlet and max(match.own_words, match.other_words) >= LARGELY and match.size >= LARGELY:
        return "update"
    if words <= SHORTER * others and match.own_words * match.kept >= HELD:
        return "cut"
    if others <= SHORTER * words and match.other_words * match.kept >= HELD:
        return "extended"
    return "near"

"""Shared passages: where in an article the words are that another text has too."""

from __future__ import annotations

from wiredesk.contracts.spans import Span, span_of
from wiredesk.dedup.compare import bridged, runs
from wiredesk.dedup.tokens import Flags, Tokens

MOST_PASSAGES = 5
SHORTEST = 8
"""Words."""
_GAP = 2


def longest_passages(
    text: str, tokens: Tokens, shared: Flags, *, most: int = MOST_PASSAGES, least: int = SHORTEST
) -> list[Span]:
    """The ``most`` longest stretches of ``text`` of at least ``least`` words that are flagged ``shared``, in order.

    A gap of two words (a word was changed) does not part a stretch.
    """
    found = [(int(start), int(end)) for start, end in runs(bridged(shared, _GAP)) if end - start >= least]
    longest = sorted(sorted(found, key=lambda run: run[0] - run[1])[:most])
    return [span_of(text, int(tokens.starts[start]), int(tokens.ends[end - 1])) for start, end in longest]

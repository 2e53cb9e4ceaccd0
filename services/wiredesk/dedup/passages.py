"""Shared passages: where in an article the words are that another text has too."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from wiredesk.contracts.article import Embed, Story
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


def without_words(story: Story) -> Story:
    """``story`` for the state: the places of its spans are kept, their words are in the article."""
    return _with_words(story, None)


def with_words(story: Story, text: str) -> Story:
    """``story`` as it went out with the article of this ``text``; spans that reach beyond ``text`` are left out."""
    return _with_words(story, text)


def _with_words(story: Story, text: str | None) -> Story:
    return replace(
        story,
        evidence=replace(story.evidence, spans=_spans(story.evidence.spans, text)),
        embeds=[Embed(story_id=embed.story_id, spans=_spans(embed.spans, text)) for embed in story.embeds],
    )


def _spans(spans: Sequence[Span], text: str | None) -> list[Span]:
    if text is None:
        return [Span(span.start, span.end, "") for span in spans]
    return [span_of(text, span.start, span.end) for span in spans if span.end <= len(text)]

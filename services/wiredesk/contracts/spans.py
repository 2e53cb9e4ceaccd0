"""Spans: half-open code point offsets into the canonical text, always with the exact words.

Why the words too: a consumer in a language with other string offsets, or with another version of the text, sees at once
whether it reads the right place. ``text[span.start:span.end] == span.exact`` holds for every span that wiredesk writes.
"""

from __future__ import annotations

from msgspec import Struct


class Span(Struct, frozen=True):
    """A passage of the canonical text."""

    start: int
    end: int
    exact: str


def span_of(text: str, start: int, end: int) -> Span:
    """The passage ``text[start:end]`` (code points); ValueError when it is empty or runs out of the text."""
    if not 0 <= start < end <= len(text):
        raise ValueError(f"no passage {start}:{end} in a text of {len(text)} characters")
    return Span(start, end, text[start:end])

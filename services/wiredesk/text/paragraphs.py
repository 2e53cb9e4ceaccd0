"""Paragraphs: the canonical text holds one a line."""

from __future__ import annotations

from collections.abc import Iterator


def paragraphs(text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int]]:
    """The (start, end) of each line of ``text[start:end]`` that is not empty, in code points of ``text``."""
    end = len(text) if end is None else end
    while start < end:
        stop = text.find("\n", start, end)
        stop = end if stop < 0 else stop
        if stop > start:
            yield start, stop
        start = stop + 1

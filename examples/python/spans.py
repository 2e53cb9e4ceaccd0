"""Offsets in other units: code point spans as UTF-16 code units (Java, JavaScript) and as UTF-8 bytes (Go, Rust).

Why: wiredesk counts code points, as Python does. Elsewhere ``text.substring(start, end)`` with the same numbers is
wrong as soon as an emoji stands before them. ``schemas/vectors/spans.json`` has texts and spans to test others with.

Standard library only: ``contracts/offsets.py`` of wiredesk and ``examples/python/spans.py`` are one file in two places.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

Pair = tuple[int, int]
"""Start and end, half-open."""


def to_utf16(text: str, spans: Iterable[Pair]) -> list[Pair]:
    """``spans`` (code points) in UTF-16 code units; ValueError when one runs out of ``text``."""
    return _converted(text, spans, "utf-16-le", 2)


def to_utf8(text: str, spans: Iterable[Pair]) -> list[Pair]:
    """``spans`` (code points) in bytes of the text in UTF-8; ValueError when one runs out of ``text``."""
    return _converted(text, spans, "utf-8", 1)


def _converted(text: str, spans: Iterable[Pair], encoding: str, unit: int) -> list[Pair]:
    """Each stretch between two offsets is encoded once, so the cost is one walk over the text, however many spans."""
    asked = list(spans)
    for start, end in asked:
        if not 0 <= start <= end <= len(text):
            raise ValueError(f"no span {start}:{end} in a text of {len(text)} code points")
    offsets = sorted({0, *(offset for span in asked for offset in span)})
    units = {0: 0}
    for before, offset in pairwise(offsets):
        units[offset] = units[before] + len(text[before:offset].encode(encoding)) // unit
    return [(units[start], units[end]) for start, end in asked]

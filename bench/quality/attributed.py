"""What a system found in a labelled article, in one form for all systems."""

from __future__ import annotations

from msgspec import Struct

from bench.quality.words import Extent


class Attributed(Struct):
    """One quotation that a system gave; extents are offsets into the labelled text.

    ``names`` are what it says of whom the mention stands for; empty when it leaves that open or does not ask.
    """

    contents: list[Extent]
    mention: list[Extent]
    cue: list[Extent]
    names: list[str] = []
    form: str = "passage"

"""Found quotations of a block or a document, before their speakers are resolved."""

from __future__ import annotations

from msgspec import Struct

from wiredesk.quotes.report import Beside
from wiredesk.quotes.subject import Source

Extent = tuple[int, int]


class Found(Struct):
    """A quotation as the rules found it. ``spans`` are its content, without marks, in order.

    ``at`` is where the words stand that attribute it (or itself), by which antecedents are looked for. ``quoted`` says
    whether the content has words in marks; ``inner`` that it was found inside a passage that another one reports.
    ``lemma`` is that of the cue; ``asserted`` False: it was not said, or not yet; ``part`` is the kind of the part it
    stands in.
    """

    spans: list[Extent]
    form: str
    rule: str
    confidence: float
    source: Source | None
    cue: Extent | None
    lemma: str = ""
    beside: list[Beside] = []
    quoted: bool = False
    parent: Found | None = None
    via: list[Extent] = []
    asserted: bool = True
    part: str = "body"

    @property
    def start(self) -> int:
        return self.spans[0][0]

    @property
    def end(self) -> int:
        return self.spans[-1][1]

    @property
    def at(self) -> int:
        return self.source.extent[0] if self.source else self.start


def moved(extent: Extent, by: int) -> Extent:
    return extent[0] + by, extent[1] + by


def move(found: Found, by: int) -> None:
    """Turns offsets into a block that begins at ``by`` into offsets into the text."""
    found.spans = [moved(span, by) for span in found.spans]
    found.cue = moved(found.cue, by) if found.cue else None
    found.beside = [Beside(b.preposition, b.noun, moved(b.extent, by)) for b in found.beside]
    found.source = move_source(found.source, by)


def move_source(source: Source | None, by: int) -> Source | None:
    if source is None:
        return None
    return Source(
        moved(source.extent, by),
        moved(source.head, by),
        source.noun,
        source.tag,
        moved(source.beside, by) if source.beside else None,
        source.plural,
    )

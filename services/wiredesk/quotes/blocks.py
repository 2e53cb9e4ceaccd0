"""Blocks: the pieces of an article that are worth parsing, and what the parser is given for each.

A paragraph is one block. Only paragraphs with a mark or a cue word are parsed, which is half of the text of a usual
article; one of more than MAX_BLOCK characters is cut, because a parser's time and memory grow with its longest text.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import pairwise

from msgspec import Struct

from wiredesk.contracts.article import Part
from wiredesk.quotes.layout import announces
from wiredesk.quotes.lexicon import has_cue, outlets, speech_nouns
from wiredesk.quotes.reduce import Reduced, reduce_block
from wiredesk.text.marks import Passage, passages
from wiredesk.text.paragraphs import paragraphs

MAX_BLOCK = 4000
"""Characters; the longest paragraph of usual news text has half as many."""
SPOKEN_PARTS = frozenset({"headline", "body", "caption"})
_INNER_WORDS = 4
"""A passage inside a passage may be speech from this many words on."""
_CUT = re.compile(r"[.!?][\"'\u201d\u2019]*\s")


class Piece(Struct):
    """A block before it is parsed. Offsets of ``passages`` are into ``text``; nested ones are in ``nested``."""

    start: int
    kind: str
    paragraph: int
    text: str
    passages: list[Passage]
    nested: list[Passage]
    reduced: Reduced | None  # None when it has neither a mark nor a cue
    inner: dict[int, Piece] = {}  # passages that may report speech themselves, as blocks of their own


def pieces(text: str, parts: list[Part], known_outlets: frozenset[str] = frozenset()) -> list[Piece]:
    """The blocks of the article in order. ``known_outlets`` are names that its provenance gives, lower case."""
    marked = passages(text)
    starts = [passage.start for passage in marked]
    found = []
    number = 0
    for part in parts:
        if part.kind not in SPOKEN_PARTS:
            continue
        for begin, end in paragraphs(text, part.start, part.end):
            for start, stop in _cut(text, begin, end):
                near = []
                for passage in marked[bisect_left(starts, start) : bisect_left(starts, stop)]:
                    near.append(passage._replace(start=passage.start - start, end=min(passage.end, stop) - start))
                found.append(_piece(text[start:stop], start, part.kind, number, near, known_outlets))
            number += 1
    for before, piece in pairwise(found):
        if before.reduced is None and _opens_unattributed(piece):
            before.reduced = reduce_block(before.text, before.passages)
    return found


def _opens_unattributed(piece: Piece) -> bool:
    """Whether the block opens with a quotation that it does not attribute: the one before may say whose it is."""
    if not piece.passages or any(c.isalnum() for c in piece.text[: piece.passages[0].start]):
        return False
    return not has_cue(_outside(piece.text, piece.passages))


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The paragraph whole, or in stretches of at most MAX_BLOCK characters that end with a sentence or a word."""
    while end - start > MAX_BLOCK:
        stop = start + MAX_BLOCK
        sentence = max((found.end() for found in _CUT.finditer(text, start + MAX_BLOCK // 2, stop)), default=0)
        stop = sentence or (space + 1 if (space := text.rfind(" ", start + MAX_BLOCK // 2, stop)) > 0 else stop)
        yield start, stop
        start = stop
    if start < end:
        yield start, end


def _piece(
    text: str, start: int, kind: str, paragraph: int, marked: list[Passage], known_outlets: frozenset[str]
) -> Piece:
    outer = [passage for passage in marked if passage.nested == 0]
    nested = [passage for passage in marked if passage.nested == 1]
    worth = bool(outer) or has_cue(text) or announces(text)
    piece = Piece(start, kind, paragraph, text, outer, nested, reduce_block(text, outer) if worth else None)
    around = _outside(text, outer)
    passed_on = bool(outer) and _passes_on(around, known_outlets)
    for nth, passage in enumerate(outer):
        within = [
            p._replace(start=p.start - passage.start, end=p.end - passage.start, nested=0)
            for p in nested
            if passage.start <= p.start and p.end <= passage.end
        ]
        words = text[passage.start : passage.end]
        speaks = any(len(words[p.start : p.end].split()) >= _INNER_WORDS for p in within)
        if (speaks or passed_on) and has_cue(words):
            piece.inner[nth] = Piece(
                start + passage.start, kind, paragraph, words, within, [], reduce_block(words, within)
            )
    return piece


def _outside(text: str, outer: list[Passage]) -> str:
    out, done = [], 0
    for passage in outer:
        out.append(text[done : passage.start])
        done = max(done, passage.end)
    return "".join([*out, text[done:]])


def _passes_on(around: str, known_outlets: frozenset[str]) -> bool:
    """Whether the words around the marks name an outlet or a document, which pass on what others said."""
    lower = around.lower()
    if any(f"the {noun} " in lower for noun, sense in speech_nouns().items() if sense == "medium"):
        return True
    if any(name in lower for name in known_outlets):
        return True
    words = re.findall(r"[^\W_]+(?:['.&-][^\W_]+)*", lower)
    table = outlets()
    return any(" ".join(words[n : n + size]) in table for n in range(len(words)) for size in (1, 2, 3, 4))

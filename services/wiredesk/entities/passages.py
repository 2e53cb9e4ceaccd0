"""Passages: the stretches of a document that are read for names, as they are given to the model.

Which: headline, captions and body. Datelines, bylines, credits, rights and boilerplate are kept from the model, which
takes their fragments for names; what they name is read by pattern (``margins``). A long line is cut at a sentence end,
so that one paragraph of a megabyte costs no more memory than many small ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from wiredesk.contracts.article import Part
from wiredesk.entities.truecase import Vocabulary, rewrite
from wiredesk.text.paragraphs import paragraphs

LONGEST = 2000
"""Code points of a passage. Newswire paragraphs have 100 to 600; the model looks no further than a few words around."""

_READ = frozenset(("headline", "caption", "body"))
_SENTENCE_END = re.compile(r"[.!?][\"'\u201d\u2019)]{0,2}\s")


class Passage(NamedTuple):
    """``text[start:end]`` of the document, and ``given``: the same in running case, code point for code point."""

    start: int
    end: int
    kind: str
    given: str


def passages(text: str, parts: Sequence[Part]) -> list[Passage]:
    """What is read for names, in order. A document without parts is all body."""
    read = [part for part in parts if part.kind in _READ] if parts else [Part("body", 0, len(text))]
    spans = [(start, end, part.kind) for part in read for start, end in _pieces(text, part.start, part.end)]
    known = Vocabulary(text[start:end] for start, end, kind in spans if kind == "body")
    return [Passage(start, end, kind, rewrite(text[start:end], known)) for start, end, kind in spans]


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for first, last in paragraphs(text, start, end):
        while last - first > LONGEST:
            cut = _cut(text, first)
            yield from _stripped(text, first, cut)
            first = cut
        yield from _stripped(text, first, last)


def _cut(text: str, first: int) -> int:
    """Where to cut: after the last sentence end in reach, else at the last space, else hard."""
    limit = first + LONGEST
    ends = [found.end() for found in _SENTENCE_END.finditer(text, first + LONGEST // 2, limit)]
    if ends:
        return ends[-1]
    space = text.rfind(" ", first + 1, limit)
    return limit if space < 0 else space


def _stripped(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    piece = text[start:end]
    start, end = start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip())
    if any(map(str.isalpha, text[start:end])):
        yield start, end

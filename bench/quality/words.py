"""Words, the passages in double marks, and the kind of a content: the units in which quality is counted.

Marks are read here by a plainer reader than the one under test, so that a mistake in that one does not hide itself.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from typing import NamedTuple

Extent = tuple[int, int]
Words = frozenset[int]
"""Words of one text, by their number in it."""

_WORD = re.compile(r"[^\W_]+(?:['\u2019\-.][^\W_]+)*")
_OPENS, _CLOSES, _EITHER = "\u201c\u201e\u00ab", "\u201d\u00bb", '"\uff02'
_MARK = re.compile(f"(?P<opens>[{_OPENS}]|``)|(?P<closes>[{_CLOSES}])|(?P<either>[{_EITHER}]|'')")


class WordIndex:
    """The words of a text; spans become sets of word numbers, so that punctuation and white space do not count."""

    def __init__(self, text: str) -> None:
        self.extents = [found.span() for found in _WORD.finditer(text)]
        self._starts = [start for start, _ in self.extents]

    def within(self, spans: Iterable[Extent]) -> Words:
        """The words of which ``spans`` cover half or more."""
        found = set()
        for start, end in spans:
            nth = max(0, bisect_left(self._starts, start) - 1)
            while nth < len(self.extents) and self.extents[nth][0] < end:
                begin, stop = self.extents[nth]
                if 2 * (min(stop, end) - max(begin, start)) >= stop - begin:
                    found.add(nth)
                nth += 1
        return frozenset(found)


class _Open(NamedTuple):
    at: int


def marked_passages(text: str) -> list[Extent]:
    """What stands in double marks, paragraph by paragraph, without the marks.

    Curly marks go by their side; a straight one opens when nothing is open. What is not closed ends with its paragraph;
    a mark that closes nothing at the head of a paragraph ends what came before it there.
    """
    found: list[Extent] = []
    for paragraph in re.finditer(r"[^\n]+", text):
        first = len(found)
        opened: _Open | None = None
        for mark in _MARK.finditer(text, *paragraph.span()):
            opens = mark["opens"] is not None or (mark["either"] is not None and opened is None)
            double = len(mark[0]) == 2
            if opens and not (double and opened is not None):
                if opened is not None:
                    found.append((opened.at, mark.start()))
                opened = _Open(mark.end())
            elif not opens and opened is not None:
                found.append((opened.at, mark.start()))
                opened = None
            elif mark["closes"] is not None and len(found) == first:
                found.append((paragraph.start(), mark.start()))
        if opened is not None:
            found.append((opened.at, paragraph.end()))
    return [(start, end) for start, end in found if end > start]


def content_kind(content: Words, marked: Words) -> str:
    """Direct: all words in marks; mixed: some; indirect: none."""
    inside = len(content & marked)
    return "indirect" if not inside else "direct" if inside == len(content) else "mixed"

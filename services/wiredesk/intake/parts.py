"""Parts: what each paragraph of the canonical text is, found once so that no later stage has to guess.

Every paragraph gets a part; one that opens with a dateline or ends in a credit or a notice is cut there, without a gap.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from wiredesk.contracts.article import Part
from wiredesk.intake.boilerplate import is_boilerplate
from wiredesk.intake.bylines import is_office, is_same_byline, parse_byline
from wiredesk.intake.canonical import Canonical
from wiredesk.intake.captions import is_caption
from wiredesk.intake.credits import Kind, credit_at_end, credit_kind
from wiredesk.intake.datelines import Dateline, parse_dateline
from wiredesk.intake.rights import Notice, find_notice
from wiredesk.text.paragraphs import paragraphs

_TOP = 8
"""Paragraphs among which a byline may stand."""


@dataclass
class Labelled:
    """The parts, and what was parsed on the way: the first of a kind. Offsets are code points of the whole text."""

    parts: list[Part] = field(default_factory=list)
    byline: tuple[int, int, str] | None = None  # start, end, who
    dateline: tuple[int, Dateline] | None = None  # start, what
    credits: list[tuple[int, int, Kind]] = field(default_factory=list)
    rights: tuple[int, int, Notice] | None = None  # start, end, what


def label(canonical: Canonical, byline: str | None) -> Labelled:
    """The parts of ``canonical``; ``byline`` is the feed's, to know it again in the text."""
    return _Labelling(canonical, byline).run()


class _Labelling:
    """One walk over the paragraphs."""

    def __init__(self, canonical: Canonical, byline: str | None) -> None:
        self._text, self._headline, self._kinds = canonical
        self._given_byline = byline
        self._found = Labelled()
        self._reported = False  # whether a paragraph of the report was seen
        self._after_byline = False

    def run(self) -> Labelled:
        for number, (start, end) in enumerate(paragraphs(self._text)):
            if start == 0 and self._headline is not None:
                self._add("headline", start, end)
            else:
                self._paragraph(start, end, top=not self._reported and number < _TOP)
        return self._found

    def _paragraph(self, start: int, end: int, top: bool) -> None:
        paragraph = self._text[start:end]
        if self._kinds.get(start) in ("caption", "boilerplate"):
            return self._add(self._kinds[start], start, end)
        notice = find_notice(paragraph)
        if notice is not None:
            self._found.rights = self._found.rights or (start + notice.start, end, notice)
            if notice.start:
                self._paragraph_without_notice(start, start + notice.start, paragraph[: notice.start].rstrip(), top)
            return self._add("rights", start + notice.start, end)
        return self._paragraph_without_notice(start, end, paragraph, top)

    def _paragraph_without_notice(self, start: int, end: int, paragraph: str, top: bool) -> None:
        if is_boilerplate(paragraph, top):
            return self._add("boilerplate", start, end)
        if top and self._byline(start, end, paragraph):
            return None
        kind = credit_kind(paragraph)
        if kind is not None:
            return self._credit(start, end, kind)
        if is_caption(paragraph):
            return self._add("caption", start, end)
        return self._report(start, end, paragraph)

    def _byline(self, start: int, end: int, paragraph: str) -> bool:
        who = parse_byline(paragraph)
        same = is_same_byline(paragraph, self._given_byline)
        if who is None and not same and not (self._after_byline and is_office(paragraph)):
            return False
        if who is not None or same:
            self._found.byline = self._found.byline or (start, end, who or paragraph)
        self._after_byline = True
        self._add("byline", start, end)
        return True

    def _credit(self, start: int, end: int, kind: Kind) -> None:
        self._found.credits.append((start, end, kind))
        self._add("credit", start, end)

    def _report(self, start: int, end: int, paragraph: str) -> None:
        dateline = parse_dateline(paragraph, opening=not self._reported)
        self._reported = True
        if dateline is not None and dateline.end < len(paragraph):
            self._found.dateline = self._found.dateline or (start, dateline)
            self._add("dateline", start, start + dateline.end)
            start, paragraph = start + dateline.end, paragraph[dateline.end :]
        cut = credit_at_end(paragraph)
        self._add("body", start, end if cut is None else start + cut)
        if cut is not None:
            signed = paragraph[cut:]
            self._credit(start + cut, end, credit_kind(signed) or "reporting")

    def _add(self, kind: str, start: int, end: int) -> None:
        self._found.parts.append(Part(kind, start, end))

"""The canonical text: headline first, once, then a paragraph a line.

Everything downstream counts code points in it, so it is made here, once, and never changed again.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from wiredesk.contracts.errors import BadMessage, TooLarge
from wiredesk.intake.characters import clean_line, clean_lines
from wiredesk.intake.markup import Line, read_html, without_tags
from wiredesk.text.words import words

MAX_LINES = 20_000
"""Lines that a text may have. A body of line breaks would otherwise grow to twenty times its size in labels."""

_ESCAPES = 4
"""How often a field is gone over at most: tags may come out of character references."""


class Canonical(NamedTuple):
    """The text; the headline, which is its first line, or None; what the mark-up said of lines, by their start."""

    text: str
    headline: str | None
    kinds: dict[int, str]


def canonical_text(headline: str | None, body: str, body_type: str) -> Canonical:
    """The canonical text of an article.

    A body that has neither letter nor digit once it is clean is a BadMessage: there is nothing to read. One of digits
    alone (a table of results) is an article.
    """
    raw = read_html(body) if body_type == "text/html" else [Line(body, None)]
    lines = [Line(clean, line.kind) for line in raw for clean in clean_lines(line.text)]
    if not any(character.isalnum() for line in lines for character in line.text):
        raise BadMessage("nothing readable is left of the body after cleaning; send the article's text")
    if len(lines) > MAX_LINES:
        raise TooLarge(f"the body has {len(lines)} lines, over the limit of {MAX_LINES}; send paragraphs as lines")
    headline = clean_field(headline)
    if headline is None and lines[0].kind == "headline":
        headline = lines.pop(0).text
    elif headline is not None:
        lines = lines[_lines_of(headline, lines) :]
        lines.insert(0, Line(headline, "headline"))
        return _joined(headline, lines)
    if headline is not None:
        lines.insert(0, Line(headline, "headline"))
    return _joined(headline, lines)


def clean_field(value: str | None) -> str | None:
    """A field of the feed as a clean line without tags, or None when nothing is left of it."""
    for _ in range(_ESCAPES):
        before, value = value, clean_line(without_tags(value or ""))
        if value == before:
            break
    return value


def _lines_of(headline: str, lines: list[Line]) -> int:
    """How many lines at the start of the body only say the headline again, in the same words."""
    longest = 2 * len(headline) + 100
    if len(lines[0].text) > longest:
        return 0
    if lines[0].text == headline:
        return 1
    wanted = [word for _, _, word in words(headline)]
    said: list[str] = []
    for count, line in enumerate(lines, 1):
        said += [word for _, _, word in words(line.text[:longest])]
        if not said or said != wanted[: len(said)] or len(line.text) > longest:
            return 0
        if len(said) == len(wanted):
            return count
    return 0


def _joined(headline: str | None, lines: Iterable[Line]) -> Canonical:
    kinds: dict[int, str] = {}
    texts: list[str] = []
    at = 0
    for line in lines:
        if line.kind is not None:
            kinds[at] = line.kind
        texts.append(line.text)
        at += len(line.text) + 1
    return Canonical("\n".join(texts), headline, kinds)

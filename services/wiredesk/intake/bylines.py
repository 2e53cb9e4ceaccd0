"""Bylines: who wrote it ("By Jane Doe, Staff Writer | Tribune").

Only before the first paragraph of the report, and only where nothing but names and offices follow: "By Friday, the
troops had left" is reporting.
"""

from __future__ import annotations

import re

from wiredesk.intake.names import names_only, offices
from wiredesk.intake.outlets import outlet_named
from wiredesk.intake.wordlists import word_set
from wiredesk.text.words import words

_BY = re.compile(
    r"(?:by|(?:written|story|report|analysis|opinion|commentary|review|text|posted|words|article):? by|author):?\s+",
    re.IGNORECASE,
)
_LONGEST = 160
_MOST_WORDS = 20
_NAMELESS = 6
"""Words of "By staff and wire reports" and the like at most."""
_NO_NAMES = word_set(
    """
    monday tuesday wednesday thursday friday saturday sunday january february march april june july august september
    october november december today tomorrow yesterday noon midnight dawn dusk morning now then far all contrast
    this that these those a an his her their its our my your any some every each no not law default comparison
    popular most many
    """
)
_DATE_AFTER = re.compile(r"\s*[|·•]\s*(?:(?:updated|published|posted)\b.*|\w{3,9}\.? \d{1,2}, \d{4}.*)$", re.IGNORECASE)


def parse_byline(paragraph: str) -> str | None:
    """Who wrote it by a paragraph that is a byline, without "By"; None when it is none."""
    if len(paragraph) > _LONGEST:
        return None
    found = _BY.match(paragraph)
    if found is None:
        return None
    rest = paragraph[found.end() :]
    return without_by(rest) if _only_names(rest) else None


def without_by(byline: str) -> str | None:
    """A byline as a feed words it, without "By" and without a date after it; None when nothing is left."""
    found = _BY.match(byline)
    rest = byline[found.end() :] if found else byline
    return _DATE_AFTER.sub("", rest).strip(" ,;|") or None


def is_same_byline(paragraph: str, byline: str | None) -> bool:
    """Whether ``paragraph`` only says the feed's ``byline`` again."""
    if not byline or len(paragraph) > len(byline) + 20:
        return False
    said, given = ([w for _, _, w in words(text) if w != "by"] for text in (paragraph, byline))
    return bool(said) and said == given


def is_office(paragraph: str) -> bool:
    """Whether ``paragraph`` is the line under a byline: "Staff Writer", "Associated Press"."""
    if len(paragraph) > 60 or paragraph.endswith((".", "?", "!", ":")):
        return False
    line = " ".join(word for _, _, word in words(paragraph))
    return line in offices() or outlet_named(paragraph) is not None


def _only_names(rest: str) -> bool:
    tokens = rest.split()
    if not tokens or len(tokens) > _MOST_WORDS or rest.endswith(("?", "!", ":")):
        return False
    if tokens[0].casefold() in ("staff", "our"):
        return len(tokens) <= _NAMELESS
    if tokens[0].casefold().strip(",.") in _NO_NAMES:
        return False
    if rest.endswith(".") and not re.search(r"(?:\b(?:Jr|Sr|Esq|Ph\.D|M\.D)|\.[A-Z]|\b[A-Z])\.$", rest):
        rest = rest[:-1]
        if len(tokens) > 6:
            return False
    return names_only(rest)

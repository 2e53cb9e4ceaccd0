"""Boilerplate: furniture of web pages and feeds that is no part of the report ("Sign up for our newsletter").

Precision first: a paragraph of reporting must never be called boilerplate, so phrases are set, anchored and bounded
in length. "This story has been updated." is boilerplate; a correction that says what was wrong is content.
"""

from __future__ import annotations

import re
from functools import cache

from wiredesk.intake.wordlists import sections
from wiredesk.text.words import WORD as _WORD
from wiredesk.text.words import words

_QUOTATION = re.compile('["\u201c\u201d\u00ab\u00bb]')
_START_WORDS = 40
_ANYWHERE_WORDS = 25
_LONGEST = 400
_GAP = 6
"""Words that "..." in a phrase stands for at most."""

_MONTHS = "|".join(sections("datelines.txt")["months"])
_TIME = r"\d{1,2}[:.]\d{2}(?::\d{2})?\s?(?:[ap]\.?m\.?)?\s?(?:\(?[A-Z]{2,4}\)?)?"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_DATE = rf"(?:{_DAY}\s(?:{_MONTHS})\.?,?\s\d{{4}}|(?:{_MONTHS})\.?\s{_DAY},?\s\d{{4}}|\d{{4}}-\d\d-\d\d)"
_DATED = re.compile(
    r"(?P<when>(?:first |last )?(?:published|updated|posted|modified)(?: on| at)?:?\s)?"
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s|(?:mon|tue|wed|thu|fri|sat|sun)\.?,?\s)?"
    rf"(?:{_TIME}[,\s-]{{1,3}})?{_DATE}(?:[,\s]{{1,2}}(?:at\s)?(?:\|\s)?{_TIME})?\.?|\d{{1,2}}\smin(?:ute)?s?\sread",
    re.IGNORECASE,
)


def is_boilerplate(paragraph: str, top: bool = False) -> bool:
    """Whether ``paragraph`` is furniture: a set phrase, a separator without a letter or digit, or a date of issue.

    A line that is a date and no more is one only at the ``top``, before the report: further down it is a heading.
    """
    first = _WORD.search(paragraph, 0, _LONGEST)
    if first is None:
        return len(paragraph) <= _LONGEST
    if len(paragraph) > _LONGEST:
        return False
    if len(paragraph) <= 80 and (found := _DATED.fullmatch(paragraph)) and (top or found["when"]):
        return True
    if _QUOTATION.search(paragraph):
        return False
    whole, starts, anywhere = _phrases()
    openings = starts.get(first[0].casefold().replace("\u2019", "'"), ())
    if not openings and len(paragraph) > 100:
        return anywhere.search(paragraph) is not None and len(paragraph.split()) <= _ANYWHERE_WORDS
    said = words(paragraph)
    line = " ".join(word for _, _, word in said)
    if line in whole and not paragraph.endswith("?"):
        return True
    for phrase, colon in openings if len(said) <= _START_WORDS else ():
        begun = phrase.match(line)
        if begun is not None and (not colon or _colon_follows(paragraph, said, begun[0])):
            return True
    return len(said) <= _ANYWHERE_WORDS and anywhere.search(paragraph) is not None


def _colon_follows(paragraph: str, said: list[tuple[int, int, str]], phrase: str) -> bool:
    """Whether the opening ``phrase`` is followed by a colon, at once or after what it introduces ("More on Syria:")."""
    last = said[phrase.count(" ")]
    return ":" in paragraph[last[1] : last[1] + (40 if phrase.startswith("more ") else 2)]


_Starts = dict[str, list[tuple[re.Pattern[str], bool]]]


@cache
def _phrases() -> tuple[frozenset[str], _Starts, re.Pattern[str]]:
    """The phrases that are whole paragraphs; those that begin one, by first word; and those that stand anywhere."""
    lists = sections("boilerplate.txt")
    colon = frozenset(lists["colon"])
    starts: _Starts = {}
    for phrase in lists["start"]:
        gap = rf" (?:\S+ ){{0,{_GAP}}}?"
        pattern = re.compile(gap.join(map(re.escape, phrase.split(" ... "))) + r"(?!\S)")
        starts.setdefault(phrase.split()[0], []).append((pattern, phrase in colon))
    anywhere = "|".join(r"[\W_]+".join(map(re.escape, phrase.split())) for phrase in lists["anywhere"])
    return frozenset(lists["whole"]), starts, re.compile(rf"\b(?:{anywhere})\b", re.IGNORECASE)

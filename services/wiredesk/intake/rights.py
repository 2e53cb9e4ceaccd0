"""Rights notices: "Copyright 2015 NPR. To see more, visit http://www.npr.org/."

A notice names a holder and mostly a year, and is a paragraph of its own or the end of one. Reporting about copyright
has neither the mark with a year nor the set phrases.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from wiredesk.contracts.article import Rights
from wiredesk.intake.outlets import outlet_named
from wiredesk.intake.wordlists import sections, word_set

_MARK = r"(?:Copyright|COPYRIGHT|©|\([cC]\))"
_YEAR = r"(?:19|20)\d\d"
_YEARS = rf"{_YEAR}(?:\s?[-\u2013,]\s?{_YEAR}|[-\u2013]\d\d)*"
_NOTICE = re.compile(
    rf"(?P<marks>{_MARK}(?:\s?{_MARK}){{0,2}})[:,]?\s?(?:(?P<years>{_YEARS})(?!\d)[,.]?\s?)?(?:by\s|[-\u2013\u2014|]\s)?"
)
_AGAIN = re.compile(rf"{_MARK}\s?|{_YEARS}(?!\d)[,.]?\s?")
_FULL_STOP = r"(?<!Inc)(?<!Co)(?<!Corp)(?<!Ltd)(?<!St)(?<!\.[A-Z])(?<![ .][A-Z])\.(?=\s|$)|\.$"
_HOLDER_ENDS = re.compile(
    r"\s*(?:[;|\u2014]|,?\s(?:All|all|ALL)\s(?:rights|Rights|RIGHTS)|,?\s(?:Distributed|Visit|Click|Reprinted)\b"
    rf"|[,\s]\s?{_YEARS}(?!\d)|,(?!\s(?:Inc|LLC|L\.L\.C|Ltd|LP|L\.P|Co|Corp|PLC|GmbH)\b)|{_FULL_STOP}"
    r"|\s\(|\sand agencies\b|\sand its (?:licensors|affiliates)|\sand/or its|$)"
)
_ENDS_SENTENCE = re.compile(r"[.!?)\]\"'\u201d\u2019]\s$")
_TAIL = 400
"""Code points at the end of a paragraph among which a notice that is not a paragraph of its own may begin."""
_LONGEST = 1_200
"""Code points that a paragraph which is all notice has at most."""
_SMALL_WORDS = word_set("and of the for de la le du des der und y e et plc")
_SHORT = 12
"""Words that a notice without a year has at most, unless it reserves all rights."""


class Notice(NamedTuple):
    """A rights notice: where it begins in its paragraph, and who holds which year's rights as far as it says."""

    start: int
    holder: str | None
    year: int | None


def find_notice(paragraph: str) -> Notice | None:
    """The rights notice that ``paragraph`` is or ends with, or None."""
    if len(paragraph) <= _LONGEST:
        whole = _notice_at(paragraph, 0, alone=True)
        if whole is not None:
            return whole
        if paragraph[:60].casefold().startswith(_openings()):
            return Notice(0, None, None)
    first = max(1, len(paragraph) - _TAIL)
    for found in _NOTICE.finditer(paragraph, first):
        if _ENDS_SENTENCE.search(paragraph[max(0, found.start() - 2) : found.start()]):
            notice = _notice_at(paragraph, found.start(), alone=False)
            if notice is not None:
                return notice
    return None


def rights_of_field(value: str, source: str) -> Rights:
    """What the feed's rights field says. A bare name is a holder when it is an outlet's or the source's own."""
    notice = find_notice(value)
    if notice is not None and notice.start == 0:
        return Rights(holder=notice.holder, year=notice.year, notice=value)
    bare = value.casefold() == source.casefold() or outlet_named(value) is not None
    return Rights(holder=value if bare else None, year=None, notice=value)


def _notice_at(paragraph: str, start: int, alone: bool) -> Notice | None:
    found = _NOTICE.match(paragraph, start)
    if found is None:
        return None
    at, years = found.end(), found["years"]
    while (more := _AGAIN.match(paragraph, at)) is not None:
        years = years or (more[0] if more[0][0].isdigit() else None)
        at = more.end()
    holder, stop = _holder(paragraph, at)
    if years is None and (later := re.match(rf"[,\s]\s?({_YEARS})", paragraph[stop : stop + 40])):
        years = later[1]
    if holder is None:
        return Notice(start, None, _year(years)) if alone and years and "rights reserved" in paragraph.lower() else None
    reserved = "rights reserved" in paragraph[start:].lower()
    worded = "opyright" in found["marks"] or "©" in found["marks"] or "COPYRIGHT" in found["marks"]
    short = worded and alone and len(paragraph.split()) <= _SHORT and not paragraph.endswith(("?", "!"))
    if years is None and not reserved and not short:
        return None
    return Notice(start, holder, _year(years))


def _holder(paragraph: str, at: int) -> tuple[str | None, int]:
    """The name that begins at ``at``, None when it is not one, and where it ends."""
    window = paragraph[at : at + 120]
    ends = _HOLDER_ENDS.search(window)
    name = window[: ends.start()].strip(" .,") if ends else ""
    if (
        ends is not None
        and window[ends.start() : ends.start() + 1] == "."
        and re.search(r"\.[A-Z]$|Inc$|Co$|Corp$|Ltd$", name)
    ):
        name += "."
    known = outlet_named(name) is not None or outlet_named(name.partition(" ")[0]) is not None
    good = 1 < len(name) <= 80 and (name[0].isupper() or known) and all(map(_in_a_name, name.split()[1:]))
    return (name, at + ends.start()) if good and ends else (None, at)


def _in_a_name(word: str) -> bool:
    return not word[0].islower() or word in _SMALL_WORDS


def _year(years: str | None) -> int | None:
    found = re.findall(_YEAR, years or "")
    return max(map(int, found)) if found else None


@cache
def _openings() -> tuple[str, ...]:
    return sections("rights.txt")["start"]

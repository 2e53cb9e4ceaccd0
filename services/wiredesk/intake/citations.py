"""Citations: the outlets whose reports an article draws on ("told Reuters", "The AP says:", "according to CNN").

A name alone proves nothing ("Reuters shares fell"), so one of the set phrases must stand beside it. Only names of the
register count, and names that are built like a paper's or an agency's after "told the" or "according to the".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import islice
from typing import NamedTuple

from wiredesk.intake.outlets import Named, outlets_in
from wiredesk.intake.wordlists import sections

_BEFORE = 90
_AFTER = 60
"""Code points beside a name in which its phrase must stand."""

_MOST_NAMES = 5_000
"""Names that are looked at in an article: bounds what a text of nothing but names can cost."""

_SURE, _LIKELY, _BUILT_LIKE_ONE = 0.95, 0.85, 0.7
"""Confidence, set by hand: a strong phrase; "X said", which may be the company speaking; a name no register knows."""

_NOT_AFTER = re.compile(
    r"\s(?:Institute|Foundation|Group|Company|Corp|Inc|Cent(?:er|re)|Trust|Building|Holdings|Charitable)\b"
)
_ARTICLE = re.compile(r"(?:^|[\s“\"(])((?:As )?(?:the )|As |as |[Tt]he )$")


class Citation(NamedTuple):
    """An outlet that a text cites: the code points of name and phrase."""

    name: str
    start: int
    end: int
    confidence: float


def citations(text: str, passages: Iterable[tuple[int, int]]) -> Iterator[Citation]:
    """The citations in the ``passages`` of ``text``: (start, end) in code points, a paragraph each."""
    left = _MOST_NAMES
    for start, end in passages:
        for named in islice(outlets_in(text, start, end), left):
            left -= 1
            found = _cited(text, start, end, named)
            if found is not None:
                yield found
        yield from _built_like_one(text, start, end)


def _cited(text: str, start: int, end: int, named: Named) -> Citation | None:
    before, after = (
        text[max(start, named.start - _BEFORE) : named.start],
        text[named.end : min(end, named.end + _AFTER)],
    )
    if _NOT_AFTER.match(after):
        return None
    strong, plain, phrases = _phrases_after()
    if not named.weak:
        found = phrases.search(before)
        if found is not None:
            return Citation(named.outlet.name, named.start - len(before) + found.start(1), named.end, _SURE)
    verb = strong.match(after) or (None if named.weak else plain.match(after))
    if verb is None:
        return None
    article = _ARTICLE.search(before)
    begins = named.start - (len(article[1]) if article else 0)
    return Citation(named.outlet.name, begins, named.end + verb.end(), _SURE if verb.re is strong else _LIKELY)


def _built_like_one(text: str, start: int, end: int) -> Iterator[Citation]:
    for found in _mastheads().finditer(text, start, end):
        name = found["name"] or found["agency"] or found["reporting"]
        if not any(True for _ in outlets_in(name)) and name not in sections("mastheads.txt")["not"]:
            yield Citation(name, found.start(), found.end(), _BUILT_LIKE_ONE)


def _alternatives(phrases: tuple[str, ...] | list[str]) -> str:
    return "|".join(re.escape(phrase) for phrase in sorted(phrases, key=len, reverse=True))


@cache
def _phrases_after() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """The strong verbs and the plain ones, to be matched after a name, and the phrases to be searched before it."""
    lists = sections("citing.txt")
    adverbs = rf"(?:,? (?:{_alternatives(lists['adverbs'])})){{0,3}}"
    business = rf"(?!,? (?:{_alternatives(lists['business'])})\b)"
    strong = [verb[1:] for verb in lists["after"] if verb.startswith("!")]
    plain = [verb for verb in lists["after"] if not verb.startswith("!")]
    nationality = r"[A-Z][\w.-]+(?:['\u2019]s?)?"
    between = rf"(?:(?:(?i:{_alternatives(lists['between'])})|{nationality})\s){{0,5}}"
    return (
        re.compile(rf"(?:['\u2019]s)?(?i:{adverbs} (?:{_alternatives(strong)})\b{business})"),
        re.compile(rf"(?i:{adverbs} (?:{_alternatives(plain)})\b{business})"),
        re.compile(rf"\b((?i:{_alternatives(lists['before'])})\s{between})$"),
    )


@cache
def _mastheads() -> re.Pattern[str]:
    """A phrase and then a name built like an outlet's, or an agency's such name before a strong verb."""
    lists = sections("mastheads.txt")
    words = r"(?:(?!The\s)[A-Z][\w.'\u2019&-]*\s){1,3}"
    agency, head = _alternatives(lists["agency"]), _alternatives([*lists["agency"], *lists["paper"]])
    cue = r"\b(?:[Tt]old|[Aa]ccording to|[Qq]uoted by|[Rr]eported by|[Oo]btained by|[Ii]nterview with)"
    end = r"(?![\w-]|\s[A-Z])"
    return re.compile(
        rf"{cue}\s(?:the\s)?(?P<name>(?:The\s)?{words}(?:{head})){end}"
        rf"|\bby\s(?:the\s)?(?P<agency>{words}(?:{agency})){end}"
        rf"|\b(?P<reporting>{words}(?:{head}))\s(?:has\s|had\s|first\s|previously\s)?report(?:s|ed)\b"
    )

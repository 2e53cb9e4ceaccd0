"""What stands in marks and is no quotation: titles, nicknames, slogans, terms and words held at arm's length.

'Known by the NATO designation "Flanker"', 'so-called "rebels"', '"The Steve Harvey Morning Show"', 'Earvin "Magic"
Johnson'.
"""

from __future__ import annotations

import re

from wiredesk.quotes.lexicon import cue_verbs, term_words

_WORD = re.compile(r"[^\W_]+(?:['\u2019.&-][^\W_]+)*")
_MARKS = "\"'\u201c\u201d\u2018\u2019\u201e\u00ab\u00bb`"
_TOUCHES = re.compile(r"\w\s?[\"'\u201c\u2018\u201e\u00ab`]{1,2}\s?$")
_SMALL = frozenset(
    [
        "a",
        "an",
        "and",
        "as",
        "at",
        "but",
        "by",
        "for",
        "from",
        "in",
        "into",
        "is",
        "of",
        "on",
        "or",
        "the",
        "to",
        "vs",
        "with",
    ]
)
_PLACED = frozenset({"on", "in", "of", "for", "host"})
"""Behind these a title is the name of a show or a work, also where a verb of speech follows (on "Meet the Press")."""
_LONGEST_TERM = 8


def is_term(block: str, start: int, end: int) -> bool:
    """Whether ``block[start:end]``, a passage in marks, is a name, a title or a term rather than words of a speaker."""
    words = _WORD.findall(block[start:end])
    if not words:
        return True
    if len(words) > _LONGEST_TERM:
        return False
    before = _WORD.findall(block[max(0, start - 60) : start])
    last = before[-1].lower() if before else ""
    ends = block[end - 1]
    touching = _TOUCHES.search(block, max(0, start - 4), start) is not None
    if touching and last in term_words() and not (last == "as" and _told(before)):
        return True
    if ends in "?!":
        return False
    if _is_nickname(block, start, end, words):
        return True
    titled = all(word[0].isupper() or word[0].isdigit() or word.lower() in _SMALL for word in words)
    if not titled or len(words) < 2:
        return False
    placed = last in _PLACED or last.endswith(("'s", "\u2019s"))
    return placed or (ends != "." and not _introduced(block, start, end, last))


def _told(before: list[str]) -> bool:
    """Whether "as" goes with a judgement, which does carry words of a speaker ("described it as ...")."""
    verbs = (cue_verbs().get(word.lower()) for word in before[-8:])
    return any(verb is not None and verb.sense == "judge" for verb in verbs)


def _is_nickname(block: str, start: int, end: int, words: list[str]) -> bool:
    """A capitalised word between two others: Earvin "Magic" Johnson."""
    around = re.compile(r"[A-Z][\w.'-]*\s+[\"'\u201c\u2018(]{1,2}$").search(block[max(0, start - 40) : start])
    beyond = re.compile(r"[\"'\u201d\u2019)]{1,2}\s+[A-Z]").match(block, end)
    return len(words) <= 3 and words[0][0].isupper() and around is not None and beyond is not None


def _introduced(block: str, start: int, end: int, last: str) -> bool:
    """Whether a verb of speech, or a colon, leads to the passage or follows it."""
    before = block[max(0, start - 4) : start].rstrip().rstrip(_MARKS).rstrip()
    after = [word.lower() for word in _WORD.findall(block[end : end + 40])[:3]]
    return before[-1:] == ":" or last in cue_verbs() or any(word in cue_verbs() for word in after)

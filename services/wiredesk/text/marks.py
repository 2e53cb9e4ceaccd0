"""Quotation marks: the passages of a text that stand in marks, straight, curly, low, guillemets, '' and ``, or single.

Why a state machine and not a regular expression: in news text marks are dropped, doubled, turned the wrong way and left
open, and a pattern that pairs them by count is wrong for the rest of the paragraph after the first of these. Here each
mark is judged by what stands on either side of it, a paragraph at a time, in one pass over its marks.

Double marks are paired first. Single marks are then paired inside each double passage and, apart from those, outside
them, because an apostrophe can look like a closing mark and the double marks bound what it can spoil.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple

from wiredesk.text.glyphs import DOUBLE_GLYPHS, TWIN_GLYPHS, marks_in
from wiredesk.text.paragraphs import paragraphs

DOUBLE = re.compile("|".join((f"[{DOUBLE_GLYPHS}]", *(2 * glyph for glyph in TWIN_GLYPHS))))
_OPENING = frozenset("\u201c\u201e\u201f\u00ab\u2018\u201a\u201b`\u2039")
_CLOSING = frozenset("\u201d\u00bb\u2019\u203a")
_BEFORE_OPENING = frozenset("([{-\u2013\u2014/:\"'\u201c\u201e\u2018\u00ab`")
_AFTER_CLOSING = frozenset(".,;:!?)]}-\u2013\u2014\u2026/\"'\u201d\u2019\u00bb")
_ELISION = re.compile(r"(?:\d\ds?|tis|twas|em|cause|til|till|bout|round|n|cuz|ere|gainst|im)\b", re.IGNORECASE)
"""What a leading apostrophe may shorten ("'em", "the '90s"); such a mark opens nothing."""
_TERM_WORDS, _TERM_LENGTH = 4, 40
"""Single marks that only "s'" could close hold a term if they hold this many words and characters at most."""
_GAP = 4
"""A running quotation may have this many paragraphs without any mark in its middle."""


class Passage(NamedTuple):
    """Words in quotation marks: ``text[start:end]``, without the marks and the white space inside them.

    ``closed`` is False when the closing mark is missing: the passage then ends with its paragraph, with the passage
    around it, or where the next begins. ``nested`` is 0 for an outer passage and 1 for one directly inside it.
    ``continues``: it goes on from the paragraph before, which was left open, as running quotations are set.
    """

    start: int
    end: int
    closed: bool
    nested: int
    continues: bool


class _Pair(NamedTuple):
    """A passage before its depth is known: where the words begin and end, and whether the closing mark was found."""

    start: int
    end: int
    closed: bool
    headless: bool = False  # its opening mark is missing: it begins with the paragraph


def passages(text: str) -> list[Passage]:
    """The passages in marks, in order of their start, an inner one after the one around it. Linear in ``text``."""
    found: list[Passage] = []
    double_marks, single_marks = marks_in(text)
    if not double_marks and not single_marks:
        return found
    left_open = False
    unmarked: list[tuple[int, int]] = []  # paragraphs without a double mark since one was left open
    for start, end in paragraphs(text):
        in_double, in_single = _between(double_marks, start, end), _between(single_marks, start, end)
        doubles = _pair_doubles(text, start, end, in_double, left_open) if in_double else []
        singles = _pair_singles(text, start, end, doubles, in_single) if in_single else []
        if not doubles and not singles:
            if left_open:
                unmarked.append((start, end))
                left_open = len(unmarked) <= _GAP
            continue
        pairs = sorted([*doubles, *singles], key=lambda pair: (pair.start, -pair.end))
        if left_open and pairs[0].headless:
            found += [Passage(*_trimmed(text, a, b), False, 0, True) for a, b in unmarked if text[a:b].strip()]
        runs_on = left_open and (pairs[0].headless or (not unmarked and _opens(text, start, pairs[0])))
        found += _nest(text, pairs, runs_on)
        last = max(pairs, key=lambda pair: pair.end)
        left_open = not last.closed and text[last.end : end].strip() == ""
        unmarked = []
    return found


def _between(places: list[int], start: int, end: int) -> list[int]:
    return places[bisect_left(places, start) : bisect_left(places, end)]


def _opens(text: str, start: int, pair: _Pair) -> bool:
    """Whether the paragraph that begins at ``start`` begins with the opening mark of ``pair``."""
    return pair.start - start <= 4 and not any(c.isalnum() for c in text[start : pair.start])


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end


def _nest(text: str, pairs: list[_Pair], runs_on: bool) -> Iterator[Passage]:
    """The passages of one paragraph, without those that cross another; ``runs_on`` is said of its first."""
    around: list[int] = []  # where the passages that are open here end
    for nth, pair in enumerate(pairs):
        start, end = _trimmed(text, pair.start, pair.end)
        if start == end:
            continue
        while around and around[-1] <= start:
            around.pop()
        if around and around[-1] < end:
            continue
        yield Passage(start, end, pair.closed, len(around), runs_on and nth == 0)
        around.append(end)


def _sides(text: str, start: int, end: int, at: int, after: int) -> tuple[str, str]:
    """What stands before and after the mark ``text[at:after]`` in the paragraph; a space at its ends."""
    return (text[at - 1] if at > start else " "), (text[after] if after < end else " ")


def _looks(before: str, after: str) -> tuple[bool, bool]:
    """Whether a mark between these two characters can only open, and whether it can only close."""
    opening = not after.isspace() and (before.isspace() or before in _BEFORE_OPENING)
    closing = not before.isspace() and (after.isspace() or after in _AFTER_CLOSING)
    return opening and not closing, closing and not opening


def _pair_doubles(text: str, start: int, end: int, marks: list[int], running: bool) -> list[_Pair]:
    """The double-marked passages of the paragraph ``text[start:end]``, unsorted; ``marks``: where its marks begin.

    At most two are open at once, each as (offset of its mark, offset of its first character). A second that opens
    while the first is open is a quotation inside it if both get closed; if only the inner one is, the first had lost
    its closing mark; if neither is, the second mark was the closing one. ``running``: a quotation may go on here.
    """
    pairs: list[_Pair] = []
    stack: list[tuple[int, int]] = []
    stray: int | None = None  # behind a closing mark that closed nothing: an opening one, if another such follows
    for at in marks:
        after = at + 1 if text[at] in DOUBLE_GLYPHS else at + 2
        before, beyond = _sides(text, start, end, at, after)
        if before.isalnum() and beyond.isalnum() and after - at == 2:
            continue  # an apostrophe written twice
        only_opens, only_closes = _looks(before, beyond)
        first = text[at]
        opens = only_opens or (first in _OPENING and not only_closes)
        closes = only_closes or (first in _CLOSING and not only_opens)
        if not stack and closes:
            if stray is not None:
                pairs.append(_Pair(stray, at, True))
                stray = None
            elif pairs or (before == "," and not running and _closes_next(text, after, start, end)):
                stray = after  # 'Roe said," We go."'
            elif not before.isdigit():
                pairs.append(_Pair(start, at, True, headless=True))
        elif not stack or (opens and len(stack) == 1):
            stack.append((at, after))
            stray = None
        elif opens:
            (_, inner), (closer, _) = stack
            pairs.append(_Pair(inner, closer, True))
            stack = [(at, after)]
        else:
            pairs.append(_Pair(stack.pop()[1], at, True))
    if len(stack) == 2:
        (_, inner), (closer, _) = stack
        pairs.append(_Pair(inner, closer, True))
    elif stack:
        inner = stack[0][1]
        later = min((pair.start for pair in pairs if pair.start > inner), default=None)
        stop = end if later is None else _mark_before(text, later)
        pairs.append(_Pair(inner, stop, False))
    return pairs


def _closes_next(text: str, after: int, start: int, end: int) -> bool:
    """Whether the next double mark from ``after`` on can only close."""
    mark = DOUBLE.search(text, after, end)
    return mark is not None and _looks(*_sides(text, start, end, *mark.span()))[1]


def _mark_before(text: str, start: int) -> int:
    """Where the mark begins that opens the passage at ``start``."""
    return start - 2 if text[start - 2 : start] in ("''", "``", "\u2018\u2018", "\u2019\u2019") else start - 1


class _Single(NamedTuple):
    """A single mark that is not plainly an apostrophe. ``weak``: it may be a possessive ("sides'") or "goin'"."""

    at: int
    opens: bool
    closes: bool
    weak: bool


def _pair_singles(text: str, start: int, end: int, doubles: list[_Pair], marks: list[int]) -> list[_Pair]:
    """The single-marked passages of the paragraph: inside each of its outer ``doubles``, and outside of them."""
    pairs: list[_Pair] = []
    outside: list[_Single] = []
    regions: list[tuple[int, int, list[_Single]]] = []
    reach = start
    for pair in sorted(doubles, key=lambda pair: (pair.start, -pair.end)):
        if pair.start >= reach:
            regions.append((pair.start, pair.end, []))
            reach = pair.end
    nth = 0
    for at in marks:
        while nth < len(regions) and regions[nth][1] <= at:
            nth += 1
        inside = nth < len(regions) and regions[nth][0] <= at
        low, high, judged = regions[nth] if inside else (start, end, outside)
        if (single := _judge(text, low, high, at)) is not None:
            judged.append(single)
    for _, high, judged in regions:
        pairs += _close_singles(text, high, judged, keep_open=True)
    pairs += _close_singles(text, end, outside, keep_open=False)
    return pairs


def _judge(text: str, low: int, high: int, at: int) -> _Single | None:
    before, after = _sides(text, low, high, at, at + 1)
    if (before.isalnum() and after.isalnum()) or (before.isspace() and after.isspace()):
        return None
    mark = text[at]
    opens = (before.isspace() or before in _BEFORE_OPENING) and not after.isspace() and mark not in _CLOSING
    opens = opens and after not in ".,;:!?" and not _ELISION.match(text, at + 1, high)
    closes = not before.isspace() and not after.isalnum() and mark not in "\u2018`\u201a\u2039" and not opens
    ends_word = before in "sSzZ" or text[max(low, at - 2) : at] == "in"
    weak = ends_word and after.isspace() and at + 1 < high
    return _Single(at, opens, closes, weak) if opens or closes else None


def _is_term(text: str, start: int, end: int) -> bool:
    return end - start <= _TERM_LENGTH and len(text[start:end].split()) <= _TERM_WORDS


def _close_singles(text: str, high: int, marks: list[_Single], keep_open: bool) -> Iterator[_Pair]:
    """Pairs the single marks of a region that ends at ``high``.

    A closing mark that may be a possessive closes only if no better one comes before the next opening mark: when the
    words so far are a mere term, or when a new passage opens later on. With ``keep_open`` a passage that nothing
    closes runs to ``high``.
    """
    better: list[int | None] = [None] * len(marks)  # the index of the next sure closing mark, no opening between
    reopened = [False] * len(marks)
    ahead: int | None = None
    opening = False
    for nth in range(len(marks) - 1, -1, -1):
        better[nth], reopened[nth] = ahead, opening
        mark = marks[nth]
        if mark.opens:
            ahead, opening = None, True
        elif not mark.weak:
            ahead, opening = nth, False
    open_at: int | None = None
    for nth, mark in enumerate(marks):
        if open_at is None:
            open_at = mark.at + 1 if mark.opens else None
        elif mark.closes and (
            not mark.weak or (better[nth] is None and (reopened[nth] or _is_term(text, open_at, mark.at)))
        ):
            yield _Pair(open_at, mark.at, True)
            open_at = None
        elif mark.opens and better[nth] is not None and not keep_open:
            open_at = mark.at + 1  # the first was an apostrophe after all
    if open_at is not None and keep_open:
        yield _Pair(open_at, high, False)

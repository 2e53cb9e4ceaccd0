"""The tokens, against a plain reference that says what a token is one character at a time."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from hypothesis import example, given, settings
from hypothesis import strategies as st

from wiredesk.dedup import tokens
from wiredesk.dedup.hashing import mix, spread
from wiredesk.dedup.tokens import MOST_TOKENS, tokens_of

MULTIPLIERS = [int(each) for each in spread(64)]
NASTY = "a bÅǅ1.,2'-\n\u201c\u0301船๑ก\U00020000.İ!\ud800\x00"


class Word(NamedTuple):
    number: int
    start: int
    end: int
    anchor: bool


def kind(character: str) -> str:
    """L, N or M as Unicode has it, "single" where scripts have no spaces, else nothing."""
    if ord(character) >= 0x20000:
        return "single"
    category = unicodedata.category(character)[0]
    spaceless = any(first <= ord(character) <= last for first, last in tokens._SPACELESS)
    return "" if category not in "LNM" else "single" if spaceless else category


def is_digit(character: str) -> bool:
    return ord(character) < 0x20000 and unicodedata.category(character) == "Nd"


def lowered(character: str) -> int:
    return ord(character.lower()) if len(character.lower()) == 1 and ord(character) < 0x20000 else ord(character)


def reference(text: str, passages: Sequence[tuple[int, int]]) -> list[Word]:
    counts = "".join(
        each if any(start <= at < end for start, end in passages) else "\n" for at, each in enumerate(text)
    )
    found: list[Word] = []
    in_sentence = False

    def in_word(at: int) -> bool:
        between = 0 < at < len(counts) - 1 and counts[at] in ".,"
        return bool(kind(counts[at])) or (between and is_digit(counts[at - 1]) and is_digit(counts[at + 1]))

    at = 0
    while at < len(counts):
        first = counts[at]
        in_sentence &= first not in tokens._BREAKS
        if not in_word(at):
            at += 1
            continue
        start = at
        at += 1
        single = kind(first) == "single"
        while at < len(counts) and not single and in_word(at) and kind(counts[at]) != "single":
            at += 1
        total = sum((lowered(counts[i]) + 1) * MULTIPLIERS[min(i - start, 63)] for i in range(start, at))
        is_name = in_sentence and at - start > 1 and unicodedata.category(first) in ("Lu", "Lt")
        anchor = is_name or is_digit(first)
        found.append(Word(int(mix(np.uint64(total % 2**64))) >> 32, start, at, anchor))
        in_sentence = True
    return found


@given(
    st.text(st.one_of(st.sampled_from(NASTY), st.characters())),
    st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=3) | st.none(),
)
@example("๑.๑ Ab", None)  # a point between digits that are words of their own is one too, and ends the sentence
@example("Ab Cd. Ef 1.5 Gh" + "i" * 70, [(0, 3), (3, 90)])
@settings(deadline=None, max_examples=300)
def test_tokens_are_those_of_the_reference(text: str, cuts: list[tuple[int, int]] | None) -> None:
    passages = [(0, len(text))] if cuts is None else cuts
    found = tokens_of(text, passages)
    columns = zip(
        found.numbers.tolist(), found.starts.tolist(), found.ends.tolist(), found.anchors.tolist(), strict=True
    )
    assert [Word(*each) for each in columns] == reference(text, passages)


def test_there_are_never_more_than_the_most() -> None:
    text = "Ab 1 " * MOST_TOKENS
    found = tokens_of(text, [(0, len(text))])
    assert len(found.numbers) == MOST_TOKENS
    assert [Word(*each) for each in zip(*(column[:9].tolist() for column in found), strict=True)] == reference(
        text[:100], [(0, 100)]
    )[:9]

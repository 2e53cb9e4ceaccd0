from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.dedup.articles import OTHER, WIRE, made_up
from wiredesk.contracts.article import Part
from wiredesk.dedup.alignment import (
    AGREE,
    ANCHORS,
    ANCHORS_REPLACED,
    END,
    OTHER_END,
    OTHER_START,
    REPLACED,
    SHORT_GAP,
    SHORTEST,
    START,
    aligned,
    shared_passages,
)
from wiredesk.dedup.sketch import Sketch, sketch_of

PARAGRAPHS = WIRE.split("\n")


def sketch(text: str) -> Sketch:
    return sketch_of(text, [Part("body", 0, len(text))])[0]


def places(one: str, two: str) -> list[int]:
    return aligned(sketch(one), sketch(two)).tolist()


@pytest.mark.parametrize(
    ("one", "two", "expected"),
    [
        ("a b c d", "a b c d", [0, 1, 2, 3]),
        ("a b c d", "x a b c d", [1, 2, 3, 4]),
        ("a b c x d e f", "a b c y d e f", [0, 1, 2, -1, 4, 5, 6]),
        ("d e f a b c", "a b c d e f", [3, 4, 5, 0, 1, 2]),
        ("a b x c d", "a b y c d", [-1, -1, -1, -1, -1]),  # no three words in a row
        ("a b c a b c", "a b c", [0, 1, 2, 0, 1, 2]),
        ("a b", "a b", [-1, -1]),
        ("", "a b c", []),
    ],
)
def test_words_are_aligned_from_the_three_in_a_row_that_both_texts_have(
    one: str, two: str, expected: list[int]
) -> None:
    assert places(one, two) == expected


def test_of_several_places_of_a_gram_the_one_that_keeps_the_distance_is_taken() -> None:
    text = "so it goes one two three so it goes four five six so it goes"
    assert places(text, text) == list(range(15))


WORDS = st.lists(st.sampled_from("abcd"), max_size=60).map(" ".join)


@given(WORDS, WORDS)
@settings(deadline=None)
def test_aligned_words_are_equal_and_passages_hold_them(one: str, two: str) -> None:
    a, b = sketch(one), sketch(two)
    for at, place in enumerate(aligned(a, b).tolist()):
        assert place == -1 or a.numbers[at] == b.numbers[place]
    rows = shared_passages(a, b)
    for row in rows:
        assert row[AGREE] >= SHORTEST
        assert 0 <= row[START] < row[END] <= len(a)
        assert 0 <= row[OTHER_START] < row[OTHER_END] <= len(b)
        assert row[AGREE] + row[REPLACED] <= min(row[END] - row[START], row[OTHER_END] - row[OTHER_START])
    assert (rows[:-1, END] <= rows[1:, START]).all()


@given(WORDS)
@settings(deadline=None)
def test_a_text_is_one_passage_of_itself(text: str) -> None:
    found = shared_passages(sketch(text), sketch(text))
    words = len(text.split())
    assert found[:, [START, END, AGREE, REPLACED]].tolist() == ([[0, words, words, 0]] if words >= SHORTEST else [])


def test_texts_of_their_own_share_no_passage() -> None:
    assert len(shared_passages(sketch(WIRE), sketch(OTHER))) == 0


def test_a_replaced_word_does_not_part_a_passage_and_an_inserted_sentence_does() -> None:
    (whole,) = shared_passages(sketch(WIRE.replace("helicopters", "boats")), sketch(WIRE))
    assert (whole[AGREE], whole[REPLACED]) == (len(sketch(WIRE)) - 1, 1)
    inserted = "\n".join([*PARAGRAPHS[:2], made_up(1, SHORT_GAP + 1), *PARAGRAPHS[2:]])
    assert len(shared_passages(sketch(inserted), sketch(WIRE))) == 2


def test_left_out_words_are_not_replaced_ones() -> None:
    (row,) = shared_passages(sketch(WIRE.replace("on Tuesday after", "after")), sketch(WIRE))
    assert row[REPLACED] == 0


def test_words_that_agree_between_two_misread_ones_count() -> None:
    (row,) = shared_passages(sketch(WIRE.replace("operation from Redcliffe", "0peration from Redc1iffe")), sketch(WIRE))
    assert (row[AGREE], row[REPLACED]) == (len(sketch(WIRE)) - 2, 2)


def test_replaced_names_and_numbers_are_counted_apart() -> None:
    (row,) = shared_passages(sketch(WIRE.replace("Noumea to Brisbane", "Suva to Sydney")), sketch(WIRE))
    anchors = int(np.count_nonzero(sketch(WIRE).is_anchor))
    assert (row[ANCHORS], row[ANCHORS_REPLACED]) == (anchors - 2, 4)

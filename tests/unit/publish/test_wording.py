from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wiredesk.publish.wording import TEXT_SHOWN, Wording, shortened, wording_of


def direct(text: str) -> Wording:
    return wording_of(text, "direct", "passage")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("We won’t go.", "we won't go"),
        ("“De-conflict” the build-up", '"de-conflict" the build-up'),
        ("NO, no — no!", "No no no"),
    ],
)
def test_case_marks_and_apostrophes_do_not_count(one, other):
    assert direct(one).whole == direct(other).whole


@pytest.mark.parametrize(
    ("text", "compared"),
    [
        ('said the talks were "long and useful for both of us"', "long and useful for both of us"),
        ("said the talks were “long and useful” and “good for both sides”", "long and useful good for both sides"),
        ('said the talks were "long"', "said the talks were long"),  # too little in marks
        ('asked them to "steer clear of each other as they work', "steer clear of each other as they work"),
    ],
)
def test_of_a_mixed_quotation_the_words_in_marks_are_compared(text, compared):
    wording = wording_of(text, "mixed", "clause")
    assert " ".join(word for run in wording.runs for word in run) == compared


@pytest.mark.parametrize("gap", ["…", "...", ". . .", " [...] "])
def test_an_ellipsis_ends_a_run(gap):
    assert direct(f"we shall fight{gap}we shall win").runs == [["we", "shall", "fight"], ["we", "shall", "win"]]


@pytest.mark.parametrize(
    ("text", "kind", "form", "grams"),
    [
        ("one two three four five", "direct", "passage", 2),
        ("one two three four", "direct", "passage", 0),
        ("one two three four five", "indirect", "clause", 0),
        ("one two three four five six", "indirect", "clause", 3),
        ("one two three four five six seven", "direct", "phrase", 0),
        ("one two three … four five six", "direct", "passage", 0),
    ],
)
def test_grams_need_enough_words_in_one_run(text, kind, form, grams):
    assert len(wording_of(text, kind, form).grams) == grams


@pytest.mark.parametrize(
    ("one", "other", "altered"),
    [
        ("one two three four five six", "two three four five", False),
        ("one two three four five six", "one two … five six", False),
        ("one two three four five six", "five six … one two", True),
        ("one two three four five six", "one two three for five six", True),
        ("a cat sat on a mat", "cats sat on a mat", True),  # "cat" is not a cut of "cats"
    ],
)
def test_less_of_the_same_words_is_a_cut_and_other_words_are_an_alteration(one, other, altered):
    assert direct(one).alters(direct(other)) is altered
    assert direct(other).alters(direct(one)) is altered


def test_numbers_are_the_words_with_a_digit():
    assert direct("Sales rose 3.5% to 12bn in Q2, he said").numbers == {"3.5", "12bn", "q2"}


def test_a_long_text_is_shortened_at_a_word():
    text = "word " * 1000
    assert len(shortened(text)) <= TEXT_SHOWN
    assert shortened(text).endswith("word…")


@given(st.text(max_size=3 * TEXT_SHOWN))
def test_shortened_is_a_short_prefix(text):
    short = shortened(text)
    assert len(short) <= TEXT_SHOWN
    assert text.startswith(short.removesuffix("…"))


@given(st.text(alphabet="ab .…\"“”'", max_size=60), st.sampled_from(["direct", "mixed", "indirect"]))
def test_every_wording_is_a_cut_of_itself(text, kind):
    wording = Wording(text, kind, "passage")
    assert wording.is_cut_of(wording)
    assert wording.size <= len(wording.whole.split())


@pytest.mark.parametrize("text", ['"' * 100_000, "a … " * 50_000, "'“" * 50_000, "a" * 300_000])
def test_hostile_text_takes_linear_time(text):
    assert Wording(shortened(text), "mixed", "passage").size <= TEXT_SHOWN

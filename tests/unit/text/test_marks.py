"""Quotation marks as newspapers set them, and as they break."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wiredesk.text.marks import Passage, passages


def words_of(text: str) -> list[str]:
    return [text[p.start : p.end] for p in passages(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"We go," he said. "Now."', ["We go,", "Now."]),
        ("“We go,” he said. “Now.”", ["We go,", "Now."]),
        ("„Wir gehen“, sagte er.", ["Wir gehen"]),
        ("«\u00a0Nous partons\u00a0», dit-il.", ["Nous partons"]),
        ("»Wir gehen«, sagte er.", ["Wir gehen"]),
        ("``We go,'' he said, ``now.''", ["We go,", "now."]),
        ("‘‘We go,’’ he said.", ["We go,"]),
        ("''We go,'' he said.", ["We go,"]),
        ("'We go,' he said.", ["We go,"]),
        ("‘We won’t go,’ he said.", ["We won’t go,"]),
        ("It is `like this' he said.", ["like this"]),
        ('" We go , " he said .', ["We go ,"]),
        ('He said—"We go."', ["We go."]),
        ('The ("small") print', ["small"]),
        ('Roe said," We go now".', ["We go now"]),
    ],
)
def test_every_kind_of_mark(text: str, expected: list[str]) -> None:
    assert words_of(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The boys' home is the Smiths' now, isn't it?",
        "rock 'n' roll in the '90s",
        "'Twas the night; get 'em, 'cause they're late.",
        'He is 6\'2" tall and the door 12" wide.',
        'He bought an 8" pipe.',
        "no marks at all",
        "",
        "\n\n",
        '"',
        "''",
        '" "',
        "o' clock ' o",
    ],
)
def test_apostrophes_and_measures_open_nothing(text: str) -> None:
    assert passages(text) == []


@pytest.mark.parametrize(
    ("text", "outer", "inner"),
    [
        (
            "\"had a talk about the need to 'de-conflict' the build-up,\" he said",
            "had a talk about the need to 'de-conflict' the build-up,",
            "de-conflict",
        ),
        ("“She told me ‘no way’ and left,” he said", "She told me ‘no way’ and left,", "no way"),
        ("‘She told me “no way” and left,’ he said", "She told me “no way” and left,", "no way"),
        ('"She told me "no way" and left," he said', 'She told me "no way" and left,', "no way"),
        (
            "\"He says 'the talks have shown that the sides' opinions are close and the countries' ministers agree.\"",
            "He says 'the talks have shown that the sides' opinions are close and the countries' ministers agree.",
            "the talks have shown that the sides' opinions are close and the countries' ministers agree.",
        ),
        ("\"The 'rebels' said it was the people's 'choice',\" he said", None, "rebels"),
    ],
)
def test_a_passage_inside_another(text: str, outer: str | None, inner: str) -> None:
    found = passages(text)
    assert found[0].nested == 0
    assert found[1].nested == 1
    assert outer is None or text[found[0].start : found[0].end] == outer
    assert text[found[1].start : found[1].end] == inner


def test_a_single_quotation_that_only_possessives_could_close_is_open() -> None:
    text = "He says: \"It noted that 'the talks show that both of the sides' opinions on the issues coincide.\""
    assert [(p.closed, p.nested) for p in passages(text)] == [(True, 0), (False, 1)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"We went home, he said. "And then we left."', ["We went home, he said.", "And then we left."]),
        ('"Hello, "he said. "We are going."', ["Hello,", "We are going."]),
        ('"Hello, "he said.', ["Hello,"]),
        ('We will go," he said. "And come back."', ["We will go,", "And come back."]),
        ("”Hello,” he said.", ["Hello,"]),
        ("“Hello,“ he said. “Now.”", ["Hello,", "Now."]),
        ("“Hello,” he said.” Now.” Then.", ["Hello,", "Now."]),
        ('“Hello," he said. "Now.”', ["Hello,", "Now."]),
        ('He said: "We go', ["We go"]),
    ],
)
def test_broken_pairs_spoil_only_their_own_passage(text: str, expected: list[str]) -> None:
    assert words_of(text) == expected


class TestRunningQuotations:
    def test_each_paragraph_opens_and_only_the_last_closes(self) -> None:
        found = passages('He said: "One.\n"Two.\n"Three."\n"Four," she said.')
        assert [(p.closed, p.continues) for p in found] == [(False, False), (False, True), (True, True), (True, False)]

    def test_without_marks_in_the_middle(self) -> None:
        text = '"One.\nTwo.\nThree," he said.\n"Four."'
        assert words_of(text) == ["One.", "Two.", "Three,", "Four."]
        assert [p.continues for p in passages(text)] == [False, True, True, False]

    def test_it_ends_when_no_closing_mark_comes_soon(self) -> None:
        text = '"One.\n' + "Text.\n" * 9 + 'Last," he said.'
        assert [p.continues for p in passages(text)] == [False, False]

    def test_it_ends_when_the_next_paragraph_begins_otherwise(self) -> None:
        assert [p.continues for p in passages('"One.\nSmith said "two."')] == [False, False]

    def test_a_closed_passage_does_not_run_on(self) -> None:
        assert [p.continues for p in passages('"One."\n"Two."')] == [False, False]


MARKED = st.text(alphabet="ab s.,\n\"'“”‘’„«»`-")


@given(MARKED | st.text())
def test_passages_lie_in_one_paragraph_sorted_and_trimmed(text: str) -> None:
    found = passages(text)
    assert found == sorted(found, key=lambda p: (p.start, -p.end))
    for p in found:
        words = text[p.start : p.end]
        assert words
        assert words == words.strip()
        assert "\n" not in words


@given(MARKED)
def test_passages_nest_or_stand_apart(text: str) -> None:
    around: list[Passage] = []
    for p in passages(text):
        while around and around[-1].end <= p.start:
            around.pop()
        assert p.nested == len(around)
        assert not around or p.end <= around[-1].end
        around.append(p)


@given(st.text(alphabet="abc .,!\n"))
def test_no_passage_without_a_mark(text: str) -> None:
    assert passages(text) == []


@given(st.lists(st.text(alphabet="abc ", min_size=1).filter(lambda s: s.strip() != ""), min_size=1, max_size=8))
def test_well_formed_double_quotations_are_all_found(contents: list[str]) -> None:
    text = " he said ".join(f"“{content.strip()}”" for content in contents)
    assert words_of(text) == [content.strip() for content in contents]


@pytest.mark.parametrize(
    "unit", ['"', "'", "“", "”", " 'a", "s' ", "'a s' ", ' "a', '"a\n', '"a b" ', "“a ‘b’ ”", "a' 's "], ids=repr
)
def test_a_hundred_thousand_marks_take_linear_time(unit: str) -> None:
    started = time.perf_counter()
    passages(unit * 100_000)
    assert time.perf_counter() - started < 10

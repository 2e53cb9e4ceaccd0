"""Passages and true case: what the model is given, and that no offset moves."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.entities.marked import document, entities, exact, reading
from wiredesk.contracts.article import Part
from wiredesk.entities.passages import LONGEST, passages
from wiredesk.entities.tokens import tokens, words_of
from wiredesk.entities.truecase import Vocabulary, rewrite, shape

BODY = "Syrian troops shelled Aleppo on Friday as U.N. talks stalled in Geneva, an aid group warned of cholera there."


@pytest.mark.parametrize(
    ("line", "how"),
    [
        ("SYRIAN TROOPS SHELL ALEPPO", "capitals"),
        ("Trump Says Iran Talks Could Resume", "title"),
        ("Troops shell Aleppo as talks stall", None),
        ("NATO", None),
    ],
)
def test_shape(line, how):
    assert shape(line) == how


@pytest.mark.parametrize(
    ("line", "rewritten"),
    [
        ("SYRIAN TROOPS SHELL ALEPPO AS UN TALKS STALL", "Syrian troops shell Aleppo as UN talks stall"),
        ("Syrian Troops Shelled Aleppo as Talks Stalled", "Syrian troops shelled Aleppo as talks stalled"),
        ("Syrian troops shell Aleppo", "Syrian troops shell Aleppo"),
    ],
)
def test_headlines_are_written_as_the_body_writes_them(line, rewritten):
    assert (
        rewrite(line, Vocabulary([BODY, "The group said that more than ten people died and many fled their homes."]))
        == rewritten
    )


def test_without_a_body_capitals_become_title_case():
    assert rewrite("EARTHQUAKE HITS NEAR TOWN IN CHILE", Vocabulary([])) == "Earthquake Hits Near Town in Chile"


@given(st.text(max_size=80))
def test_rewriting_moves_no_offset(line):
    assert len(rewrite(line, Vocabulary([BODY]))) == len(line)


def test_the_words_of_a_mention_are_the_published_ones():
    found = entities(("headline", "SYRIAN TROOPS SHELL ALEPPO AGAIN"), BODY)
    assert exact(found["Aleppo"]) == ["ALEPPO", "Aleppo"]


def test_only_headline_caption_and_body_are_read():
    text, parts, _ = document(
        ("headline", "A headline here"), ("byline", "By Ann Lee"), ("dateline", "BEIRUT (AP) - "), "Body.",
        ("caption", "A caption."), ("rights", "Copyright 2015 NPR."), ("boilerplate", "Click here."),
    )  # fmt: skip
    assert [passage.kind for passage in passages(text, parts)] == ["headline", "body", "caption"]


def test_a_long_line_is_cut_at_sentence_ends():
    text = "One more sentence about Geneva stands here. " * 500
    read = passages(text, [Part("body", 0, len(text))])
    assert all(passage.end - passage.start <= LONGEST for passage in read)
    assert all(passage.given.endswith("here.") for passage in read)


@pytest.mark.parametrize("text", ["A" * 50_000, '"' * 50_000, "word " * 10_000, "A\n" * 25_000])
def test_hostile_lines_are_cut_and_nothing_with_letters_is_lost(text):
    read = passages(text, [Part("body", 0, len(text))])
    assert all(text[p.start : p.end] == text[p.start : p.end].strip() for p in read)
    assert sum(p.given.count("A") + p.given.count("w") for p in read) == text.count("A") + text.count("w")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("the U.S. Navy's", ("the", "US", "Navy")),
        ("O\u2019Brien", ("O'Brien",)),
        ("al-Assad", ("al", "Assad")),
        ("Washington, D.C.", ("Washington", "DC")),
        ("AT&T", ("AT", "T")),
    ],
)
def test_words_are_compared_without_points_and_possessives(name, words):
    assert words_of(name) == words


@given(st.text(max_size=80))
def test_tokens_are_in_order_and_not_empty(text):
    at = 0
    for token in tokens(text):
        assert at <= token.start < token.end
        at = token.end


def test_a_token_is_found_by_its_place():
    read = reading("Ash Carter spoke.")
    assert [read.token_at(at) for at in (0, 2, 4, 9, 11)] == [0, 0, 1, 1, 2]

from __future__ import annotations

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wiredesk.contracts.ids import (
    article_id,
    document_entity_id,
    local_entity_id,
    stable_id,
    story_id,
    utterance_id,
)

parts = st.lists(st.text(alphabet="a1:é\x00", max_size=4), max_size=4)


@given(parts, parts)
def test_different_parts_never_share_an_id(one, other):
    assert (stable_id("kind", *one) == stable_id("kind", *other)) is (one == other)


@given(parts)
def test_an_id_is_a_uuid_and_holds(some):
    assert UUID(stable_id("kind", *some)).version == 5
    assert stable_id("kind", *some) == stable_id("kind", *some)
    assert stable_id("kind", *some) != stable_id("kin", *some)


def test_ids_are_the_same_in_every_release():
    assert stable_id("kind", "a", "b") == "2561ba9e-4f21-5d7c-b934-d04db43ce9f1"
    assert article_id("daily.example", "7", None, "") == "60aad4fc-ee7a-5b26-8eef-e453855d18b4"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (("d", "7", "u", "x"), ("d", "7", "v", "y"), True),  # the feed's own id decides
        (("d", None, "u", "x"), ("d", None, "u", "y"), True),  # else the URL
        (("d", "", "u", "x"), ("d", None, "u", "x"), True),
        (("d", None, None, "x"), ("d", None, None, "x"), True),  # else the content
        (("d", None, None, "x"), ("d", None, None, "y"), False),
        (("d", "7", "u", "x"), ("e", "7", "u", "x"), False),  # never across sources
        (("d", None, "u", "x"), ("e", None, "u", "x"), False),
        (("d", "u", None, "x"), ("d", None, "u", "x"), False),  # an id that looks like another's URL
        (("d", None, "x", "y"), ("d", None, None, "x"), False),
    ],
)
def test_what_makes_two_messages_one_article(one, other, same):
    assert (article_id(*one) == article_id(*other)) is same


def test_stories_utterances_and_entities_do_not_collide():
    ids = {
        story_id("a", 1),
        story_id("a", 11),
        story_id("a1", 1),
        utterance_id("a", 1, "q1"),
        utterance_id("a", 11, "q1"),
        utterance_id("a", 1, "1q1"),
        local_entity_id("PER", "a"),
        local_entity_id("ORG", "a"),
        local_entity_id("PER", "b"),
        document_entity_id("a", "PER", "b"),
        document_entity_id("b", "PER", "b"),
    }
    assert len(ids) == 11


def test_the_case_of_a_name_does_not_matter():
    assert local_entity_id("ORG", "NATO") == local_entity_id("ORG", "Nato")
    assert document_entity_id("a", "PER", "DUNN") == document_entity_id("a", "PER", "Dunn")

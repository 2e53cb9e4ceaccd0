"""Fields that a feed may have meant."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wiredesk.contracts.fields import ELSEWHERE, KNOWN, unknown_fields

GOOD: dict[str, Any] = {"source": {"name": "The Courier"}, "body": "A storm."}


@pytest.mark.parametrize(
    ("unknown", "known"),
    [
        ("headling", "headline"),
        ("Headline", "headline"),
        ("publishedAt", "published_at"),
        ("published-at", "published_at"),
        ("lanuage", "language"),
        ("keyword", "keywords"),
        ("title", "headline"),  # RSS
        ("pubDate", "published_at"),
        ("link", "url"),
        ("datePublished", "published_at"),  # schema.org
        ("versioncreated", "updated_at"),  # ninjs
        ("id", "source.id"),  # at the wrong place
        ("domain", "source.domain"),
        ("urgency", None),
        ("priority", None),
        ("section", None),
        ("notes", None),
        ("", None),
        ("ж", None),
    ],
)
def test_an_unknown_field_and_the_known_one_that_it_resembles(unknown, known):
    assert list(unknown_fields(GOOD | {unknown: "x"})) == [(unknown, known)]


@pytest.mark.parametrize(
    ("unknown", "known"), [("guid", "source.id"), ("Id", "source.id"), ("domian", "source.domain"), ("desk", None)]
)
def test_the_fields_of_the_source_are_named_with_it(unknown, known):
    source = {"name": "The Courier", unknown: "x"}
    assert list(unknown_fields(GOOD | {"source": source})) == [(f"source.{unknown}", known)]


def test_what_the_message_has_was_not_meant():
    assert list(unknown_fields(GOOD | {"headline": "Storm", "title": "x"})) == [("title", None)]
    assert list(unknown_fields(GOOD | {"headline": "", "title": "x"})) == [("title", "headline")]


def test_what_a_refused_message_lacks_may_stand_under_another_name():
    assert list(unknown_fields({"source": {"name": "C"}, "text": "A storm."})) == [("text", "body")]
    assert list(unknown_fields({"sorce": {"name": "C"}, "body": "A storm."})) == [("sorce", "source")]


def test_the_words_of_others_are_for_fields_that_there_are_and_for_one_each():
    assert set(ELSEWHERE) <= set(KNOWN)
    names = [name for others in ELSEWHERE.values() for name in others]
    assert len(names) == len(set(names))
    assert not set(names) & set(KNOWN)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=12), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from(["source", *KNOWN]) | st.text(max_size=12), JSON))
def test_every_unknown_field_is_named_whatever_is_in_it(fields):
    found = [name for name, _ in unknown_fields(fields) if not name.startswith("source.")]
    assert set(found) == {name for name in fields if name not in KNOWN and not name.startswith("source.")}

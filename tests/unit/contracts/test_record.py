from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wiredesk.contracts.record import Out, RawRef, Record


def test_where_a_record_stands_is_known_only_with_a_broker():
    assert Record("t", 1, 2, 3, None, None).ref == RawRef("t", 1, 2)
    assert Record("t", 1, 2, 0, None, None).ref == RawRef("t", 1, 2)
    assert Record("t", 1, 2, None, None, None).ref is None


topics = st.from_regex(r"[a-z][a-z0-9._-]{0,8}", fullmatch=True)  # what Kafka allows holds no slash
refs = st.builds(RawRef, topics, st.integers(0, 300), st.integers(0, 2**40))


@given(refs, refs)
def test_a_place_in_words_is_of_one_place_only(one, other):
    assert (str(one) == str(other)) is (one == other)


def test_records_and_messages_cannot_be_changed():
    with pytest.raises(AttributeError):
        Record("t", 1, 2, 3, None, None).value = b""
    with pytest.raises(AttributeError):
        Out("t", "k", None).value = b""


def test_facts_of_one_message_are_not_anothers():
    one, other = Out("t", "k", None), Out("t", "k", None)
    one.facts["language"] = "en"
    assert other.facts == {}

"""A replayed raw message is as old as when it was first received; no header makes a message younger than it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wiredesk.contracts.record import Record
from wiredesk.contracts.replay import REPLAY_RECEIVED, as_first_received
from wiredesk.contracts.topics import RAW

NOON = 1_789_387_200_000
"""2026-09-14T12:00:00Z"""


def received(said: str | bytes | None, time: int | None = NOON) -> int | None:
    value = said.encode() if isinstance(said, str) else said
    headers = () if value is None else ((REPLAY_RECEIVED, value),)
    return as_first_received(Record(RAW, 0, 1, time, None, b"{}", headers)).time


@pytest.mark.parametrize(
    ("said", "time"),
    [
        (None, NOON),
        ("2026-09-14T11:00:00Z", NOON - 3_600_000),
        ("2026-09-14T13:00:00+02:00", NOON - 3_600_000),
        ("2026-09-14T13:00:00Z", NOON),  # from the future
        ("2026-09-14T11:00:00", NOON),  # of no known zone
        ("yesterday", NOON),
        (b"\xff", NOON),
        ("0001-01-01T00:00:00Z", 0),
    ],
)
def test_the_earlier_time_counts(said, time):
    assert received(said) == time


def test_without_a_broker_there_is_no_time():
    assert received("2026-09-14T11:00:00Z", None) is None


@given(
    st.binary()
    | st.text().map(lambda text: text.encode("utf-8", "replace"))
    | st.datetimes().map(lambda t: t.isoformat().encode() + b"Z")
)
def test_whatever_a_feed_says_its_message_gets_no_younger(said):
    assert 0 <= received(said) <= NOON

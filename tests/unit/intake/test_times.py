"""Times: RFC 3339 in UTC, never after the message."""

from __future__ import annotations

from datetime import datetime

import pytest

from wiredesk.contracts.errors import BadMessage
from wiredesk.intake.times import rfc3339, time_of

NOON = 1_442_577_600_000  # 2015-09-18T12:00:00Z


@pytest.mark.parametrize(
    ("given", "written"),
    [
        ("2015-09-18T17:04:00+00:00", "2015-09-18T17:04:00Z"),
        ("2015-09-18T13:04:00-04:00", "2015-09-18T17:04:00Z"),
        ("2015-09-18T17:04:00.250000+00:00", "2015-09-18T17:04:00.250000Z"),
        ("2016-01-01T00:30:00+01:00", "2015-12-31T23:30:00Z"),
    ],
)
def test_times_are_written_in_utc(given: str, written: str) -> None:
    assert rfc3339(datetime.fromisoformat(given)) == written


def test_no_time_stays_none() -> None:
    assert rfc3339(None) is None
    assert rfc3339(None, latest=NOON) is None
    assert time_of(None) is None


def test_a_time_counts_up_to_the_message_and_not_beyond() -> None:
    assert rfc3339(datetime.fromisoformat("2015-09-18T11:59:59+00:00"), latest=NOON) == "2015-09-18T11:59:59Z"
    assert rfc3339(datetime.fromisoformat("2031-01-01T00:00:00+00:00"), latest=NOON) == "2015-09-18T12:00:00Z"


def test_a_year_that_utc_does_not_have_is_a_bad_message() -> None:
    with pytest.raises(BadMessage, match="outside the years"):
        rfc3339(datetime.fromisoformat("0001-01-01T00:00:00+05:00"))


def test_the_time_of_a_record() -> None:
    assert time_of(NOON) == "2015-09-18T12:00:00Z"
    assert time_of(NOON + 5) == "2015-09-18T12:00:00.005000Z"

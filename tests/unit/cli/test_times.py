"""Times that people give on the command line."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import typer

from wiredesk.cli.times import moment, shown


@pytest.mark.parametrize(
    ("said", "ago"),
    [
        ("90s", timedelta(seconds=90)),
        ("30m", timedelta(minutes=30)),
        ("2h", timedelta(hours=2)),
        (" 1.5 h ", timedelta(minutes=90)),
        ("7d", timedelta(days=7)),
        ("2w", timedelta(days=14)),
    ],
)
def test_a_duration_is_how_long_ago(said, ago):
    assert abs(datetime.now(UTC) - ago - moment(said)) < timedelta(seconds=5)


@pytest.mark.parametrize(
    "said", ["2026-09-14T12:00:00Z", "2026-09-14T14:00:00+02:00", "2026-09-14T12:00:00.000+00:00", "2026-09-14T12:00Z"]
)
def test_a_time_has_an_offset(said):
    assert moment(said) == datetime(2026, 9, 14, 12, tzinfo=UTC)


@pytest.mark.parametrize("said", ["", "2026-09-14T12:00:00", "2026-09-14", "yesterday", "2x", "-2h", "999999999w", "h"])
def test_what_is_neither_is_told(said):
    with pytest.raises(typer.BadParameter, match=r"neither a time with an offset .* nor a duration"):
        moment(said)


def test_a_stamp_is_shown_in_utc_and_none_when_there_is_none():
    assert shown(1_710_144_900_250) == "2024-03-11T08:15:00.250Z"
    assert shown(-1) is None

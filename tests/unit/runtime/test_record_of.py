"""What Faust read, as a record: nothing that a feed can put into a message stops the stage before its guard."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from wiredesk.contracts.envelope import time_of
from wiredesk.runtime.runner import record_of


def message(**fields: object) -> SimpleNamespace:
    plain = {"topic": "t", "partition": 1, "offset": 2, "timestamp": 1.5, "key": None, "value": b"v", "headers": []}
    return SimpleNamespace(**(plain | fields))


def test_headers_may_be_repeated_missing_or_without_value() -> None:
    assert record_of(message(headers=[("a", b"1"), ("a", b"2")])).headers == (("a", b"1"), ("a", b"2"))
    assert record_of(message(headers=[("a", None)])).headers == (("a", b""),)
    assert record_of(message(headers=None)).headers == ()


@pytest.mark.parametrize(("seconds", "said"), [(-5.0, "1970-01-01"), (0.0, "1970-01-01"), (9e15, "9999-12-31")])
def test_any_time_stamp_can_be_told(seconds: float, said: str) -> None:
    assert time_of(record_of(message(timestamp=seconds))).startswith(said)

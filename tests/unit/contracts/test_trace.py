from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wiredesk.contracts.record import Record
from wiredesk.contracts.trace import next_hop, trace_of

GIVEN = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
FORM = re.compile(r"00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}")


def record(*headers: tuple[str, bytes], offset: int = 7) -> Record:
    return Record("articles.raw.v1", 0, offset, 0, None, None, headers)


def test_a_trace_that_the_feed_began_goes_on():
    assert trace_of(record(("x", b"1"), ("traceparent", GIVEN.encode()))) == GIVEN


@pytest.mark.parametrize(
    "header",
    [
        b"",
        b"\xff\xfe",
        GIVEN.upper().encode(),
        GIVEN.encode() + b"\n",
        GIVEN.encode() + b"-00",
        GIVEN.replace("4bf92f3577b34da6a3ce929d0e0e4736", "0" * 32).encode(),
        GIVEN.replace("00f067aa0ba902b7", "0" * 16).encode(),
        GIVEN.replace("00-4", "ff-4").encode(),
        b"0" * 100_000,
    ],
)
def test_a_header_that_cannot_be_read_is_as_none(header):
    assert trace_of(record(("traceparent", header))) == trace_of(record())


def test_the_first_header_that_can_be_read_counts():
    assert trace_of(record(("traceparent", b"?"), ("traceparent", GIVEN.encode()))) == GIVEN


@given(st.integers(0, 2**40), st.integers(0, 2**40))
def test_a_new_trace_is_of_the_messages_place(one, other):
    assert FORM.fullmatch(trace_of(record(offset=one)))
    assert (trace_of(record(offset=one)) == trace_of(record(offset=other))) is (one == other)


def test_each_hop_keeps_the_trace_and_has_a_span_of_its_own():
    trace, spans = GIVEN, {GIVEN[36:52]}
    for stage in ("intake", "dedup", "entities", "quotes", "publish"):
        assert next_hop(trace, stage) == next_hop(trace, stage)
        trace = next_hop(trace, stage)
        assert FORM.fullmatch(trace)
        assert (trace[:36], trace[-3:]) == (GIVEN[:36], "-01")
        spans.add(trace[36:52])
    assert len(spans) == 6


@pytest.mark.parametrize("wrong", ["", "00", GIVEN + " ", GIVEN[:-1]])
def test_what_is_no_traceparent_cannot_go_on(wrong):
    with pytest.raises(ValueError, match="not a traceparent"):
        next_hop(wrong, "intake")

"""Trace context (W3C ``traceparent``): one trace an article, continued over every hop.

A feed may begin the trace. Where it does not, the ids are made from the raw message's place, so that a message that is
worked on twice gets the same trace.
"""

from __future__ import annotations

import re

import xxhash

from wiredesk.contracts.record import Record

_TRACEPARENT = re.compile(r"00-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})")


def trace_of(record: Record) -> str:
    """The ``traceparent`` that came with ``record``, or a new one when there is none that can be read."""
    for name, value in record.headers:
        if name == "traceparent" and _TRACEPARENT.fullmatch(found := value.decode("ascii", "replace")):
            return found
    place = f"{record.topic}/{record.partition}/{record.offset}".encode()
    return f"00-{xxhash.xxh3_128_hexdigest(place)}-{xxhash.xxh3_64_hexdigest(place)}-01"


def next_hop(traceparent: str, stage: str) -> str:
    """``traceparent`` for what ``stage`` sends: the same trace, a span of the stage's own."""
    found = _TRACEPARENT.fullmatch(traceparent)
    if found is None:
        raise ValueError(f"not a traceparent: {traceparent!r}")
    trace, parent, flags = found.groups()
    return f"00-{trace}-{xxhash.xxh3_64_hexdigest(f'{trace}/{parent}/{stage}'.encode())}-{flags}"

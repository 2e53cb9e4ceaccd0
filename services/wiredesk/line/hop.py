"""A hop without a broker: what one stage sends, as the next one reads it."""

from __future__ import annotations

from wiredesk.contracts.envelope import envelope, header, raw_ref_of, time_of
from wiredesk.contracts.record import Out, Record
from wiredesk.contracts.trace import next_hop, trace_of


def received(out: Out, record: Record, stage: str) -> Record:
    """``out``, which ``stage`` made of ``record``, with the headers that it would have on a topic."""
    raw = raw_ref_of(record)
    headers = envelope(
        out.topic,
        out.key,
        maker=stage,
        time=time_of(record),
        raw=str(raw) if raw else None,
        trace=next_hop(trace_of(record), stage),
        facts=out.facts,
        cause=header(record, "ce_id"),
    )
    return Record(out.topic, 0, record.offset, record.time, out.key.encode(), out.value, tuple(headers))

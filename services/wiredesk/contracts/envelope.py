"""The envelope: CloudEvents 1.0 attributes in Kafka binary mode, and the trace, as message headers.

``ce_id`` is the same whenever the same message is made again, so a consumer can drop repeats by it; ``ce_time`` is the
time of the feed's message on every topic, so the time from the feed to any stage can be read off one message.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

import xxhash

from wiredesk.contracts.record import RawRef, Record
from wiredesk.contracts.topics import RAW

Headers = list[tuple[str, bytes]]

_LAST_SECOND = datetime(9999, 12, 31, tzinfo=UTC).timestamp()


def envelope(
    topic: str,
    key: str,
    *,
    maker: str,
    time: str,
    raw: str | None,
    trace: str,
    facts: Mapping[str, str],
    cause: str | None = None,
) -> Headers:
    """The headers of a message with ``key`` on ``topic`` that ``maker`` (a stage, a feed) makes of the raw message
    ``raw``; ``time`` is RFC 3339, ``facts`` are attributes to filter by.

    ``cause`` is the ``ce_id`` of what the message is made of where that is no raw message (an editor's decision): two
    decisions on one story must not give two records with one ``ce_id``.
    """
    headers = {
        "ce_specversion": "1.0",
        "ce_id": xxhash.xxh3_128_hexdigest(f"{topic}\n{key}\n{raw or cause}".encode()),
        "ce_source": f"/wiredesk/{maker}",
        "ce_type": f"org.wiredesk.{topic}",
        "ce_time": time,
        "content-type": "application/json",
        "traceparent": trace,
    }
    if raw is not None:
        headers["ce_raw"] = raw
    headers.update({f"ce_{name}": value for name, value in facts.items()})
    return [(name, value.encode()) for name, value in headers.items()]


def header(record: Record, name: str) -> str | None:
    """The first header ``name`` of ``record``, None when it has none or it is not UTF-8."""
    for found, value in record.headers:
        if found == name:
            try:
                return value.decode()
            except UnicodeDecodeError:
                return None
    return None


def raw_ref_of(record: Record) -> RawRef | None:
    """The raw message that ``record`` was made of; None when nothing says it."""
    if record.topic == RAW:
        return record.ref
    topic, _, rest = (header(record, "ce_raw") or "").partition("/")
    partition, _, offset = rest.partition("/")
    return RawRef(topic, int(partition), int(offset)) if partition.isdigit() and offset.isdigit() else None


def time_of(record: Record) -> str:
    """The time of the feed's message: its ``ce_time``, else when the broker took it; RFC 3339."""
    said = header(record, "ce_time")
    if said:
        return said
    seconds = min(max((record.time or 0) / 1000, 0), _LAST_SECOND)  # a producer may have stamped anything
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="milliseconds")

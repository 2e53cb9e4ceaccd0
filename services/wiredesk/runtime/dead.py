"""Dead letters: a message that a stage could not handle, as it was, with what was wrong in its headers."""

from __future__ import annotations

import json
import re
import traceback
from datetime import UTC, datetime
from typing import Any

import msgspec
import orjson

from wiredesk.contracts.envelope import header, raw_ref_of
from wiredesk.contracts.errors import TooLarge
from wiredesk.contracts.outcomes import Outcome, OutcomeError
from wiredesk.contracts.record import Record
from wiredesk.contracts.topics import DEAD, OUTCOMES, RAW
from wiredesk.runtime.outgoing import Outgoing

_MESSAGE_CHARS = 1_000
_TRACE_CHARS = 4_000
_SOURCE_CHARS = 200
"""As many as the contract lets a source's name have."""
_LARGEST_READ = 1_000_000
"""Bytes of a raw message that are decoded to find its source: what intake takes by default."""
_FIRST_BYTES = 4_096
_SOURCE_FIRST = re.compile(r'\ufeff?\s*\{\s*"source"\s*:\s*(?=\{)')


def dead_letter(record: Record, stage: str, error: BaseException, headers: list[tuple[str, bytes]]) -> list[Outgoing]:
    """The dead letter for ``record`` and, when it is known which raw message it was, that message's outcome.

    ``headers`` is the envelope for the outcome. The original headers stay first, so that a replay can restore them.
    """
    now = datetime.now(UTC).isoformat(timespec="milliseconds")
    trace = "".join(traceback.format_exception(error, limit=-4))[-_TRACE_CHARS:]
    said = str(error)[:_MESSAGE_CHARS]
    notes = {
        "dead_topic": record.topic,
        "dead_partition": str(record.partition),
        "dead_offset": str(record.offset),
        "dead_stage": stage,
        "dead_error": type(error).__name__,
        "dead_message": said,
        "dead_traceback": trace,
        "dead_attempts": "1",
        "dead_first_at": now,
        "dead_at": now,
    }
    old = [(name, value) for name, value in record.headers if not name.startswith("dead_")]
    new = [(name, value.encode("utf-8", "replace")) for name, value in notes.items()]
    letter = Outgoing(DEAD, record.key, record.value, [*old, *new])
    raw = raw_ref_of(record)
    if raw is None:
        return [letter]
    why = OutcomeError(stage=stage, class_=type(error).__name__, message=said)
    outcome = Outcome(raw=raw, outcome="dead", source=_source_of(record, error), error=why)
    return [letter, Outgoing(OUTCOMES, str(raw).encode(), msgspec.json.encode(outcome), headers)]


def _source_of(record: Record, error: BaseException) -> str | None:
    """The name of the source, so that a feed finds the receipt of what was wrong; None when it cannot be told.

    Between stages a header has it. A raw message is read as leniently as can be, for it was refused already; what was
    refused for its size is not decoded here either.
    """
    if record.topic != RAW:
        return header(record, "ce_articlesource")
    value = record.value or b""
    if isinstance(error, TooLarge) or len(value) > _LARGEST_READ:
        return None
    try:
        source = orjson.loads(value)["source"]
    except orjson.JSONDecodeError:
        source = _first_field(value)
    except (LookupError, TypeError):
        return None
    name = source.get("name") if isinstance(source, dict) else None
    return name[:_SOURCE_CHARS] if isinstance(name, str) and name.strip() else None


def _first_field(value: bytes) -> Any:
    """The ``source`` that a message begins with which is no JSON further on, cut short or badly encoded; else None."""
    text = value[:_FIRST_BYTES].decode("utf-8", "replace")
    begins = _SOURCE_FIRST.match(text)
    if begins is None:
        return None
    try:
        return json.JSONDecoder().raw_decode(text, begins.end())[0]
    except (json.JSONDecodeError, RecursionError):
        return None

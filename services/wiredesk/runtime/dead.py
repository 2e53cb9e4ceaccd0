"""Dead letters: a message that a stage could not handle, as it was, with what was wrong in its headers."""

from __future__ import annotations

import traceback
from datetime import UTC, datetime

import msgspec

from wiredesk.contracts.envelope import raw_ref_of
from wiredesk.contracts.outcomes import Outcome, OutcomeError
from wiredesk.contracts.record import Record
from wiredesk.contracts.topics import DEAD, OUTCOMES
from wiredesk.runtime.outgoing import Outgoing

_MESSAGE_CHARS = 1_000
_TRACE_CHARS = 4_000


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
    outcome = Outcome(raw=raw, outcome="dead", error=why)
    return [letter, Outgoing(OUTCOMES, str(raw).encode(), msgspec.json.encode(outcome), headers)]

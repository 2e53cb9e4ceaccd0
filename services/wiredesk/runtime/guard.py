"""The guard: whatever a handler does with a record, out come messages that can be sent.

Only what the *handler* raises makes a dead letter. An error of delivery is the process's own failure: counting failed
sends as poison once put 400 of 400 good messages among the dead letters.
"""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Mapping, Sequence

import structlog

from wiredesk.contracts.envelope import envelope, header, raw_ref_of, time_of
from wiredesk.contracts.errors import Refused, TooLarge
from wiredesk.contracts.record import Out, Record
from wiredesk.contracts.topics import OUTCOMES
from wiredesk.contracts.trace import next_hop, trace_of
from wiredesk.runtime import metrics
from wiredesk.runtime.dead import dead_letter
from wiredesk.runtime.outgoing import Outgoing, check_sizes

Work = Callable[[Record], list[Out] | Awaitable[list[Out]]]

log = structlog.get_logger()


class Guard:
    """Runs a stage's work on one record at a time and turns every end of it into messages."""

    def __init__(self, stage: str, work: Work, limits: Mapping[str, int], state_topic: str | None = None) -> None:
        """``limits`` is the largest message of each topic in bytes; ``state_topic`` the stage's own, if it has one."""
        self._stage = stage
        self._work = work
        self._limits = limits
        self._state_topic = state_topic
        self._seconds = metrics.HANDLE_SECONDS.labels(stage)

    def take(self, record: Record) -> list[Outgoing] | Awaitable[list[Outgoing]]:
        """The messages that ``record`` gives, the stage's or its dead letter; to be awaited if its work is."""
        started = time.perf_counter()
        try:
            outs = self._work(record)
        except Exception as error:
            self._seconds.observe(time.perf_counter() - started)
            return self._dead(record, error)
        if not isinstance(outs, list):
            return self._take_later(record, outs, started)
        self._seconds.observe(time.perf_counter() - started)
        return self._checked(record, outs)

    async def _take_later(self, record: Record, work: Awaitable[list[Out]], started: float) -> list[Outgoing]:
        try:
            outs = await work
        except Exception as error:
            return self._dead(record, error)
        finally:
            self._seconds.observe(time.perf_counter() - started)
        return self._checked(record, outs)

    def _checked(self, record: Record, outs: list[Out]) -> list[Outgoing]:
        sends = self._outgoing(record, outs)
        try:
            check_sizes(sends, self._limits)
        except TooLarge as error:
            # What was decided has changed the state already, so the state goes out all the same.
            return [send for send in sends if send.topic == self._state_topic] + self._dead(record, error)
        return sends

    def _dead(self, record: Record, error: Exception) -> list[Outgoing]:
        with_it = self._outgoing(record, error.outs) if isinstance(error, Refused) else []
        return [*with_it, *self._dead_letter(record, error)]

    def _dead_letter(self, record: Record, error: Exception) -> list[Outgoing]:
        name = type(error).__name__
        metrics.DEAD.labels(self._stage, name).inc()
        log.warning(
            "dead letter",
            topic=record.topic,
            partition=record.partition,
            offset=record.offset,
            error=name,
            why=str(error),
        )
        raw = raw_ref_of(record)
        return dead_letter(record, self._stage, error, self._headers(record)(OUTCOMES, str(raw), {}))

    def _outgoing(self, record: Record, outs: Sequence[Out]) -> list[Outgoing]:
        headers = self._headers(record)
        return [
            Outgoing(out.topic, out.key.encode(), out.value, headers(out.topic, out.key, out.facts)) for out in outs
        ]

    def _headers(self, record: Record) -> Callable[[str, str, Mapping[str, str]], list[tuple[str, bytes]]]:
        """What makes the envelope of a message made of ``record``; what all of these share is read once."""
        raw = raw_ref_of(record)
        said = str(raw) if raw else None
        when, trace, cause = time_of(record), next_hop(trace_of(record), self._stage), header(record, "ce_id")
        return lambda topic, key, facts: envelope(
            topic, key, maker=self._stage, time=when, raw=said, trace=trace, facts=facts, cause=cause
        )

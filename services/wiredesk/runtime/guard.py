"""The guard: whatever a handler does with a record, out come messages that can be sent.

Only what the *handler* raises makes a dead letter. An error of delivery is the process's own failure: counting failed
sends as poison once put 400 of 400 good messages among the dead letters.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping

import structlog

from wiredesk.contracts.envelope import envelope, raw_ref_of, time_of
from wiredesk.contracts.errors import TooLarge
from wiredesk.contracts.record import Out, Record
from wiredesk.contracts.topics import OUTCOMES
from wiredesk.contracts.trace import next_hop, trace_of
from wiredesk.runtime import metrics
from wiredesk.runtime.dead import dead_letter
from wiredesk.runtime.outgoing import Outgoing, check_sizes

Work = Callable[[Record], Awaitable[list[Out]]]

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

    async def take(self, record: Record) -> list[Outgoing]:
        """The messages that ``record`` gives: the stage's, or its dead letter."""
        started = time.perf_counter()
        try:
            outs = await self._work(record)
        except asyncio.CancelledError:
            raise
        except Exception as error:
            return self._dead(record, error)
        finally:
            self._seconds.observe(time.perf_counter() - started)
        sends = self._outgoing(record, outs)
        try:
            check_sizes(sends, self._limits)
        except TooLarge as error:
            # What was decided has changed the state already, so the state goes out all the same.
            return [send for send in sends if send.topic == self._state_topic] + self._dead(record, error)
        return sends

    def _dead(self, record: Record, error: Exception) -> list[Outgoing]:
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
        return dead_letter(record, self._stage, error, self._headers(record, OUTCOMES, str(raw), {}))

    def _outgoing(self, record: Record, outs: list[Out]) -> list[Outgoing]:
        return [
            Outgoing(out.topic, out.key.encode(), out.value, self._headers(record, out.topic, out.key, out.facts))
            for out in outs
        ]

    def _headers(self, record: Record, topic: str, key: str, facts: Mapping[str, str]) -> list[tuple[str, bytes]]:
        raw = raw_ref_of(record)
        return envelope(
            topic,
            key,
            maker=self._stage,
            time=time_of(record),
            raw=str(raw) if raw else None,
            trace=next_hop(trace_of(record), self._stage),
            facts=facts,
        )

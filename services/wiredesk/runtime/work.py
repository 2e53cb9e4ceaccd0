"""The three ways in which a handler is put to work: at once, in order on a state, or in a pool of processes."""

from __future__ import annotations

import asyncio

import structlog

from wiredesk.contracts.record import Handler, Out, PooledHandler, Record, StatefulHandler
from wiredesk.runtime import metrics
from wiredesk.runtime.pool import Pool

log = structlog.get_logger()


class PlainWork:
    """A handler without state, called where the message is taken up."""

    def __init__(self, handler: Handler) -> None:
        self._handler = handler

    def __call__(self, record: Record) -> list[Out]:
        return self._handler(record)


class StatefulWork:
    """A single writer's handler; which one it is changes whenever the state is read anew."""

    handler: StatefulHandler | None = None

    def __call__(self, record: Record) -> list[Out]:
        if self.handler is None:
            raise RuntimeError("a message was taken up before the state was read")
        return self.handler.handle(record)


class PooledWork:
    """Language work in a pool. What fails there goes on without its block: one article holds nobody up."""

    def __init__(self, stage: str, handler: PooledHandler, pool: Pool) -> None:
        self._handler = handler
        self._pool = pool
        self._without = metrics.WITHOUT.labels(stage)

    async def __call__(self, record: Record) -> list[Out]:
        try:
            return await asyncio.wrap_future(self._pool.submit(record, self._handler.wanted(record)))
        except Exception as error:
            self._without.inc()
            log.warning("article goes on without its block", offset=record.offset, why=str(error))
            return self._handler.without(record, error)

"""The runner: takes messages off a Faust stream and sees every one of them through, in order.

At most ``window`` messages are in flight. Each is worked on (in the pool at the same time, else one by one), its
outputs are sent in the order in which the inputs came, and only when the broker has acknowledged them is the input
acknowledged: out of order, Faust would commit past work that is still going on. When delivery fails, the process ends
at once and is started again by its supervisor; a Faust agent that is merely restarted leaves its commits stuck.
"""

from __future__ import annotations

import asyncio
import logging
import os
import time
from collections.abc import Awaitable, Callable
from typing import Any, NamedTuple, NoReturn

import structlog

from wiredesk.contracts.record import Record
from wiredesk.runtime import metrics
from wiredesk.runtime.delivery import Delivery
from wiredesk.runtime.guard import Guard
from wiredesk.runtime.outgoing import Outgoing
from wiredesk.runtime.progress import Progress

EXIT_DELIVERY = 70
"""The exit status when outputs could not be delivered (EX_SOFTWARE of sysexits.h)."""

log = structlog.get_logger()


class _Taken(NamedTuple):
    event: Any
    sends: Awaitable[list[Outgoing]]


class _Sent(NamedTuple):
    batch: list[_Taken]
    sends: list[Outgoing]
    proof: Awaitable[object]


class Runner:
    """Runs one stage on one stream."""

    def __init__(
        self, stage: str, guard: Guard, delivery: Delivery, progress: Progress, *, window: int, together: bool
    ) -> None:
        """``together``: whether messages may be worked on at the same time; a state wants them one by one."""
        self._guard = guard
        self._delivery = delivery
        self._progress = progress
        self._together = together
        self._room = asyncio.Semaphore(window)
        self._taken: asyncio.Queue[_Taken] = asyncio.Queue()
        self._sent: asyncio.Queue[_Sent] = asyncio.Queue()
        self._idle = asyncio.Event()
        self._idle.set()
        self._stage = stage
        self._in = metrics.MESSAGES_IN.labels(stage)
        self._hop = metrics.HOP_SECONDS.labels(stage)

    async def run(self, stream: Any, before: Callable[[], Awaitable[None]]) -> None:
        """Works until it is cancelled. ``before`` is awaited ahead of each message (a writer reads its state there)."""
        loops = [asyncio.create_task(self._send()), asyncio.create_task(self._acknowledge(stream))]
        for loop in loops:
            loop.add_done_callback(_end_process_on_failure)
        try:
            async for event in stream.noack().events():
                await self._room.acquire()
                await before()
                await self._take(event)
        except Exception as error:
            end_process(error)
        finally:
            for loop in loops:
                loop.cancel()

    async def settle(self) -> None:
        """Waits until nothing is in flight."""
        await self._idle.wait()

    async def _take(self, event: Any) -> None:
        record = record_of(event.message)
        self._in.inc()
        if record.time is not None:
            self._hop.observe(max(0.0, time.time() - record.time / 1000))
        self._progress.took()
        self._idle.clear()
        sends = asyncio.ensure_future(self._guard.take(record))
        if not self._together:
            await sends
        self._taken.put_nowait(_Taken(event, sends))

    async def _send(self) -> None:
        while True:
            batch = [await self._taken.get()]
            while len(batch) < self._delivery.batch and not self._taken.empty():
                batch.append(self._taken.get_nowait())
            sends = [send for taken in batch for send in await taken.sends]
            self._sent.put_nowait(_Sent(batch, sends, await self._delivery.send(sends)))

    async def _acknowledge(self, stream: Any) -> None:
        while True:
            batch, sends, proof = await self._sent.get()
            await proof
            for send in sends:
                metrics.MESSAGES_OUT.labels(self._stage, send.topic).inc()
            for taken in batch:
                await stream.ack(taken.event)
                self._room.release()
            if self._progress.finished(len(batch)) == 0:
                self._idle.set()


def record_of(message: Any) -> Record:
    """The record that Faust read, its headers as they were (``event.headers`` would lose repeated ones)."""
    return Record(
        topic=message.topic,
        partition=message.partition,
        offset=message.offset,
        time=round(message.timestamp * 1000),
        key=message.key,
        value=message.value,
        headers=tuple((name, bytes(value or b"")) for name, value in message.headers or ()),
    )


def _end_process_on_failure(loop: asyncio.Task[None]) -> None:
    if not loop.cancelled() and (error := loop.exception()) is not None:
        end_process(error)


def end_process(error: BaseException) -> NoReturn:
    """Ends the process at once: what is in flight is not acknowledged, and is worked on again."""
    log.critical("cannot deliver; ending the process so that it is started anew", exc_info=error)
    logging.shutdown()
    os._exit(EXIT_DELIVERY)

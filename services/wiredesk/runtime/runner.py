"""The runner: takes messages out of the inbox and sees every one of them through, in order.

At most ``window`` messages are in flight. Each is worked on (in the pool at the same time, else one by one), its
outputs are sent in the order in which the inputs were handed out, and only when the broker has acknowledged them is the
input acknowledged, in the order of its partition: out of order, Faust would commit past work that is still going on.
When delivery fails, the process ends at once and is started again by its supervisor; a Faust agent that is merely
restarted leaves its commits stuck.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import time
from collections import Counter, deque
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any, NamedTuple, NoReturn

import structlog

from wiredesk.contracts.record import Record
from wiredesk.runtime import metrics
from wiredesk.runtime.delivery import Delivery
from wiredesk.runtime.guard import Guard
from wiredesk.runtime.inbox import Inbox, Ticket
from wiredesk.runtime.outgoing import Outgoing
from wiredesk.runtime.progress import Progress

EXIT_DELIVERY = 70
"""The exit status when outputs could not be delivered (EX_SOFTWARE of sysexits.h)."""

_TURN_SECONDS = 0.005
"""The longest that handlers keep the event loop before what they made is sent; one handler may take longer."""

_LAST_SECONDS = 1.0
"""How long what is in flight may take to be acknowledged when the stage ends; what is not is worked on again."""

log = structlog.get_logger()


class _Taken(NamedTuple):
    ticket: Ticket
    sends: list[Outgoing] | asyncio.Future[list[Outgoing]]

    def is_ready(self) -> bool:
        return isinstance(self.sends, list) or self.sends.done()


class _Sent(NamedTuple):
    tickets: list[Ticket]
    topics: Counter[str]
    proof: Awaitable[object]


class Runner:
    """Runs one stage on its inbox."""

    def __init__(
        self, stage: str, inbox: Inbox, guard: Guard, delivery: Delivery, progress: Progress, *, window: int
    ) -> None:
        self._stage = stage
        self._inbox = inbox
        self._guard = guard
        self._delivery = delivery
        self._progress = progress
        self._window = window
        self._in_flight = 0
        self._taken: deque[_Taken] = deque()
        self._sent: asyncio.Queue[_Sent] = asyncio.Queue()
        self._any_taken = asyncio.Event()
        self._any_free = asyncio.Event()
        self._idle = asyncio.Event()
        self._idle.set()
        self._going = asyncio.Event()
        self._going.set()
        self._loops: list[asyncio.Task[None]] = []
        self._in = metrics.MESSAGES_IN.labels(stage)
        self._hop = metrics.HOP_SECONDS.labels(stage)

    async def run(self, acknowledge: Callable[[Any], object], before: Callable[[], Awaitable[None]]) -> None:
        """Works until it is cancelled. ``acknowledge`` is called with each message that is done, in the order of its
        partition; ``before`` is awaited before messages are taken up (a writer reads its state there)."""
        self._loops = [asyncio.create_task(self._send()), asyncio.create_task(self._acknowledge(acknowledge))]
        for loop in self._loops:
            loop.add_done_callback(_end_process_on_failure)
        try:
            while True:
                await self._inbox.filled()
                while self._in_flight >= self._window:
                    self._any_free.clear()
                    await self._any_free.wait()
                await before()
                if not self._going.is_set():
                    await self._going.wait()
                    continue
                self._take()
                await asyncio.sleep(0)
        except Exception as error:
            end_process(error)
        finally:
            self._cancel()

    async def settle(self) -> None:
        """Waits until nothing is in flight."""
        await self._idle.wait()

    @property
    def idle(self) -> bool:
        """Whether nothing is in flight."""
        return self._idle.is_set()

    @contextlib.asynccontextmanager
    async def paused(self) -> AsyncIterator[None]:
        """Inside, nothing is in flight and nothing is taken up. One at a time."""
        self._going.clear()
        try:
            await self.settle()
            yield
        finally:
            self._going.set()

    async def stop(self) -> None:
        """Takes up nothing more, and lets what is in flight be acknowledged if that is soon done."""
        self._inbox.close()
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self.settle(), _LAST_SECONDS)
        self._cancel()

    def _cancel(self) -> None:
        for loop in self._loops:
            loop.cancel()

    def _take(self) -> None:
        """Takes up what waits, as long as there is room in the window and the turn lasts."""
        until = time.monotonic() + _TURN_SECONDS
        now = time.time()
        taken = 0
        while self._in_flight + taken < self._window and (ticket := self._inbox.take()) is not None:
            taken += 1
            record = record_of(ticket.message)
            if record.time is not None:
                self._hop.observe(max(0.0, now - record.time / 1000))
            sends = self._guard.take(record)
            self._taken.append(_Taken(ticket, sends if isinstance(sends, list) else asyncio.ensure_future(sends)))
            if time.monotonic() > until:
                break
        if taken:
            self._in_flight += taken
            self._in.inc(taken)
            self._progress.took(taken)
            self._idle.clear()
            self._any_taken.set()

    async def _send(self) -> None:
        while True:
            while not self._taken:
                self._any_taken.clear()
                await self._any_taken.wait()
            tickets: list[Ticket] = []
            sends: list[Outgoing] = []
            while not tickets or (len(tickets) < self._delivery.batch and self._taken and self._taken[0].is_ready()):
                taken = self._taken.popleft()
                sends += taken.sends if isinstance(taken.sends, list) else await taken.sends
                tickets.append(taken.ticket)
            topics = Counter(send.topic for send in sends)
            self._sent.put_nowait(_Sent(tickets, topics, await self._delivery.send(sends)))

    async def _acknowledge(self, acknowledge: Callable[[Any], object]) -> None:
        while True:
            tickets, topics, proof = await self._sent.get()
            await proof
            for topic, messages in topics.items():
                metrics.MESSAGES_OUT.labels(self._stage, topic).inc(messages)
            for ticket in tickets:
                for message in self._inbox.finish(ticket):
                    acknowledge(message)
            self._in_flight -= len(tickets)
            self._any_free.set()
            if self._progress.finished(len(tickets)) == 0:
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

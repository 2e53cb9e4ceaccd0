"""The runner: outputs in the order of arrival, acknowledgements after them, an end of the process when they fail."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Sequence
from types import SimpleNamespace
from typing import Any, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wiredesk.contracts.record import Out, Record
from wiredesk.contracts.topics import CLEAN, DEAD, OUTCOMES, RAW
from wiredesk.runtime import runner as module
from wiredesk.runtime.delivery import Delivery
from wiredesk.runtime.guard import Guard, Work
from wiredesk.runtime.inbox import Inbox
from wiredesk.runtime.outgoing import Outgoing
from wiredesk.runtime.progress import Progress
from wiredesk.runtime.runner import Runner

LIMITS = dict.fromkeys((CLEAN, DEAD, OUTCOMES), 1_000_000)


class Reader:
    """What the transport is to a runner, over a list of values; it notes in which order they were acknowledged."""

    def __init__(self, values: Sequence[bytes]) -> None:
        self._values = values
        self.inbox = Inbox(1 << 30)
        self.acked: list[int] = []
        self.done = asyncio.Event()

    def read(self) -> None:
        for offset, value in enumerate(self._values):
            self.inbox.put(
                SimpleNamespace(
                    topic=RAW, partition=0, tp=(RAW, 0), offset=offset, timestamp=0.0, key=b"k", value=value, headers=[]
                )
            )

    def ack(self, message: Any) -> None:
        self.acked.append(message.offset)
        if len(self.acked) == len(self._values):
            self.done.set()


class Broker:
    """A delivery that notes what it was given, acknowledges after a while, and fails at the message ``fails_at``."""

    def __init__(self, *, batch: int = 1, fails_at: int | None = None) -> None:
        self.batch = batch
        self.sent: list[Outgoing] = []
        self.acknowledged = 0
        self._fails_at = fails_at

    async def send(self, messages: Sequence[Outgoing]) -> Awaitable[object]:
        self.sent += messages
        up_to = len(self.sent)

        async def proof() -> None:
            await asyncio.sleep(0)
            if self._fails_at is not None and up_to > self._fails_at:
                raise ConnectionError("the broker is gone")
            self.acknowledged = up_to

        return asyncio.ensure_future(proof())


async def nothing() -> None:
    """There is no state to be read."""


def runner_of(reader: Reader, work: Work, broker: Broker, window: int) -> Runner:
    guard, delivery = Guard("test", work, LIMITS), cast(Delivery, broker)
    return Runner("test", reader.inbox, guard, delivery, Progress("test", 60), window=window)


def running(reader: Reader, work: Work, broker: Broker, window: int) -> asyncio.Task[None]:
    return asyncio.create_task(runner_of(reader, work, broker, window).run(reader.ack, nothing))


def run(values: Sequence[bytes], pauses: Sequence[int], broker: Broker, *, window: int, together: bool) -> Reader:
    """Runs the values through a stage until all are acknowledged; together, it pauses on each as ``pauses`` says."""

    def work(record: Record) -> list[Out]:
        if record.value == b"poison":
            raise ValueError("poison")
        return [Out(CLEAN, str(record.offset), record.value)]

    async def work_together(record: Record) -> list[Out]:
        for _ in range(pauses[record.offset]):
            await asyncio.sleep(0)
        return work(record)

    async def play() -> Reader:
        reader = Reader(values)
        task = running(reader, work_together if together else work, broker, window)
        reader.read()
        await asyncio.wait_for(reader.done.wait(), 10)
        task.cancel()
        return reader

    return asyncio.run(play())


VALUES = st.lists(st.tuples(st.sampled_from([b"good", b"poison"]), st.integers(0, 5)), min_size=1, max_size=40)


@settings(deadline=None, max_examples=60)
@given(VALUES, st.integers(1, 8), st.integers(1, 5), st.booleans())
def test_however_long_each_takes_outputs_and_acknowledgements_keep_the_order(
    items: list[tuple[bytes, int]], window: int, batch: int, together: bool
) -> None:
    values = [value for value, _ in items]
    broker = Broker(batch=batch)
    reader = run(values, [pause for _, pause in items], broker, window=window, together=together)
    assert reader.acked == list(range(len(values)))
    letters = [message.topic for message in broker.sent if message.topic != OUTCOMES]
    assert letters == [CLEAN if value == b"good" else DEAD for value in values]
    offsets = [int(message.key or b"") for message in broker.sent if message.topic == CLEAN]
    assert offsets == sorted(offsets)
    assert broker.acknowledged == len(broker.sent)


@pytest.mark.parametrize("together", [True, False])
def test_when_delivery_fails_the_process_ends_and_nothing_behind_it_is_acknowledged(
    monkeypatch: pytest.MonkeyPatch, together: bool
) -> None:
    ended: list[BaseException] = []
    monkeypatch.setattr(module, "end_process", ended.append)

    def work(record: Record) -> list[Out]:
        return [Out(CLEAN, str(record.offset), record.value)]

    async def work_together(record: Record) -> list[Out]:
        return work(record)

    async def play() -> Reader:
        reader = Reader([b"a", b"b", b"c", b"d"])
        task = running(reader, work_together if together else work, Broker(fails_at=2), 4)
        reader.read()
        while not ended:
            await asyncio.sleep(0)
        task.cancel()
        return reader

    assert asyncio.run(asyncio.wait_for(play(), 10)).acked == [0, 1]
    assert [str(error) for error in ended] == ["the broker is gone"]


def test_at_most_a_window_is_in_flight() -> None:
    most = 0
    flying = 0

    async def play() -> None:
        nonlocal most, flying
        reader = Reader([b"x"] * 30)

        async def work(record: Record) -> list[Out]:
            nonlocal most, flying
            flying += 1
            most = max(most, flying)
            await asyncio.sleep(0.001)
            flying -= 1
            return [Out(CLEAN, str(record.offset), record.value)]

        task = running(reader, work, Broker(), 5)
        reader.read()
        await asyncio.wait_for(reader.done.wait(), 10)
        task.cancel()

    asyncio.run(play())
    assert most == 5


def test_a_handler_in_the_loop_takes_up_no_more_than_a_window_either() -> None:
    async def play() -> int:
        reader = Reader([b"x"] * 30)
        taken = most = 0

        def work(record: Record) -> list[Out]:
            nonlocal taken, most
            taken += 1
            most = max(most, taken - len(reader.acked))
            return [Out(CLEAN, str(record.offset), record.value)]

        task = running(reader, work, Broker(batch=3), 5)
        reader.read()
        await asyncio.wait_for(reader.done.wait(), 10)
        task.cancel()
        return most

    assert asyncio.run(play()) == 5


def test_while_handlers_keep_the_loop_busy_what_they_made_is_sent() -> None:
    async def play() -> list[int]:
        reader, broker, sent = Reader([b"x"] * 10), Broker(), []

        def work(record: Record) -> list[Out]:
            sent.append(len(broker.sent))
            time.sleep(0.006)
            return [Out(CLEAN, str(record.offset), record.value)]

        task = running(reader, work, broker, 256)
        reader.read()
        await asyncio.wait_for(reader.done.wait(), 10)
        task.cancel()
        return sent

    assert asyncio.run(play())[-1] >= 8


def test_a_stage_that_ends_lets_what_is_in_flight_be_acknowledged_and_takes_up_nothing_more() -> None:
    async def play() -> Reader:
        reader, going_on = Reader([b"x"] * 10), asyncio.Event()

        async def work(record: Record) -> list[Out]:
            await going_on.wait()
            return [Out(CLEAN, str(record.offset), record.value)]

        runner = runner_of(reader, work, Broker(), 3)
        task = asyncio.create_task(runner.run(reader.ack, nothing))
        reader.read()
        await asyncio.sleep(0.01)
        stopping = asyncio.create_task(runner.stop())
        await asyncio.sleep(0)
        going_on.set()
        await asyncio.wait_for(stopping, 0.5)
        task.cancel()
        return reader

    assert asyncio.run(play()).acked == [0, 1, 2]


def test_a_stage_ends_although_an_article_hangs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_LAST_SECONDS", 0.01)

    async def play() -> Reader:
        reader = Reader([b"x"] * 10)

        async def work(record: Record) -> list[Out]:
            if record.offset == 1:
                await asyncio.Event().wait()
            return [Out(CLEAN, str(record.offset), record.value)]

        runner = runner_of(reader, work, Broker(), 3)
        task = asyncio.create_task(runner.run(reader.ack, nothing))
        reader.read()
        await asyncio.sleep(0.01)
        await asyncio.wait_for(runner.stop(), 5)
        task.cancel()
        return reader

    assert asyncio.run(play()).acked == [0]


def test_while_it_is_paused_nothing_is_in_flight_and_nothing_is_taken_up() -> None:
    async def play() -> None:
        worked: list[int] = []

        def work(record: Record) -> list[Out]:
            worked.append(record.offset)
            return [Out(CLEAN, "k", record.value)]

        reader, broker = Reader([b"good"] * 40), Broker()
        runner = runner_of(reader, work, broker, 4)
        task = asyncio.create_task(runner.run(reader.ack, nothing))
        reader.read()
        while len(worked) < 8:
            await asyncio.sleep(0)
        async with runner.paused():
            seen = len(worked)
            assert runner.idle
            assert seen == broker.acknowledged < 40
            await asyncio.sleep(0.02)
            assert len(worked) == seen
        await asyncio.wait_for(reader.done.wait(), 10)
        assert reader.acked == worked == list(range(40))
        task.cancel()

    asyncio.run(play())

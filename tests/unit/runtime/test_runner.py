"""The runner: outputs in the order of arrival, acknowledgements after them, an end of the process when they fail."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Sequence
from types import SimpleNamespace
from typing import Any, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wiredesk.contracts.record import Out, Record
from wiredesk.contracts.topics import CLEAN, DEAD, OUTCOMES, RAW
from wiredesk.runtime import runner as module
from wiredesk.runtime.delivery import Delivery
from wiredesk.runtime.guard import Guard
from wiredesk.runtime.outgoing import Outgoing
from wiredesk.runtime.progress import Progress
from wiredesk.runtime.runner import Runner

LIMITS = dict.fromkeys((CLEAN, DEAD, OUTCOMES), 1_000_000)


class Stream:
    """What Faust gives an agent, over a list of values; it notes in which order they were acknowledged."""

    def __init__(self, values: Sequence[bytes]) -> None:
        self._values = values
        self.acked: list[int] = []
        self.done = asyncio.Event()

    def noack(self) -> Stream:
        return self

    async def events(self) -> AsyncIterator[Any]:
        for offset, value in enumerate(self._values):
            yield SimpleNamespace(
                message=SimpleNamespace(
                    topic=RAW, partition=0, offset=offset, timestamp=0.0, key=b"k", value=value, headers=[]
                )
            )
        await asyncio.Event().wait()

    async def ack(self, event: Any) -> None:
        self.acked.append(event.message.offset)
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


def run(stream_of: Sequence[bytes], pauses: Sequence[int], broker: Broker, *, window: int, together: bool) -> Stream:
    """Runs the values through a stage that pauses on each as long as ``pauses`` says, until all are acknowledged."""

    async def work(record: Record) -> list[Out]:
        for _ in range(pauses[record.offset]):
            await asyncio.sleep(0)
        if record.value == b"poison":
            raise ValueError("poison")
        return [Out(CLEAN, str(record.offset), record.value)]

    async def play() -> Stream:
        stream = Stream(stream_of)
        guard, delivery = Guard("test", work, LIMITS), cast(Delivery, broker)
        runner = Runner("test", guard, delivery, Progress("test", 60), window=window, together=together)
        running = asyncio.create_task(runner.run(stream, nothing))
        await asyncio.wait_for(stream.done.wait(), 10)
        running.cancel()
        return stream

    return asyncio.run(play())


VALUES = st.lists(st.tuples(st.sampled_from([b"good", b"poison"]), st.integers(0, 5)), min_size=1, max_size=40)


@settings(deadline=None, max_examples=60)
@given(VALUES, st.integers(1, 8), st.integers(1, 5), st.booleans())
def test_however_long_each_takes_outputs_and_acknowledgements_keep_the_order(
    items: list[tuple[bytes, int]], window: int, batch: int, together: bool
) -> None:
    values = [value for value, _ in items]
    broker = Broker(batch=batch)
    stream = run(values, [pause for _, pause in items], broker, window=window, together=together)
    assert stream.acked == list(range(len(values)))
    letters = [message.topic for message in broker.sent if message.topic != OUTCOMES]
    assert letters == [CLEAN if value == b"good" else DEAD for value in values]
    offsets = [int(message.key or b"") for message in broker.sent if message.topic == CLEAN]
    assert offsets == sorted(offsets)
    assert broker.acknowledged == len(broker.sent)


def test_when_delivery_fails_the_process_ends_and_nothing_behind_it_is_acknowledged(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ended: list[BaseException] = []
    monkeypatch.setattr(module, "end_process", ended.append)

    async def work(record: Record) -> list[Out]:
        return [Out(CLEAN, str(record.offset), record.value)]

    async def play() -> Stream:
        stream = Stream([b"a", b"b", b"c", b"d"])
        guard, delivery = Guard("test", work, LIMITS), cast(Delivery, Broker(fails_at=2))
        runner = Runner("test", guard, delivery, Progress("test", 60), window=4, together=True)
        running = asyncio.create_task(runner.run(stream, nothing))
        while not ended:
            await asyncio.sleep(0)
        running.cancel()
        return stream

    assert asyncio.run(asyncio.wait_for(play(), 10)).acked == [0, 1]
    assert [str(error) for error in ended] == ["the broker is gone"]


def test_at_most_a_window_is_in_flight() -> None:
    most = 0
    flying = 0

    async def play() -> None:
        nonlocal most, flying
        stream = Stream([b"x"] * 30)

        async def work(record: Record) -> list[Out]:
            nonlocal most, flying
            flying += 1
            most = max(most, flying)
            await asyncio.sleep(0.001)
            flying -= 1
            return [Out(CLEAN, str(record.offset), record.value)]

        guard, delivery = Guard("test", work, LIMITS), cast(Delivery, Broker())
        runner = Runner("test", guard, delivery, Progress("test", 60), window=5, together=True)
        running = asyncio.create_task(runner.run(stream, nothing))
        await asyncio.wait_for(stream.done.wait(), 10)
        running.cancel()

    asyncio.run(play())
    assert most == 5

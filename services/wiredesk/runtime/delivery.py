"""Delivery: messages to the broker, in order, and the proof that it has them.

The producer is aiokafka's, with ``acks=all`` and idempotence: without idempotence aiokafka lets batches expire while
brokers are down, and the worker then hung for good (measured, brokers down for 75 s).
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Generator, Sequence

from aiokafka import AIOKafkaProducer
from aiokafka.producer import sender
from aiokafka.structs import RecordMetadata

from wiredesk.runtime.outgoing import Outgoing
from wiredesk.runtime.settings import Settings

_LARGEST_REQUEST = 20_000_000
"""Bytes. Above every limit in topics.yaml, so that the limit of the topic is the one that counts."""

sender.BACKOFF_OVERRIDE = 0.002
"""Seconds that aiokafka waits when a transaction begins while the broker still ends the one before. Its own 0.02 was
most of what transactions took back to back: 24 ms, with this 5 ms (measured). The version is pinned."""


def _producer(settings: Settings, transactional_id: str | None = None) -> AIOKafkaProducer:
    return AIOKafkaProducer(
        bootstrap_servers=settings.bootstrap,
        acks="all",
        enable_idempotence=settings.fencing,
        transactional_id=transactional_id,
        linger_ms=0,
        max_batch_size=262_144,
        max_request_size=_LARGEST_REQUEST,
        request_timeout_ms=30_000,
    )


class _Receipts:
    """Awaitable: done when the broker has acknowledged each message; raises at the first, in order, that failed."""

    def __init__(self, receipts: Sequence[Awaitable[RecordMetadata]], note: Callable[[RecordMetadata], None]) -> None:
        self._receipts = receipts
        self._note = note

    def __await__(self) -> Generator[object, None, None]:
        for receipt in self._receipts:
            self._note((yield from receipt.__await__()))


class Delivery:
    """Delivery of a stage of which many may run."""

    batch = 256
    """Most records whose messages are sent together."""

    def __init__(self, settings: Settings, keeps: str | None = None) -> None:
        """``keeps``: the topic of the stage's own state, if it has one; it has one partition."""
        self._settings = settings
        self._keeps = keeps
        self._started: AIOKafkaProducer | None = None
        self.kept = 0
        """The offset behind the last record of the state that was acknowledged."""

    async def start(self) -> None:
        """Connects; must come before ``send``."""
        self._started = _producer(self._settings)
        await self._started.start()

    async def stop(self) -> None:
        """Waits for what is on its way, and disconnects."""
        if self._started is not None:
            await self._started.stop()
            self._started = None

    @property
    def producer(self) -> AIOKafkaProducer:
        """The connected producer."""
        if self._started is None:
            raise RuntimeError("delivery was not started")
        return self._started

    async def send(self, messages: Sequence[Outgoing]) -> Awaitable[object]:
        """Hands ``messages`` over in order. Awaiting what it returns proves that the broker has them, or raises."""
        return _Receipts([await self._put(message) for message in messages], self._note)

    def _note(self, receipt: RecordMetadata) -> None:
        if receipt.topic == self._keeps:
            self.kept = receipt.offset + 1

    async def _put(self, message: Outgoing) -> Awaitable[RecordMetadata]:
        future: Awaitable[RecordMetadata] = await self.producer.send(
            message.topic, value=message.value, key=message.key, headers=message.headers
        )
        return future


class FencedDelivery(Delivery):
    """Delivery of a single writer: each batch is one transaction under the stage's transactional id.

    Why transactions: starting a writer fences the one before it for good. One that was frozen, lost its partition and
    thaws can send nothing any more, neither state nor outputs; heartbeats and leases leave a gap there.
    """

    def __init__(self, settings: Settings, stage: str, keeps: str | None = None) -> None:
        super().__init__(settings, keeps)
        self._id = f"{settings.group}-{stage}"

    async def start(self) -> None:
        """Connects, ends what an earlier writer left open, and fences it."""
        self._started = _producer(self._settings, self._id)
        await self._started.start()

    async def send(self, messages: Sequence[Outgoing]) -> Awaitable[object]:
        """Sends ``messages`` in one transaction; when this returns the broker has them all, and none before."""
        if messages:
            async with self.producer.transaction():
                await (await super().send(messages))
        done: asyncio.Future[object] = asyncio.get_running_loop().create_future()
        done.set_result(None)
        return done

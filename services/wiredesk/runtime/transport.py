"""Faust's Kafka transport, with three things changed.

The fetch wait: the embedded broker does not wake a waiting fetch, and Faust's fixed 1.5 s made each hop 393 ms there
(15 ms with a wait of 50 ms, measured). The isolation level: what a writer sent in a transaction that never ended is not
there. Both are attributes that aiokafka 0.14 reads when the consumer starts.

The way of a message: from the consumer straight into the stage's inbox. Faust's own way makes two asyncio tasks for
each, and leads through its conductor, a topic, a channel and a stream, which costs more than all that the runner does
(docs/runner.md). Membership, assignment, seeking, gaps in offsets and commits stay Faust's.

These are private parts of Faust; its version is pinned.
"""

from __future__ import annotations

import asyncio
import time
from typing import Any

from aiokafka.errors import ConsumerStoppedError
from faust.transport.drivers import aiokafka as driver

from wiredesk.runtime.inbox import Inbox

_TURN = 100
"""Messages after which the event loop gets a turn, as in Faust."""


class _ConsumerThread(driver.AIOKafkaConsumerThread):
    def _create_worker_consumer(self, transport: Any) -> Any:
        consumer = super()._create_worker_consumer(transport)
        consumer._fetch_max_wait_ms = transport.fetch_wait_ms
        consumer._isolation_level = transport.isolation_level
        return consumer


class _Consumer(driver.Consumer):
    def _new_consumer_thread(self) -> _ConsumerThread:
        return _ConsumerThread(self, loop=self.loop, beacon=self.beacon)

    @property
    def _inbox(self) -> Inbox:
        transport = self.transport
        assert isinstance(transport, Transport)
        return transport.inbox

    async def _drain_messages(self, fetcher: Any) -> None:
        try:
            while not (self.should_stop or fetcher.should_stop):
                await self._inbox.room()
                await self._drain_once()
                await asyncio.sleep(0)
        except (asyncio.CancelledError, ConsumerStoppedError):
            if not self.app.should_stop:
                raise

    async def _drain_once(self) -> None:
        put, read_offset = self._inbox.put, self._read_offset
        read_at = self.app.monitor.stream_inbound_time  # Faust's watch over stalled partitions looks there
        now = time.monotonic()
        taken = 0
        async for tp, message in self.getmany(timeout=1.0):
            taken += 1
            if taken % _TURN == 0:
                await asyncio.sleep(0)
            offset, before = message.offset, read_offset[tp]
            if before is not None and offset < before:
                continue  # fetched before a seek
            if before and offset - before > 1:  # offsets that were compacted away, or are a transaction's marks
                await self._add_gap(tp, before + 1, offset)
            put(message)
            read_offset[tp], read_at[tp] = offset, now


class Transport(driver.Transport):
    """The transport; the three attributes are set by the host before the app starts."""

    Consumer = _Consumer
    fetch_wait_ms: int
    isolation_level: str
    inbox: Inbox

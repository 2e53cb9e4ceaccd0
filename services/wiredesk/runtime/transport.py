"""Faust's Kafka transport with the two settings that Faust has fixed.

The fetch wait: the embedded broker does not wake a waiting fetch, and Faust's fixed 1.5 s made each hop 393 ms there
(15 ms with a wait of 50 ms, measured). The isolation level: what a writer sent in a transaction that never ended is not
there. Both are attributes that aiokafka 0.14 reads when the consumer starts; the version is pinned.
"""

from __future__ import annotations

from typing import Any

from faust.transport.drivers import aiokafka as driver

FETCH_WAIT_MS = 500


class _ConsumerThread(driver.AIOKafkaConsumerThread):
    def _create_worker_consumer(self, transport: Any) -> Any:
        consumer = super()._create_worker_consumer(transport)
        consumer._fetch_max_wait_ms = transport.fetch_wait_ms
        consumer._isolation_level = transport.isolation_level
        return consumer


class _Consumer(driver.Consumer):
    def _new_consumer_thread(self) -> _ConsumerThread:
        return _ConsumerThread(self, loop=self.loop, beacon=self.beacon)


class Transport(driver.Transport):
    """The transport; the two attributes are set by the host before the app starts."""

    Consumer = _Consumer
    fetch_wait_ms = FETCH_WAIT_MS
    isolation_level = "read_committed"

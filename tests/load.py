"""Load on one stage: many messages at once, and what of them is left when it was worked on."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterable

from aiokafka import AIOKafkaProducer
from kafka import KafkaAdminClient, KafkaConsumer, TopicPartition

from tests.lines import Place
from wiredesk.cli.publish import key_of
from wiredesk.contracts.topics import CLEAN, RAW
from wiredesk.local.watch import Watch


def publish(bootstrap: str, values: Iterable[bytes]) -> list[Place]:
    """Publishes raw messages in this order, as fast as they go; where each stands."""

    async def play() -> list[Place]:
        producer = AIOKafkaProducer(
            bootstrap_servers=bootstrap, enable_idempotence=True, linger_ms=5, max_batch_size=262_144
        )
        await producer.start()
        try:
            receipts = [await producer.send(RAW, value, key=key_of(value)) for value in values]
            return [(at.partition, at.offset) for at in [await receipt for receipt in receipts]]
        finally:
            await producer.stop()

    return asyncio.run(play())


def cleaned(watch: Watch) -> list[Place]:
    """Which raw messages came out of intake, in the order in which they did."""
    found = []
    for seen in watch.seen[CLEAN]:
        _, partition, offset = dict(seen.headers)["ce_raw"].decode().split("/")
        found.append((int(partition), int(offset)))
    return found


def wait_until_committed(bootstrap: str, stage: str, topic: str, seconds: float = 15.0) -> None:
    """Returns when ``stage`` has committed all of ``topic``; fails when that takes too long."""
    deadline = time.monotonic() + seconds
    while (left := _left_to_read(bootstrap, f"wiredesk-{stage}", topic)) and time.monotonic() < deadline:
        time.sleep(0.2)
    assert left == 0, f"{stage} has not committed the last {left} messages of {topic}"


def _left_to_read(bootstrap: str, group: str, topic: str) -> int:
    """How many messages of ``topic`` the group would still get; marks of transactions are none."""
    admin = KafkaAdminClient(bootstrap_servers=bootstrap)
    committed = {part: at.offset for part, at in admin.list_group_offsets(group)[group].items()}
    admin.close()
    consumer = KafkaConsumer(
        bootstrap_servers=bootstrap,
        enable_auto_commit=False,
        isolation_level="read_committed",
        auto_offset_reset="earliest",
        fetch_max_wait_ms=50,
    )
    try:
        parts = [TopicPartition(topic, number) for number in sorted(consumer.partitions_for_topic(topic) or {0})]
        consumer.assign(parts)
        for part in parts:
            consumer.seek(part, max(0, committed.get(part, 0)))
        ends = consumer.end_offsets(parts)
        left = 0
        while any(consumer.position(part) < ends[part] for part in parts):
            left += sum(map(len, consumer.poll(timeout_ms=100).values()))
        return left
    finally:
        consumer.close()

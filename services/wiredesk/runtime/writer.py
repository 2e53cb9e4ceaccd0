"""The single writer: takes the state over from its topic before it touches a message.

The state of a stage is the sum of the records in its state topic. A new writer first fences the old one (delivery),
then puts a mark of its own at the end of the topic, then reads up to that mark: what it has then is all that any writer
before it was ever acknowledged, on any broker, whatever end offsets and markers look like. It reads from the beginning,
or, when it has a snapshot on its disk, from where that ends (snapshots.py).
"""

from __future__ import annotations

import asyncio
import time
import uuid
from collections.abc import Callable

import structlog
from aiokafka import AIOKafkaConsumer, TopicPartition

from wiredesk.contracts.record import Snapshotting, StatefulHandler
from wiredesk.runtime import metrics
from wiredesk.runtime.delivery import Delivery
from wiredesk.runtime.outgoing import Outgoing
from wiredesk.runtime.settings import Settings
from wiredesk.runtime.snapshots import Snapshots

MARK = b"writer"
"""The key of the mark; its value names the writer. Compaction keeps the last one only."""

log = structlog.get_logger()


async def take_over(
    stage: str,
    topic: str,
    make: Callable[[], StatefulHandler],
    delivery: Delivery,
    settings: Settings,
    snapshots: Snapshots | None = None,
) -> StatefulHandler:
    """A handler with the whole state of ``stage``, read from ``topic``; ``delivery``, which notes what it sends there,
    was started just before. With ``snapshots`` only what is not in the newest of them is read."""
    started = time.monotonic()
    me = f"{stage}/{uuid.uuid4()}".encode()
    await (await delivery.send([Outgoing(topic, MARK, me, [])]))
    consumer = AIOKafkaConsumer(
        bootstrap_servers=settings.bootstrap,
        isolation_level="read_committed" if settings.fencing else "read_uncommitted",
        enable_auto_commit=False,
        auto_offset_reset="earliest",
        fetch_max_wait_ms=settings.fetch_wait_ms,
    )
    await consumer.start()
    try:
        partition = TopicPartition(topic, 0)
        consumer.assign([partition])
        begin = (await consumer.beginning_offsets([partition]))[partition]
        handler, offset = await asyncio.to_thread(_restored, make, snapshots, begin, delivery.kept - 1)
        consumer.seek(partition, begin if offset is None else offset)
        records = 0
        while True:
            batch = await consumer.getmany(partition, timeout_ms=1_000, max_records=500)
            for message in batch.get(partition, []):
                if message.key == MARK:
                    if message.value == me:
                        break
                    continue
                handler.apply(message.key.decode(), message.value)
                records += 1
            else:
                await asyncio.sleep(0)  # lets heartbeats and health through while a long topic is read
                continue
            break
    finally:
        await consumer.stop()
    seconds = time.monotonic() - started
    metrics.STATE_RECORDS.labels(stage).set(records)
    metrics.STATE_SECONDS.labels(stage).set(seconds)
    metrics.STATE_FROM_SNAPSHOT.labels(stage).set(offset is not None)
    log.info("state read", topic=topic, records=records, seconds=round(seconds, 3), from_snapshot=offset)
    return handler


def _restored(
    make: Callable[[], StatefulHandler], snapshots: Snapshots | None, begin: int, end: int
) -> tuple[StatefulHandler, int | None]:
    """A handler, and the offset of the first record that it does not know; None for one that knows nothing."""
    handler = make()
    if snapshots is None or not isinstance(handler, Snapshotting):
        return handler, None
    loaded = snapshots.load(begin, end)
    if loaded is None:
        return handler, None
    try:
        handler.restore(loaded.arrays)
    except Exception as error:
        snapshots.discard(f"the stage cannot use it ({type(error).__name__}: {error})")
        return make(), None
    return handler, loaded.offset

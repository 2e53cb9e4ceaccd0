"""A plain aiokafka loop: a batch in, outputs sent, their acknowledgements awaited, offsets committed twice a second.

What it does not do: dead letters, headers, metrics, a bound on a handler's time, safety when partitions move.
"""

from __future__ import annotations

import asyncio
import sys
import time

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer

from bench.runner.work import Place, changed


async def main(place: Place) -> None:
    """Runs until it is killed."""
    producer = AIOKafkaProducer(
        bootstrap_servers=place.bootstrap, acks="all", enable_idempotence=True, linger_ms=2, max_batch_size=262_144
    )
    consumer = AIOKafkaConsumer(
        place.reads,
        bootstrap_servers=place.bootstrap,
        group_id=place.group,
        enable_auto_commit=False,
        auto_offset_reset="earliest",
    )
    await producer.start()
    await consumer.start()
    committed = time.monotonic()
    while True:
        batches = await consumer.getmany(timeout_ms=1_000, max_records=500)
        sent = [
            await producer.send(place.writes, changed(record.value), key=record.key)
            for batch in batches.values()
            for record in batch
        ]
        for receipt in sent:
            await receipt
        if sent and time.monotonic() - committed > 0.5:
            await consumer.commit()
            committed = time.monotonic()


if __name__ == "__main__":
    asyncio.run(main(Place(*sys.argv[2:])))

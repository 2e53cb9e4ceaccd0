"""Snapshots of a writer's state on real topics: what is in one is not read again, whatever stands between the records.

On the embedded broker without transactions, on Apache Kafka with them and their marks.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from kafka import KafkaAdminClient
from numpy.typing import NDArray

from wiredesk.broker import Broker, EmbeddedBroker
from wiredesk.broker.apache import ApacheKafka
from wiredesk.cli.topics import provision
from wiredesk.contracts.record import Out, Record
from wiredesk.contracts.topics import DEDUP_STATE, PUBLISH_STATE, STORIES
from wiredesk.runtime.delivery import Delivery, FencedDelivery
from wiredesk.runtime.outgoing import Outgoing
from wiredesk.runtime.settings import Settings
from wiredesk.runtime.snapshots import Snapshots, identity_of
from wiredesk.runtime.writer import take_over


class Remembering:
    """A handler that remembers what it knew from a snapshot, and what was applied since."""

    def __init__(self) -> None:
        self.restored: list[int] = []
        self.applied: list[int] = []

    def handle(self, record: Record) -> list[Out]:
        raise NotImplementedError

    def apply(self, key: str, value: bytes | None) -> None:
        self.applied.append(int(key))

    def snapshot(self) -> dict[str, NDArray[Any]]:
        return {"known": np.array(self.restored + self.applied, dtype=np.uint64)}

    def restore(self, parts: Mapping[str, NDArray[Any]]) -> None:
        self.restored = parts["known"].tolist()
        if 13 in self.restored:
            raise ValueError("13 is not liked")


class Writer:
    """A writer that has taken over."""

    def __init__(self, handler: Remembering, delivery: Delivery, snapshots: Snapshots) -> None:
        self.handler = handler
        self.delivery = delivery
        self.snapshots = snapshots

    async def keep(self, *numbers: int) -> None:
        """Applies and sends a record for each of ``numbers``, with an output, as the runner would."""
        for number in numbers:
            self.handler.apply(str(number), b"{}")
            records = [Outgoing(DEDUP_STATE, str(number).encode(), b"{}", []), Outgoing(STORIES, b"s", b"{}", [])]
            await (await self.delivery.send(records))

    def write_snapshot(self) -> None:
        self.snapshots.write(self.handler, self.delivery.kept)
        self.snapshots.finish()


@pytest.fixture(params=["embedded", pytest.param("kafka", marks=pytest.mark.kafka)])
def own_broker(request: pytest.FixtureRequest) -> Iterator[Broker]:
    """A broker with topics that no other test writes to."""
    with EmbeddedBroker() if request.param == "embedded" else ApacheKafka() as broker:
        provision(broker.bootstrap)
        yield broker


async def writer(broker: Broker, directory: Path) -> Writer:
    settings = Settings(bootstrap=broker.bootstrap, fetch_wait_ms=50, fencing=broker.idempotent)
    delivery = FencedDelivery(settings, "dedup", DEDUP_STATE) if settings.fencing else Delivery(settings, DEDUP_STATE)
    await delivery.start()
    snapshots = Snapshots(directory, "dedup", DEDUP_STATE, broker.bootstrap)
    handler = await take_over("dedup", DEDUP_STATE, Remembering, delivery, settings, snapshots)
    assert isinstance(handler, Remembering)
    return Writer(handler, delivery, snapshots)


def test_only_what_is_not_in_the_snapshot_is_read(own_broker: Broker, tmp_path: Path) -> None:
    async def play() -> None:
        first = await writer(own_broker, tmp_path)
        await first.keep(1, 2, 3)
        first.write_snapshot()
        await first.keep(4, 5)
        await first.delivery.stop()

        second = await writer(own_broker, tmp_path)
        assert (second.handler.restored, second.handler.applied) == ([1, 2, 3], [4, 5])
        second.write_snapshot()
        await second.delivery.stop()

        third = await writer(own_broker, tmp_path)
        assert (third.handler.restored, third.handler.applied) == ([1, 2, 3, 4, 5], [])
        await third.delivery.stop()

    asyncio.run(play())


def test_without_a_snapshot_that_the_stage_can_use_everything_is_read(own_broker: Broker, tmp_path: Path) -> None:
    async def play() -> None:
        first = await writer(own_broker, tmp_path)
        await first.keep(12, 13)
        first.write_snapshot()
        await first.keep(14)
        await first.delivery.stop()

        second = await writer(own_broker, tmp_path)
        assert (second.handler.restored, second.handler.applied) == ([], [12, 13, 14])
        assert not second.snapshots.path.exists()
        await second.delivery.stop()

    asyncio.run(play())


def test_a_topic_that_was_made_anew_has_nothing_to_do_with_the_snapshot(own_broker: Broker, tmp_path: Path) -> None:
    async def play() -> None:
        first = await writer(own_broker, tmp_path)
        await first.keep(1)
        first.write_snapshot()
        await first.delivery.stop()
        _make_anew(own_broker.bootstrap)

        second = await writer(own_broker, tmp_path)
        assert (second.handler.restored, second.handler.applied) == ([], [])
        await second.keep(*range(20, 30))  # the new topic grows past the offset of the old snapshot
        await second.delivery.stop()

        third = await writer(own_broker, tmp_path)
        assert (third.handler.restored, third.handler.applied) == ([], list(range(20, 30)))
        await third.delivery.stop()

    asyncio.run(play())


def test_topics_are_told_apart_by_more_than_their_names(own_broker: Broker) -> None:
    one, two = (identity_of(own_broker.bootstrap, topic) for topic in (DEDUP_STATE, PUBLISH_STATE))
    assert one == identity_of(own_broker.bootstrap, DEDUP_STATE)
    assert one.cluster == two.cluster
    assert one.topic_id != two.topic_id


def _make_anew(bootstrap: str) -> None:
    admin = KafkaAdminClient(bootstrap_servers=bootstrap)
    admin.delete_topics([DEDUP_STATE])
    deadline = time.monotonic() + 20
    while DEDUP_STATE in admin.list_topics() and time.monotonic() < deadline:
        time.sleep(0.1)
    admin.close()
    provision(bootstrap)

"""Single writers on Apache Kafka: a new one fences the old one, and reads all that was ever acknowledged."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest

from wiredesk.broker.apache import ApacheKafka
from wiredesk.cli.topics import provision
from wiredesk.contracts.record import Out, Record
from wiredesk.contracts.topics import DEDUP_STATE, STORIES
from wiredesk.runtime.delivery import FencedDelivery
from wiredesk.runtime.outgoing import Outgoing
from wiredesk.runtime.settings import Settings
from wiredesk.runtime.writer import take_over

pytestmark = pytest.mark.kafka


class Remembering:
    """A handler that remembers what was applied, in order."""

    def __init__(self) -> None:
        self.applied: list[tuple[str, bytes | None]] = []

    def apply(self, key: str, value: bytes | None) -> None:
        self.applied.append((key, value))

    def handle(self, record: Record) -> list[Out]:
        raise NotImplementedError


@pytest.fixture
def settings() -> Iterator[Settings]:
    with ApacheKafka() as broker:
        provision(broker.bootstrap)
        yield Settings(bootstrap=broker.bootstrap, fetch_wait_ms=50)


def state(number: int) -> Outgoing:
    return Outgoing(DEDUP_STATE, b"article", str(number).encode(), [])


async def take(settings: Settings) -> tuple[FencedDelivery, list[tuple[str, bytes | None]]]:
    delivery = FencedDelivery(settings, "dedup")
    await delivery.start()
    handler = await take_over("dedup", DEDUP_STATE, Remembering, delivery, settings)
    assert isinstance(handler, Remembering)
    return delivery, handler.applied


def test_a_new_writer_reads_what_was_acknowledged_and_the_old_one_can_send_nothing_more(settings: Settings) -> None:
    async def play() -> None:
        old, applied = await take(settings)
        assert applied == []
        await (await old.send([state(1), Outgoing(STORIES, b"s", b"{}", [])]))
        await (await old.send([state(2)]))
        new, applied = await take(settings)
        assert applied == [("article", b"1"), ("article", b"2")]
        with pytest.raises(Exception, match=r"(?i)fenced|newer epoch|producer epoch|FATAL|concurrent"):
            await (await old.send([state(3)]))
        await (await new.send([state(4)]))
        newest, applied = await take(settings)
        assert [value for _, value in applied] == [b"1", b"2", b"4"]
        for delivery in (new, newest):
            await delivery.stop()

    asyncio.run(play())


def test_what_a_writer_did_not_finish_is_not_read(settings: Settings) -> None:
    async def play() -> None:
        old, _ = await take(settings)
        await (await old.send([state(1)]))
        await old.producer.begin_transaction()
        await (await old.producer.send(DEDUP_STATE, b"2", key=b"article"))
        new, applied = await take(settings)
        assert applied == [("article", b"1")]
        await new.stop()

    asyncio.run(play())

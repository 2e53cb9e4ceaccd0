"""A log to be counted: one topic, read in batches from offsets or a time up to all that was there when it was asked.

Unlike other commands' reading it waits for what an open transaction hides: a record behind one is there, and a ledger
that does not see it would call its message lost.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from kafka import KafkaConsumer, TopicPartition

from wiredesk.cli.connect import connected, require_topic
from wiredesk.contracts.errors import NotReady

HIDDEN_SECONDS = 75.0
"""How long an open transaction is waited for: Kafka's producers give one up after 60 s (transaction.timeout.ms)."""
_FETCH = {
    "max_poll_records": 5_000,
    "max_partition_fetch_bytes": 4 << 20,
    "fetch_max_wait_ms": 100,
    "check_crcs": False,  # the broker has checked them; in pure Python that took 50 of 60 s for 600 MB
}


class Log:
    """A topic that is being read; ``at`` is, by partition, the next offset."""

    def __init__(self, consumer: KafkaConsumer, ends: KafkaConsumer, topic: str) -> None:
        self.topic = topic
        self.read = 0
        """Messages that were read."""
        self._consumer, self._ends = consumer, ends
        self._parts = [TopicPartition(topic, number) for number in sorted(consumer.partitions_for_topic(topic))]
        consumer.assign(self._parts)

    @property
    def at(self) -> dict[int, int]:
        return {part.partition: self._consumer.position(part) for part in self._parts}

    def beginning(self) -> dict[int, int]:
        """The first offsets that are still kept."""
        return _by_number(self._consumer.beginning_offsets(self._parts))

    def at_time(self, milliseconds: int) -> dict[int, int]:
        """The offsets of the first messages of that time or later; the ends where there is none."""
        found = self._consumer.offsets_for_times(dict.fromkeys(self._parts, milliseconds))
        ends = self._ends.end_offsets(self._parts)
        return {
            part.partition: ends[part] if (place := found.get(part)) is None else place.offset for part in self._parts
        }

    def begin(self, offsets: Mapping[int, int]) -> None:
        """Goes to ``offsets``, or to the beginning where these are no longer kept."""
        for number, first in self.beginning().items():
            self._consumer.seek(TopicPartition(self.topic, number), max(first, offsets.get(number, first)))

    def batches(self) -> Iterator[tuple[int, list[Any]]]:
        """Partition and messages, up to the end of the topic as it is now, and what came with the last of them."""
        ends = self._ends.end_offsets(self._parts)
        moved = time.monotonic()
        before = self.at
        while True:
            left = any(before[part.partition] < ends[part] for part in self._parts)
            # The embedded broker's end is its last batch's first offset + 1: what was fetched with that counts too.
            found = self._consumer.poll(timeout_ms=500 if left else 0)
            for part, records in found.items():
                self.read += len(records)
                yield part.partition, records
            if not left and not found:
                return
            after = self.at
            if after != before:
                moved, before = time.monotonic(), after
            elif time.monotonic() - moved > HIDDEN_SECONDS:
                raise NotReady(
                    f"{self.topic} could not be read to its end within {HIDDEN_SECONDS:g} s: a transaction is open "
                    "on it; see `kafka-transactions.sh find-hanging`, and try again"
                )


@contextmanager
def log_of(bootstrap: str, topic: str) -> Iterator[Log]:
    """``topic``, which NotReady says is missing. It joins no group, and leaves out what failed transactions wrote."""
    require_topic(bootstrap, topic)
    with (
        connected(
            KafkaConsumer, bootstrap, enable_auto_commit=False, isolation_level="read_committed", **_FETCH
        ) as consumer,
        connected(KafkaConsumer, bootstrap, enable_auto_commit=False) as ends,
    ):
        yield Log(consumer, ends, topic)


def committed(bootstrap: str, group: str, topic: str) -> dict[int, int]:
    """The offsets that ``group`` has committed, by partition; without those where it has none."""
    with connected(KafkaConsumer, bootstrap, group_id=group, enable_auto_commit=False) as consumer:
        parts = [TopicPartition(topic, number) for number in consumer.partitions_for_topic(topic)]
        found = {part.partition: consumer.committed(part) for part in parts}
    return {number: offset for number, offset in found.items() if offset is not None}


def _by_number(offsets: Mapping[TopicPartition, int]) -> dict[int, int]:
    return {part.partition: offset for part, offset in offsets.items()}

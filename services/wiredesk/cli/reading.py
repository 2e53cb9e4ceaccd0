"""Reading a topic from the command line: from a point in time, up to the end or on and on. It commits nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from kafka import KafkaConsumer, TopicPartition

from wiredesk.cli.connect import connected, require_topic


@contextmanager
def reading(
    bootstrap: str, topic: str, since: datetime | None = None, *, from_beginning: bool = False
) -> Iterator[Reading]:
    """``topic``, to be read from what came ``since`` then, else from its beginning, else from now on.

    NotReady when there is no such topic. It joins no group, and leaves out what belongs to transactions that failed.
    """
    require_topic(bootstrap, topic)
    with connected(
        KafkaConsumer,
        bootstrap,
        enable_auto_commit=False,
        isolation_level="read_committed",
        check_crcs=False,  # the broker has checked them; in pure Python that takes longer than all else (ledger_log.py)
    ) as consumer:
        yield Reading(consumer, topic, since, from_beginning=from_beginning)


class Reading:
    """A topic that is being read."""

    def __init__(self, consumer: KafkaConsumer, topic: str, since: datetime | None, *, from_beginning: bool) -> None:
        self._consumer = consumer
        self._since = _milliseconds(since) if since else None
        self._partitions = [TopicPartition(topic, number) for number in consumer.partitions_for_topic(topic)]
        consumer.assign(self._partitions)
        if self._since is not None:
            self._seek(self._since)
        else:
            (consumer.seek_to_beginning if from_beginning else consumer.seek_to_end)(*self._partitions)
        for partition in self._partitions:
            consumer.position(partition)  # "from now on" means from now, not from the first look

    def _seek(self, since: int) -> None:
        found = self._consumer.offsets_for_times(dict.fromkeys(self._partitions, since))
        for partition in self._partitions:
            at = found.get(partition)
            if at is None:
                self._consumer.seek_to_end(partition)
            else:  # the embedded broker gives offset 0 for an empty partition
                self._consumer.seek(partition, at.offset)

    def on_and_on(self) -> Iterator[Any]:
        """The records, without end."""
        return filter(self._is_wanted, self._consumer)

    def to_the_end(self) -> Iterator[Any]:
        """The records up to the end of the topic as it is now, and what came with the last of them."""
        ends = self._consumer.end_offsets(self._partitions)
        while True:
            before = {partition: self._consumer.position(partition) for partition in self._partitions}
            left = any(before[partition] < ends[partition] for partition in self._partitions)
            # The embedded broker's end is its last batch's first offset + 1: what was fetched with that counts too.
            batches = self._consumer.poll(timeout_ms=500 if left else 0)
            for records in batches.values():
                yield from filter(self._is_wanted, records)
            if not left and not batches:
                return

    def _is_wanted(self, record: Any) -> bool:
        """Stamped by producers, times are not always in order: behind the place that was sought there may be older."""
        return self._since is None or record.timestamp >= self._since


def _milliseconds(time: datetime) -> int:
    return int(time.timestamp() * 1000)

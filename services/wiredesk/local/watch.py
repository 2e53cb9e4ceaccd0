"""A watch on topics: all that was written to them, from the beginning, as it comes."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from types import TracebackType
from typing import NamedTuple

from kafka import KafkaConsumer, TopicPartition


class Seen(NamedTuple):
    """One message that was seen."""

    partition: int
    offset: int
    key: bytes | None
    value: bytes | None
    headers: list[tuple[str, bytes]]


class Watch:
    """``with Watch(bootstrap, topics) as watch: watch.until(lambda: len(watch.seen[TOPIC]) == 3)``.

    It joins no group and commits nothing. It reads what is committed only, as consumers should.
    """

    def __init__(self, bootstrap: str, topics: Iterable[str], *, committed: bool = True) -> None:
        """``committed``: leave out what belongs to transactions that did not end; the embedded broker has none."""
        self.seen: dict[str, list[Seen]] = {topic: [] for topic in topics}
        self._consumer = KafkaConsumer(
            bootstrap_servers=bootstrap,
            enable_auto_commit=False,
            auto_offset_reset="earliest",
            fetch_max_wait_ms=50,
            isolation_level="read_committed" if committed else "read_uncommitted",
        )
        partitions = [
            TopicPartition(topic, number)
            for topic in self.seen
            for number in sorted(self._consumer.partitions_for_topic(topic) or {0})
        ]
        self._consumer.assign(partitions)
        self._consumer.seek_to_beginning(*partitions)

    def look(self, seconds: float = 0.2) -> None:
        """Takes in what came, waiting at most ``seconds`` for something."""
        for partition, records in self._consumer.poll(timeout_ms=int(seconds * 1000)).items():
            self.seen[partition.topic].extend(
                Seen(record.partition, record.offset, record.key, record.value, list(record.headers))
                for record in records
            )

    def until(self, done: Callable[[], bool], seconds: float, each: Callable[[], None] = lambda: None) -> bool:
        """Looks until ``done``, calling ``each`` between looks; whether it was done within ``seconds``."""
        deadline = time.monotonic() + seconds
        while not done():
            if time.monotonic() > deadline:
                return False
            self.look()
            each()
        return True

    def settle(self) -> None:
        """Looks until two looks in a row find nothing: all that was there when it was called has been seen then."""
        quiet = 0
        while quiet < 2:
            before = sum(map(len, self.seen.values()))
            self.look(0.3)
            quiet = quiet + 1 if sum(map(len, self.seen.values())) == before else 0

    def newest(self, topic: str) -> dict[bytes | None, bytes | None]:
        """The last value of each key of ``topic`` that was seen: what compaction would leave, tombstones as None."""
        return {seen.key: seen.value for seen in self.seen[topic]}

    def __enter__(self) -> Watch:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._consumer.close()

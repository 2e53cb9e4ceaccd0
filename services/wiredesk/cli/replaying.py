"""Replaying a dead letter: its message goes back to the topic it was read from, together with the mark that it did."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import NamedTuple

from kafka import KafkaConsumer, KafkaProducer, TopicPartition
from kafka.errors import KafkaError, ProducerFencedError

from wiredesk.cli.connect import connected
from wiredesk.cli.letters import READ_BY, Letter
from wiredesk.cli.times import shown
from wiredesk.contracts.catalogue import catalogue
from wiredesk.contracts.errors import NotReady
from wiredesk.contracts.replay import REPLAY_OF, REPLAY_RECEIVED, REPLAYED, REPLAYED_AT, REPLAYED_TO
from wiredesk.contracts.topics import DEAD, RAW

_SECONDS = 30.0
"""How long the broker may take to acknowledge a message."""


class Sent(NamedTuple):
    """A message that was replayed: where it stands now, and the raw message whose outcome tells what became of it."""

    to: str
    raw: str


class Replayer:
    """Sends letters one by one.

    Message and mark are one transaction, and a second replayer fences the first: what was replayed is marked, and what
    is marked was replayed, whoever dies when. Without transactions (the embedded broker) a process that dies between
    the two leaves the mark out; the message then comes twice, which the line takes for a repeat.
    """

    def __init__(self, producer: KafkaProducer, consumer: KafkaConsumer, *, fenced: bool) -> None:
        self._producer = producer
        self._consumer = consumer
        self._fenced = fenced

    def headers(self, letter: Letter) -> list[tuple[str, bytes]] | str:
        """The headers with which the letter's message goes out; or why it cannot."""
        why = letter.unreplayable()
        if why is not None:
            return why
        added = {REPLAY_OF: letter.place.encode()}
        if letter.topic == RAW:
            received = letter.header(REPLAY_RECEIVED) or self._received(letter)
            if received is None:
                return (
                    f"{letter.original} is no longer on its topic, so nobody knows how old the message is and "
                    "whether a newer version came: ask its feed to send it again"
                )
            added[REPLAY_RECEIVED] = received.encode()
        return [(name, value) for name, value in letter.headers if name not in added] + list(added.items())

    def send(self, letter: Letter, headers: list[tuple[str, bytes]]) -> Sent:
        """Sends the message and the mark; NotReady when the broker does not take them, and then neither is there."""
        try:
            if self._fenced:
                self._producer.begin_transaction()
            partition = int(letter.notes["dead_partition"])
            sent = self._producer.send(
                letter.topic,
                key=letter.key,
                value=letter.value,
                headers=headers,
                partition=partition if partition in self._producer.partitions_for(letter.topic) else None,
            ).get(_SECONDS)
            to = f"{letter.topic}/{sent.partition}/{sent.offset}"
            now = datetime.now(UTC).isoformat(timespec="milliseconds")
            mark = {REPLAYED: letter.original, REPLAYED_TO: to, REPLAYED_AT: now}
            key = letter.original.encode() if letter.key is None else letter.key
            self._producer.send(
                DEAD, key=key, value=None, headers=[(name, said.encode()) for name, said in mark.items()]
            ).get(_SECONDS)
            if self._fenced:
                self._producer.commit_transaction()
        except ProducerFencedError as wrong:
            raise NotReady("another `wiredesk dead replay` has begun; let one of them end") from wrong
        except KafkaError as wrong:
            if self._fenced:
                self._producer.abort_transaction()
            raise NotReady(
                f"dead letter {letter.number} could not be replayed: {wrong!r}; see the broker's log"
            ) from wrong
        return Sent(to, to if letter.topic == RAW else letter.header("ce_raw") or "")

    def _received(self, letter: Letter) -> str | None:
        """When the broker took the raw message; None when that is gone, or another stands there (a topic made anew)."""
        place = TopicPartition(RAW, int(letter.notes["dead_partition"]))
        offset = int(letter.notes["dead_offset"])
        self._consumer.assign([place])
        first = self._consumer.beginning_offsets([place])[place]
        if offset < first:
            return None
        self._consumer.seek(place, offset)
        for _ in range(10):
            for records in self._consumer.poll(timeout_ms=500, max_records=1).values():
                found = records[0]
                return shown(found.timestamp) if (found.offset, found.value) == (offset, letter.value) else None
        return None


@contextmanager
def replayer(bootstrap: str, group: str, *, fenced: bool) -> Iterator[Replayer]:
    """A replayer, which has fenced any other; to be opened before the marks are read."""
    config = {"transactional_id": f"{group}-dead-replay"} if fenced else {"enable_idempotence": False}
    with (
        connected(
            KafkaProducer, bootstrap, acks="all", max_request_size=catalogue()[DEAD].max_message_bytes, **config
        ) as producer,
        connected(
            KafkaConsumer,
            bootstrap,
            enable_auto_commit=False,
            max_partition_fetch_bytes=catalogue()[RAW].max_message_bytes,
        ) as consumer,
    ):
        if fenced:
            producer.init_transactions()
        yield Replayer(producer, consumer, fenced=fenced)


def stage_of(letter: Letter) -> str:
    """The stage that will read the message again."""
    return READ_BY.get(letter.topic, "?")

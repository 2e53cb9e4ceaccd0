"""A whole line for a test: a broker of its own with all topics, the stage processes, and a watch on what comes out.

A broker of its own, because the topics have fixed names: what one test published would be another's input.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec
import orjson
from kafka import KafkaProducer

from wiredesk.broker import Broker, EmbeddedBroker
from wiredesk.broker.apache import ApacheKafka
from wiredesk.cli.publish import headers_of, key_of
from wiredesk.cli.topics import provision
from wiredesk.contracts.catalogue import catalogue
from wiredesk.contracts.outcomes import PRECEDENCE, Outcome
from wiredesk.contracts.topics import ENRICHED, OUTCOMES, RAW
from wiredesk.local.stages import STAGES, Stages
from wiredesk.local.watch import Watch

Place = tuple[int, int]
"""Partition and offset of a raw message."""

PATIENCE = 120.0


class Line:
    """A running line, and all that it was sent."""

    def __init__(self, broker: Broker, stages: Stages, watch: Watch) -> None:
        self.broker = broker
        self.stages = stages
        self.watch = watch
        self.sent: dict[Place, bytes | None] = {}
        self._producer = KafkaProducer(
            bootstrap_servers=broker.bootstrap, acks="all", enable_idempotence=False, max_request_size=12_000_000
        )

    def publish(self, values: Iterable[bytes | None]) -> list[Place]:
        """Publishes raw messages one after the other, so that they stand in the log in this order; where they stand."""
        places = []
        for value in values:
            key = key_of(value) if value is not None else b"a key without a value"
            at = self._producer.send(RAW, key=key, value=value, headers=headers_of(value or b"")).get(30)
            places.append((at.partition, at.offset))
            self.sent[places[-1]] = value
        return places

    def outcomes(self) -> dict[Place, Outcome]:
        """The outcome of each raw message; of two, the one that takes precedence."""
        found: dict[Place, Outcome] = {}
        for seen in self.watch.seen[OUTCOMES]:
            outcome = msgspec.json.decode(seen.value or b"", type=Outcome)
            place = (outcome.raw.partition, outcome.raw.offset)
            before = found.get(place)
            if before is None or PRECEDENCE.index(outcome.outcome) < PRECEDENCE.index(before.outcome):
                found[place] = outcome
        return found

    def wait_for_outcomes(self) -> dict[Place, Outcome]:
        """All outcomes, once every message that was sent has one and what came with them was seen too; fails when that
        takes too long, or when there are outcomes of messages that were not sent."""
        done = self.watch.until(lambda: self.sent.keys() <= self.outcomes().keys(), PATIENCE)
        self.watch.settle()
        outcomes = self.outcomes()
        assert done, f"no outcome: {sorted(self.sent.keys() - outcomes.keys())[:10]} {self.stages.log_of('publish')}"
        assert outcomes.keys() == self.sent.keys()
        return outcomes

    def enriched(self) -> dict[str, dict[str, Any]]:
        """The documents that compaction would leave on ``articles.enriched.v1``, by article id."""
        newest = self.watch.newest(ENRICHED)
        return {key.decode(): orjson.loads(value) for key, value in newest.items() if key and value}

    def close(self) -> None:
        """Ends what the test began; the broker and the stages have an owner of their own."""
        self._producer.close()


@contextmanager
def running_line(
    kind: str, directory: Path, *, names: tuple[str, ...] = STAGES, settings: Mapping[str, str] = {}
) -> Iterator[Line]:
    """A line on a new broker of ``kind`` ("embedded", "kafka"), ready for messages."""
    with EmbeddedBroker() if kind == "embedded" else ApacheKafka() as broker:
        provision(broker.bootstrap)
        with (
            Stages(broker, directory, names, settings) as stages,
            Watch(broker.bootstrap, catalogue(), committed=broker.idempotent) as watch,
        ):
            stages.wait_until_ready()
            line = Line(broker, stages, watch)
            try:
                yield line
            finally:
                line.close()


def raw(source: str, own_id: str, body: str, **fields: Any) -> bytes:
    """A raw message as a feed would send it."""
    return orjson.dumps({"source": {"name": source, "id": own_id}, "body": body, **fields})

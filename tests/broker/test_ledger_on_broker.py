"""The ledger on both brokers, over topics that a test filled: balanced, lost, on its way, taken twice."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

import orjson
import pytest
from kafka import KafkaConsumer, KafkaProducer, TopicPartition
from kafka.structs import OffsetAndMetadata
from msgspec import structs
from typer.testing import CliRunner, Result

from wiredesk.cli.main import app
from wiredesk.cli.topics import provision
from wiredesk.contracts.catalogue import catalogue
from wiredesk.contracts.topics import CLEAN, CLUSTERED, ENRICHED, ENTITIES, OUTCOMES, QUOTED, RAW

STAGE_OF = {RAW: "intake", CLEAN: "dedup", CLUSTERED: "entities", ENTITIES: "quotes", QUOTED: "publish"}


class Log:
    """The topics of a line that nobody runs, under names of their own."""

    def __init__(self, broker: Any, names: dict[str, str]) -> None:
        self.broker, self.names, self.group = broker, names, f"group-{uuid.uuid4()}"
        self._producer = KafkaProducer(bootstrap_servers=broker.bootstrap, acks="all", enable_idempotence=False)

    def raw(self, number: int, partition: int = 0) -> list[int]:
        """Publishes so many raw messages; their offsets."""
        return [self.send(RAW, b"k", b"{}", partition=partition) for _ in range(number)]

    def outcome(self, offset: int, said: str = "enriched", version: int = 1, *, document: bool = True) -> None:
        article = f"article-{offset}"
        if document and said == "enriched":
            self.send(ENRICHED, article.encode(), orjson.dumps({"version": version}), [("ce_version", b"%d" % version)])
        raw = {"topic": self.names[RAW], "partition": 0, "offset": offset}
        value = {"raw": raw, "outcome": said, "article_id": article, "version": version}
        self.send(OUTCOMES, f"{offset}".encode(), orjson.dumps(value))

    def waits(self, topic: str, offset: int) -> None:
        """What became of the raw message so far stands on ``topic``."""
        self.send(topic, b"k", b"{}", [("ce_raw", f"{self.names[RAW]}/0/{offset}".encode())])

    def send(self, topic: str, key: bytes, value: bytes | None, headers: Any = (), **where: int) -> int:
        return (
            self._producer.send(self.names[topic], key=key, value=value, headers=list(headers), **where).get(10).offset
        )

    def commit(self, topic: str, offset: int, partition: int = 0) -> None:
        """The stage that reads ``topic`` has done with what is before ``offset``."""
        group = f"{self.group}-{STAGE_OF[topic]}"
        consumer = KafkaConsumer(
            bootstrap_servers=self.broker.bootstrap, group_id=group, enable_auto_commit=False, session_timeout_ms=6_000
        )
        place = TopicPartition(self.names[topic], partition)
        consumer.assign([place])
        consumer.commit({place: OffsetAndMetadata(offset, "", -1)})
        consumer.close()

    def ledger(self, *arguments: object) -> Result:
        asked = ["ledger", *map(str, arguments), "--group", self.group, "--bootstrap", self.broker.bootstrap]
        return CliRunner().invoke(app, asked)

    def counted(self, *arguments: object, wrong: bool = False) -> dict[str, Any]:
        told = self.ledger("--json", *arguments)
        assert told.exit_code == wrong, (told.output, told.exception)
        found: dict[str, Any] = orjson.loads(told.stdout)
        assert found["balanced"] is not wrong
        return found

    def close(self) -> None:
        self._producer.close()


@pytest.fixture
def log(broker, monkeypatch) -> Iterator[Log]:
    names = {name: f"{name}-{uuid.uuid4()}" for name in (*STAGE_OF, OUTCOMES, ENRICHED)}
    provision(broker.bootstrap, [structs.replace(catalogue()[name], name=own) for name, own in names.items()])
    audit = "wiredesk.cli.ledger_audit"
    for name in ("RAW", "OUTCOMES", "ENRICHED"):
        monkeypatch.setattr(f"{audit}.{name}", names[globals()[name]])
    on_the_way = {stage: names[topic] for topic, stage in STAGE_OF.items() if topic != RAW}
    monkeypatch.setattr(f"{audit}._ON_THE_WAY", on_the_way)
    made = Log(broker, names)
    yield made
    made.close()


def test_a_line_that_has_done_all_is_balanced(log: Log) -> None:
    for offset in log.raw(6):
        log.outcome(offset, ["enriched", "withdrawn", "overtaken", "redelivered", "dead"][offset % 5])
    log.outcome(0)  # once more
    log.outcome(4, "enriched")  # dead, then replayed
    found = log.counted()
    assert found["messages"] == 6
    assert {name: number for name, number in found["outcomes"].items() if number} == {
        "enriched": 3,
        "withdrawn": 1,
        "overtaken": 1,
        "redelivered": 1,
    }
    assert (found["repeats"], found["replaced"]) == (1, 1)


def test_an_empty_log_is_balanced(log: Log) -> None:
    assert log.counted()["messages"] == 0


def test_a_lost_message_is_told_from_those_that_wait(log: Log) -> None:
    log.raw(8)
    log.outcome(0)
    log.waits(CLEAN, 0)  # done with
    for topic, offset in ((CLEAN, 1), (CLUSTERED, 2), (ENTITIES, 3), (QUOTED, 4)):
        log.waits(topic, offset)
    log.commit(RAW, 7)
    log.commit(CLEAN, 1)
    found = log.counted(wrong=True)
    assert found["on_their_way"] == {"intake": 1, "dedup": 1, "entities": 1, "quotes": 1, "publish": 1}
    assert (found["lost"], found["places"]["lost"]) == (
        2,
        [{"partition": 0, "offset": 5}, {"partition": 0, "offset": 6}],
    )
    assert found["settled"]["0"] == 1
    log.outcome(5)
    log.outcome(6, "dead")
    assert log.counted()["messages"] == 8


def test_what_a_stage_has_done_with_and_left_no_trace_of_is_lost(log: Log) -> None:
    log.raw(1)
    log.waits(CLEAN, 0)
    log.commit(RAW, 1)
    assert log.counted()["on_their_way"]["dedup"] == 1
    log.commit(CLEAN, 1)
    assert log.counted(wrong=True)["lost"] == 1


def test_one_message_that_became_two_articles_and_one_without_a_document_are_wrong(log: Log, tmp_path) -> None:
    log.raw(3)
    log.outcome(0)
    log.outcome(1)
    log.outcome(1, version=2)
    log.outcome(2, document=False)
    file = tmp_path / "wiredesk.prom"
    found = log.counted("--metrics", file, wrong=True)
    assert (found["twice"], found["bare"]) == (1, 1)
    assert found["places"] == {
        "lost": [],
        "twice": [{"partition": 0, "offset": 1}],
        "bare": [{"partition": 0, "offset": 2}],
    }
    figures = file.read_text().splitlines()
    assert 'wiredesk_ledger_wrong{kind="twice"} 1.0' in figures
    assert "wiredesk_ledger_balanced 0.0" in figures
    told = log.ledger()
    assert told.exit_code == 1
    assert "NOT BALANCED." in told.stdout


def test_a_later_version_or_a_tombstone_stands_for_a_document(log: Log) -> None:
    log.raw(2)
    for offset in (0, 1):
        log.outcome(offset, document=False)
    log.send(ENRICHED, b"article-0", b'{"version": 3}')  # no header
    log.send(ENRICHED, b"article-1", None)
    assert log.counted()["outcomes"]["enriched"] == 2


def test_it_counts_between_offsets(log: Log) -> None:
    for offset in log.raw(6):
        if offset not in (1, 4):
            log.outcome(offset)
    log.commit(RAW, 6)
    assert log.counted("--from", "0:2", "--to", "0:4,1:0,2:0,3:0")["messages"] == 2
    found = log.counted("--from", "0:2", wrong=True)
    assert (found["messages"], found["lost"]) == (4, 1)
    assert found["behind"]["0"] == 6


def test_it_counts_since_a_time(log: Log) -> None:
    log.raw(1)
    assert log.counted("--since", "1h")["messages"] == 1
    assert log.counted("--until", "1h")["messages"] == 0


def test_what_cannot_be_read_is_exit_code_two(log: Log, monkeypatch) -> None:
    monkeypatch.setattr("wiredesk.cli.ledger_audit.RAW", "nobody-made-this.v1")
    told = log.ledger()
    assert told.exit_code == 2
    assert told.stderr.startswith("wiredesk: there is no topic nobody-made-this.v1 at ")


@pytest.mark.kafka
def test_the_marks_of_transactions_are_gaps_and_an_open_one_is_waited_for(kafka, monkeypatch, request) -> None:
    names = {name: f"{name}-{uuid.uuid4()}" for name in (RAW, OUTCOMES, ENRICHED)}
    provision(kafka.bootstrap, [structs.replace(catalogue()[name], name=own) for name, own in names.items()])
    for name in ("RAW", "OUTCOMES", "ENRICHED"):
        monkeypatch.setattr(f"wiredesk.cli.ledger_audit.{name}", names[globals()[name]])
    monkeypatch.setattr("wiredesk.cli.ledger_audit._ON_THE_WAY", {})
    monkeypatch.setattr("wiredesk.cli.ledger_log.HIDDEN_SECONDS", 1.0)
    log = Log(kafka, names)
    request.addfinalizer(log.close)
    writer = KafkaProducer(bootstrap_servers=kafka.bootstrap, transactional_id=f"feed-{uuid.uuid4()}")
    request.addfinalizer(writer.close)
    writer.init_transactions()
    for end in (writer.commit_transaction, writer.abort_transaction, writer.commit_transaction):
        writer.begin_transaction()
        writer.send(names[RAW], key=b"k", value=b"{}", partition=0).get(10)
        end()
    for offset in (0, 4):  # 1, 3 and 5 are marks, 2 was taken back
        log.outcome(offset)
    log.commit(RAW, 6)
    found = log.counted()
    assert (found["messages"], found["strange"]) == (2, 0)

    writer.begin_transaction()
    writer.send(names[OUTCOMES], key=b"k", value=b"hides what comes behind it", partition=0).get(10)
    told = log.ledger()
    assert told.exit_code == 2
    assert "a transaction is open" in told.stderr
    writer.abort_transaction()
    assert log.counted()["messages"] == 2

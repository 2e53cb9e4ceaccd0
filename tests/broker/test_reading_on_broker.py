"""Receipts, and a tail with filters, on both brokers: from a point in time, to the end, and on and on."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import orjson
import pytest
from kafka import KafkaProducer
from msgspec import structs
from typer.testing import CliRunner, Result

from wiredesk.cli.main import app
from wiredesk.cli.topics import provision
from wiredesk.contracts.catalogue import catalogue
from wiredesk.contracts.topics import OUTCOMES, RAW


@pytest.fixture
def topic(broker, monkeypatch) -> str:
    """A topic of outcomes of its own, which the command takes for the real one."""
    made = structs.replace(catalogue()[OUTCOMES], name=f"outcomes-{uuid.uuid4()}")
    provision(broker.bootstrap, [made])
    monkeypatch.setattr("wiredesk.cli.receipts.OUTCOMES", made.name)
    return made.name


@pytest.fixture
def producer(broker) -> Iterator[KafkaProducer]:
    producer = KafkaProducer(bootstrap_servers=broker.bootstrap, acks="all", enable_idempotence=False)
    yield producer
    producer.close()


@pytest.fixture
def wiredesk(broker):
    def wiredesk(*arguments: object) -> Result:
        return CliRunner().invoke(app, [*map(str, arguments), "--bootstrap", broker.bootstrap])

    return wiredesk


def outcome(offset: int, said: str = "enriched", source: str | None = "The Courier", **fields: Any) -> bytes:
    raw = {"topic": RAW, "partition": 0, "offset": offset}
    known = {"raw": raw, "outcome": said, "article_id": f"a{offset}", "version": 1, "source": source}
    return orjson.dumps(known | fields)


def send(producer: KafkaProducer, topic: str, *values: bytes, headers: Any = ()) -> None:
    for number, value in enumerate(values):
        producer.send(topic, key=str(number).encode(), value=value, headers=list(headers)).get(10)


def test_receipts_are_of_one_source_and_end_with_the_counts(wiredesk, topic, producer):
    why = {"stage": "intake", "class": "BadMessage", "message": "the article has no body; send one"}
    send(
        producer,
        topic,
        outcome(1),
        outcome(2, "overtaken"),
        outcome(3, source="Northern Wire"),
        outcome(4, "dead", error=why, article_id=None, version=None),
        b"a stranger",
    )
    told = wiredesk("receipts", "--source", "the courier")
    assert told.exit_code == 0
    lines = sorted(told.stdout.splitlines())
    assert [line.split()[0] for line in lines if not line.startswith("  ")] == [f"{RAW}/0/{n}" for n in (1, 2, 4)]
    assert "  BadMessage at intake: the article has no body; send one. Mend it and send it again" in lines
    assert told.stderr == "3 messages of the courier: 1 enriched, 1 overtaken, 1 dead\n"


def test_receipts_for_machines_have_all_fields(wiredesk, topic, producer):
    send(producer, topic, outcome(7), headers=[("ce_time", b"2026-09-14T12:00:00Z")])
    told = wiredesk("receipts", "--source", "The Courier", "--json")
    [receipt] = [orjson.loads(line) for line in told.stdout.splitlines()]
    assert abs(time.time() - datetime.fromisoformat(receipt.pop("time")).timestamp()) < 60
    assert receipt == {
        "published": "2026-09-14T12:00:00Z",
        "raw": {"topic": RAW, "partition": 0, "offset": 7},
        "outcome": "enriched",
        "article_id": "a7",
        "version": 1,
        "source": "The Courier",
        "error": None,
        "advice": None,
    }


def test_receipts_of_an_empty_topic_are_none(wiredesk, topic):
    told = wiredesk("receipts", "--source", "The Courier")
    assert (told.exit_code, told.stdout) == (0, "")
    assert told.stderr == "no outcome of a message of 'The Courier' was found\n"


@pytest.mark.parametrize("command", ["receipts", "tail"])
def test_since_leaves_out_what_came_before(wiredesk, topic, producer, command):
    send(producer, topic, *[outcome(n) for n in range(5)])
    time.sleep(0.05)  # Kafka counts milliseconds
    since = datetime.now(UTC).isoformat()
    send(producer, topic, *[outcome(n) for n in range(5, 8)])

    def shown(number: int, moment: str) -> list[int]:
        asked = ["receipts", "--source", "The Courier"] if command == "receipts" else ["tail", topic, "-n", number]
        told = wiredesk(*asked, "--json", "--since", moment)
        found = [orjson.loads(line) for line in told.stdout.splitlines()]
        return sorted((each.get("value") or each)["raw"]["offset"] for each in found)

    assert shown(3, since) == [5, 6, 7]
    assert shown(8, "1h") == list(range(8))


def test_all_of_a_long_topic_is_read(wiredesk, topic, producer):
    for number in range(1_500):
        producer.send(topic, key=str(number).encode(), value=outcome(number))
    producer.flush()
    assert wiredesk("receipts", "--source", "The Courier").stderr == "1,500 messages of The Courier: 1,500 enriched\n"


@pytest.mark.kafka
def test_the_end_of_a_transaction_is_no_message_to_wait_for_and_a_broken_off_one_counts_nothing(
    kafka, monkeypatch, request
):
    made = structs.replace(catalogue()[OUTCOMES], name=f"outcomes-{uuid.uuid4()}")
    provision(kafka.bootstrap, [made])
    monkeypatch.setattr("wiredesk.cli.receipts.OUTCOMES", made.name)
    writer = KafkaProducer(bootstrap_servers=kafka.bootstrap, transactional_id=f"writer-{uuid.uuid4()}")
    request.addfinalizer(writer.close)
    writer.init_transactions()
    for offset, end in ((1, writer.commit_transaction), (2, writer.abort_transaction)):
        writer.begin_transaction()
        writer.send(made.name, key=b"k", value=outcome(offset)).get(10)
        end()
    told = CliRunner().invoke(app, ["receipts", "--source", "The Courier", "--bootstrap", kafka.bootstrap])
    assert told.stderr == "1 message of The Courier: 1 enriched\n"


def test_receipts_can_be_followed(broker, topic, producer):
    program = f"import wiredesk.cli.receipts as r; r.OUTCOMES = {topic!r}; from wiredesk.cli.main import app; app()"
    arguments = ["receipts", "--source", "The Courier", "--follow", "--json", "--bootstrap", broker.bootstrap]
    send(producer, topic, outcome(1))
    following = subprocess.Popen(
        [sys.executable, "-c", program, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert following.stdout
    assert following.stderr
    for offset in (1, 2):
        assert orjson.loads(following.stdout.readline())["raw"]["offset"] == offset
        send(producer, topic, outcome(offset + 1))
    assert orjson.loads(following.stdout.readline())["raw"]["offset"] == 3
    following.send_signal(signal.SIGINT)
    assert following.wait(10) == 0
    assert following.stderr.read().splitlines()[-1] == "3 messages of The Courier: 3 enriched"


def test_a_tail_shows_what_meets_all_filters_and_counts_only_that(wiredesk, topic, producer):
    document = {"source": {"name": "The Courier"}, "language": "en", "story": {"story_id": "s1"}}
    others = [document | change for change in ({"language": "de"}, {"story": None}, {"source": {"name": "x"}})]
    send(producer, topic, *map(orjson.dumps, [*others, document | {"n": 1}, *others, document | {"n": 2}]))
    filters = ["--story", "s1", "--source", "The Courier", "--language", "en"]
    told = wiredesk("tail", topic, "--from-beginning", "--json", "-n", 2, *filters)
    assert sorted(orjson.loads(line)["value"]["n"] for line in told.stdout.splitlines()) == [1, 2]

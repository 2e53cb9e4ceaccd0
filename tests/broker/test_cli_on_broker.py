"""The commands that talk to Kafka, on both brokers: what is published can be listed and read again."""

from __future__ import annotations

import signal
import subprocess
import sys
import uuid
from typing import Any

import orjson
import pytest
from kafka import KafkaAdminClient, KafkaProducer
from kafka.admin import ConfigResource, ConfigResourceType
from msgspec import structs
from typer.testing import CliRunner, Result

from wiredesk.cli.main import app
from wiredesk.cli.topics import provision, survey
from wiredesk.contracts.catalogue import Topic, catalogue
from wiredesk.contracts.topics import ENRICHED, RAW


@pytest.fixture
def raw(broker, monkeypatch) -> Topic:
    """A raw topic of its own, which the commands take for the real one."""
    topic = structs.replace(catalogue()[RAW], name=f"raw-{uuid.uuid4()}")
    provision(broker.bootstrap, [topic])
    for module in ("publish", "topics"):
        monkeypatch.setattr(f"wiredesk.cli.{module}.catalogue", lambda: {topic.name: topic})
    monkeypatch.setattr("wiredesk.cli.publish.RAW", topic.name)
    return topic


@pytest.fixture
def wiredesk(broker):
    def wiredesk(*arguments: object) -> Result:
        return CliRunner().invoke(app, [*map(str, arguments), "--bootstrap", broker.bootstrap])

    return wiredesk


def article(number: int, **fields: Any) -> bytes:
    source = {"name": "Harbour Gazette", "domain": "gazette.example", "id": str(number)}
    return orjson.dumps({"source": source, "body": "The ferry sails."} | fields)


def read(told: Result) -> list[dict[str, Any]]:
    assert told.exit_code == 0, told.stderr
    return [orjson.loads(line) for line in told.stdout.splitlines()]


def test_topics_are_made_once_as_the_catalogue_says(broker, wiredesk):
    first, second = wiredesk("topics", "init"), wiredesk("topics", "init")
    assert (first.exit_code, second.exit_code) == (0, 0)
    assert [line.split(maxsplit=1) for line in second.stdout.splitlines()] == [
        [name, "there already"] for name in catalogue()
    ]
    assert {found.topic.name: found.partitions for found in survey(broker.bootstrap)} == {
        name: topic.partitions for name, topic in catalogue().items()
    }


def test_provisioning_tells_what_it_made(broker):
    topic = structs.replace(catalogue()[ENRICHED], name=f"enriched-{uuid.uuid4()}")
    assert provision(broker.bootstrap, [topic]) == [topic]
    assert provision(broker.bootstrap, [topic]) == []


@pytest.mark.kafka
def test_topics_have_the_settings_of_the_catalogue(kafka):
    topic = structs.replace(catalogue()[ENRICHED], name=f"enriched-{uuid.uuid4()}")
    provision(kafka.bootstrap, [topic])
    admin = KafkaAdminClient(bootstrap_servers=kafka.bootstrap)
    asked = [ConfigResource(ConfigResourceType.TOPIC, topic.name)]
    found = admin.describe_configs(asked, config_filter="all")["topic"][topic.name]
    admin.close()
    assert {name: found[name]["value"] for name in topic.config} == topic.config


def test_a_topic_cut_otherwise_is_told_of(broker, wiredesk, monkeypatch):
    topic = structs.replace(catalogue()[ENRICHED], name=f"enriched-{uuid.uuid4()}", partitions=2)
    provision(broker.bootstrap, [topic])
    monkeypatch.setattr("wiredesk.cli.topics.catalogue", lambda: {topic.name: structs.replace(topic, partitions=4)})
    assert "there already, but with 2 partitions, not 4" in wiredesk("topics", "init").stdout


def test_missing_topics_are_listed_as_missing(broker, wiredesk, monkeypatch):
    topic = structs.replace(catalogue()[ENRICHED], name="nobody-made-this.v1")
    monkeypatch.setattr("wiredesk.cli.topics.catalogue", lambda: {topic.name: topic})
    told = wiredesk("topics", "list")
    assert "missing" in told.stdout
    assert "`wiredesk topics init` creates them" in told.stderr


def test_what_is_published_is_listed_and_read_again(broker, wiredesk, raw, tmp_path):
    feed = tmp_path / "feed.jsonl"
    values = [article(1), article(2), article(1, version=2)]
    feed.write_bytes(b"\n".join(values))
    (tmp_path / "storm.txt").write_text("A storm is coming, the harbour master said.")

    told = wiredesk("publish", feed, tmp_path / "storm.txt", "--source", "Northern Wire", "--domain", "wire.example")
    assert (told.exit_code, told.stdout) == (0, "")
    assert told.stderr == f"4 articles published to {raw.name} at {broker.bootstrap}\n"

    messages = read(wiredesk("tail", raw.name, "--from-beginning", "--json", "-n", 4))
    keys = {"gazette.example:1": [1, 3], "gazette.example:2": [2], "wire.example:storm.txt": [4]}
    assert sorted(message["key"] for message in messages) == sorted(key for key, of in keys.items() for _ in of)
    versions = [message for message in messages if message["key"] == "gazette.example:1"]
    assert [message["value"].get("version") for message in versions] == [None, 2]  # in order, for they share a key
    assert len({message["partition"] for message in versions}) == 1
    for message in messages:
        headers = dict(message["headers"])
        assert headers["ce_type"] == f"org.wiredesk.{raw.name}"
        assert headers["traceparent"]
    [storm] = [message["value"] for message in messages if message["key"] == "wire.example:storm.txt"]
    assert storm["source"] == {"name": "Northern Wire", "domain": "wire.example", "id": "storm.txt"}

    listed = wiredesk("topics", "list").stdout
    assert raw.name[:8] in listed
    assert "intake" in listed
    if broker.name == "kafka":  # the embedded broker tells the end of the last batch only
        assert survey(broker.bootstrap)[0].messages == 4


def test_what_is_wrong_is_not_sent_unless_it_is_wanted(wiredesk, raw, tmp_path):
    feed = tmp_path / "feed.jsonl"
    feed.write_bytes(b"\n".join([article(1), b'{"source":{}}', b"\xff\x00[", article(2, status="gone"), article(2)]))
    told = wiredesk("publish", feed)
    assert told.exit_code == 1
    *refused, summary = told.stderr.splitlines()
    assert [line.split(":")[1] for line in refused] == ["2", "3", "4"]
    assert all(f"{feed}:" in line and "not sent: " in line for line in refused)
    assert "`name`" in refused[0]
    assert "not JSON in UTF-8" in refused[1]
    assert summary.startswith("2 articles published")
    assert summary.endswith(", 3 not")
    assert len(read(wiredesk("tail", raw.name, "--from-beginning", "--json", "-n", 2))) == 2

    assert wiredesk("publish", feed, "--unchecked").exit_code == 0
    values = [message["value"] for message in read(wiredesk("tail", raw.name, "--from-beginning", "--json", "-n", 7))]
    assert {"base64": "/wBb"} in values
    assert {"source": {}} in values


def test_a_message_larger_than_the_topic_takes_is_refused_and_the_others_are_sent(wiredesk, raw, tmp_path):
    feed = tmp_path / "feed.jsonl"
    feed.write_bytes(b"\n".join([article(1), article(2, body="x" * raw.max_message_bytes), article(3)]))
    told = wiredesk("publish", feed)
    assert told.exit_code == 1
    assert told.stderr.startswith(f"{feed}:2: not sent: ")
    assert "2 articles published" in told.stderr


def test_ten_megabytes_get_in(wiredesk, raw, tmp_path):
    (tmp_path / "feed.jsonl").write_bytes(article(1, body="storm " * 1_700_000))
    assert wiredesk("publish", tmp_path / "feed.jsonl").exit_code == 0


@pytest.mark.parametrize("command", [["publish", "feed.jsonl"], ["tail", "nobody-made-this.v1"]], ids=" ".join)
def test_a_missing_topic_is_told_of_at_once(wiredesk, tmp_path, monkeypatch, command):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("wiredesk.cli.publish.RAW", "nobody-made-this.v1")
    (tmp_path / "feed.jsonl").write_bytes(article(1))
    told = wiredesk(*command)
    assert told.exit_code == 1
    assert told.stderr.startswith("wiredesk: there is no topic nobody-made-this.v1 at ")
    assert "wiredesk topics init" in told.stderr


def test_a_tail_follows_from_now_on_until_it_is_interrupted(broker, raw):
    producer = KafkaProducer(bootstrap_servers=broker.bootstrap, acks="all", enable_idempotence=False)
    producer.send(raw.name, value=b"before", partition=0).get(10)
    program = "from wiredesk.cli.main import app; app()"
    arguments = ["tail", raw.name, "--json", "--bootstrap", broker.bootstrap]
    tail = subprocess.Popen(
        [sys.executable, "-c", program, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert tail.stdout
    assert tail.stderr
    assert tail.stderr.readline() == f"following {raw.name}; Ctrl-C ends it\n"
    producer.send(raw.name, key=b"\xff", value=None, partition=0).get(10)
    message = orjson.loads(tail.stdout.readline())
    assert (message["key"], message["value"], message["offset"]) == ({"base64": "/w=="}, None, 1)
    tail.send_signal(signal.SIGINT)
    assert tail.wait(10) == 0
    assert tail.stderr.read() == ""
    producer.close()

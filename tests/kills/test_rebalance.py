"""Workers of intake that come, go and are told to end under load, on Apache Kafka: nothing is lost."""

from __future__ import annotations

import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest

from tests.lines import Place, raw
from tests.load import cleaned, publish, wait_until_committed
from wiredesk.broker.apache import ApacheKafka
from wiredesk.cli.topics import provision
from wiredesk.contracts.topics import CLEAN, RAW
from wiredesk.local.stages import Stages
from wiredesk.local.watch import Watch

pytestmark = pytest.mark.kafka

PATIENCE = 90.0
QUICK_EXIT = 3.0
BODY = "The council voted on Tuesday to close the old harbour road to cars from next spring.\n" * 12


@pytest.fixture
def kafka_with_topics() -> Iterator[ApacheKafka]:
    with ApacheKafka() as broker:
        provision(broker.bootstrap)
        yield broker


@pytest.fixture
def watch(kafka_with_topics: ApacheKafka) -> Iterator[Watch]:
    with Watch(kafka_with_topics.bootstrap, [CLEAN]) as watch:
        yield watch


def versions(count: int) -> list[bytes]:
    """``count`` messages of a hundred articles, each in many versions."""
    return [raw(f"Outlet {n % 100 % 7}", f"id-{n % 100}", f"{BODY}Edition {n}.", version=n) for n in range(count)]


def wait_for(watch: Watch, messages: int) -> None:
    """Returns when so many different raw messages came out of intake."""
    assert watch.until(lambda: len(set(cleaned(watch))) >= messages, PATIENCE), len(set(cleaned(watch)))


def assert_whole_and_in_order(watch: Watch, sent: list[Place]) -> None:
    """Each message came out, and the versions of an article in their order, repeats left aside."""
    came = list(dict.fromkeys(cleaned(watch)))
    assert set(came) == set(sent)
    number = {place: n for n, place in enumerate(sent)}
    newest: dict[int, int] = {}
    for n in map(number.__getitem__, came):
        article = n % 100
        assert newest.get(article, -1) < n, f"version {n} came after {newest[article]}"
        newest[article] = n


def test_workers_join_and_leave_in_mid_stream(kafka_with_topics: ApacheKafka, watch: Watch, tmp_path: Path) -> None:
    broker = kafka_with_topics
    messages = iter(versions(9_000))
    sent: list[Place] = []

    def send(count: int) -> None:
        sent.extend(publish(broker.bootstrap, islice(messages, count)))

    workers = []
    for name in ("first", "second"):
        (tmp_path / name).mkdir()
        workers.append(Stages(broker, tmp_path / name, ("intake",)))
    first, second = workers
    with first:
        first.wait_until_ready()
        send(3_000)
        wait_for(watch, 500)
        with second:  # joins while the first is at work, and leaves in good order
            second.wait_until_ready()
            send(3_000)
            wait_for(watch, 4_000)
            leaving = second.processes.pop("intake")
            leaving.terminate()
            assert leaving.wait() == 0
            send(1_000)
            second.start("intake")  # comes back, and is killed
            second.wait_until_ready()
            send(2_000)
            wait_for(watch, 7_500)
            second.processes.pop("intake").kill()
        wait_for(watch, len(sent))
        watch.settle()
        assert_whole_and_in_order(watch, sent)
        wait_until_committed(broker.bootstrap, "intake", RAW)


def test_told_to_end_under_load_it_ends_soon_with_zero_and_its_successor_goes_on(
    kafka_with_topics: ApacheKafka, watch: Watch, tmp_path: Path
) -> None:
    broker = kafka_with_topics
    sent = publish(broker.bootstrap, versions(6_000))
    with Stages(broker, tmp_path, ("intake",)) as stages:
        wait_for(watch, 1_000)
        intake = stages.processes["intake"]
        told = time.monotonic()
        intake.terminate()
        assert intake.wait() == 0
        assert time.monotonic() - told < QUICK_EXIT
        watch.settle()
        before = len(set(cleaned(watch)))
        assert before < len(sent), "it had nothing left to do"
        stages.start("intake")
        wait_for(watch, len(sent))
        watch.settle()
        assert_whole_and_in_order(watch, sent)
        wait_until_committed(broker.bootstrap, "intake", RAW)
        repeated = len(cleaned(watch)) - len(sent)
        assert repeated < 1_500, "more than a window and a commit interval were done again"

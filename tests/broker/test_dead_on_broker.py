"""Replaying from two places at once: on Kafka the later one fences the earlier, and no message goes out twice."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from kafka import KafkaProducer
from msgspec import structs

from wiredesk.cli.letters import Letter, read_letters
from wiredesk.cli.reading import reading
from wiredesk.cli.replaying import replayer
from wiredesk.cli.topics import provision
from wiredesk.contracts.catalogue import catalogue
from wiredesk.contracts.errors import NotReady, WorkFailed
from wiredesk.contracts.record import Record
from wiredesk.contracts.topics import CLEAN, DEAD
from wiredesk.runtime.dead import dead_letter


@pytest.fixture
def topics(broker, monkeypatch) -> dict[str, str]:
    """Topics of their own, which the command takes for the real ones."""
    names = {name: f"{name}-{uuid.uuid4()}" for name in (CLEAN, DEAD)}
    provision(broker.bootstrap, [structs.replace(catalogue()[name], name=own) for name, own in names.items()])
    for module in ("letters", "replaying"):
        monkeypatch.setattr(f"wiredesk.cli.{module}.DEAD", names[DEAD])
    monkeypatch.setattr("wiredesk.cli.letters.READ_BY", {names[CLEAN]: "dedup"})
    monkeypatch.setattr("wiredesk.cli.replaying.catalogue", lambda: {**catalogue(), names[DEAD]: catalogue()[DEAD]})
    return names


def fail(broker: Any, topics: dict[str, str], *keys: bytes | None) -> None:
    """Messages of these keys fail at dedup."""
    producer = KafkaProducer(bootstrap_servers=broker.bootstrap, acks="all", enable_idempotence=False)
    for offset, key in enumerate(keys):
        record = Record(topics[CLEAN], 0, offset, 0, key, b"{}", (("ce_raw", b"articles.raw.v1/0/7"),))
        letter, *_ = dead_letter(record, "dedup", WorkFailed("no more memory"), [])
        producer.send(topics[DEAD], key=letter.key, value=letter.value, headers=letter.headers).get(10)
    producer.close()


def sent(broker: Any, topics: dict[str, str]) -> list[tuple[bytes | None, dict[str, bytes]]]:
    with reading(broker.bootstrap, topics[CLEAN], from_beginning=True) as read:
        return [(record.key, dict(record.headers)) for record in read.to_the_end()]


def letters(broker: Any) -> list[Letter]:
    return list(read_letters(broker.bootstrap))


def test_a_replayed_letter_is_marked(broker, topics) -> None:
    fail(broker, topics, b"a", None)
    group = f"group-{uuid.uuid4()}"
    with replayer(broker.bootstrap, group, fenced=broker.idempotent) as sending:
        for letter in letters(broker):
            headers = sending.headers(letter)
            assert not isinstance(headers, str)
            assert sending.send(letter, headers).raw == "articles.raw.v1/0/7"
    assert [(key, headers["replay_of"]) for key, headers in sent(broker, topics)] == [
        (b"a", f"{topics[DEAD]}/0/0".encode()),
        (None, f"{topics[DEAD]}/0/1".encode()),
    ]
    assert [letter.replayed is not None for letter in letters(broker)] == [True, True]
    assert "already" in str(letters(broker)[0].unreplayable())


@pytest.mark.parametrize("broker", [pytest.param("kafka", marks=pytest.mark.kafka)], indirect=True)
def test_the_later_of_two_replays_fences_the_earlier(broker, topics) -> None:
    fail(broker, topics, b"a")
    group = f"group-{uuid.uuid4()}"
    (letter,) = letters(broker)
    with replayer(broker.bootstrap, group, fenced=True) as early:
        headers = early.headers(letter)
        with replayer(broker.bootstrap, group, fenced=True) as late:
            late.send(letter, headers)
        with pytest.raises(NotReady, match="another"):
            early.send(letter, headers)
    assert len(sent(broker, topics)) == 1
    assert letters(broker)[0].replayed is not None

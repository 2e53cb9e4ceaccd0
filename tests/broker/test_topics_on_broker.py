"""``wiredesk topics diff`` and ``apply`` on both brokers: what is otherwise is told, and mended when asked for."""

from __future__ import annotations

import uuid
from typing import Any

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
def topics(monkeypatch) -> list[Topic]:
    """A catalogue of two topics of its own, which no broker has yet."""
    mine = [structs.replace(catalogue()[name], name=f"{name}-{uuid.uuid4()}") for name in (RAW, ENRICHED)]
    monkeypatch.setattr("wiredesk.cli.topics.catalogue", lambda: {topic.name: topic for topic in mine})
    return mine


@pytest.fixture
def wiredesk(broker):
    def wiredesk(*arguments: object) -> Result:
        return CliRunner().invoke(app, ["topics", *map(str, arguments), "--bootstrap", broker.bootstrap])

    return wiredesk


@pytest.fixture
def admin(broker):
    admin = KafkaAdminClient(bootstrap_servers=broker.bootstrap)
    yield admin
    admin.close()


def settings_of(admin: Any, topic: str) -> dict[str, str]:
    asked = [ConfigResource(ConfigResourceType.TOPIC, topic)]
    described = admin.describe_configs(asked, config_filter="all")["topic"][topic]
    return {name: said["value"] for name, said in described.items()}


def set_(admin: Any, topic: str, **settings: str) -> None:
    named = {name.replace("_", "."): value for name, value in settings.items()}
    asked = [ConfigResource(ConfigResourceType.TOPIC, topic, named)]
    assert admin.alter_configs(asked, raise_on_unknown=False, incremental=True)["topic"] == {topic: "OK"}


def test_missing_topics_are_told_of_and_made_only_when_asked(broker, wiredesk, topics):
    raw, enriched = topics
    told = wiredesk("diff")
    assert told.exit_code == 1
    assert told.stdout == f"{raw.name}\n  is missing\n{enriched.name}\n  is missing\n"
    assert told.stderr.startswith("2 differences: `wiredesk topics apply`")

    told = wiredesk("apply")
    assert told.exit_code == 0
    assert told.stdout.splitlines()[:2] == [raw.name, "  create with 4 partitions"]
    assert "Nothing was changed" in told.stderr
    assert [found.partitions for found in survey(broker.bootstrap)] == [0, 0]

    assert wiredesk("apply", "--yes").stderr == "2 differences mended.\n"
    assert [found.partitions for found in survey(broker.bootstrap)] == [4, 4]
    again = wiredesk("diff")
    assert (again.exit_code, again.stdout) == (0, "")
    assert "are as schemas/topics.yaml says" in again.stderr


def test_settings_are_mended_and_those_of_the_operator_are_left(broker, wiredesk, topics, admin):
    raw, enriched = topics
    provision(broker.bootstrap, topics)
    set_(admin, raw.name, retention_ms="86400000", compression_type="gzip")
    set_(admin, enriched.name, cleanup_policy="delete")
    told = wiredesk("apply", "--yes")
    assert told.exit_code == 0, told.stderr
    assert told.stdout.splitlines() == [
        raw.name,
        "  set retention.ms from 86400000 (1 day) to 604800000 (7 days)",
        enriched.name,
        "  set cleanup.policy from delete to compact (only the last message of each key is kept)",
    ]
    assert settings_of(admin, raw.name)["retention.ms"] == "604800000"
    assert settings_of(admin, raw.name)["compression.type"] == "gzip"
    assert settings_of(admin, enriched.name)["cleanup.policy"] == "compact"
    assert wiredesk("diff").exit_code == 0


def test_topics_of_other_people_are_never_touched(broker, wiredesk, topics, admin):
    theirs = structs.replace(catalogue()[ENRICHED], name=f"theirs-{uuid.uuid4()}")
    provision(broker.bootstrap, [theirs])
    before = settings_of(admin, theirs.name)
    assert theirs.name not in wiredesk("apply", "--yes", "--text-days", 1).stdout
    assert settings_of(admin, theirs.name) == before


@pytest.mark.parametrize("how", ["option", "environment"])
def test_a_limit_on_text_is_the_same_for_init_diff_and_apply(wiredesk, topics, admin, monkeypatch, how):
    if how == "environment":
        monkeypatch.setenv("WIREDESK_TEXT_DAYS", "8")
    limit = ["--text-days", "8"] if how == "option" else []
    raw, enriched = topics
    assert wiredesk("init", *limit).exit_code == 0
    assert wiredesk("diff", *limit).exit_code == 0
    kept = settings_of(admin, enriched.name)
    assert (kept["cleanup.policy"], kept["retention.ms"], kept["segment.ms"]) == (
        "compact,delete",
        "604800000",
        "86400000",
    )
    told = wiredesk("apply", "--yes", "--text-days", 2)
    assert told.exit_code == 0, told.stderr
    assert "what is older than 42 hours is deleted" in told.stdout
    assert told.stderr.startswith("Text is kept for 2 days at most")
    assert settings_of(admin, raw.name)["retention.ms"] == "151200000"
    assert wiredesk("diff", "--text-days", 2).exit_code == 0


@pytest.mark.kafka
def test_a_limit_on_text_is_taken_back_without_a_trace(kafka, topics, monkeypatch):
    def wiredesk(*arguments: str) -> Result:
        return CliRunner().invoke(app, ["topics", *arguments, "--bootstrap", kafka.bootstrap])

    assert wiredesk("init", "--text-days", "8").exit_code == 0
    told = wiredesk("apply", "--yes")
    assert told.exit_code == 0, told.stderr
    assert "  unset segment.ms, now 86400000 (1 day)" in told.stdout.splitlines()
    assert wiredesk("diff").exit_code == 0


def test_partitions_of_a_topic_with_messages_are_added_only_when_keys_may_move(broker, wiredesk, topics, monkeypatch):
    raw, enriched = topics
    provision(broker.bootstrap, [structs.replace(raw, partitions=2), enriched])
    producer = KafkaProducer(bootstrap_servers=broker.bootstrap, acks="all", enable_idempotence=False)
    producer.send(raw.name, key=b"k", value=b"{}").get(10)
    producer.close()

    assert wiredesk("diff").stdout == f"{raw.name}\n  has 2 partitions, not 4\n"
    told = wiredesk("apply", "--yes")
    assert told.exit_code == 1
    assert "and stays so: it has messages; --allow-repartition does it (keys move between partitions" in told.stdout
    assert survey(broker.bootstrap)[0].partitions == 2

    told = wiredesk("apply", "--yes", "--allow-repartition")
    if broker.name == "kafka":
        assert told.exit_code == 0, told.stderr
        assert survey(broker.bootstrap)[0].partitions == 4
    else:
        assert told.exit_code == 1
        assert "this broker cannot add partitions (the embedded one cannot)" in told.stderr


@pytest.mark.kafka
def test_an_empty_topic_that_somebody_made_by_chance_is_cut_as_it_should_be(kafka, topics):
    raw, enriched = topics
    provision(kafka.bootstrap, [structs.replace(raw, partitions=1), structs.replace(enriched, partitions=6)])
    told = CliRunner().invoke(app, ["topics", "apply", "--yes", "--bootstrap", kafka.bootstrap])
    assert "  set partitions from 1 to 4\n" in told.stdout
    assert "has 6 partitions, not 4, and stays so: Kafka cannot take partitions away" in told.stdout
    assert (told.exit_code, told.stderr) == (1, "1 difference mended, 1 left.\n")
    assert [found.partitions for found in survey(kafka.bootstrap)] == [4, 6]

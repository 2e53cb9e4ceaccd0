"""What schemas/topics.yaml promises, and what a wrong one is told."""

from __future__ import annotations

import pytest

from wiredesk.contracts import topics
from wiredesk.contracts.catalogue import FOREVER, catalogue, read_catalogue
from wiredesk.contracts.errors import NotReady
from wiredesk.contracts.topics import (
    CLEAN,
    DEAD,
    DEDUP_STATE,
    ENRICHED,
    OUTCOMES,
    PUBLISH_STATE,
    QUOTE_CARRIERS,
    QUOTED,
    QUOTES,
    RAW,
    STORIES,
    STORY_MEMBERS,
)

STAGES = {"intake", "dedup", "entities", "quotes", "publish"}


def test_it_has_the_topics_that_the_program_names_and_no_others():
    assert set(catalogue()) == {value for name, value in vars(topics).items() if name.isupper()}


@pytest.mark.parametrize("name", [CLEAN, QUOTED, DEDUP_STATE, PUBLISH_STATE])
def test_what_a_single_writer_reads_has_one_partition(name):
    assert catalogue()[name].partitions == 1


@pytest.mark.parametrize("name", [ENRICHED, STORIES, STORY_MEMBERS, QUOTES, QUOTE_CARRIERS, DEDUP_STATE, PUBLISH_STATE])
def test_what_is_the_newest_state_of_something_is_compacted_and_never_expires(name):
    topic = catalogue()[name]
    assert topic.cleanup == "compact"
    assert topic.retention_ms == FOREVER
    assert topic.tombstone_ms


def test_outcomes_are_kept_at_least_as_long_as_what_they_are_of():
    assert catalogue()[OUTCOMES].retention_ms >= catalogue()[RAW].retention_ms
    assert catalogue()[DEAD].retention_ms > catalogue()[OUTCOMES].retention_ms


def test_a_raw_message_of_ten_megabytes_gets_in_and_a_dead_letter_takes_the_largest_message_of_all():
    assert catalogue()[RAW].max_message_bytes > 10_000_000
    others = [topic.max_message_bytes for topic in catalogue().values() if topic.name != DEAD]
    assert catalogue()[DEAD].max_message_bytes > max(others)


@pytest.mark.parametrize("topic", catalogue().values(), ids=lambda topic: topic.name)
def test_owners_writers_and_readers_are_stages(topic):
    assert topic.owner in STAGES
    assert set(topic.writers) <= STAGES | {"feeds", "editors"}
    assert set(topic.readers) <= STAGES
    for kind in topic.kinds:
        assert kind.value == f"{kind.name}.schema.json"
        assert set(kind.writers) <= set(topic.writers)


def test_the_settings_have_the_names_that_kafka_gives_them():
    assert catalogue()[ENRICHED].config == {
        "cleanup.policy": "compact",
        "retention.ms": "-1",
        "max.message.bytes": "16777216",
        "delete.retention.ms": "604800000",
    }
    assert "delete.retention.ms" not in catalogue()[RAW].config
    assert catalogue()[RAW].config["message.timestamp.type"] == "LogAppendTime"


GOOD = """
topics:
  - {name: a.v1, description: d, key: k, value: a.v1.schema.json, partitions: 1, cleanup: delete,
     retention_ms: 1000, max_message_bytes: 2048, owner: intake, writers: [intake]}
"""


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (GOOD.replace("partitions: 1", "partitions: 0"), r"partitions"),
        (GOOD.replace("cleanup: delete", "cleanup: burn"), r"'burn'.*cleanup"),
        (GOOD.replace("owner: intake,", ""), r"owner"),
        (GOOD.replace("retention_ms", "retention"), r"retention"),  # a misspelt name is not passed over
        ("topics: [", r"not a catalogue"),
        ("", r"not a catalogue"),
    ],
)
def test_a_wrong_catalogue_is_refused_with_the_field(tmp_path, text, says):
    (tmp_path / "topics.yaml").write_text(text)
    with pytest.raises(NotReady, match=says):
        read_catalogue(tmp_path / "topics.yaml")


def test_a_good_catalogue_is_read(tmp_path):
    (tmp_path / "topics.yaml").write_text(GOOD)
    assert read_catalogue(tmp_path / "topics.yaml")["a.v1"].config["retention.ms"] == "1000"


def test_a_missing_catalogue_is_told_of(tmp_path):
    with pytest.raises(NotReady, match=r"cannot be read.*install"):
        read_catalogue(tmp_path / "topics.yaml")

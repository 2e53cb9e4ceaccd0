"""Where a broker's topics are not as the catalogue says, and what mending that would do."""

from __future__ import annotations

from typing import Any

import pytest

from wiredesk.cli.topics_difference import Actual, differences, duration
from wiredesk.contracts.catalogue import catalogue
from wiredesk.contracts.retention import config_of
from wiredesk.contracts.topics import ENRICHED, RAW

DEFAULTS = {"segment.ms": "604800000", "compression.type": "producer", "max.compaction.lag.ms": "9223372036854775807"}


def actual(name: str, *, partitions: int | None = None, empty: bool = False, text_days: int | None = None, **own: str):
    """The topic as it should be, but for what is said otherwise."""
    made = config_of(catalogue()[name], text_days) | {key.replace("_", "."): value for key, value in own.items()}
    count = catalogue()[name].partitions if partitions is None else partitions
    return Actual(count, empty, DEFAULTS | made, frozenset(made))


def between(name: str, found: Actual, *arguments: Any, **options: Any) -> list[tuple[str, str | None, str | None]]:
    return [
        (each.what, each.actual, each.wanted) for each in differences(catalogue()[name], found, *arguments, **options)
    ]


@pytest.mark.parametrize("name", catalogue())
@pytest.mark.parametrize("text_days", [None, 1, 30])
def test_a_topic_that_was_made_as_the_catalogue_says_has_none(name, text_days):
    assert between(name, actual(name, text_days=text_days), text_days) == []


def test_a_missing_topic_is_one_difference():
    assert between(RAW, Actual(0, True, {}, frozenset())) == [("topic", None, None)]


@pytest.mark.parametrize(
    ("name", "own", "found"),
    [
        (RAW, {"retention_ms": "1000"}, ("retention.ms", "1000", "604800000")),
        (RAW, {"cleanup_policy": "compact"}, ("cleanup.policy", "compact", "delete")),
        (RAW, {"max_message_bytes": "1048588"}, ("max.message.bytes", "1048588", "12582912")),
        (RAW, {"message_timestamp_type": "CreateTime"}, ("message.timestamp.type", "CreateTime", "LogAppendTime")),
        (ENRICHED, {"delete_retention_ms": "86400000"}, ("delete.retention.ms", "86400000", "604800000")),
        (ENRICHED, {"message_timestamp_type": "LogAppendTime"}, ("message.timestamp.type", "LogAppendTime", None)),
    ],
)
def test_a_setting_that_is_otherwise(name, own, found):
    assert between(name, actual(name, **own)) == [found]


def test_the_order_of_the_policies_is_no_difference():
    assert between(ENRICHED, actual(ENRICHED, text_days=8, cleanup_policy="delete,compact"), 8) == []


def test_what_the_operator_sets_is_no_difference():
    assert between(RAW, actual(RAW, compression_type="zstd", min_insync_replicas="2")) == []


def test_a_limit_on_text_that_is_no_longer_wanted_is_taken_back():
    found = between(ENRICHED, actual(ENRICHED, text_days=8))
    assert found == [
        ("cleanup.policy", "compact,delete", "compact"),
        ("retention.ms", "604800000", "-1"),
        ("segment.ms", "86400000", None),
    ]


@pytest.mark.parametrize(
    ("name", "own", "text_days", "effect"),
    [
        (RAW, {"retention_ms": "-1"}, None, "what is older than 7 days is deleted"),
        (RAW, {"retention_ms": "1000"}, None, ""),  # longer than now: nothing goes
        (RAW, {}, 2, "what is older than 42 hours is deleted"),
        (RAW, {"cleanup_policy": "compact"}, None, "what is over its retention is deleted"),
        (ENRICHED, {"cleanup_policy": "delete"}, None, "only the last message of each key is kept"),
        (ENRICHED, {}, 2, "what is over its retention is deleted"),
    ],
)
def test_what_would_go_is_told_before_it_goes(name, own, text_days, effect):
    assert differences(catalogue()[name], actual(name, **own), text_days)[0].effect == effect


@pytest.mark.parametrize(
    ("partitions", "empty", "repartition", "refused"),
    [
        (2, True, False, ""),  # nothing is in it, so nothing moves
        (2, False, False, "--allow-repartition"),
        (2, False, True, ""),
        (6, True, True, "cannot take partitions away"),
    ],
)
@pytest.mark.parametrize("name", [RAW, ENRICHED])
def test_partitions_are_added_to_empty_topics_or_when_asked_and_never_taken(
    name, partitions, empty, repartition, refused
):
    found = actual(name, partitions=partitions, empty=empty)
    [difference] = differences(catalogue()[name], found, repartition=repartition)
    assert (difference.what, difference.actual, difference.wanted) == ("partitions", str(partitions), "4")
    assert bool(difference.refused) is bool(refused)
    assert refused in difference.refused
    assert ("keys move" in difference.effect) is (partitions < 4 and not empty)


@pytest.mark.parametrize(
    ("milliseconds", "words"),
    [
        ("-1", "for ever"),
        ("86400000", "1 day"),
        ("604800000", "7 days"),
        ("151200000", "42 hours"),
        ("5400000", "90 minutes"),
        ("1500", "1,500 ms"),
        ("0", "0 ms"),
    ],
)
def test_times_in_words(milliseconds, words):
    assert duration(milliseconds) == words

"""How topics are kept when the words of articles may be held for so many days only."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wiredesk.contracts.catalogue import FOREVER, catalogue
from wiredesk.contracts.retention import DAY_MS, config_of
from wiredesk.contracts.topics import (
    CLEAN,
    DEAD,
    DEDUP_STATE,
    ENRICHED,
    OUTCOMES,
    PUBLISH_STATE,
    QUOTE_CARRIERS,
    QUOTES,
    RAW,
    STORIES,
    STORY_MEMBERS,
)

TOPICS = list(catalogue().values())
WITHOUT_TEXT = {DEDUP_STATE, STORIES, STORY_MEMBERS, OUTCOMES}


def test_without_a_limit_topics_are_kept_as_the_catalogue_says():
    assert [config_of(topic, None) for topic in TOPICS] == [topic.config for topic in TOPICS]


def test_ids_counts_and_outcomes_hold_no_text_and_are_kept_as_before():
    assert {topic.name for topic in TOPICS if not topic.holds_text} == WITHOUT_TEXT
    for name in WITHOUT_TEXT:
        assert config_of(catalogue()[name], 1) == catalogue()[name].config


@pytest.mark.parametrize("name", [ENRICHED, QUOTES, QUOTE_CARRIERS])
def test_a_compacted_topic_with_text_forgets(name):
    config = config_of(catalogue()[name], 8)
    assert config["cleanup.policy"] == "compact,delete"
    assert (config["retention.ms"], config["segment.ms"]) == (str(7 * DAY_MS), str(DAY_MS))


@given(st.integers(1, 10_000))
def test_no_word_is_held_longer_than_the_limit_or_than_the_catalogue_says(days):
    for topic in TOPICS:
        if topic.holds_text and not topic.is_state:
            config = config_of(topic, days)
            retention, segment = int(config["retention.ms"]), int(config["segment.ms"])
            assert segment > 0
            assert retention > 0
            assert retention + segment <= days * DAY_MS  # a segment goes when its newest record is over age
            assert topic.retention_ms == FOREVER or retention <= topic.retention_ms


def test_a_limit_above_the_catalogue_lengthens_nothing():
    for name in (RAW, CLEAN, DEAD):
        assert config_of(catalogue()[name], 3650)["retention.ms"] == str(catalogue()[name].retention_ms)


def test_version_floors_never_expire_but_what_was_taken_out_of_the_state_is_gone_soon():
    assert {topic.name for topic in TOPICS if topic.is_state} == {DEDUP_STATE, PUBLISH_STATE}
    config = config_of(catalogue()[PUBLISH_STATE], 8)
    assert (config["cleanup.policy"], config["retention.ms"]) == ("compact", "-1")
    assert config["max.compaction.lag.ms"] == str(DAY_MS)

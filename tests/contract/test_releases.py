"""A release of the schemas is a promise: later schemas keep it, and nobody writes it anew."""

from __future__ import annotations

from typing import Any

import orjson
import pytest

from wiredesk.contracts.catalogue import catalogue
from wiredesk.contracts.errors import NotReady
from wiredesk.contracts.release import broken_promises, promised, release, releases
from wiredesk.contracts.shipped import shipped
from wiredesk.contracts.topics import DEAD, ENRICHED, OUTCOMES, RAW

RELEASED = shipped("schemas", "released")


def test_the_schemas_keep_what_was_promised():
    assert broken_promises(RELEASED, catalogue()) == [], "others rely on it; docs/contract.md, 'Change'"


def test_a_release_has_all_but_what_stages_remember():
    assert releases(RELEASED)
    for version, schemas in releases(RELEASED).items():
        topics = {topic for topic in schemas if not topic.endswith(".headers")}
        assert {RAW, ENRICHED, OUTCOMES, DEAD} <= topics, version
        assert {f"{topic}.headers" for topic in topics} <= set(schemas)
        assert not [topic for topic in topics if ".state." in topic]


@pytest.fixture
def released(tmp_path):
    release(tmp_path, "1.0", catalogue())
    return tmp_path


def test_a_release_is_what_the_schemas_are(released):
    assert releases(released) == {"1.0": promised(catalogue())}
    assert broken_promises(released, catalogue()) == []


def test_a_release_is_never_written_twice(released):
    with pytest.raises(NotReady, match=r"1\.0 is there already.*raise the version"):
        release(released, "1.0", catalogue())


def rewrite(folder: Any, topic: str, **changed: Any) -> None:
    path = folder / "1.0" / f"{topic}.schema.json"
    path.write_bytes(orjson.dumps(orjson.loads(path.read_bytes()) | changed))


@pytest.mark.parametrize(
    ("topic", "changed", "told"),
    [
        (ENRICHED, {"properties": {"colour": {"type": "string"}}}, "1.0: articles.enriched.v1: $.colour: is gone"),
        (RAW, {"required": []}, "1.0: articles.raw.v1: $.source: is required now"),
        (f"{ENRICHED}.headers", {"properties": {"ce_mood": {"type": "string"}}}, "1.0: articles.enriched.v1.headers"),
    ],
)
def test_what_breaks_an_earlier_release_is_not_released(released, topic, changed, told):
    """The promise is made larger than what there is."""
    rewrite(released, topic, **changed)
    assert any(line.startswith(told) for line in broken_promises(released, catalogue()))
    with pytest.raises(NotReady, match="break"):
        release(released, "1.1", catalogue())
    assert list(releases(released)) == ["1.0"]


def test_a_topic_that_is_taken_away_breaks_the_promise(released):
    rest = {name: topic for name, topic in catalogue().items() if name != ENRICHED}
    assert any("articles.enriched.v1: the topic is gone" in line for line in broken_promises(released, rest))


def test_feeds_may_be_asked_for_less(released):
    rewrite(released, RAW, required=["source", "headline"])
    assert broken_promises(released, catalogue()) == []

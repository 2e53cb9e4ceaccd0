"""How the examples are made from the raw ones; that they hold is in ``test_schemas.py``."""

from __future__ import annotations

import msgspec
import orjson
import pytest

from wiredesk.contracts.outcomes import Outcome
from wiredesk.contracts.raw import read_raw
from wiredesk.contracts.record import Out, RawRef, Record
from wiredesk.contracts.schemas import MESSAGES
from wiredesk.contracts.shipped import shipped
from wiredesk.contracts.topics import CLEAN, ENRICHED, OUTCOMES, RAW
from wiredesk.line import Dead, Passed
from wiredesk.line.examples import ARRIVAL, made, records, timeless

FOLDER = shipped("schemas", "examples")


def example(topic: str, name: str) -> dict:
    return orjson.loads((FOLDER / topic / f"{name}.json").read_bytes())


def test_raw_examples_arrive_after_they_were_published_and_the_last_cannot_be_read():
    *good, malformed = records(FOLDER)
    assert len(good) == len(ARRIVAL)
    for record in good:
        article = read_raw(record.value).article
        sent = article.updated_at or article.published_at
        assert sent is not None
        assert record.time == sent.timestamp() * 1000 + 2000
        assert record.ref == RawRef(RAW, 0, record.offset)
    with pytest.raises(msgspec.MsgspecError):
        msgspec.json.decode(malformed.value or b"")


def test_one_message_a_topic_is_an_example_and_a_tombstone_is_none():
    passed = Passed(
        Record(RAW, 0, 3, 1, None, b"{}"), [Out(CLEAN, "a", b"1"), Out(CLEAN, "b", b"2"), Out(ENRICHED, "a", None)]
    )
    assert list(made(passed)) == [(CLEAN, b"1")]


def test_a_dead_letter_gives_an_outcome():
    [(topic, value)] = made(Passed(Record(RAW, 0, 3, 1, None, b"{"), [], Dead("intake", "BadMessage", "mend it")))
    outcome = msgspec.json.decode(value, type=Outcome)
    assert (topic, outcome.outcome, outcome.raw) == (OUTCOMES, "dead", RawRef(RAW, 0, 3))
    assert outcome.error is not None
    assert (outcome.error.stage, outcome.error.class_, outcome.error.message) == ("intake", "BadMessage", "mend it")


def test_what_was_measured_is_the_same_in_every_run():
    one, other = (timeless(b'{"text":"x","timings":{"intake":%s}}' % seconds) for seconds in (b"0.0021", b"0.7"))
    assert one == other
    assert orjson.loads(one) == {"text": "x", "timings": {"intake": 0.001}}


def test_an_article_can_be_followed_from_its_feed_to_its_consumers():
    hops = [topic for topic in MESSAGES if topic.startswith("articles.") and topic not in (RAW, OUTCOMES)]
    ids = {example(topic, "full")["article_id"] for topic in hops}
    assert len(ids) == 1
    assert ids == {example(OUTCOMES, "full")["article_id"]}


@pytest.mark.parametrize(
    ("name", "outcome"),
    [("full", "enriched"), ("withdrawal", "withdrawn"), ("full-again", "redelivered"), ("malformed", "dead")],
)
def test_there_is_an_example_of_every_common_outcome(name, outcome):
    assert example(OUTCOMES, name)["outcome"] == outcome


def test_the_copy_is_in_the_story_of_its_wire_and_carries_its_words():
    assert example(ENRICHED, "copy")["story"]["story_id"] == example(ENRICHED, "full")["story"]["story_id"]
    assert example("stories.v1", "copy")["size"] == 2
    assert example("quotes.v1", "copy")["count"] == 2

"""Stories explained from their topics, and overruled through the log, on both brokers.

A stand-in plays the writer of stories; that dedup carries the decisions out is the end-to-end tests' matter.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Any

import msgspec
import orjson
import pytest
from kafka import KafkaConsumer, KafkaProducer, TopicPartition
from typer.testing import CliRunner, Result

from tests.unit.cli.desk import clustered
from tests.unit.dedup.articles import START
from wiredesk.cli.main import app
from wiredesk.cli.topics import provision
from wiredesk.contracts.edits import StoryEdit, key_of, read_edit
from wiredesk.contracts.ids import split_story_id, story_id
from wiredesk.contracts.stories import MemberRecord, StoryRecord
from wiredesk.contracts.topics import CLEAN, DEAD, ENRICHED, STORIES, STORY_MEMBERS

STORY, ALONE = story_id("wire", 1), story_id("alone", 1)
Answer = Callable[[StoryEdit], list[tuple[str, str, bytes, list[tuple[str, bytes]]]]]


@pytest.fixture
def producer(broker) -> Iterator[Any]:
    provision(broker.bootstrap)
    producer = KafkaProducer(bootstrap_servers=broker.bootstrap, acks="all", enable_idempotence=False)
    yield producer
    producer.close()


def send(producer: Any, topic: str, key: str, value: bytes | None) -> None:
    """Sends it as if it had been written when the articles came."""
    producer.send(topic, key=key.encode(), value=value, timestamp_ms=int(START.timestamp() * 1000)).get(10)


@pytest.fixture
def stories(producer) -> None:
    for out in clustered():
        send(producer, out.topic, out.key, out.value)


@pytest.fixture
def wiredesk(broker) -> Callable[..., Result]:
    def wiredesk(*arguments: object) -> Result:
        return CliRunner().invoke(app, [*map(str, arguments), "--bootstrap", broker.bootstrap])

    return wiredesk


def told(result: Result) -> dict[str, Any]:
    assert result.exit_code == 0, result.stderr
    return orjson.loads(result.stdout)


def ids(explained: dict[str, Any]) -> list[str]:
    return [member["article_id"] for member in explained["members"]]


@pytest.mark.usefixtures("stories")
def test_a_story_is_explained_from_its_topics(wiredesk):
    explained = told(wiredesk("explain", STORY, "--json"))
    assert ids(explained) == ["wire", "copy", "cut", "exact"]
    assert all(member["beside"]["article_id"] == "wire" for member in explained["members"][1:])


@pytest.mark.usefixtures("stories")
def test_an_article_is_explained_with_what_it_embeds(wiredesk):
    [member] = told(wiredesk("explain", "embed", "--json"))["members"]
    [embed] = member["embeds"]
    assert (embed["story_id"], embed["beside"]["article_id"]) == (STORY, "wire")


@pytest.mark.usefixtures("stories")
def test_an_article_whose_text_is_gone_keeps_its_place_and_a_withdrawn_one_does_not(wiredesk, producer):
    send(producer, ENRICHED, "copy", None)
    told_of = {member["article_id"]: member for member in told(wiredesk("explain", STORY, "--json"))["members"]}
    assert told_of["copy"]["note"] == "it was withdrawn"
    assert told_of["copy"]["beside"] is None
    assert told_of["cut"]["beside"]["article_id"] == "wire"

    send(producer, STORY_MEMBERS, f"{STORY}/copy", None)
    done = wiredesk("explain", "copy")
    assert done.exit_code == 1
    assert "article copy was withdrawn" in done.stderr


def test_a_member_without_a_text_is_told_as_such(wiredesk, producer):
    member = MemberRecord(
        article_id="forgotten", version=1, source="x", relation="cut", seen_at=None, story_id="lasting", score=0.9
    )
    story = StoryRecord(story_id="lasting", size=1, members=[member], origin=None, first_carrier="x")
    send(producer, STORIES, "lasting", msgspec.json.encode(story))
    send(producer, STORY_MEMBERS, "lasting/forgotten", msgspec.json.encode(member))
    [told_of] = told(wiredesk("explain", "forgotten", "--json"))["members"]
    assert told_of["note"].startswith("its text is not held any more")
    assert (told_of["relation"], told_of["score"], told_of["rule"]) == ("cut", 0.9, None)


@pytest.mark.usefixtures("stories")
def test_an_unknown_id_is_told_of(wiredesk, broker):
    done = wiredesk("explain", "nobody")
    assert done.exit_code == 1
    assert f"no story and no article 'nobody' in the topics at {broker.bootstrap}" in done.stderr


class Writer:
    """A stand-in for dedup: gives ``answer`` to the next decision on ``articles.clean.v1``."""

    def __init__(self, bootstrap: str, producer: Any, answer: Answer) -> None:
        self.headers: dict[str, str] = {}
        self.edit: StoryEdit | None = None
        self._producer, self._answer = producer, answer
        self._consumer = KafkaConsumer(bootstrap_servers=bootstrap, enable_auto_commit=False)
        place = TopicPartition(CLEAN, 0)
        self._consumer.assign([place])
        self._consumer.seek_to_end(place)
        self._consumer.position(place)
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self) -> None:
        record = next(iter(self._consumer))
        self.edit = read_edit(record.value)
        self.headers = {name: value.decode() for name, value in record.headers}
        assert record.key == key_of(self.edit).encode()
        for topic, key, value, headers in self._answer(self.edit):
            self._producer.send(topic, key=key.encode(), value=value, headers=headers)
        self._producer.flush()

    def close(self) -> None:
        self._thread.join(10)
        self._consumer.close()


@pytest.fixture
def writer(broker, producer) -> Iterator[Callable[[Answer], Writer]]:
    made: list[Writer] = []

    def writer(answer: Answer) -> Writer:
        made.append(Writer(broker.bootstrap, producer, answer))
        return made[-1]

    yield writer
    for each in made:
        each.close()


def record(of: str, size: int, merged_into: str | None = None) -> bytes:
    story = StoryRecord(story_id=of, size=size, members=[], origin=None, first_carrier="wire", merged_into=merged_into)
    return msgspec.json.encode(story)


@pytest.mark.usefixtures("stories")
def test_a_merge_is_sent_and_its_effect_is_told(wiredesk, writer):
    dedup = writer(lambda edit: [(STORIES, ALONE, record(ALONE, 0, STORY), [])])
    done = wiredesk("stories", "merge", ALONE, STORY, "--because", "one rescue", "--by", "jane")
    assert done.exit_code == 0, done.stderr
    assert done.stdout.splitlines()[-1] == f"story {ALONE} is merged into {STORY}"
    assert dedup.edit is not None
    assert (dedup.edit.kind, dedup.edit.stories, dedup.edit.by) == ("merge", [ALONE, STORY], "jane")
    assert dedup.edit.because == "one rescue"
    assert dedup.headers["ce_type"] == "org.wiredesk.stories.edits.v1"
    assert "ce_raw" not in dedup.headers


@pytest.mark.usefixtures("stories")
def test_a_split_is_sent_once_for_each_article_and_its_effect_is_told(wiredesk, writer):
    def split(edit: StoryEdit) -> list[Any]:
        made = split_story_id(edit.edit_id)
        return [(STORIES, STORY, record(STORY, 2), []), (STORIES, made, record(made, 2), [])]

    dedup = writer(split)
    done = wiredesk("stories", "split", STORY, "cut", "copy", "cut")
    assert done.exit_code == 0, done.stderr
    assert dedup.edit is not None
    assert dedup.edit.articles == ["cut", "copy"]
    assert done.stdout.splitlines()[-1] == f"2 of them are story {split_story_id(dedup.edit.edit_id)} now"


@pytest.mark.usefixtures("stories")
def test_a_decision_that_cannot_be_carried_out_says_why(wiredesk, writer):
    writer(lambda edit: [(DEAD, key_of(edit), b"{}", [("dead_message", b"the story left the window")])])
    done = wiredesk("stories", "merge", ALONE, STORY)
    assert done.exit_code == 1
    assert "the decision could not be carried out: the story left the window" in done.stderr


@pytest.mark.usefixtures("stories")
def test_a_decision_that_nobody_answers_is_in_the_log_and_says_so(wiredesk, monkeypatch):
    monkeypatch.setattr("wiredesk.cli.edit_answer.Answers.to", lambda self, edit: None)
    done = wiredesk("stories", "merge", ALONE, STORY)
    assert done.exit_code == 1
    assert "nobody carried it out within 30 s; it is in the log" in done.stderr


@pytest.mark.usefixtures("stories")
def test_a_dry_run_checks_and_sends_nothing(wiredesk, monkeypatch):
    monkeypatch.setattr("wiredesk.cli.stories.KafkaProducer", None)
    done = wiredesk("stories", "split", STORY, "cut", "--dry-run")
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout == f"would take 1 article out of story {STORY} (4 articles, first seen at wire)\n"
    assert wiredesk("stories", "split", STORY, "alone", "--dry-run").exit_code == 1

"""The state is the sum of its records: a writer that died at any point goes on as if nothing had happened."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.dedup.articles import OTHER, WIRE, article, comparable, made_up, record
from wiredesk.contracts.article import CleanArticle
from wiredesk.contracts.errors import Refused
from wiredesk.contracts.record import Out
from wiredesk.contracts.topics import DEDUP_STATE
from wiredesk.dedup.handler import Dedup

PARAGRAPHS = WIRE.split("\n")
ONE, TWO = made_up(1, 90), made_up(2, 90)
BODIES = [
    WIRE,
    WIRE.replace("eleven", "twelve"),
    "\n".join(PARAGRAPHS[:3]),
    "\n".join(PARAGRAPHS[2:]),
    WIRE + "\n" + ONE,
    OTHER,
    OTHER + "\n" + "\n".join(PARAGRAPHS[3:]),
    ONE,
    TWO,
    ". ".join(". ".join(text.split(". ")[at : at + 2]) for at in range(0, 6, 2) for text in (ONE, TWO)),
    "Ship in distress.",
]

messages = st.fixed_dictionaries(
    {
        "name": st.sampled_from(["a", "b", "c", "d", "e"]),
        "body": st.sampled_from(BODIES),
        "source": st.sampled_from(["agency", "gazette", "herald"]),
        "version": st.sampled_from([None, None, None, 1, 2, 3]),
        "updated": st.sampled_from([None, None, 1, 5, 50]),
        "status": st.sampled_from(["usable", "usable", "usable", "usable", "withdrawn"]),
        "wait": st.sampled_from([0, 0.1, 1, 30, 80]),
        "replays": st.sampled_from([0, 0, 0, 1, 2]),
    }
)


def stream(drawn: list[dict[str, Any]], *, broker: bool) -> list[CleanArticle]:
    """The articles that ``drawn`` describes; one that ``replays`` is the raw message so many places before it again."""
    found: list[CleanArticle] = []
    hours = 0.0
    for offset, each in enumerate(drawn):
        given_ = dict(each)
        hours += given_.pop("wait")
        back = given_.pop("replays")
        if back and len(found) >= back:
            found.append(found[-back])
        else:
            found.append(article(hours=hours, offset=offset if broker else None, **given_))
    return found


def state_of(outs: list[Out]) -> list[Out]:
    return [out for out in outs if out.topic == DEDUP_STATE]


def rebuilt(log: list[Out]) -> Dedup:
    stage = Dedup()
    for out in log:
        stage.apply(out.key, out.value)
    return stage


streams = st.tuples(st.lists(messages, min_size=2, max_size=9), st.booleans()).map(
    lambda of: stream(of[0], broker=of[1])
)


@settings(max_examples=60, deadline=None)
@given(streams)
def test_a_writer_rebuilt_at_any_point_goes_on_as_the_undisturbed_one(articles: list[CleanArticle]) -> None:
    undisturbed = Dedup()
    answers = [undisturbed.handle(record(each)) for each in articles]
    for cut in range(1, len(articles)):
        other = rebuilt([out for outs in answers[:cut] for out in state_of(outs)])
        for each, expected in zip(articles[cut:], answers[cut:], strict=True):
            assert comparable(other.handle(record(each))) == comparable(expected)


@settings(max_examples=60, deadline=None)
@given(streams)
def test_a_writer_that_takes_up_a_snapshot_goes_on_as_the_undisturbed_one(articles: list[CleanArticle]) -> None:
    undisturbed = Dedup()
    snapshots = []
    answers = []
    for each in articles:
        answers.append(undisturbed.handle(record(each)))
        snapshots.append({name: values.copy() for name, values in undisturbed.snapshot().items()})
    for cut in range(1, len(articles)):
        other = Dedup()
        other.restore(snapshots[cut - 1])
        for each, expected in zip(articles[cut:], answers[cut:], strict=True):
            assert comparable(other.handle(record(each))) == comparable(expected)


def test_a_snapshot_of_another_window_is_refused() -> None:
    with pytest.raises(ValueError, match="window"):
        Dedup(window_hours=24).restore(Dedup(window_hours=72).snapshot())


@settings(max_examples=60, deadline=None)
@given(st.lists(messages, min_size=1, max_size=9).map(lambda drawn: stream(drawn, broker=True)))
def test_killed_between_the_acknowledgements_it_sends_the_same_again(articles: list[CleanArticle]) -> None:
    stage = Dedup()
    log: list[Out] = []
    for each in articles:
        outs = stage.handle(record(each))
        log += state_of(outs)
        again = rebuilt(log).handle(record(each))
        assert comparable(again) == comparable([out for out in outs if out.topic != DEDUP_STATE])


@settings(max_examples=40, deadline=None)
@given(streams)
def test_the_same_log_gives_the_same_messages(articles: list[CleanArticle]) -> None:
    one, two = Dedup(), Dedup()
    for each in articles:
        assert comparable(one.handle(record(each))) == comparable(two.handle(record(each)))


@settings(max_examples=60, deadline=None)
@given(streams)
def test_what_the_topics_hold_at_the_end_agrees_with_itself(articles: list[CleanArticle]) -> None:
    stage = Dedup()
    stories: dict[str, Any] = {}
    members: dict[str, Any] = {}
    for each in articles:
        for topic, key, value in comparable(stage.handle(record(each))):
            if topic == "stories.v1":
                stories[key] = value
            elif topic == "stories.members.v1":
                members[key] = value
    present = {key: value for key, value in members.items() if value is not None}
    numbers = stage.state.clusters.stories.numbers()
    for story in map(stage.state.clusters.numbered, numbers):
        assert stories[story.story_id]["size"] == len(story)
        listed = {f"{story.story_id}/{one}" for one in story.in_order()}
        assert {key for key in present if key.startswith(story.story_id)} == listed
    for written in stories.values():
        if written is not None and written["merged_into"] is not None:
            final = stories[written["merged_into"]]
            assert final is None or final["merged_into"] is None, "merged_into names the final story"


@settings(max_examples=60, deadline=None)
@given(streams)
def test_a_compacted_state_topic_gives_the_same_stories(articles: list[CleanArticle]) -> None:
    stage = Dedup()
    log = [out for each in articles for out in state_of(stage.handle(record(each)))]
    last = {out.key: at for at, out in enumerate(log)}
    other = rebuilt([out for at, out in enumerate(log) if last[out.key] == at])
    assert (other.state.seq, other.state.clock) == (stage.state.seq, stage.state.clock)
    for one in {each.article_id for each in articles}:
        here, there = stage.state.story_of(one), other.state.story_of(one)
        assert (here and here.story_id) == (there and there.story_id)


def test_a_tombstone_forgets_the_article() -> None:
    stage = Dedup()
    stage.handle(record(article("a", offset=1)))
    stage.apply("a", None)
    assert not stage.state.known("a")
    assert not list(stage.state.clusters.stories.numbers())


def test_what_was_decided_goes_out_also_when_its_messages_cannot_be_made(monkeypatch: pytest.MonkeyPatch) -> None:
    stage = Dedup()
    with monkeypatch.context() as broken:
        broken.setattr("wiredesk.dedup.handler.accepted", lambda *_: 1 / 0)
        with pytest.raises(Refused, match="ZeroDivisionError") as error:
            stage.handle(record(article("a", offset=1)))
    assert rebuilt(list(error.value.outs)).state.seq == stage.state.seq == 1

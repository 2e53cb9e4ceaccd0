"""An editor's decision overrules dedup, and holds for what comes later."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from tests.unit.dedup.articles import OTHER, WIRE, Answer, article, made_up, record
from wiredesk.contracts import topics
from wiredesk.contracts.edits import MERGE, SPLIT, StoryEdit, headers_of, key_of
from wiredesk.contracts.errors import BadMessage, Refused
from wiredesk.contracts.ids import split_story_id
from wiredesk.contracts.record import Record
from wiredesk.dedup.handler import Dedup


def edit(name: str, kind: str, stories: list[str], articles: list[str] | None = None) -> Record:
    """The decision ``name`` as it is read from the log."""
    decided = StoryEdit(
        edit_id=name, kind=kind, stories=stories, articles=articles or [], by="ines", at="2026-09-13T12:00:00Z"
    )
    value = msgspec.json.encode(decided)
    return Record(topics.CLEAN, 0, 0, None, key_of(decided).encode(), value, tuple(headers_of(decided)))


class Desk:
    """A stage, and all records of its state in order."""

    def __init__(self) -> None:
        self.stage = Dedup()
        self.log: list[Any] = []

    def read(self, name: str, body: str, **given: Any) -> Answer:
        return self.take(record(article(name, body, **given)))

    def take(self, of: Record) -> Answer:
        answer = Answer(self.stage.handle(of))
        self.log += answer.state
        return answer

    def story(self, name: str) -> str | None:
        found = self.stage.state.story_of(name)
        return found and found.story_id

    def rebuilt(self) -> Desk:
        other = Desk()
        for out in self.log:
            other.stage.apply(out.key, out.value)
        return other


@pytest.fixture
def desk() -> Desk:
    """Three members of one story, the third with a paragraph of its own, and a story of another matter."""
    made = Desk()
    made.read("wire", WIRE, offset=1)
    made.read("copy", WIRE, offset=2)
    made.read("third", WIRE.replace("eleven", "twelve") + "\n" + made_up(7, 90), offset=3)
    made.read("other", OTHER, offset=4)
    assert made.story("wire") == made.story("copy") == made.story("third") != made.story("other")
    return made


def test_merged_stories_are_one_from_then_on(desk: Desk) -> None:
    older, younger = desk.story("wire"), desk.story("other")
    assert older
    assert younger
    answer = desk.take(edit("m", MERGE, [younger, older]))
    assert answer.stories[younger]["merged_into"] == older
    assert answer.stories[older]["size"] == 4
    assert answer.members[f"{younger}/other"] is None
    assert answer.members[f"{older}/other"]["article_id"] == "other"
    assert desk.read("later", OTHER, offset=5).story["story_id"] == older


def test_a_split_makes_a_story_of_those_who_leave(desk: Desk) -> None:
    old = desk.story("wire")
    assert old
    answer = desk.take(edit("s", SPLIT, [old], ["third"]))
    new = split_story_id("s")
    assert (answer.stories[old]["size"], answer.stories[new]["size"]) == (2, 1)
    assert answer.stories[new]["members"][0]["relation"] == "original"
    assert answer.members == {f"{old}/third": None, f"{new}/third": answer.members[f"{new}/third"]}
    assert answer.members[f"{new}/third"]["story_id"] == new


def test_after_a_split_later_members_go_where_they_match_better_and_the_stories_stay_two(desk: Desk) -> None:
    old = desk.story("wire")
    assert old
    desk.take(edit("s", SPLIT, [old], ["third"]))
    like_third = desk.read("fourth", WIRE.replace("eleven", "twelve") + "\n" + made_up(7, 90), offset=5)
    assert like_third.story["story_id"] == split_story_id("s")
    assert desk.read("fifth", WIRE, offset=6).story["story_id"] == old
    assert not like_third.stories.get(old, {}).get("merged_into")


def test_a_new_version_stays_where_the_editor_put_the_article(desk: Desk) -> None:
    old = desk.story("wire")
    assert old
    desk.take(edit("s", SPLIT, [old], ["third"]))
    assert desk.read("third", WIRE, offset=5, version=2).story["story_id"] == split_story_id("s")


def test_parted_stories_can_be_merged_again(desk: Desk) -> None:
    old = desk.story("wire")
    assert old
    desk.take(edit("s", SPLIT, [old], ["third"]))
    desk.take(edit("m", MERGE, [old, split_story_id("s")]))
    assert desk.story("third") == old
    assert desk.read("later", WIRE, offset=5).story["story_id"] == old


@pytest.mark.parametrize("kind", [MERGE, SPLIT])
def test_the_same_decision_again_changes_nothing_more(desk: Desk, kind: str) -> None:
    one, two = desk.story("wire"), desk.story("other")
    assert one
    assert two
    decision = edit("e", kind, [one, two]) if kind == MERGE else edit("e", kind, [one], ["third"])
    first, again = desk.take(decision), desk.take(decision)
    assert (again.state, again.stories, again.members) == ([], first.stories, first.members)


@pytest.mark.parametrize("kind", [MERGE, SPLIT])
def test_a_rebuilt_writer_knows_the_decision(desk: Desk, kind: str) -> None:
    one, two = desk.story("wire"), desk.story("other")
    assert one
    assert two
    desk.take(edit("e", kind, [one, two]) if kind == MERGE else edit("e", kind, [one], ["third", "copy"]))
    desk.read("third", WIRE, offset=5, version=2)
    other = desk.rebuilt()
    names = ["wire", "copy", "third", "other"]
    assert [other.story(name) for name in names] == [desk.story(name) for name in names]
    for later in (record(article("later", WIRE, offset=6)), record(article("last", OTHER, offset=7))):
        assert other.take(later).story == desk.take(later).story


def test_a_decision_is_forgotten_with_its_stories(desk: Desk) -> None:
    old = desk.story("wire")
    assert old
    desk.take(edit("s", SPLIT, [old], ["third"]))
    answer = desk.read("late", made_up(9, 90), offset=5, hours=100)
    answer = Answer([*answer.outs, *desk.read("later", made_up(10, 90), offset=6, hours=101).outs])
    assert [out.value for out in answer.state if out.key == "edit/s"] == [None]
    assert not desk.stage.state.edits


@pytest.mark.parametrize(
    ("kind", "stories", "articles", "why"),
    [
        (MERGE, ["WIRE", "unknown"], [], "not known"),
        (MERGE, ["WIRE", "WIRE"], [], "a merge names two stories"),
        (SPLIT, ["WIRE"], ["other"], "no member of story"),
        (SPLIT, ["WIRE"], ["wire", "copy", "third"], "all 3 members"),
        (SPLIT, ["WIRE"], [], "a split one story and the articles"),
    ],
)
def test_what_cannot_be_carried_out_says_why(
    desk: Desk, kind: str, stories: list[str], articles: list[str], why: str
) -> None:
    named = [desk.story("wire") or "" if story == "WIRE" else story for story in stories]
    with pytest.raises(BadMessage, match=why):
        desk.take(edit("e", kind, named, articles))
    assert {desk.story(name) for name in ("wire", "copy", "third")} == {desk.story("wire")}


def test_what_was_refused_is_refused_again_also_when_it_could_be_done_by_then(desk: Desk) -> None:
    old = desk.story("wire")
    assert old
    decision = edit("e", SPLIT, [old], ["late"])
    with pytest.raises(Refused, match="no member") as first:
        desk.take(decision)
    for out in first.value.outs:
        desk.log.append(out)
    desk.read("late", WIRE, offset=5)
    for writer in (desk, desk.rebuilt()):
        with pytest.raises(Refused, match="no member") as again:
            writer.take(decision)
        assert again.value.outs == []

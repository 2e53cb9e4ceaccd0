"""An editor's decisions before they are sent, and what is taken for their answer."""

from __future__ import annotations

import msgspec
import pytest

from wiredesk.cli.edit_answer import answer
from wiredesk.cli.stories import check_merge, check_split
from wiredesk.contracts.edits import StoryEdit
from wiredesk.contracts.errors import WiredeskError
from wiredesk.contracts.ids import split_story_id
from wiredesk.contracts.stories import MemberRecord, StoryRecord
from wiredesk.contracts.topics import DEAD, STORIES


def story(story_id: str, size: int = 2, merged_into: str | None = None) -> StoryRecord:
    return StoryRecord(
        story_id=story_id, size=size, members=[], origin=None, first_carrier="Courier", merged_into=merged_into
    )


def member(of: str, article_id: str) -> MemberRecord:
    return MemberRecord(
        article_id=article_id, version=1, source="x", relation="near", seen_at=None, story_id=of, score=1.0
    )


class Shelf:
    """Stories a (three members), b (one), and old, which is a now."""

    place = "the shelf"

    def stories(self, ids):
        known = {"a": story("a", 3), "b": story("b", 1), "old": story("old", 0, "a")}
        return {key: record for key, record in known.items() if key in ids}

    def members(self, of):
        known = [member("a", "1"), member("a", "2"), member("a", "3"), member("b", "4")]
        return [record for record in known if of in (record.story_id, record.article_id)]

    def texts(self, ids, since):
        return {}


def test_two_stories_may_be_merged():
    assert [found.story_id for found in check_merge(Shelf(), "b", "a")] == ["b", "a"]


@pytest.mark.parametrize(
    ("one", "other", "says"),
    [
        ("a", "a", "one story already"),
        ("a", "old", "story old was merged into a; name that one"),
        ("nobody", "a", "there is no story 'nobody' in the shelf"),
    ],
)
def test_what_cannot_be_merged(one, other, says):
    with pytest.raises(WiredeskError, match=says):
        check_merge(Shelf(), one, other)


def test_members_may_leave_as_long_as_one_stays():
    assert check_split(Shelf(), "a", ["1", "3"]).size == 3


@pytest.mark.parametrize(
    ("of", "leaving", "says"),
    [
        ("a", ["1", "2", "3"], "all members of story a"),
        ("b", ["4"], "all members of story b"),
        ("a", ["1", "4"], "4: no member of story a"),
        ("old", ["1"], "merged into a"),
        ("nobody", ["1"], "there is no story 'nobody'"),
    ],
)
def test_what_cannot_be_split(of, leaving, says):
    with pytest.raises(WiredeskError, match=says):
        check_split(Shelf(), of, leaving)


MERGE = StoryEdit(edit_id="m", kind="merge", stories=["a", "b"], by="jane", at="2024-03-11T10:05:00Z")
SPLIT = StoryEdit(edit_id="s", kind="split", stories=["a"], articles=["1"], by="jane", at="2024-03-11T10:05:00Z")


def said(edit: StoryEdit, record: StoryRecord) -> str | None:
    return answer(edit, STORIES, record.story_id.encode(), msgspec.json.encode(record), [])


def test_a_merge_is_answered_by_either_story_naming_the_other():
    assert said(MERGE, story("b", 0, "a")) == "story b is merged into a"
    assert said(MERGE, story("a", 0, "b")) == "story a is merged into b"
    assert said(MERGE, story("a", 4)) is None
    assert said(MERGE, story("b", 0, "c")) is None


def test_a_split_is_answered_by_the_story_that_it_made():
    assert said(SPLIT, story(split_story_id("s"), 1)) == f"1 of them is story {split_story_id('s')} now"
    assert said(SPLIT, story("a", 2)) is None


def test_a_dead_letter_of_the_decision_is_told_and_those_of_others_are_not():
    headers = [("dead_message", b"story b left the window\x1b[2J")]
    with pytest.raises(WiredeskError, match=r"could not be carried out: story b left the window\\x1b"):
        answer(MERGE, DEAD, b"edit/m", b"{}", headers)
    assert answer(MERGE, DEAD, b"edit/other", b"{}", headers) is None
    assert answer(MERGE, DEAD, None, b"\xff", []) is None
    assert answer(MERGE, STORIES, b"a", None, []) is None

"""Editors' decisions: what becomes of one, as a pure function of the state, and the messages that follow from it."""

from __future__ import annotations

from collections.abc import Iterator

from wiredesk.contracts import topics
from wiredesk.contracts.edits import MERGE, StoryEdit
from wiredesk.contracts.errors import BadMessage
from wiredesk.contracts.ids import split_story_id
from wiredesk.contracts.record import Out
from wiredesk.dedup.outputs import member_out, merged_outs, story_out
from wiredesk.dedup.records import EditState, Merge
from wiredesk.dedup.state import State
from wiredesk.dedup.story import StoryState


def decide_edit(state: State, edit: StoryEdit) -> EditState:
    """The record of the decision, carried out or refused."""
    try:
        return _merge(state, edit) if edit.kind == MERGE else _split(state, edit)
    except BadMessage as why:
        return EditState(seq=state.seq + 1, clock=state.clock, refused=str(why))


def edit_outs(state: State, edit: EditState) -> Iterator[Out]:
    """The stories and members that the decision changed, as they are now."""
    for merge in edit.merges:
        own = state.story(merge.older)
        if own is not None:
            yield story_out(own)
            yield from merged_outs(own, merge.younger)
    for story in filter(None, map(state.story, edit.parted)):
        yield story_out(story)
    new = state.story(edit.opened) if edit.opened else None
    for article_id in edit.articles:
        yield Out(topics.STORY_MEMBERS, f"{edit.parted[0]}/{article_id}", None)
        if new is not None and article_id in new:
            yield member_out(new, article_id)


def _merge(state: State, edit: StoryEdit) -> EditState:
    one, two = (_known(state, story_id) for story_id in edit.stories)
    if one.story_id == two.story_id:
        raise BadMessage(f"{edit.stories[0]} and {edit.stories[1]} are one story already, {one.story_id}")
    older, younger = sorted((one, two), key=lambda story: story.number)
    return EditState(
        seq=state.seq + 1, clock=state.clock, merges=[Merge(younger.story_id, older.story_id, older.number)]
    )


def _split(state: State, edit: StoryEdit) -> EditState:
    story = _known(state, edit.stories[0])
    strange = [article_id for article_id in edit.articles if article_id not in story]
    if strange:
        raise BadMessage(f"{strange[0][:60]} is no member of story {story.story_id}; nothing was split")
    leaving = dict.fromkeys(edit.articles)
    if len(leaving) == len(story):
        raise BadMessage(f"all {len(story)} members of story {story.story_id} would leave it; name some of them")
    opened = split_story_id(edit.edit_id)
    return EditState(
        seq=state.seq + 1,
        clock=state.clock,
        opened=opened,
        parted=[story.story_id, opened],
        articles=[article_id for article_id in story.in_order() if article_id in leaving],
    )


def _known(state: State, story_id: str) -> StoryState:
    story = state.story(story_id)
    if story is None:
        raise BadMessage(
            f"story {story_id[:60]} is not known: its last article has left the window, or the id is wrong"
        )
    return story

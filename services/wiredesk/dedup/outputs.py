"""The messages that follow from a decision.

They are made from the record of the decision and the state as it is now. Sent again for a replayed message, the
document is the same as the first time, and the story records are as they are by then, so a replay never turns a story
back.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from wiredesk.contracts import topics
from wiredesk.contracts.article import CleanArticle, Story
from wiredesk.contracts.document import Document
from wiredesk.contracts.outcomes import Outcome
from wiredesk.contracts.record import Out
from wiredesk.contracts.stories import StoryRecord
from wiredesk.dedup.records import ArticleState, Left, Version
from wiredesk.dedup.shown import block_of
from wiredesk.dedup.state import State
from wiredesk.dedup.story import StoryState

_encode = msgspec.json.encode


def refused(article: CleanArticle, outcome: str, version: int) -> list[Out]:
    """The receipt of a message that made no version; where there is no broker, nobody waits for one."""
    if article.raw is None:
        return []
    told = Outcome(
        raw=article.raw,
        outcome=outcome,
        article_id=article.article_id,
        version=version,
        source=article.source.name,
    )
    return [Out(topics.OUTCOMES, str(article.raw), _encode(told))]


def accepted(
    state: State, document: Document, article: CleanArticle, known: ArticleState, version: Version
) -> list[Out]:
    """The document with its story, and the stories that this version of the article changed."""
    shown = version.shown
    story = None
    if shown is not None and known.story_id is not None:
        story = block_of(shown, article.article_id, known.story_id, article.text)
    return [_clustered(document, article, story, version), *_changed_stories(state, article.article_id, story, version)]


def _clustered(document: Document, article: CleanArticle, story: Story | None, version: Version) -> Out:
    document.put("version", version.number)
    document.put("story", story)
    key = story.story_id if story is not None else article.article_id
    return Out(topics.CLUSTERED, key, document.encode(), document.facts())


def _changed_stories(state: State, article_id: str, story: Story | None, version: Version) -> Iterator[Out]:
    own = None if story is None or version.withdrawn else state.story(story.story_id)
    if own is not None:
        yield story_out(own)
        if article_id in own:
            yield member_out(own, article_id)
        for absorbed in version.absorbed:
            yield from merged_outs(own, absorbed)
    if version.left is not None:
        yield from left_outs(state, version.left, article_id)


def merged_outs(own: StoryState, absorbed: str) -> Iterator[Out]:
    """Every story that led to ``own`` names it now, and the members of ``absorbed`` are members here and not there."""
    for story_id in own.absorbed:
        forward = StoryRecord(
            story_id=story_id, size=0, members=[], origin=None, first_carrier=None, merged_into=own.story_id
        )
        yield Out(topics.STORIES, story_id, _encode(forward), {"mergedinto": own.story_id})
    for article_id, formerly in own.formerly.items():
        if absorbed in formerly:
            for story_id in formerly:
                yield Out(topics.STORY_MEMBERS, f"{story_id}/{article_id}", None)
            if article_id in own:
                yield member_out(own, article_id)


def left_outs(state: State, left: Left, article_id: str) -> Iterator[Out]:
    """The story that the article left: without it, or gone. A story beyond the window can no longer be written anew."""
    story = state.story(left.story_id)
    if story is None or article_id not in story:
        yield Out(topics.STORY_MEMBERS, f"{left.story_id}/{article_id}", None)
    if story is not None:
        yield story_out(story)
    elif left.emptied:
        yield Out(topics.STORIES, left.story_id, None)


def story_out(story: StoryState) -> Out:
    """The story as it is now."""
    record = story.record()
    facts = {"size": str(record.size), **({"origin": record.origin.name} if record.origin else {})}
    return Out(topics.STORIES, story.story_id, _encode(record), facts)


def member_out(story: StoryState, article_id: str) -> Out:
    """The member as it is now."""
    record = story.member_record(article_id)
    facts = {"articlesource": record.source, "version": str(record.version), "relation": record.relation}
    return Out(topics.STORY_MEMBERS, f"{story.story_id}/{article_id}", _encode(record), facts)

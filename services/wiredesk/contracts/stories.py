"""The records of ``stories.v1`` and ``stories.members.v1``: one story, and one member of a story."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct

from wiredesk.contracts.article import Score, Time

MEMBERS_SHOWN = 50
"""A story record lists this many members, the first seen; ``stories.members.v1`` has them all."""


class StoryMember(Struct, kw_only=True):
    """An article that belongs to a story, by its newest version."""

    article_id: str
    version: int
    source: str
    relation: str
    seen_at: Time | None


class MemberRecord(StoryMember, kw_only=True):
    """One record of ``stories.members.v1``, keyed ``story_id/article_id``; a tombstone when it is a member no more."""

    story_id: str
    score: Score


class Origin(Struct, kw_only=True):
    """The wire that a story comes from, what shows it, and how sure it is.

    With members that come the origin may change: the story's record is written again then.
    """

    name: str
    evidence: list[str]
    confidence: Score | None = None


class StoryRecord(Struct, kw_only=True):
    """One story: how many articles carry it, the first of them, where it comes from."""

    story_id: str
    size: int
    members: Annotated[list[StoryMember], Meta(max_length=MEMBERS_SHOWN)]
    origin: Origin | None
    first_carrier: str | None
    merged_into: str | None = None

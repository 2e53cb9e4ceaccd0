"""One story as a decision and the outputs see it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from wiredesk.contracts.stories import MEMBERS_SHOWN, MemberRecord, StoryMember, StoryRecord
from wiredesk.dedup.articles import Articles, outlet_hash
from wiredesk.dedup.origin import origin_of
from wiredesk.dedup.records import ArticleState
from wiredesk.dedup.sketch import Sketch
from wiredesk.dedup.stories import Group, Stories

MOST_COMPARED = 4
"""References that an article is compared with: the first, from which the story has its text, and the last three."""


class Text(NamedTuple):
    """A text that a story is known by; ``first``: it is the first member's, from which the story has its text."""

    article_id: str
    sketch: Sketch
    first: bool


class StoryState:
    """A story at this moment; not to be kept across records. Articles are named by their ids."""

    def __init__(self, articles: Articles, stories: Stories, at: int) -> None:
        self.at = at
        """The number of the story in the index."""
        self._articles = articles
        self._stories = stories
        self._group: Group = stories.group(at)

    @property
    def story_id(self) -> str:
        """The id of the story."""
        return self._stories.id_of(self.at)

    @property
    def number(self) -> int:
        """When the story opened; a smaller number is an older story."""
        return self._stories.opened(self.at)

    @property
    def first(self) -> str | None:
        """The article that was seen first."""
        return next(iter(self.in_order()), None)

    @property
    def references(self) -> list[str]:
        """All references, first seen first."""
        return [self._articles.record(row).article_id for row in self._group.references]

    def texts(self) -> Iterator[Text]:
        """The references that a new article is compared with."""
        found, first = self._group.references, self._group.rows[0] if self._group.rows else None
        for row in found if len(found) <= MOST_COMPARED else (found[0], *found[1 - MOST_COMPARED :]):
            yield Text(self._articles.record(row).article_id, self._articles.sketch(row), row == first)

    @property
    def absorbed(self) -> list[str]:
        """The ids of the stories that became part of this one."""
        return list(self._group.absorbed)

    @property
    def formerly(self) -> dict[str, list[str]]:
        """Of articles of absorbed stories, the stories that they were members of."""
        return self._group.formerly or {}

    def seen_since(self, segment: int) -> bool:
        """Whether a member was decided on in this segment of event time or later."""
        return any(self._articles.segment(row) >= segment for row in reversed(self._group.rows))

    def __len__(self) -> int:
        return len(self._group.rows)

    def __contains__(self, article_id: object) -> bool:
        row = self._articles.row(str(article_id))
        return row is not None and self._stories.final(self._articles.story(row)) == self.at

    def in_order(self) -> Iterable[str]:
        """The members, first seen first."""
        return (self._articles.record(row).article_id for row in self._group.rows)

    def only_from(self, outlet: str) -> bool:
        """Whether all members are of this outlet."""
        wanted = outlet_hash(outlet)
        return all(self._articles.outlet(row) == wanted for row in self._group.rows)

    def another_from(self, outlet: str, article_id: str) -> bool:
        """Whether a member other than this article is of this outlet."""
        wanted, own = outlet_hash(outlet), self._articles.row(article_id)
        return any(self._articles.outlet(row) == wanted for row in self._group.rows if row != own)

    def record(self) -> StoryRecord:
        """The story as consumers see it."""
        first = [self._articles.record(row) for row in self._group.rows[:MEMBERS_SHOWN]]
        return StoryRecord(
            story_id=self.story_id,
            size=len(self),
            members=[_listed(member) for member in first],
            origin=origin_of(first),
            first_carrier=first[0].source if first else None,
        )

    def member_record(self, article_id: str) -> MemberRecord:
        """The record of one member."""
        row = self._articles.row(article_id)
        member = self._articles.record(row) if row is not None else None
        if member is None or member.member is None:
            raise ValueError(f"{article_id} is no member of story {self.story_id}")
        return MemberRecord(
            article_id=article_id,
            version=member.newest.number,
            source=member.source,
            relation=member.member.relation,
            seen_at=member.seen_at,
            story_id=self.story_id,
            score=member.member.score,
        )


def _listed(article: ArticleState) -> StoryMember:
    return StoryMember(
        article_id=article.article_id,
        version=article.newest.number,
        source=article.source,
        relation=article.member.relation if article.member else "near",
        seen_at=article.seen_at,
    )

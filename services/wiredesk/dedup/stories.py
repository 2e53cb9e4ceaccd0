"""Stories as the writer keeps them: the members in the order in which they came, and the reference texts."""

from __future__ import annotations

from bisect import insort
from collections import Counter
from typing import NamedTuple

from wiredesk.contracts.stories import MEMBERS_SHOWN, MemberRecord, StoryMember, StoryRecord
from wiredesk.dedup.origin import origin_of
from wiredesk.dedup.records import ArticleState, Membership, OriginSign

MOST_COMPARED = 4
"""References that an article is compared with: the first, from which the story has its text, and the last three."""


class Member(NamedTuple):
    """What is kept of a member for as long as its story lasts, also when its text has left the window."""

    place: Membership
    version: int
    source: str
    outlet: str
    seen_at: str | None
    origins: list[OriginSign]

    def shown(self, article_id: str) -> StoryMember:
        """The member as a story record lists it."""
        return StoryMember(
            article_id=article_id,
            version=self.version,
            source=self.source,
            relation=self.place.relation,
            seen_at=self.seen_at,
        )


def member_of(article: ArticleState, place: Membership) -> Member:
    """The member that ``article`` is at ``place``."""
    return Member(place, article.newest.number, article.source, article.outlet, article.seen_at, article.origins)


class StoryState:
    """One story. ``numbers`` are the index numbers of it and of all stories that it absorbed, its own first."""

    def __init__(self, story_id: str, number: int) -> None:
        self.story_id = story_id
        self.numbers = [number]
        self.absorbed: list[str] = []
        self.formerly: dict[str, list[str]] = {}  # article id -> the absorbed stories that it was a member of
        self.members: dict[str, Member] = {}
        self.outlets: Counter[str] = Counter()
        self.live = 0  # members whose text is in the window
        self._order: list[tuple[int, str]] = []
        self._references: list[tuple[int, str]] = []

    @property
    def number(self) -> int:
        """When the story opened; a smaller number is an older story."""
        return self.numbers[0]

    @property
    def first(self) -> str | None:
        """The article id of the member that was seen first."""
        return self._order[0][1] if self._order else None

    @property
    def references(self) -> list[str]:
        """The article ids of all references, first seen first."""
        return [article_id for _, article_id in self._references]

    @property
    def compared(self) -> list[str]:
        """The references that a new article is compared with."""
        found = self.references
        return found if len(found) <= MOST_COMPARED else [found[0], *found[-(MOST_COMPARED - 1) :]]

    def only_outlet(self) -> str | None:
        """The outlet that all members are from; None when there are several."""
        return next(iter(self.outlets)) if len(self.outlets) == 1 else None

    def put(self, article_id: str, member: Member) -> None:
        """Adds the member, or replaces it; its place in the order is when it joined."""
        self.remove(article_id)
        self.members[article_id] = member
        self.outlets[member.outlet] += 1
        insort(self._order, (member.place.joined, article_id))

    def remove(self, article_id: str) -> None:
        """Takes the member out, if it is one."""
        member = self.members.pop(article_id, None)
        if member is None:
            return
        self._order.remove((member.place.joined, article_id))
        self.outlets[member.outlet] -= 1
        if not self.outlets[member.outlet]:
            del self.outlets[member.outlet]

    def refer(self, article_id: str, joined: int) -> None:
        """Makes the member a reference."""
        insort(self._references, (joined, article_id))

    def unrefer(self, article_id: str) -> bool:
        """Makes it a reference no more; whether it was one."""
        before = len(self._references)
        self._references = [each for each in self._references if each[1] != article_id]
        return len(self._references) < before

    def take(self, other: StoryState) -> None:
        """Takes over everything of ``other``, which is one with this story."""
        for article_id, member in other.members.items():
            self.put(article_id, member)
            self.formerly[article_id] = [*other.formerly.get(article_id, ()), other.story_id]
        for joined, article_id in other._references:
            self.refer(article_id, joined)
        self.live += other.live
        self.numbers += other.numbers
        self.absorbed += [other.story_id, *other.absorbed]

    def in_order(self) -> list[str]:
        """The article ids of the members, first seen first."""
        return [article_id for _, article_id in self._order]

    def record(self) -> StoryRecord:
        """The story as consumers see it."""
        first = [(article_id, self.members[article_id]) for _, article_id in self._order[:MEMBERS_SHOWN]]
        return StoryRecord(
            story_id=self.story_id,
            size=len(self.members),
            members=[member.shown(article_id) for article_id, member in first],
            origin=origin_of(member.origins for _, member in first),
            first_carrier=first[0][1].source if first else None,
        )

    def member_record(self, article_id: str) -> MemberRecord:
        """The record of one member."""
        member = self.members[article_id]
        return MemberRecord(
            article_id=article_id,
            version=member.version,
            source=member.source,
            relation=member.place.relation,
            seen_at=member.seen_at,
            story_id=self.story_id,
            score=member.place.score,
        )

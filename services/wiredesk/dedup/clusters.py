"""The clusters: which article is in which story, and by which texts a story is found.

Everything that changes when an article joins or leaves a story, or two stories become one, changes here: the members,
the index of fingerprints and the counts of grams.
"""

from __future__ import annotations

from bisect import insort_right
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import msgspec
import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray

from wiredesk.dedup.articles import NOWHERE, Articles
from wiredesk.dedup.index import Index
from wiredesk.dedup.packed import named, under
from wiredesk.dedup.rarity import Rarity
from wiredesk.dedup.records import ArticleState, Merge, in_story
from wiredesk.dedup.sketch import Sketch
from wiredesk.dedup.stories import Group, Stories
from wiredesk.dedup.story import StoryState


class Clusters:
    """Articles, stories, fingerprints, and the counts of grams."""

    def __init__(self) -> None:
        self.articles = Articles()
        self.stories = Stories()
        self.index = Index()
        self.rarity = Rarity()
        self.merged: dict[str, str] = {}  # absorbed story -> the one that has it now

    def final(self, story_id: str) -> str:
        """The story that ``story_id`` was merged into, or itself."""
        return self.merged.get(story_id, story_id)

    def story(self, story_id: str) -> StoryState | None:
        """The story with this id, or the one that absorbed it."""
        at = self.stories.find(self.final(story_id))
        return None if at is None else StoryState(self.articles, self.stories, at)

    def numbered(self, number: int) -> StoryState:
        """The story that has this number in the index, or the one that absorbed it."""
        return StoryState(self.articles, self.stories, self.stories.final(number))

    def story_of(self, article_id: str) -> StoryState | None:
        """The story that the article is a member of now."""
        row = self.articles.row(article_id)
        at = NOWHERE if row is None else self.place_of(row)
        return None if at == NOWHERE else StoryState(self.articles, self.stories, at)

    def place_of(self, row: int) -> int:
        """The number of the story that the article in ``row`` is in now."""
        return self.stories.final(self.articles.story(row))

    def find_or_open(self, story_id: str, opened: int) -> int:
        """The number of the story; it is opened if nobody knows it."""
        at = self.stories.find(self.final(story_id))
        return self.stories.open(story_id, opened) if at is None else at

    def enter(self, at: int, row: int) -> None:
        """Makes the article in ``row`` a member of story ``at``, in the order in which members joined."""
        member = self.articles.record(row).member
        if member is None:
            return
        group = self.stories.group(at)
        insort_right(group.rows, row, key=self._joined)
        group.live += self.articles.live(row)
        self.articles.move(row, at)
        if member.reference and self.articles.has_sketch(row):
            group.references = _in_order(group.rows, {*group.references, row})
            self.index.add(self.articles.sketch(row).prints, at)
        if member.opens:
            self.rarity.add(_countable(self.articles.sketch(row)))
        self.stories.keep(at, group)

    def leave(self, row: int) -> None:
        """Takes the article in ``row`` out of its story, and its text out of what finds the story."""
        at = self.place_of(row)
        group = self.stories.group(at)
        group.rows.remove(row)
        group.live -= self.articles.live(row)
        self._discount(row)
        if row in group.references:
            group.references = tuple(other for other in group.references if other != row)
            self.index.remove(self.articles.sketch(row).prints, group.numbers)
            for other in group.references:
                self.index.add(self.articles.sketch(other).prints, at)
        self.articles.move(row, NOWHERE)
        self.stories.keep(at, group)

    def move(self, row: int, to: int, *, first: bool) -> None:
        """Moves the article in ``row`` to story ``to``, as its ``first`` member or not; it stays, an editor said so."""
        article = self.articles.record(row)
        self.leave(row)
        self.articles.rewrite(row, _moved(article, self.stories.id_of(to), self.stories.opened(to), first=first))
        self.enter(to, row)

    def merge(self, merge: Merge) -> None:
        """Makes the one story part of the other.

        After compaction the older may be known by this alone: it is opened, and is to be settled if nobody joins it.
        """
        younger, older = (self.stories.find(self.final(each)) for each in (merge.younger, merge.older))
        if younger == older:
            return
        if older is None:
            older = self.stories.open(merge.older, merge.opened)
        into, name = self.stories.group(older), self.stories.id_of(older)
        if younger is None:
            self.merged[merge.younger] = name
            into.absorbed += (merge.younger,)
        else:
            self._take(into, self.stories.group(younger), self.stories.id_of(younger))
            self.stories.absorb(younger, older)
            for absorbed in into.absorbed:
                self.merged[absorbed] = name
        self.stories.keep(older, into)

    def expire(self, row: int) -> bool:
        """Takes the article in ``row`` out of the window; whether its story has nobody left there."""
        self.articles.hide(row)
        at = self.place_of(row)
        group = self.stories.group(at)
        group.live -= 1
        self.stories.keep(at, group)
        return not group.live

    def drop(self, at: int) -> list[str]:
        """Forgets story ``at`` with all its members, whose ids it gives."""
        group = self.stories.group(at)
        for row in group.references:
            self.index.remove(self.articles.sketch(row).prints, group.numbers)
        gone = [self.articles.record(row).article_id for row in group.rows]
        for row in group.rows:
            self._discount(row)
            self.articles.hide(row)
            self.articles.free(row)
        for absorbed in group.absorbed:
            self.merged.pop(absorbed, None)
        self.stories.drop(at)
        return gone

    def snapshot(self) -> dict[str, NDArray[Any]]:
        """All of it, as named arrays."""
        merged = np.frombuffer(msgspec.msgpack.encode(self.merged), dtype=np.uint8)
        return {
            **named("articles", self.articles.snapshot()),
            **named("stories", self.stories.snapshot()),
            **named("index", self.index.arrays()),
            **named("rarity", self.rarity.arrays()),
            "merged": merged,
        }

    def restore(self, parts: Mapping[str, NDArray[Any]]) -> None:
        """Takes up what ``snapshot`` gave."""
        self.articles.restore(under("articles", parts))
        self.stories.restore(under("stories", parts))
        self.index = Index.restore(under("index", parts))
        self.rarity = Rarity.restore(under("rarity", parts))
        self.merged = msgspec.msgpack.decode(parts["merged"].tobytes(), type=dict[str, str])

    def _take(self, into: Group, other: Group, other_id: str) -> None:
        """Takes over everything of ``other``, which is one with the story ``into``."""
        formerly = into.formerly or {}
        for row in other.rows:
            article_id = self.articles.record(row).article_id
            formerly[article_id] = [*(other.formerly or {}).get(article_id, ()), other_id]
        into.formerly = formerly
        into.rows = sorted([*into.rows, *other.rows], key=self._joined)
        into.references = _in_order(into.rows, {*into.references, *other.references})
        into.live += other.live
        into.numbers += other.numbers
        into.absorbed += (other_id, *other.absorbed)

    def _joined(self, row: int) -> int:
        member = self.articles.record(row).member
        return 0 if member is None else member.joined

    def _discount(self, row: int) -> None:
        member = self.articles.record(row).member
        if member is not None and member.opens:
            self.rarity.remove(_countable(self.articles.sketch(row)))


def _in_order(rows: Sequence[int], references: Collection[int]) -> tuple[int, ...]:
    return tuple(row for row in rows if row in references)


def _moved(article: ArticleState, story_id: str, opened: int, *, first: bool) -> ArticleState:
    versions = [in_story(version, article.story_id) for version in article.versions]
    member = article.member
    if member is not None:
        member = replace(member, opened=opened, pinned=True)
        if first:
            member = replace(member, relation="original", score=1.0)
    return replace(article, story_id=story_id, versions=versions, member=member)


def _countable(sketch: Sketch) -> NDArray[np.uint64]:
    counted: NDArray[np.uint64] = sketch.grams.values[~sketch.grams.quoted]
    return counted

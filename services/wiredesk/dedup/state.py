"""The state of the writer: the sum of the records that ``apply`` was given, and nothing else.

``decide`` reads it and never changes it; every change goes through ``apply``, in the running writer as in one that is
being rebuilt, so the two cannot differ. What leaves the window leaves at the end of an ``apply``, by the clock of its
record.
"""

from __future__ import annotations

from collections import OrderedDict, defaultdict
from itertools import islice

import msgspec
import numpy as np
from numpy.typing import NDArray

from wiredesk.dedup.clock import first_segment, segment
from wiredesk.dedup.floors import Floor, floor_of
from wiredesk.dedup.index import Index
from wiredesk.dedup.rarity import Rarity
from wiredesk.dedup.records import ArticleState
from wiredesk.dedup.sketch import Sketch, unpack
from wiredesk.dedup.stories import StoryState, member_of

_KEPT_UNPACKED = 4096
_FEW = 16
_decode = msgspec.json.Decoder(ArticleState).decode


class State:
    """Articles, stories, fingerprints and floors."""

    def __init__(self, window_ms: int) -> None:
        self.window_ms = window_ms
        self.seq = 0
        self.clock = 0
        self.articles: dict[str, ArticleState] = {}
        self.floors: dict[str, Floor] = {}
        self.stories: dict[str, StoryState] = {}
        self.merged: dict[str, str] = {}  # absorbed story -> the one that has it now
        self.index = Index()
        self.rarity = Rarity()
        self._numbers: dict[int, str] = {}
        self._by_words: defaultdict[int, dict[str, None]] = defaultdict(dict)
        self._by_url: defaultdict[int, dict[str, None]] = defaultdict(dict)
        self._segments: dict[int, list[str]] = {}
        self._fading: set[str] = set()
        self._unpacked: OrderedDict[tuple[str, int], Sketch] = OrderedDict()

    # What a decision asks

    def story_of(self, article_id: str) -> StoryState | None:
        """The story that the article is a member of now."""
        known = self.articles.get(article_id)
        floor = self.floors.get(article_id)
        last = known.story_id if known else floor.story_id if floor else None
        story = self.stories.get(self.final(last)) if last else None
        return story if story is not None and article_id in story.members else None

    def final(self, story_id: str) -> str:
        """The story that ``story_id`` was merged into, or itself."""
        return self.merged.get(story_id, story_id)

    def numbered(self, number: int) -> StoryState | None:
        """The story that has this number in the index."""
        story_id = self._numbers.get(number)
        return self.stories.get(self.final(story_id)) if story_id else None

    def same_words(self, words: int) -> list[str]:
        """Articles whose words have this hash, first seen first; a few show as much as all."""
        return list(islice(self._by_words.get(words, ()), _FEW))

    def same_url(self, url: int) -> list[str]:
        """Articles that gave this URL, first seen first; a few show as much as all."""
        return list(islice(self._by_url.get(url, ()), _FEW))

    def sketch(self, article_id: str) -> Sketch:
        """The sketch of an article in the window."""
        known = self.articles[article_id]
        key = (article_id, known.seq)
        found = self._unpacked.get(key)
        if found is None:
            found = self._unpacked[key] = unpack(known.sketch)
            if len(self._unpacked) > _KEPT_UNPACKED:
                self._unpacked.popitem(last=False)
        else:
            self._unpacked.move_to_end(key)
        return found

    # What changes it

    def apply(self, article_id: str, value: bytes | None) -> None:
        """Takes up one record of the state topic; None forgets the article."""
        new = _decode(value) if value is not None else None
        self._drop_faded()
        old = self.articles.get(article_id)
        if new is not None:
            self.seq, self.clock = new.seq, max(self.clock, new.clock)
            self._segments.setdefault(segment(self.clock), []).append(article_id)
        if old is not None and new is not None and old.newest.number == new.newest.number:
            self.articles[article_id] = new  # a refusal was noted, nothing else
        else:
            left = self._leave(article_id)
            self.articles.pop(article_id, None)
            self.floors.pop(article_id, None)
            if new is not None:
                self.articles[article_id] = new
                self._enter(article_id, new)
            if left is not None:
                self._settle(left)
        self._drop_old()

    def _enter(self, article_id: str, new: ArticleState) -> None:
        for younger, older in new.merges:
            self._merge(younger, older)
        if new.words is not None:
            self._by_words[new.words][article_id] = None
        if new.url is not None:
            self._by_url[new.url][article_id] = None
        place = new.member
        if place is None:
            return
        story = self.stories.get(self.final(place.story_id))
        if story is None:
            story = self.stories[place.story_id] = StoryState(place.story_id, place.opened)
            self._numbers[place.opened] = place.story_id
        story.put(article_id, member_of(new, place))
        story.live += 1
        if place.opens:
            self.rarity.add(_countable(self.sketch(article_id)))
        if place.reference or not story.references:
            self._refer(story, article_id)

    def _leave(self, article_id: str) -> StoryState | None:
        """Takes the article out of its story, which is given back, and its text out of everything that finds it."""
        story = self.story_of(article_id)
        known = self.articles.get(article_id)
        if known is not None:
            self._forget_text(article_id, known, story)
        if story is not None:
            story.remove(article_id)
        return story

    def _settle(self, story: StoryState) -> None:
        """Drops the story that an article left: at once if empty, at the next record if only old members are left."""
        if self.stories.get(story.story_id) is not story:
            return
        if not story.members:
            self._drop_story(story)
        elif not story.live:
            self._fading.add(story.story_id)

    def _forget_text(self, article_id: str, known: ArticleState, story: StoryState | None) -> None:
        for found, lookup in ((known.words, self._by_words), (known.url, self._by_url)):
            if found is not None:
                del lookup[found][article_id]
                if not lookup[found]:
                    del lookup[found]
        if story is None or known.member is None:
            return
        story.live -= 1
        sketch = self.sketch(article_id)
        if known.member.opens:
            self.rarity.remove(_countable(sketch))
        if story.unrefer(article_id):
            self.index.remove(sketch.prints, story.numbers)
            for other in story.references:
                self.index.add(self.sketch(other).prints, story.number)
            if not story.references:
                self._promote(story, article_id)

    def _promote(self, story: StoryState, leaving: str) -> None:
        for other in story.in_order():
            if other != leaving and other in self.articles:
                self._refer(story, other)
                return

    def _refer(self, story: StoryState, article_id: str) -> None:
        story.refer(article_id, story.members[article_id].place.joined)
        self.index.add(self.sketch(article_id).prints, story.number)

    def _merge(self, younger_id: str, older_id: str) -> None:
        younger, older = self.stories.get(self.final(younger_id)), self.stories.get(self.final(older_id))
        if older is None or younger is older:
            return
        if younger is None:
            self.merged[younger_id] = older.story_id
            older.absorbed.append(younger_id)
            return
        del self.stories[younger.story_id]
        older.take(younger)
        for absorbed in (younger.story_id, *younger.absorbed):
            self.merged[absorbed] = older.story_id
        for number in younger.numbers:
            self._numbers[number] = older.story_id

    def _drop_old(self) -> None:
        keep = first_segment(self.clock, self.window_ms)
        while self._segments and (oldest := next(iter(self._segments))) < keep:
            for article_id in self._segments.pop(oldest):
                known = self.articles.get(article_id)
                if known is not None and segment(known.clock) <= oldest:
                    self._expire(article_id, known)

    def _expire(self, article_id: str, known: ArticleState) -> None:
        story = self.story_of(article_id)
        self._forget_text(article_id, known, story)
        self.floors[article_id] = floor_of(known)
        del self.articles[article_id]
        if story is not None and not story.live:
            self._drop_story(story)

    def _drop_faded(self) -> None:
        for story_id in sorted(self._fading):
            story = self.stories.get(story_id)
            if story is not None and not story.live:
                self._drop_story(story)
        self._fading.clear()

    def _drop_story(self, story: StoryState) -> None:
        del self.stories[story.story_id]
        for number in story.numbers:
            self._numbers.pop(number, None)
        for absorbed in story.absorbed:
            self.merged.pop(absorbed, None)


def _countable(sketch: Sketch) -> NDArray[np.uint64]:
    counted: NDArray[np.uint64] = sketch.grams.values[~sketch.grams.quoted]
    return counted

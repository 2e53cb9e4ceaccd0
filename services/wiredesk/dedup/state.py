"""The state of the writer: the sum of the records that ``apply`` was given, and nothing else.

``decide`` reads it and never changes it; every change goes through ``apply``, in the running writer as in one that is
being rebuilt, so the two cannot differ. What leaves the window leaves at the end of an ``apply``, by the clock of its
record. A story, with the texts that it is known by, lasts as long as one of its members is in the window.
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from wiredesk.dedup.articles import NOWHERE
from wiredesk.dedup.clock import first_segment, segment
from wiredesk.dedup.clusters import Clusters
from wiredesk.dedup.floors import Floor, Floors, floor_of
from wiredesk.dedup.packed import named, under
from wiredesk.dedup.records import ArticleState, EditState, FloorState, Membership, Merge, StateRecord
from wiredesk.dedup.sketch import Sketch
from wiredesk.dedup.story import StoryState

_decoder: msgspec.json.Decoder[StateRecord] = msgspec.json.Decoder(StateRecord)


class _Rest(msgspec.Struct, array_like=True):
    """The part of a snapshot that is no array."""

    window_ms: int
    seq: int
    clock: int
    outworn: list[str]
    fading: list[int]
    segments: dict[int, list[int]]
    edits: dict[str, EditState]


class State:
    """Versions, stories, floors, and what an editor decided."""

    def __init__(self, window_ms: int) -> None:
        self.window_ms = window_ms
        self.seq = 0
        self.clock = 0
        self.clusters = Clusters()
        self.floors = Floors()
        self.edits: dict[str, EditState] = {}
        self.outworn: dict[str, None] = {}  # keys whose records say more than is still needed
        self._segments: dict[int, array[int]] = {}
        self._fading: set[int] = set()

    # What a decision asks

    def known(self, article_id: str) -> ArticleState | None:
        """What is known of an article in the window."""
        articles = self.clusters.articles
        row = articles.row(article_id)
        return None if row is None or not articles.live(row) else articles.whole(row)

    def story(self, story_id: str) -> StoryState | None:
        """The story with this id, or the one that absorbed it."""
        return self.clusters.story(story_id)

    def story_of(self, article_id: str) -> StoryState | None:
        """The story that the article is a member of now, also when its text has left the window."""
        return self.clusters.story_of(article_id)

    def in_window(self, story: StoryState, clock: int) -> bool:
        """Whether a member of ``story`` will be in the window when it is ``clock``."""
        return story.seen_since(first_segment(clock, self.window_ms))

    def same_words(self, words: int) -> list[str]:
        """Articles in the window whose words have this hash, first seen first; a few show as much as all."""
        articles = self.clusters.articles
        return [articles.record(row).article_id for row in articles.same_words(words)]

    def same_url(self, url: int) -> list[str]:
        """Articles in the window that gave this URL, first seen first; a few show as much as all."""
        articles = self.clusters.articles
        return [articles.record(row).article_id for row in articles.same_url(url)]

    def outlet_of(self, article_id: str) -> str | None:
        """The outlet of an article that is in a story or in the window."""
        row = self.clusters.articles.row(article_id)
        return None if row is None else self.clusters.articles.record(row).outlet

    def joined(self, article_id: str) -> int | None:
        """The ``seq`` at which the article came to the story that it is in."""
        member = self._member(article_id)
        return None if member is None else member.joined

    def pinned(self, article_id: str) -> bool:
        """Whether an editor put the article where it is."""
        member = self._member(article_id)
        return member is not None and member.pinned

    def sketch(self, article_id: str) -> Sketch:
        """The sketch of a reference; KeyError for an article that is none."""
        articles = self.clusters.articles
        row = articles.row(article_id)
        if row is None or not articles.has_sketch(row):
            raise KeyError(article_id)
        return articles.sketch(row)

    def kept_apart(self, one: str, two: str) -> bool:
        """Whether an editor parted these two stories."""
        return any({self.clusters.final(each) for each in edit.parted} == {one, two} for edit in self.edits.values())

    def _member(self, article_id: str) -> Membership | None:
        row = self.clusters.articles.row(article_id)
        return None if row is None else self.clusters.articles.record(row).member

    # What changes it

    def apply(self, key: str, value: bytes | None) -> None:
        """Takes up one record of the state topic; None forgets what has this key."""
        self.take(key, None if value is None else _decoder.decode(value))

    def take(self, key: str, record: StateRecord | None, sketch: Sketch | None = None) -> None:
        """The same for a record that was just made; ``sketch`` is the one in it, not packed, if it is at hand."""
        self._drop_faded()
        self.outworn.pop(key, None)
        if isinstance(record, FloorState):
            if self.clusters.articles.row(key) is None:
                self.floors.put(key, Floor(*(getattr(record, name) for name in Floor._fields)))
            return
        if record is not None:
            self.seq, self.clock = record.seq, max(self.clock, record.clock)
        if isinstance(record, EditState):
            self._edit(key, record)
        elif self.edits.pop(key, None) is None:
            self._decided(key, record, sketch)
        self._drop_old()

    def outworn_records(self, most: int) -> list[tuple[str, bytes | None]]:
        """At most ``most`` records that take the place of outworn ones, so that compaction can forget those."""
        found: list[tuple[str, bytes | None]] = []
        for key in list(self.outworn)[:most]:
            floor = self.floors.get(key)
            found.append((key, None if floor is None else msgspec.json.encode(FloorState(*floor))))
        return found

    def _decided(self, article_id: str, new: ArticleState | None, sketch: Sketch | None) -> None:
        articles, now = self.clusters.articles, segment(self.clock)
        row = articles.row(article_id)
        if row is not None and new is not None and articles.record(row).newest.number == new.newest.number:
            articles.rewrite(row, new)  # a refusal was noted, nothing else
            articles.touch(row, now)
        else:
            left = self._leave(row)
            self.floors.pop(article_id)
            row = None if new is None else self._enter(new, now, sketch)
            if left:
                self._settle(left)
        if row is not None:
            self._segments.setdefault(now, array("I")).append(row)

    def _enter(self, new: ArticleState, now: int, sketch: Sketch | None) -> int:
        for merge in new.merges:
            self.clusters.merge(merge)
        row = self.clusters.articles.put(new, now, sketch)
        if new.member is not None and new.story_id is not None:
            self.clusters.enter(self.clusters.find_or_open(new.story_id, new.member.opened), row)
        self._settle_merged(new.merges)
        return row

    def _leave(self, row: int | None) -> int:
        """Forgets the article in ``row``; gives the number of the story that it left."""
        if row is None:
            return NOWHERE
        articles = self.clusters.articles
        at = self.clusters.place_of(row)
        if at != NOWHERE:
            self.clusters.leave(row)
        articles.hide(row)
        articles.free(row)
        return at

    def _settle(self, at: int) -> None:
        """Drops the story that an article left: at once if empty, at the next record if only old members are left."""
        if not self.clusters.stories.exists(at):
            return  # the record that made the article leave also made its story part of another
        group = self.clusters.stories.group(at)
        if not group.rows:
            self._drop(at)
        elif not group.live:
            self._fading.add(at)

    def _settle_merged(self, merges: Sequence[Merge]) -> None:
        """Drops what was opened to be merged into, where compaction has left nobody to join it."""
        for story in [self.clusters.story(merge.older) for merge in merges]:
            if story is not None:
                self._settle(story.at)

    def _edit(self, key: str, edit: EditState) -> None:
        self.edits[key] = edit
        for merge in edit.merges:
            self.clusters.merge(merge)
        self._settle_merged(edit.merges)
        if edit.opened is None:
            return
        at = self.clusters.find_or_open(edit.opened, edit.seq)
        for article_id in edit.articles:
            row = self.clusters.articles.row(article_id)
            left = NOWHERE if row is None else self.clusters.place_of(row)
            if row is not None and left not in (NOWHERE, at):
                self.clusters.move(row, at, first=article_id == edit.articles[0])
                self._settle(left)
        self._settle(at)

    def _drop_old(self) -> None:
        keep = first_segment(self.clock, self.window_ms)
        articles = self.clusters.articles
        while self._segments and (oldest := next(iter(self._segments))) < keep:
            for row in self._segments.pop(oldest):
                if articles.live(row) and articles.segment(row) <= oldest:
                    self._expire(row)
            for key, edit in self.edits.items():
                if segment(edit.clock) < keep and not any(map(self.story, edit.stories)):
                    self.outworn[key] = None

    def _expire(self, row: int) -> None:
        articles = self.clusters.articles
        article = articles.record(row)
        self.floors.put(article.article_id, floor_of(article))
        at = self.clusters.place_of(row)
        if at == NOWHERE:
            self._leave(row)
            self.outworn[article.article_id] = None
        elif self.clusters.expire(row):
            self._drop(at)

    def _drop_faded(self) -> None:
        for at in sorted(self._fading):
            if self.clusters.stories.exists(at) and not self.clusters.stories.group(at).live:
                self._drop(at)
        self._fading.clear()

    def _drop(self, at: int) -> None:
        self.outworn.update(dict.fromkeys(self.clusters.drop(at)))

    def snapshot(self) -> dict[str, NDArray[Any]]:
        """All of it, as named arrays."""
        segments = {at: list(rows) for at, rows in self._segments.items()}
        rest = _Rest(
            self.window_ms, self.seq, self.clock, list(self.outworn), sorted(self._fading), segments, self.edits
        )
        return {
            **named("clusters", self.clusters.snapshot()),
            **named("floors", self.floors.arrays()),
            "rest": np.frombuffer(msgspec.msgpack.encode(rest), dtype=np.uint8),
        }

    def restore(self, parts: Mapping[str, NDArray[Any]]) -> None:
        """Takes up what ``snapshot`` gave; ValueError when it was made with another window."""
        rest = msgspec.msgpack.decode(parts["rest"].tobytes(), type=_Rest)
        if rest.window_ms != self.window_ms:
            raise ValueError(
                f"the snapshot has a window of {rest.window_ms} ms, this writer one of {self.window_ms} ms"
            )
        self.seq, self.clock, self.edits = rest.seq, rest.clock, rest.edits
        self.outworn, self._fading = dict.fromkeys(rest.outworn), set(rest.fading)
        self._segments = {at: array("I", rows) for at, rows in rest.segments.items()}
        self.clusters.restore(under("clusters", parts))
        self.floors = Floors.restore(under("floors", parts))

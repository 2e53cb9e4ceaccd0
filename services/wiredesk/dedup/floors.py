"""Floors: the newest version of every article that has left the window. They never expire.

Without them an old version that arrives late would bring back what was corrected or withdrawn. There is one for every
article ever seen, so they are kept small: 39 bytes a row, 8 for the hash of the article's id (xxh3; among a hundred
million articles some two share one with a chance of 3 in 10,000), 16 for the story, 4 each for the content and the two
times, 2 for the feed's version, 1 for ours and whether it was withdrawn. What a row has no room for (a feed that counts
its versions in seconds, a live page in its 128th version) goes into rows of 61 bytes.

What is lost: fractions of seconds, and the place in the raw topic. So versions.newer compares with a floor to the
second. A tie between times of update is none between messages: the time of receipt decides, as it does without a time
of update. A tie between times of receipt goes to the floor: what is new comes at least a window later, so what was
received in the floor's own second is an old message that is read again.
"""

from __future__ import annotations

import struct
import sys
from collections.abc import Mapping
from typing import NamedTuple

import msgspec
import numpy as np
import xxhash
from numpy.typing import NDArray

from wiredesk.dedup.packed import named, under
from wiredesk.dedup.records import ArticleState, Order, Version
from wiredesk.dedup.runs import Runs
from wiredesk.dedup.uuids import SIZE, bytes_of, text_of
from wiredesk.dedup.versions import to_the_second

_ROW = struct.Struct("<16sIIIHB")
"""Story, content, updated, received (seconds), the feed's version, our number twice plus 1 if withdrawn."""
_WIDE = struct.Struct("<16sIqqqqB")
"""The same, our number before a last byte of 1, plus 1 if withdrawn."""
_NO_TIME, _NO_FEED_VERSION, _LAST_NUMBER = 2**32 - 1, 2**16 - 1, 127
_NOTHING = -(2**63)
_NO_STORY = bytes(SIZE)
_CONTENT = 2**32 - 1


class Floor(NamedTuple):
    """What is left of an article when its decisions are dropped."""

    number: int
    order: Order
    content: int
    withdrawn: bool
    story_id: str | None


def floor_of(article: ArticleState) -> Floor:
    """The floor of ``article``."""
    last = article.newest
    return Floor(last.number, last.order, last.content, last.withdrawn, article.story_id)


def version_of(floor: Floor) -> Version:
    """The floor as the last known version of its article, its raw message and its decision forgotten."""
    return Version(number=floor.number, raw=None, order=floor.order, content=floor.content, withdrawn=floor.withdrawn)


class Floors:
    """Floors by article id."""

    def __init__(self) -> None:
        self._rows = Runs(_ROW.size)
        self._wide = Runs(_WIDE.size)
        self._odd: dict[int, Floor] = {}  # stories whose ids are not UUIDs: there are none but in tests

    def __len__(self) -> int:
        return len(self._rows) + len(self._wide) + len(self._odd)

    @property
    def nbytes(self) -> int:
        """Memory in bytes; what is odd is counted by its dict alone."""
        return self._rows.nbytes + self._wide.nbytes + sys.getsizeof(self._odd)

    def get(self, article_id: str) -> Floor | None:
        """The floor of the article, its times cut to the second and without its offset."""
        key = _key(article_id)
        row = self._rows.get(key)
        if row is not None:
            return _unpacked(row)
        wide = self._wide.get(key)
        return _unpacked_wide(wide) if wide is not None else self._odd.get(key)

    def put(self, article_id: str, floor: Floor) -> None:
        """Keeps ``floor`` in place of what was kept of the article."""
        self.pop(article_id)
        key = _key(article_id)
        story = _story_bytes(floor.story_id)
        if story is None:
            self._odd[key] = floor._replace(content=floor.content & _CONTENT, order=to_the_second(floor.order))
            return
        row = _packed(floor, story)
        if row is not None:
            self._rows.put(key, row)
        else:
            self._wide.put(key, _packed_wide(floor, story))

    def pop(self, article_id: str) -> Floor | None:
        """Takes the floor of the article out: it is in the window again."""
        key = _key(article_id)
        row = self._rows.pop(key)
        if row is not None:
            return _unpacked(row)
        wide = self._wide.pop(key)
        return _unpacked_wide(wide) if wide is not None else self._odd.pop(key, None)

    def arrays(self) -> dict[str, NDArray[np.generic]]:
        """All of it, for ``restore``; nearly all without a copy."""
        odd = np.frombuffer(msgspec.json.encode(list(self._odd.items())), np.uint8)
        return {"odd": odd, **named("rows", self._rows.arrays()), **named("wide", self._wide.arrays())}

    @classmethod
    def restore(cls, arrays: Mapping[str, NDArray[np.generic]]) -> Floors:
        """The floors that gave ``arrays``, which are their own from now on."""
        floors = cls()
        floors._rows = Runs.restore(_ROW.size, under("rows", arrays))
        floors._wide = Runs.restore(_WIDE.size, under("wide", arrays))
        floors._odd = dict(msgspec.json.decode(arrays["odd"].tobytes(), type=list[tuple[int, Floor]]))
        return floors


def _key(article_id: str) -> int:
    return xxhash.xxh3_64_intdigest(article_id.encode())


def _packed(floor: Floor, story: bytes) -> bytes | None:
    """The row of ``floor``; None when it does not fit."""
    updated, received = _seconds(floor.order.updated), _seconds(floor.order.received)
    fed = floor.order.feed_version
    times_fit = all(time is None or 0 <= time < _NO_TIME for time in (updated, received))
    fed_fits = fed is None or 0 <= fed < _NO_FEED_VERSION
    if not (times_fit and fed_fits and 1 <= floor.number <= _LAST_NUMBER):
        return None
    return _ROW.pack(
        story,
        floor.content & _CONTENT,
        _NO_TIME if updated is None else updated,
        _NO_TIME if received is None else received,
        _NO_FEED_VERSION if fed is None else fed,
        2 * floor.number + floor.withdrawn,
    )


def _unpacked(row: bytes) -> Floor:
    story, content, updated, received, fed, head = _ROW.unpack(row)
    order = Order(
        feed_version=None if fed == _NO_FEED_VERSION else fed,
        updated=None if updated == _NO_TIME else _time(updated),
        received=None if received == _NO_TIME else _time(received),
        offset=None,
    )
    return Floor(head // 2, order, content, bool(head % 2), _story_text(story))


def _packed_wide(floor: Floor, story: bytes) -> bytes:
    said = (floor.order.feed_version, _seconds(floor.order.updated), _seconds(floor.order.received))
    numbers = [_NOTHING if number is None else number for number in said]
    return _WIDE.pack(story, floor.content & _CONTENT, *numbers, floor.number, 1 + floor.withdrawn)


def _unpacked_wide(row: bytes) -> Floor:
    story, content, *numbers, number, head = _WIDE.unpack(row)
    fed, updated, received = (None if each == _NOTHING else each for each in numbers)
    order = Order(feed_version=fed, updated=_time(updated), received=_time(received), offset=None)
    return Floor(number, order, content, head == 2, _story_text(story))


def _seconds(time: int | None) -> int | None:
    return None if time is None else time // 1000


def _time(seconds: int | None) -> int | None:
    return None if seconds is None else seconds * 1000


def _story_bytes(story_id: str | None) -> bytes | None:
    """The 16 bytes of a UUID, zeros for no story; None for an id that does not come back as it was."""
    if story_id is None:
        return _NO_STORY
    found = bytes_of(story_id)
    return None if found == _NO_STORY else found


def _story_text(story: bytes) -> str | None:
    return None if story == _NO_STORY else text_of(story)

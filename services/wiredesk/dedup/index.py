"""The index: from a fingerprint to the few stories that have it.

A fingerprint that sits in ``STOP`` stories has become a stop mark and finds nothing: that alone removes boilerplate
and the phrases of templates.

The table is an array of buckets in the order of the fingerprints: of a fingerprint's 30 bits that count, the highest
say the bucket and the rest, at most 16 bits, is kept as its tag beside the 32 bits of the story's number. So a slot
takes six bytes, and since bucket and tag together give the 30 bits back, the table can grow by any factor, in place.
It grows by a quarter when it is filled to 80 %: 7.5 to 9.4 bytes a fingerprint. Large buckets are what lets it be so
full: of 128 slots, one in 800 fingerprints finds no room and is left out (Poisson; of 16 slots it would be one in 8).

With 25 million fingerprints one in 43 finds a story by chance, which is why a single hit means nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TypeVar, cast

import numpy as np
from numpy.typing import NDArray

from wiredesk.dedup.kernel import kernel

STOP = 4
FULLEST = 0.8
SLOTS = 128
_GROWTH = 5, 4
_FIRST_BUCKETS = 16_500
"""The fewest for which the rest of 30 bits, and one (a tag of 0 is an empty slot), fits into 16."""
_SPAN_BITS = 30
_MOST_GOALS = 3
"""Buckets that the fingerprints of one can come to when the table grows (to less than double)."""

Prints = NDArray[np.uint64]
Tags = NDArray[np.uint16]
Numbers = NDArray[np.uint32]
T = TypeVar("T", bound=np.generic)


class Index:
    """Fingerprints of stories. A story is a number from 0 to 2**32 - 1.

    What it holds, and in which order, follows from the calls made so far, in their order, and from nothing else.
    """

    def __init__(self) -> None:
        self._tags: Tags = np.zeros((_FIRST_BUCKETS, SLOTS), dtype=np.uint16)
        self._numbers: Numbers = np.zeros((_FIRST_BUCKETS, SLOTS), dtype=np.uint32)
        self._used = 0

    def __len__(self) -> int:
        """Fingerprints that it holds, once for each story."""
        return self._used

    @property
    def bytes(self) -> int:
        """Memory of the table."""
        return self._tags.nbytes + self._numbers.nbytes

    def find(self, prints: Prints) -> Numbers:
        """The numbers of the stories that have any of ``prints``, once for each; stop marks find nothing."""
        return _find(self._tags, self._numbers, prints)

    def count(self, prints: Prints) -> tuple[Numbers, NDArray[np.int64]]:
        """The stories that have any of ``prints`` and how many they have, the most first, then the lowest number."""
        return _counted(np.sort(_find(self._tags, self._numbers, prints)))

    def add(self, prints: Prints, number: int) -> None:
        """Notes that story ``number`` has ``prints`` (distinct). Where a bucket is full, a fingerprint is left out."""
        while self._used + len(prints) > FULLEST * self._tags.size:
            self._grow()
        self._used += _add(self._tags, self._numbers, prints, number)

    def remove(self, prints: Prints, numbers: Collection[int]) -> None:
        """Forgets ``prints`` of the stories ``numbers``."""
        self._used -= _remove(self._tags, self._numbers, prints, np.array(list(numbers), dtype=np.uint32))

    def arrays(self) -> dict[str, NDArray[np.generic]]:
        """All of it, for ``restore``; the table itself and no copy."""
        return {"tags": self._tags, "numbers": self._numbers}

    @classmethod
    def restore(cls, arrays: Mapping[str, NDArray[np.generic]]) -> Index:
        """The index that gave ``arrays``, which are its own from now on."""
        restored = cls.__new__(cls)
        restored._tags = np.require(cast(Tags, arrays["tags"]), np.uint16, ["C", "A", "W"]).reshape(-1, SLOTS)
        restored._numbers = np.require(cast(Numbers, arrays["numbers"]), np.uint32, ["C", "A", "W"]).reshape(-1, SLOTS)
        restored._used = int(np.count_nonzero(restored._tags))
        return restored

    def _grow(self) -> None:
        before = len(self._tags)
        shape = (before * _GROWTH[0] // _GROWTH[1] + 1, SLOTS)
        try:  # in place, so that never two tables are in memory
            self._tags.resize(shape)
            self._numbers.resize(shape)
        except ValueError:  # somebody still holds the arrays, or they are not numpy's own memory
            self._tags = _enlarged(self._tags, shape)
            self._numbers = _enlarged(self._numbers, shape)
        self._used -= _move_up(self._tags, self._numbers, before)


def _enlarged(array: NDArray[T], shape: tuple[int, int]) -> NDArray[T]:
    larger = np.zeros(shape, dtype=array.dtype)
    larger[: len(array)] = array
    return larger


@kernel
def _bucket(span: int, buckets: int) -> int:
    """Where a fingerprint belongs of which ``span`` are the bits that count."""
    return (span * buckets) >> _SPAN_BITS


@kernel
def _base(bucket: int, buckets: int) -> int:
    """The lowest ``span`` that belongs into ``bucket``, less one: with a tag added, the span again."""
    return ((bucket << _SPAN_BITS) + buckets - 1) // buckets - 1


@kernel
def _place(fingerprint: np.uint64, buckets: int) -> tuple[int, int]:
    """The bucket of a fingerprint and its tag."""
    span = int(np.int64(fingerprint & np.uint64((1 << _SPAN_BITS) - 1)))  # numba: signed
    bucket = _bucket(span, buckets)
    return bucket, span - _base(bucket, buckets)


@kernel
def _holds(tags: Tags, tag: int) -> int:
    """How many slots of a bucket have ``tag``; no early way out, so that it becomes vector instructions."""
    wanted = np.uint16(tag)
    count = 0
    for slot in range(SLOTS):
        count += tags[slot] == wanted
    return count


@kernel
def _find(tags: Tags, numbers: Numbers, prints: Prints) -> Numbers:
    found = np.empty(len(prints) * (STOP - 1), dtype=np.uint32)
    count = 0
    for each in range(len(prints)):
        bucket, tag = _place(prints[each], len(tags))
        if 0 < _holds(tags[bucket], tag) < STOP:
            for slot in range(SLOTS):
                if tags[bucket, slot] == tag:
                    found[count] = numbers[bucket, slot]
                    count += 1
    return found[:count].copy()


@kernel
def _counted(found: Numbers) -> tuple[Numbers, NDArray[np.int64]]:
    """The distinct numbers of ``found`` (sorted) and how often each stands there, the most frequent first."""
    numbers = np.empty(len(found), dtype=np.uint32)
    hits = np.empty(len(found), dtype=np.int64)
    count = 0
    start = 0
    for at in range(len(found)):
        if at + 1 < len(found) and found[at + 1] == found[at]:
            continue
        to = count
        while to > 0 and hits[to - 1] < at + 1 - start:
            numbers[to], hits[to] = numbers[to - 1], hits[to - 1]
            to -= 1
        numbers[to], hits[to] = found[at], at + 1 - start
        start = at + 1
        count += 1
    return numbers[:count].copy(), hits[:count].copy()


@kernel
def _add(tags: Tags, numbers: Numbers, prints: Prints, number: int) -> int:
    """Returns how many found room and were not there. A bucket is filled from the front, without a gap."""
    added = 0
    for each in range(len(prints)):
        bucket, tag = _place(prints[each], len(tags))
        stories = _holds(tags[bucket], tag)
        if stories >= STOP or (stories and _has(tags[bucket], numbers[bucket], tag, number)):
            continue
        free = SLOTS - _holds(tags[bucket], 0)
        if free < SLOTS:
            tags[bucket, free], numbers[bucket, free] = tag, number
            added += 1
    return added


@kernel
def _has(tags: Tags, numbers: Numbers, tag: int, number: int) -> bool:
    count = 0
    for slot in range(SLOTS):
        count += tags[slot] == tag and numbers[slot] == number
    return count > 0


@kernel
def _remove(tags: Tags, numbers: Numbers, prints: Prints, gone: Numbers) -> int:
    """Returns how many there were. The last of the bucket comes to where one was."""
    removed = 0
    for each in range(len(prints)):
        bucket, tag = _place(prints[each], len(tags))
        if not _holds(tags[bucket], tag):
            continue
        last = SLOTS - _holds(tags[bucket], 0) - 1
        for slot in range(last, -1, -1):
            if tags[bucket, slot] == tag and _among(gone, numbers[bucket, slot]):
                tags[bucket, slot], numbers[bucket, slot] = tags[bucket, last], numbers[bucket, last]
                tags[bucket, last], numbers[bucket, last] = 0, 0
                last -= 1
                removed += 1
    return removed


@kernel
def _among(numbers: Numbers, number: int) -> bool:
    count = 0
    for each in numbers:
        count += each == number
    return count > 0


@kernel
def _move_up(tags: Tags, numbers: Numbers, before: int) -> int:
    """Puts what stands in the first ``before`` buckets, all there were, where it belongs now that there are more.

    The last bucket first: nothing belongs into an earlier one than it came from, so what it can come to has been
    emptied. Returns how many found no room.
    """
    lost = 0
    free = np.zeros(_MOST_GOALS, dtype=np.int64)
    for bucket in range(before - 1, -1, -1):
        old_tags, old_numbers = tags[bucket].copy(), numbers[bucket].copy()
        tags[bucket] = 0
        numbers[bucket] = 0
        base = _base(bucket, before)
        first = _bucket(base + 1, len(tags))
        for goal in range(first, min(first + _MOST_GOALS, len(tags))):
            free[goal - first] = SLOTS - _holds(tags[goal], 0)
        for each in range(SLOTS - _holds(old_tags, 0)):
            span = base + int(np.int64(old_tags[each]))
            to = _bucket(span, len(tags))
            slot = free[to - first]
            if slot == SLOTS:
                lost += 1
                continue
            tags[to, slot] = span - _base(to, len(tags))
            numbers[to, slot] = old_numbers[each]
            free[to - first] += 1
    return lost

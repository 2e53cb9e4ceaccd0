"""The index: from a fingerprint to the few stories that have it.

A fingerprint that sits in ``STOP`` stories has become a stop mark and finds nothing: that alone removes boilerplate
and the phrases of templates. The table is one numpy array of buckets with eight slots, each slot a tag and a story
number in 64 bits (about 20 bytes a fingerprint at the loads it is kept at); a dict of Python integers would take ten
times as much.
"""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
from numpy.typing import NDArray

STOP = 4
_SLOTS = 8
_FIRST_BITS = 10
_FULLEST = 0.5
_TAG = np.uint64(30)
_TAG_BITS = np.uint64(32)
_NUMBER = np.uint64(0xFFFFFFFF)


class Index:
    """Fingerprints of stories. A story is a number from 1 to 2**32 - 1."""

    def __init__(self) -> None:
        self._table = np.zeros((1 << _FIRST_BITS, _SLOTS), dtype=np.uint64)
        self._used = 0

    @property
    def bytes(self) -> int:
        """Memory of the table."""
        return self._table.nbytes

    def find(self, prints: NDArray[np.uint64]) -> NDArray[np.uint64]:
        """The numbers of the stories that have any of ``prints``, once for each; stop marks find nothing."""
        tags = _tags(prints)
        rows = self._table[self._buckets(tags)]
        same = _matching(rows, tags)
        same &= (same.sum(axis=1) < STOP)[:, None]
        return rows[same] & _NUMBER

    def add(self, prints: NDArray[np.uint64], number: int) -> None:
        """Notes that story ``number`` has ``prints`` (distinct). Where a bucket is full, a fingerprint is left out."""
        if self._used + len(prints) > _FULLEST * self._table.size:
            self._grow()
        tags = _tags(prints)
        self._put((tags << _TAG_BITS) | np.uint64(number))

    def remove(self, prints: NDArray[np.uint64], numbers: Collection[int]) -> None:
        """Forgets ``prints`` of the stories ``numbers``."""
        tags = _tags(prints)
        buckets = self._buckets(tags)
        rows = self._table[buckets]
        gone = _matching(rows, tags) & np.isin(rows & _NUMBER, np.array(list(numbers), dtype=np.uint64))
        at_print, at_slot = np.nonzero(gone)
        self._table[buckets[at_print], at_slot] = 0
        self._used -= len(at_print)

    def _buckets(self, tags: NDArray[np.uint64]) -> NDArray[np.intp]:
        return (tags & np.uint64(len(self._table) - 1)).astype(np.intp)

    def _put(self, entries: NDArray[np.uint64]) -> None:
        buckets = self._buckets(entries >> _TAG_BITS)
        while len(entries):
            _, firsts = np.unique(buckets, return_index=True)
            self._put_apart(entries[firsts], buckets[firsts])
            rest = np.ones(len(entries), dtype=np.bool_)
            rest[firsts] = False
            entries, buckets = entries[rest], buckets[rest]

    def _put_apart(self, entries: NDArray[np.uint64], buckets: NDArray[np.intp]) -> None:
        """``entries``, no two of which go into the same bucket."""
        rows = self._table[buckets]
        known = (rows == entries[:, None]).any(axis=1)
        stopped = _matching(rows, entries >> _TAG_BITS).sum(axis=1) >= STOP
        free = rows == 0
        fits = free.any(axis=1) & ~known & ~stopped
        self._table[buckets[fits], free[fits].argmax(axis=1)] = entries[fits]
        self._used += int(fits.sum())

    def _grow(self) -> None:
        entries = self._table[self._table != 0]
        self._table = np.zeros((2 * len(self._table), _SLOTS), dtype=np.uint64)
        buckets = self._buckets(entries >> _TAG_BITS)
        order = np.argsort(buckets, kind="stable")
        entries, buckets = entries[order], buckets[order]
        places = np.arange(len(buckets)) - np.searchsorted(buckets, buckets)
        fits = places < _SLOTS
        self._table[buckets[fits], places[fits]] = entries[fits]
        self._used = int(fits.sum())


def _tags(prints: NDArray[np.uint64]) -> NDArray[np.uint64]:
    return (prints >> _TAG) & _NUMBER


def _matching(rows: NDArray[np.uint64], tags: NDArray[np.uint64]) -> NDArray[np.bool_]:
    same: NDArray[np.bool_] = ((rows >> _TAG_BITS) == tags[:, None]) & (rows != 0)
    return same

"""The index: which utterances hold a key (a hashed 4-gram, or a hash of all the words with a story or speaker).

A table of buckets with eight places of 8 bytes: the key's 32 bits, then the number of the utterance. Its place follows
from the key's highest bits, so sorting the entries is all that growing and purging take. A dictionary of sets needs ten
times the memory; the table takes 20 bytes a key. It may forget a key (a full bucket) and may answer wrongly (32 bits):
it only proposes, and what it proposes is compared word by word.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

PLACES = 8
COMMON = 4
"""A key in this many utterances is common: it is not noted for more of them, and as a gram it proposes none."""
FULLEST = 0.4
"""Filled places from which on the table doubles; one bucket in 500 is full then (Poisson)."""

_HALF = np.uint64(32)
_NUMBER = np.uint64(0xFFFFFFFF)


class Index:
    """Keys of 32 bits to names of utterances."""

    def __init__(self) -> None:
        self._bits = 10
        self._table: NDArray[np.uint64] = np.zeros((1 << self._bits, PLACES), np.uint64)
        self._filled = 0
        self._names: list[str | None] = [None]  # number 0 marks a free place
        self._numbers: dict[str, int] = {}

    def __len__(self) -> int:
        return len(self._numbers)

    def add(self, name: str, keys: Iterable[int]) -> None:
        """Notes that ``name`` holds the ``keys`` (distinct, and not noted for it before)."""
        number = self._numbers.get(name)
        if number is None:
            number = self._numbers[name] = len(self._names)
            self._names.append(name)
        entries = np.fromiter(keys, np.uint64)
        entries.sort()
        entries = entries << _HALF | np.uint64(number)
        rows = self._table[entries >> np.uint64(64 - self._bits)]
        held = (rows >> _HALF == (entries >> _HALF)[:, None]) & (rows != 0)
        rare = held.sum(1) < COMMON
        self._place(entries[rare], (rows[rare] != 0).sum(1))
        if self._filled > FULLEST * self._table.size:
            self._rebuild(self._bits + 1)

    def discard(self, name: str) -> None:
        """Forgets ``name``. Its entries are purged when half of all numbers are dead."""
        number = self._numbers.pop(name, None)
        if number is not None:
            self._names[number] = None
            if len(self._names) > 1024 + 2 * len(self._numbers):
                self._rebuild(self._bits)

    def find(self, exact: Iterable[int], grams: Iterable[int]) -> Counter[str]:
        """How many of the keys each utterance holds. ``grams`` that are common are left out, ``exact`` keys never."""
        sure = np.fromiter(exact, np.uint64)
        keys = np.concatenate((sure, np.fromiter(grams, np.uint64)))
        rows = self._table[keys >> np.uint64(32 - self._bits)]
        hits = rows >> _HALF == keys[:, None]
        hits &= rows != 0
        hits[len(sure) :][hits[len(sure) :].sum(1) >= COMMON] = False
        found: Counter[str] = Counter()
        for number in (rows[hits] & _NUMBER).tolist():
            name = self._names[number]
            if name is not None:
                found[name] += 1
        return found

    def _place(self, entries: NDArray[np.uint64], taken: NDArray[np.intp] | int) -> None:
        """Puts sorted ``entries`` into their buckets, of which ``taken`` places are in use."""
        buckets = entries >> np.uint64(64 - self._bits)
        at = taken + np.arange(len(entries)) - np.searchsorted(buckets, buckets)
        fits = at < PLACES
        self._table[buckets[fits], at[fits]] = entries[fits]
        self._filled += int(fits.sum())

    def _rebuild(self, bits: int) -> None:
        """Makes the table anew with 2**bits buckets, without the dead, whose numbers are given anew."""
        renumbered = np.zeros(len(self._names), np.uint64)
        alive = [number for number, name in enumerate(self._names) if name is not None]
        renumbered[alive] = np.arange(1, len(alive) + 1, dtype=np.uint64)
        entries = self._table[self._table != 0]
        numbers = renumbered[entries & _NUMBER]
        entries = (entries >> _HALF << _HALF | numbers)[numbers != 0]
        entries.sort()
        self._names = [None, *(self._names[number] for number in alive)]
        self._numbers = {name: number for number, name in enumerate(self._names) if name is not None}
        self._bits, self._filled = bits, 0
        self._table = np.zeros((1 << bits, PLACES), np.uint64)
        self._place(entries, 0)

"""Runs: rows of bytes under 64-bit keys, packed without a gap, for what grows for ever and is asked for rarely.

A log-structured merge (O'Neil et al. 1996), in memory: new rows gather in a small dict; a full one becomes a sorted
run; a run is merged with the one before it as soon as that is less than ``_RATIO`` times as large. So there are a
handful of runs however many rows, each searched in a few steps because hashes are spread evenly, and nothing is kept
free for growth. The merge of the two largest runs, at every eighth more rows, takes some 25 ms a million rows
(measured), and room for them twice while it lasts.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from wiredesk.dedup.kernel import kernel

_BATCH = 2048
_RATIO = 8
_SIGN = 1 << 63
_HALF = np.uint64(32)
_DEAD = 0
_OBJECTS = 65
"""Bytes of a key and the head of a row as Python objects in the dict (CPython 3.11)."""


class Runs:
    """A map from keys (hashes, 0 to 2**64 - 1) to rows of ``width`` bytes, the last of which is never 0."""

    def __init__(self, width: int) -> None:
        self._width = width
        self._recent: dict[int, bytes] = {}
        self._runs: list[tuple[NDArray[np.uint64], NDArray[np.uint8]]] = []  # the largest first
        self._dead = 0

    def __len__(self) -> int:
        return len(self._recent) + sum(len(keys) for keys, _ in self._runs) - self._dead

    @property
    def nbytes(self) -> int:
        """Memory in bytes, all included."""
        recent = sys.getsizeof(self._recent) + (_OBJECTS + self._width) * len(self._recent)
        return recent + sum(keys.nbytes + rows.nbytes for keys, rows in self._runs)

    def get(self, key: int) -> bytes | None:
        """The row under ``key``."""
        row = self._recent.get(key)
        if row is not None:
            return row
        signed = (key ^ _SIGN) - _SIGN  # kernels take signed integers
        for keys, rows in self._runs:
            at = _find(keys, rows, signed)
            if at >= 0:
                return bytes(rows[at])
        return None

    def put(self, key: int, row: bytes) -> None:
        """Puts ``row`` under ``key`` in place of what was there."""
        if len(row) != self._width or row[-1] == _DEAD:
            raise ValueError(f"a row of {len(row)} bytes that ends in {row[-1:]!r}, not one of {self._width}, not 0")
        self.pop(key)
        self._recent[key] = row
        if len(self._recent) >= _BATCH:
            self._flush()

    def pop(self, key: int) -> bytes | None:
        """Takes the row under ``key`` out."""
        row = self._recent.pop(key, None)
        if row is not None:
            return row
        signed = (key ^ _SIGN) - _SIGN
        for keys, rows in self._runs:
            at = _find(keys, rows, signed)
            if at >= 0:
                row = bytes(rows[at])
                rows[at, -1] = _DEAD
                self._dead += 1
                return row
        return None

    def arrays(self) -> dict[str, NDArray[np.generic]]:
        """All of it, for ``restore``; the runs themselves and no copy."""
        if self._recent:
            self._flush()
        named: dict[str, NDArray[np.generic]] = {}
        for number, (keys, rows) in enumerate(self._runs):
            named[f"{number}.keys"], named[f"{number}.rows"] = keys, rows
        return named

    @classmethod
    def restore(cls, width: int, arrays: Mapping[str, NDArray[np.generic]]) -> Runs:
        """The rows that gave ``arrays``, which are its own from now on."""
        restored = cls(width)
        for number in range(len(arrays) // 2):
            keys = np.require(arrays[f"{number}.keys"], np.uint64, "W")
            rows = np.require(arrays[f"{number}.rows"], np.uint8, "W").reshape(-1, width)
            restored._runs.append((keys, rows))
            restored._dead += int(np.count_nonzero(rows[:, -1] == _DEAD))
        return restored

    def _flush(self) -> None:
        keys = np.fromiter(self._recent, np.uint64, len(self._recent))
        rows = np.frombuffer(b"".join(self._recent.values()), np.uint8).reshape(-1, self._width)
        order = np.argsort(keys)
        self._recent = {}
        self._runs.append((keys[order], rows[order]))
        while len(self._runs) > 1 and len(self._runs[-2][0]) < _RATIO * len(self._runs[-1][0]):
            self._merge_last()

    def _merge_last(self) -> None:
        (a_keys, a_rows), (b_keys, b_rows) = self._runs[-2:]
        dead = sum(int(np.count_nonzero(rows[:, -1] == _DEAD)) for rows in (a_rows, b_rows))
        keys = np.empty(len(a_keys) + len(b_keys) - dead, dtype=np.uint64)
        rows = np.empty((len(keys), self._width), dtype=np.uint8)
        _merge(a_keys, a_rows, b_keys, b_rows, keys, rows)
        self._dead -= dead
        self._runs[-2:] = [(keys, rows)] if len(keys) else []


@kernel
def _find(keys: NDArray[np.uint64], rows: NDArray[np.uint8], signed: int) -> int:
    """Where the live row of the key is, -1 if there is none: a guess from the key's size, then ever wider steps to both
    sides until the key is between them, then halving. Dead rows may stand before or behind the live one of a key."""
    key = np.uint64(signed)
    end = len(keys)
    low = high = int(np.int64(((key >> _HALF) * np.uint64(end)) >> _HALF))  # numba: signed, to be counted down
    step = 8
    while low > 0 and keys[low] >= key:
        low = max(0, low - step)
        step *= 2
    step = 8
    while high < end and keys[high] < key:
        high = min(end, high + step)
        step *= 2
    while low < high:
        middle = (low + high) // 2
        if keys[middle] < key:
            low = middle + 1
        else:
            high = middle
    while low < end and keys[low] == key:
        if rows[low, -1] != _DEAD:
            return low
        low += 1
    return -1


@kernel
def _merge(
    a_keys: NDArray[np.uint64],
    a_rows: NDArray[np.uint8],
    b_keys: NDArray[np.uint64],
    b_rows: NDArray[np.uint8],
    keys: NDArray[np.uint64],
    rows: NDArray[np.uint8],
) -> None:
    """The live rows of two runs, in the order of their keys."""
    a = b = at = 0
    while a < len(a_keys) or b < len(b_keys):
        if b == len(b_keys) or (a < len(a_keys) and a_keys[a] <= b_keys[b]):
            if a_rows[a, -1] != _DEAD:
                keys[at] = a_keys[a]
                rows[at] = a_rows[a]
                at += 1
            a += 1
        else:
            if b_rows[b, -1] != _DEAD:
                keys[at] = b_keys[b]
                rows[at] = b_rows[b]
                at += 1
            b += 1

"""The lookup: from a 64-bit hash to the numbers of the articles that have it.

An open hash table in two numpy arrays, 12 bytes a slot and .47 to .7 of the slots in use: 17 to 26 bytes a hash, a
tenth of a dict of Python integers. A hash that several articles have (the words of a wire that many carry) is marked in
the table and has its numbers in a small dict beside it, so a crowd behind one hash slows nobody down.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from wiredesk.dedup.kernel import kernel

LARGEST = 2**32 - 3
"""The largest number that can be kept; the two above it are marks in the table."""

_FIRST = 1024
_FULLEST = 0.7
_GROWTH = 1.5
_FREE = 2**32 - 1
_MANY = 2**32 - 2
_SIGN = 1 << 63
_MIX = np.uint64(0x9E3779B97F4A7C15)  # 2**64 over the golden ratio (Knuth, The Art of Computer Programming 3, 6.4)
_HALF = np.uint64(32)


class Lookup:
    """A multimap from hashes (0 to 2**64 - 1) to numbers (0 to ``LARGEST``)."""

    def __init__(self) -> None:
        self._keys, self._numbers = _empty(_FIRST)
        self._used = 0
        self._pairs = 0
        self._many: dict[int, dict[int, None]] = {}

    def __len__(self) -> int:
        """Pairs of hash and number."""
        return self._pairs

    @property
    def nbytes(self) -> int:
        """Memory in bytes, free slots included."""
        beside = sum(sys.getsizeof(numbers) + 64 * len(numbers) for numbers in self._many.values())
        return self._keys.nbytes + self._numbers.nbytes + sys.getsizeof(self._many) + beside

    def find(self, hash: int, most: int | None = None) -> list[int]:  # noqa: A002 (what it is)
        """The numbers that ``hash`` has, in the order in which they were added; the first ``most`` of them."""
        number: int = _find(self._keys, self._numbers, (hash ^ _SIGN) - _SIGN)  # kernels take signed integers
        if number == _FREE:
            return []
        if number == _MANY:
            return list(islice(self._many[hash], most))
        return [number]

    def add(self, hash: int, number: int) -> None:  # noqa: A002
        """Gives ``hash`` the ``number``; nothing changes when it has it."""
        if not 0 <= number <= LARGEST:
            raise ValueError(f"number {number} is not between 0 and {LARGEST}")
        signed = (hash ^ _SIGN) - _SIGN
        before: int = _find(self._keys, self._numbers, signed)
        if before == number:
            return
        if before == _FREE:
            if self._used >= _FULLEST * len(self._keys):
                self._grow()
            self._used += 1
            _put(self._keys, self._numbers, signed, number)
        elif before == _MANY:
            numbers = self._many[hash]
            if number in numbers:
                return
            numbers[number] = None
        else:
            self._many[hash] = {before: None, number: None}
            _put(self._keys, self._numbers, signed, _MANY)
        self._pairs += 1

    def discard(self, hash: int, number: int) -> None:  # noqa: A002
        """Takes ``number`` away from ``hash``; nothing changes when it has it not."""
        signed = (hash ^ _SIGN) - _SIGN
        before: int = _find(self._keys, self._numbers, signed)
        if before == _MANY:
            numbers = self._many[hash]
            if number not in numbers:
                return
            del numbers[number]
            if len(numbers) == 1:
                del self._many[hash]
                _put(self._keys, self._numbers, signed, next(iter(numbers)))
        elif before == number and number <= LARGEST:
            _remove(self._keys, self._numbers, signed)
            self._used -= 1
        else:
            return
        self._pairs -= 1

    def arrays(self) -> dict[str, NDArray[np.generic]]:
        """All of it, for ``restore``; the table itself and no copy, so it changes with the lookup."""
        crowds = self._many.values()
        return {
            "keys": self._keys,
            "numbers": self._numbers,
            "many": np.array(list(self._many), dtype=np.uint64),
            "many_counts": np.array([len(numbers) for numbers in crowds], dtype=np.uint32),
            "many_numbers": np.array([number for numbers in crowds for number in numbers], dtype=np.uint32),
        }

    @classmethod
    def restore(cls, arrays: Mapping[str, NDArray[np.generic]]) -> Lookup:
        """The lookup that gave ``arrays``, which are its own from now on."""
        lookup = cls()
        lookup._keys = np.require(arrays["keys"], np.uint64, "W")
        lookup._numbers = np.require(arrays["numbers"], np.uint32, "W")
        lookup._used = int(np.count_nonzero(lookup._numbers != _FREE))
        numbers = iter(arrays["many_numbers"].tolist())
        for hash, count in zip(arrays["many"].tolist(), arrays["many_counts"].tolist(), strict=True):  # noqa: A001
            lookup._many[hash] = dict.fromkeys(islice(numbers, count))
        lookup._pairs = lookup._used - len(lookup._many) + len(arrays["many_numbers"])
        return lookup

    def _grow(self) -> None:
        keys, numbers = _empty(int(_GROWTH * len(self._keys)))
        _move(self._keys, self._numbers, keys, numbers)
        self._keys, self._numbers = keys, numbers


def _empty(slots: int) -> tuple[NDArray[np.uint64], NDArray[np.uint32]]:
    return np.zeros(slots, dtype=np.uint64), np.full(slots, _FREE, dtype=np.uint32)


@kernel
def _home(keys: NDArray[np.uint64], key: np.uint64) -> int:
    """The slot at which the search for ``key`` begins: its mixed upper half as a fraction of the table."""
    return np.int64((((key * _MIX) >> _HALF) * np.uint64(len(keys))) >> _HALF)  # type: ignore[return-value]


@kernel
def _slot(keys: NDArray[np.uint64], numbers: NDArray[np.uint32], key: np.uint64) -> int:
    """The slot of ``key``, or the free one where it would go."""
    slot = _home(keys, key)
    while numbers[slot] != _FREE and keys[slot] != key:
        slot += 1
        if slot == len(keys):
            slot = 0
    return slot


@kernel
def _find(keys: NDArray[np.uint64], numbers: NDArray[np.uint32], signed: int) -> int:
    return int(numbers[_slot(keys, numbers, np.uint64(signed))])


@kernel
def _put(keys: NDArray[np.uint64], numbers: NDArray[np.uint32], signed: int, number: int) -> None:
    key = np.uint64(signed)
    slot = _slot(keys, numbers, key)
    keys[slot] = key
    numbers[slot] = number


@kernel
def _remove(keys: NDArray[np.uint64], numbers: NDArray[np.uint32], signed: int) -> None:
    """Frees the slot of a key that is there, and moves up what follows it and may not stand behind a free slot."""
    gap = slot = _slot(keys, numbers, np.uint64(signed))
    while True:
        slot += 1
        if slot == len(keys):
            slot = 0
        if numbers[slot] == _FREE:
            break
        home = _home(keys, keys[slot])
        stays = gap < home <= slot if gap <= slot else gap < home or home <= slot
        if not stays:
            keys[gap], numbers[gap] = keys[slot], numbers[slot]
            gap = slot
    numbers[gap] = _FREE


@kernel
def _move(
    keys: NDArray[np.uint64], numbers: NDArray[np.uint32], to: NDArray[np.uint64], to_numbers: NDArray[np.uint32]
) -> None:
    for slot in range(len(keys)):
        if numbers[slot] != _FREE:
            place = _slot(to, to_numbers, keys[slot])
            to[place] = keys[slot]
            to_numbers[place] = numbers[slot]

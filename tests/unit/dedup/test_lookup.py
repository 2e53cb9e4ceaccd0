"""The lookup against a dict of lists."""

from __future__ import annotations

import time

import numpy as np
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from wiredesk.dedup.lookup import LARGEST, Lookup

_HASHES = st.one_of(st.sampled_from([0, 1, 2**63, 2**64 - 1]), st.integers(0, 40), st.integers(0, 2**64 - 1))
_NUMBERS = st.one_of(st.integers(0, 5), st.just(LARGEST))


class AgainstADict(RuleBasedStateMachine):
    """Whatever is added, taken away and restored, in whatever order: the lookup finds what a dict would."""

    def __init__(self) -> None:
        super().__init__()
        self.lookup = Lookup()
        self.model: dict[int, list[int]] = {}

    @rule(hash_=_HASHES, number=_NUMBERS)
    def add(self, hash_: int, number: int) -> None:
        self.lookup.add(hash_, number)
        numbers = self.model.setdefault(hash_, [])
        if number not in numbers:
            numbers.append(number)

    @rule(hash_=_HASHES, number=_NUMBERS)
    def discard(self, hash_: int, number: int) -> None:
        self.lookup.discard(hash_, number)
        if number in self.model.get(hash_, []):
            self.model[hash_].remove(number)

    @rule(first=st.integers(0, 2**64 - 3_000))
    def add_enough_to_grow(self, first: int) -> None:
        for hash_ in range(first, first + 900):
            self.add(hash_, 7)

    @rule()
    def restore(self) -> None:
        self.lookup = Lookup.restore({name: array.copy() for name, array in self.lookup.arrays().items()})

    @invariant()
    def finds_the_same(self) -> None:
        assert all(self.lookup.find(hash_) == numbers for hash_, numbers in self.model.items())
        assert len(self.lookup) == sum(map(len, self.model.values()))


TestAgainstADict = AgainstADict.TestCase
TestAgainstADict.settings = settings(max_examples=25, stateful_step_count=25, deadline=None)


def test_what_is_there_is_found_and_nothing_else() -> None:
    lookup = Lookup()
    lookup.add(2**64 - 1, 3)
    lookup.add(2**64 - 1, 1)
    lookup.add(0, 9)

    assert lookup.find(2**64 - 1) == [3, 1]
    assert lookup.find(2**64 - 1, most=1) == [3]
    assert lookup.find(0) == [9]
    assert lookup.find(5) == []


def test_a_number_that_does_not_fit_is_refused() -> None:
    with pytest.raises(ValueError, match="4294967295"):
        Lookup().add(1, 2**32 - 1)


def test_a_table_of_many_hashes_stays_small() -> None:
    lookup = Lookup()
    for hash_ in np.random.default_rng(1).integers(0, 2**64, 100_000, dtype=np.uint64).tolist():
        lookup.add(hash_, 1)

    assert len(lookup) == 100_000
    assert lookup.nbytes <= 26 * 100_000


def test_a_crowd_behind_one_hash_slows_nobody_down() -> None:
    """Quadratic work would take minutes here."""
    lookup = Lookup()
    started = time.perf_counter()
    for number in range(50_000):
        lookup.add(42, number)
    assert lookup.find(42, most=3) == [0, 1, 2]
    for number in range(49_999):
        lookup.discard(42, number)

    assert lookup.find(42) == [49_999]
    assert time.perf_counter() - started < 10

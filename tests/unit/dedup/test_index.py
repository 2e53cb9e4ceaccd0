from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from numpy.typing import NDArray

from wiredesk.dedup.hashing import mix
from wiredesk.dedup.index import STOP, Index
from wiredesk.dedup.rarity import COMMON_AT_LEAST, Rarity


def hashes(*seeds: int) -> NDArray[np.uint64]:
    return np.array([mix(np.uint64(seed)) for seed in seeds], dtype=np.uint64)


def prints(*seeds: int) -> NDArray[np.uint64]:
    """Fingerprints as a sketch has them: distinct hashes in the lowest quarter."""
    return np.unique(hashes(*seeds) >> np.uint64(2))


def many_prints(stories: int, each: int) -> NDArray[np.uint64]:
    """A row of fingerprints for each story, all different."""
    drawn = np.random.default_rng(7).integers(0, 1 << 62, size=2 * stories * each, dtype=np.uint64)
    return np.unique(drawn)[: stories * each].reshape(each, stories).T.copy()


def found(index: Index, *seeds: int) -> list[int]:
    return sorted(index.find(prints(*seeds)).tolist())


def test_a_fingerprint_finds_the_stories_that_have_it() -> None:
    index = Index()
    index.add(prints(1, 2, 3), 7)
    index.add(prints(3, 4), 8)
    assert found(index, 1, 2) == [7, 7]
    assert found(index, 3) == [7, 8]
    assert found(index, 5) == []


def test_the_stories_with_the_most_fingerprints_come_first() -> None:
    index = Index()
    index.add(prints(1, 2, 3), 9)
    index.add(prints(1, 2), 4)
    index.add(prints(2, 3), 3)
    numbers, hits = index.count(prints(1, 2, 3, 5))
    assert list(zip(numbers.tolist(), hits.tolist(), strict=True)) == [(9, 3), (3, 2), (4, 2)]
    assert len(index.count(prints(5))[0]) == 0


@pytest.mark.parametrize("number", [0, 1, 2**32 - 1])
def test_any_number_of_32_bits_is_a_story(number: int) -> None:
    index = Index()
    index.add(prints(1), number)
    assert found(index, 1) == [number]
    index.remove(prints(1), [number])
    assert (found(index, 1), len(index)) == ([], 0)


def test_adding_a_second_time_changes_nothing() -> None:
    index = Index()
    index.add(prints(1, 2), 7)
    index.add(prints(1, 2), 7)
    assert found(index, 1) == [7]
    assert len(index) == 2


def test_what_many_stories_have_becomes_a_stop_mark() -> None:
    index = Index()
    for number in range(1, STOP):
        index.add(prints(1), number)
    assert len(found(index, 1)) == STOP - 1
    index.add(prints(1), STOP)
    assert found(index, 1) == []
    index.add(prints(1), STOP + 1)
    index.remove(prints(1), [1, 2])
    assert len(found(index, 1)) == STOP - 2, "it is one no longer when the stories are gone"


def test_removing_takes_the_story_alone() -> None:
    index = Index()
    index.add(prints(1, 2), 7)
    index.add(prints(2, 3), 8)
    index.remove(prints(1, 2, 3), [7])
    assert found(index, 1, 2, 3) == [8, 8]


class TestGrowth:
    @pytest.fixture(scope="class")
    @staticmethod
    def rows() -> NDArray[np.uint64]:
        return many_prints(26_000, 100)

    @pytest.fixture(scope="class")
    @staticmethod
    def index(rows: NDArray[np.uint64]) -> Index:
        index = Index()
        for number, row in enumerate(rows):
            index.add(row, number)
        return index

    def test_it_grows_and_keeps_nearly_all(self, index: Index, rows: NDArray[np.uint64]) -> None:
        kept = sum(int(np.count_nonzero(index.find(row) == number)) for number, row in enumerate(rows))
        assert index.bytes > Index().bytes
        assert len(index) == pytest.approx(rows.size, rel=0.001)
        assert kept == pytest.approx(len(index), rel=0.0001), "but for the accident that two look the same"

    def test_it_takes_ten_bytes_a_fingerprint_at_most(self, index: Index) -> None:
        assert index.bytes < 9.5 * len(index)

    def test_it_hardly_finds_what_is_not_there(self, index: Index, rows: NDArray[np.uint64]) -> None:
        strange = rows.ravel() ^ np.uint64(0x5555)
        assert len(index.find(strange)) < 0.004 * len(strange)

    def test_what_it_holds_depends_on_nothing_but_the_calls(self, index: Index, rows: NDArray[np.uint64]) -> None:
        again = Index()
        for number, row in enumerate(rows):
            again.add(row, number)
        assert all(np.array_equal(again.arrays()[name], array) for name, array in index.arrays().items())

    def test_it_grows_too_while_its_arrays_are_held(self, index: Index, rows: NDArray[np.uint64]) -> None:
        held = index.arrays()
        other = Index.restore(held)
        before = [index.find(row).tolist() for row in rows[:1000]]
        other._grow()
        assert len(held["tags"]) < len(other.arrays()["tags"])
        assert [sorted(other.find(row).tolist()) for row in rows[:1000]] == [sorted(each) for each in before]


class IndexAgainstSets(RuleBasedStateMachine):
    """The index does what a dict of sets does; it is taken to a snapshot and back, and grows, at any moment."""

    def __init__(self) -> None:
        super().__init__()
        self.index = Index()
        self.plain: dict[int, set[int]] = {seed: set() for seed in range(40)}
        self.growths = 0

    @rule(number=st.integers(0, 6), seeds=st.sets(st.integers(0, 39)))
    def add(self, number: int, seeds: set[int]) -> None:
        self.index.add(prints(*seeds), number)
        for seed in seeds:
            if len(self.plain[seed]) < STOP:
                self.plain[seed].add(number)

    @rule(numbers=st.sets(st.integers(0, 6)), seeds=st.sets(st.integers(0, 39)))
    def remove(self, numbers: set[int], seeds: set[int]) -> None:
        self.index.remove(prints(*seeds), numbers)
        for seed in seeds:
            self.plain[seed] -= numbers

    @precondition(lambda self: self.growths < 2)
    @rule()
    def grow(self) -> None:
        self.index._grow()
        self.growths += 1

    @rule()
    def restore(self) -> None:
        self.index = Index.restore({name: array.copy() for name, array in self.index.arrays().items()})

    @rule(seeds=st.sets(st.integers(0, 39)))
    def count(self, seeds: set[int]) -> None:
        expected = Counter(each for seed in seeds if len(self.plain[seed]) < STOP for each in self.plain[seed])
        numbers, hits = self.index.count(prints(*seeds))
        counted = list(zip(numbers.tolist(), hits.tolist(), strict=True))
        assert counted == sorted(expected.items(), key=lambda each: (-each[1], each[0]))

    @invariant()
    def holds_the_same(self) -> None:
        assert len(self.index) == sum(len(stories) for stories in self.plain.values())


TestIndexAgainstSets = IndexAgainstSets.TestCase
TestIndexAgainstSets.settings = settings(max_examples=25, stateful_step_count=25, deadline=None)


def test_a_gram_is_common_from_the_sixth_story_on() -> None:
    rarity = Rarity()
    grams = hashes(0, 1)
    for _ in range(COMMON_AT_LEAST):
        rarity.add(grams[:1])
    assert rarity.common(grams).tolist() == [False, False]
    rarity.add(grams)
    assert rarity.common(grams).tolist() == [True, False]
    rarity.remove(grams)
    assert rarity.common(grams).tolist() == [False, False]


def test_with_many_stories_more_is_needed() -> None:
    rarity = Rarity()
    grams = hashes(*range(10_000))
    for at in range(10_000):
        rarity.add(grams[at : at + 1] if at >= 20 else grams[:1])
    assert not rarity.common(grams[:1])[0], "20 of 10,000 are not more than two in a thousand"
    rarity.add(grams[:1])
    assert rarity.common(grams[:1])[0]


@given(st.lists(st.sets(st.integers(0, 9), min_size=1), max_size=20))
@settings(max_examples=20, deadline=None)
def test_the_counts_come_back_from_a_snapshot(stories: list[set[int]]) -> None:
    rarity = Rarity()
    for seeds in stories:
        rarity.add(hashes(*seeds))
    restored = Rarity.restore({name: array.copy() for name, array in rarity.arrays().items()})
    counts = Counter(seed for seeds in stories for seed in seeds)
    assert restored.common(hashes(*range(10))).tolist() == [counts[seed] > COMMON_AT_LEAST for seed in range(10)]

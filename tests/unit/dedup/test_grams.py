"""The kernels of grams, each against the numpy expression or the loop that says the same."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from wiredesk.dedup.grams import Grams, all_of, distinct, hashes, lowest, order_of
from wiredesk.dedup.hashing import spread

NUMBERS = st.lists(st.integers(0, 2**64 - 1) | st.integers(0, 3) | st.sampled_from([2**64 - 1, 1 << 63]), max_size=60)
FLAGS = st.lists(st.booleans(), max_size=40)


def words(*numbers: int) -> np.ndarray[tuple[int], np.dtype[np.uint16]]:
    return np.array(numbers, dtype=np.uint16)


def test_the_same_words_have_the_same_hash_and_their_order_counts() -> None:
    found = hashes(words(1, 2, 3, 1, 2, 3, 2, 1), spread(3)).tolist()
    assert found[0] == found[3]
    assert len(set(found)) == 5


@pytest.mark.parametrize("count", [0, 1, 2])
def test_fewer_words_than_a_gram_make_none(count: int) -> None:
    assert len(hashes(words(*range(count)), spread(3))) == 0


@given(FLAGS, st.integers(1, 6))
@settings(deadline=None)
def test_all_of(flags: list[bool], size: int) -> None:
    expected = [all(flags[at : at + size]) for at in range(len(flags) - size + 1)]
    assert all_of(np.array(flags, dtype=np.bool_), size).tolist() == expected


@given(NUMBERS)
@example([5] * 40)
@example([])
@settings(deadline=None)
def test_order_is_the_stable_one(numbers: list[int]) -> None:
    values = np.array(numbers, dtype=np.uint64)
    assert order_of(values).tolist() == np.argsort(values, kind="stable").tolist()


@given(NUMBERS, st.data())
@settings(deadline=None)
def test_distinct_is_numpy_unique(numbers: list[int], data: st.DataObject) -> None:
    values = np.array(numbers, dtype=np.uint64)
    quoted = np.array(data.draw(st.lists(st.booleans(), min_size=len(numbers), max_size=len(numbers))), dtype=np.bool_)
    kept, places, order = np.unique(values, return_index=True, return_inverse=True)
    found = Grams(*distinct(values, quoted))
    assert found.values.tolist() == kept.tolist()
    assert found.places.tolist() == places.tolist()
    assert found.quoted.tolist() == quoted[places].tolist()
    assert found.order.tolist() == order.tolist()


@given(NUMBERS, st.integers(0, 2**64 - 1), st.integers(0, 9))
@settings(deadline=None)
def test_the_lowest_are_at_least_so_many_if_there_are(numbers: list[int], ceiling: int, fewest: int) -> None:
    below = [number for number in sorted(set(numbers)) if number <= ceiling]
    found = lowest(np.array(numbers, dtype=np.uint64), np.uint64(ceiling), fewest)
    assert found.tolist() == (below if len(below) >= fewest else sorted(set(numbers))[:fewest])

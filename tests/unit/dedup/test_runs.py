"""Runs against a dict, with batches so small that runs are merged all the time."""

from __future__ import annotations

from collections.abc import Iterator
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from wiredesk.dedup import runs
from wiredesk.dedup.runs import Runs

_KEYS = st.one_of(st.integers(0, 30), st.sampled_from([2**63, 2**64 - 1]), st.integers(0, 2**64 - 1))


class AgainstADict(RuleBasedStateMachine):
    """Whatever is put, taken out and restored: what is there is what a dict would have."""

    def __init__(self) -> None:
        super().__init__()
        self.small = patch.object(runs, "_BATCH", 4)
        self.small.start()
        self.runs = Runs(3)
        self.model: dict[int, bytes] = {}

    def teardown(self) -> None:
        self.small.stop()

    @rule(key=_KEYS, row=st.binary(min_size=2, max_size=2))
    def put(self, key: int, row: bytes) -> None:
        self.runs.put(key, row + b"\x01")
        self.model[key] = row + b"\x01"

    @rule(key=_KEYS)
    def pop(self, key: int) -> None:
        assert self.runs.pop(key) == self.model.pop(key, None)

    @rule()
    def restore(self) -> None:
        self.runs = Runs.restore(3, {name: array.copy() for name, array in self.runs.arrays().items()})

    @invariant()
    def has_the_same(self) -> None:
        assert all(self.runs.get(key) == row for key, row in self.model.items())
        assert self.runs.get(31) == self.model.get(31)
        assert len(self.runs) == len(self.model)


TestAgainstADict = AgainstADict.TestCase
TestAgainstADict.settings = settings(max_examples=60, stateful_step_count=50, deadline=None)


@pytest.fixture
def filled() -> Iterator[Runs]:
    rows = Runs(2)
    for key in np.random.default_rng(1).integers(0, 2**64, 100_000, dtype=np.uint64).tolist():
        rows.put(key, b"ab")
    return rows


def test_there_are_a_handful_of_runs_and_nothing_is_kept_free(filled: Runs) -> None:
    arrays = filled.arrays()
    assert len(arrays) / 2 <= 4
    assert sum(array.nbytes for array in arrays.values()) == 100_000 * (8 + 2)


def test_rows_that_were_taken_out_leave_with_the_next_merge(filled: Runs) -> None:
    for key in filled.arrays()["0.keys"].tolist():
        filled.pop(key)
    left = len(filled)
    for key in range(20_000):
        filled.put(key, b"cd")

    arrays = filled.arrays()
    assert sum(array.nbytes for array in arrays.values()) == (left + 20_000) * (8 + 2)


@pytest.mark.parametrize("row", [b"a\x00", b"abc"])
def test_a_row_that_could_not_be_told_from_a_dead_one_is_refused(row: bytes) -> None:
    with pytest.raises(ValueError, match=r"not one of 2, not 0"):
        Runs(2).put(1, row)

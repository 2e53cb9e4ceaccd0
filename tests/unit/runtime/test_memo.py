"""The memo keeps what was used last."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from wiredesk.runtime.memo import Memo


def test_what_was_learned_is_recalled_and_the_rest_is_not() -> None:
    memo = Memo(10)
    memo.learn({b"a": b"1", b"b": b"2"})
    assert memo.recall([b"b", b"c"]) == {b"b": b"2"}


def test_what_was_not_asked_for_longest_is_forgotten_first() -> None:
    memo = Memo(2)
    memo.learn({b"a": b"1", b"b": b"2"})
    memo.recall([b"a"])
    memo.learn({b"c": b"3"})
    assert memo.recall([b"a", b"b", b"c"]) == {b"a": b"1", b"c": b"3"}


@given(st.lists(st.binary(min_size=1, max_size=1)), st.integers(0, 5))
def test_it_never_holds_more_than_its_size_and_never_makes_things_up(keys: list[bytes], size: int) -> None:
    memo = Memo(size)
    for key in keys:
        memo.learn({key: key * 2})
    found = memo.recall(set(keys))
    assert len(found) <= size
    assert all(value == key * 2 for key, value in found.items())

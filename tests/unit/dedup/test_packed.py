from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from wiredesk.dedup.packed import lengths_of, packed, unpacked


@given(st.lists(st.binary(max_size=5)))
def test_what_was_packed_is_unpacked_as_it_was(strings: list[bytes]) -> None:
    assert unpacked(packed(strings), lengths_of(strings)) == strings

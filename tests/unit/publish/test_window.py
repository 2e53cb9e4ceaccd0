from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from wiredesk.publish.window import SEGMENTS, Window

HOUR = 3600


def test_whole_segments_are_dropped_oldest_first():
    window = Window(12 * HOUR)
    for hour in (100, 101, 100, 105):
        window.put(f"at {hour}", b"x", hour * HOUR)
    assert window.advance(112 * HOUR) == []
    assert window.advance(114 * HOUR) == ["at 100", "at 101"]
    assert window.get("at 100") is None
    assert window.get("at 105") == b"x"


def test_an_entry_that_is_written_again_moves_on():
    window = Window(12 * HOUR)
    window.put("a", b"1", 100 * HOUR)
    window.put("a", b"2", 110 * HOUR)
    assert window.advance(115 * HOUR) == []
    assert window.get("a") == b"2"


def test_the_clock_never_goes_back():
    window = Window(12 * HOUR)
    window.advance(100 * HOUR)
    assert window.advance(50 * HOUR) == []
    assert window.clock == 100 * HOUR


def test_what_has_no_date_is_as_old_as_the_first_date():
    window = Window(12 * HOUR)
    window.put("a", b"x", 0)
    assert window.advance(100 * HOUR) == []
    window.put("a", b"y", 0)
    assert window.advance(111 * HOUR) == []
    assert window.advance(114 * HOUR) == ["a"]


def test_dropping_what_is_not_there_is_nothing():
    window = Window(HOUR)
    window.drop("a")
    window.put("a", b"x", HOUR)
    window.drop("a")
    assert len(window) == 0
    assert window.advance(100 * HOUR) == []


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(1, 500)), max_size=30), st.integers(1, 100))
def test_nothing_is_dropped_in_its_window_and_nothing_kept_a_segment_longer(entries, span):
    window = Window(span)
    since: dict[str, int] = {}
    dropped: set[str] = set()
    for key, at in sorted(entries, key=lambda one: one[1]):
        dropped |= set(window.advance(at))
        window.put(key, b"", at)
        since[key] = at
        step = max(1, span // SEGMENTS)
        for held, began in since.items():
            age = window.clock - began
            if age < span:
                assert window.get(held) is not None
            if age >= span + step:
                assert window.get(held) is None
                assert held in dropped

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wiredesk.contracts.spans import Span, span_of


def test_offsets_are_code_points():
    assert span_of("a 👍🏽 b", 2, 4) == Span(2, 4, "👍🏽")


@given(st.text(min_size=1), st.data())
def test_a_span_always_holds_its_exact_words(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    span = span_of(text, start, end)
    assert text[span.start : span.end] == span.exact != ""


@pytest.mark.parametrize(("start", "end"), [(0, 0), (2, 1), (-1, 2), (0, 4), (3, 4), (-3, -1)])
def test_an_empty_or_outlying_passage_is_refused(start, end):
    with pytest.raises(ValueError, match="no passage"):
        span_of("abc", start, end)

"""Code point spans in UTF-16 units and UTF-8 bytes: by the vectors that other languages use too, and for any text."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wiredesk.contracts import offsets
from wiredesk.contracts.offsets import to_utf8, to_utf16
from wiredesk.contracts.shipped import shipped

VECTORS = orjson.loads(shipped("schemas", "vectors", "spans.json").read_bytes())
TEXTS = st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from("a\u0301🙂𠮷\U0010ffff\uffff"))


@pytest.mark.parametrize("vector", VECTORS["vectors"], ids=lambda vector: vector["about"])
def test_vectors(vector: dict[str, Any]) -> None:
    text, spans = vector["text"], [tuple(span) for span in vector["code_points"]]
    assert [text[start:end] for start, end in spans] == vector["exact"]
    assert [list(span) for span in to_utf16(text, spans)] == vector["utf16"]
    assert [list(span) for span in to_utf8(text, spans)] == vector["utf8"]


@pytest.mark.parametrize("vector", VECTORS["refused"], ids=lambda vector: vector["about"])
@pytest.mark.parametrize("convert", [to_utf16, to_utf8])
def test_what_runs_out_of_the_text_is_refused(vector: dict[str, Any], convert: Any) -> None:
    start, end = vector["code_points"]
    with pytest.raises(ValueError, match=f"no span {start}:{end} in a text of"):
        convert(vector["text"], [(0, 0), (start, end)])


@given(TEXTS, st.data())
def test_what_is_cut_out_in_either_unit_is_the_words(text: str, data: st.DataObject) -> None:
    starts = data.draw(st.lists(st.integers(0, len(text)), max_size=8))
    spans = [(start, data.draw(st.integers(start, len(text)))) for start in starts]
    wide, narrow = text.encode("utf-16-le"), text.encode()
    for (start, end), (a, z), (first, last) in zip(spans, to_utf16(text, spans), to_utf8(text, spans), strict=True):
        assert wide[2 * a : 2 * z].decode("utf-16-le") == text[start:end]
        assert narrow[first:last].decode() == text[start:end]


def test_many_spans_cost_one_walk_over_the_text() -> None:
    text = CountingText("🙂a" * 5_000)
    to_utf8(text, [(at, at + 1) for at in range(10_000)])
    assert text.taken == len(text)


def test_the_examples_have_the_same_helper() -> None:
    project = shipped("schemas").parent
    assert (project / "examples/python/spans.py").read_bytes() == Path(offsets.__file__).read_bytes()


class CountingText(str):
    """A text that counts how many characters are taken out of it."""

    taken = 0

    def __getitem__(self, place: Any) -> str:
        found = super().__getitem__(place)
        self.taken += len(found)
        return found

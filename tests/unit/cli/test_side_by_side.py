"""What two texts share, passage by passage."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.cli.desk import LOCAL, PARAGRAPHS
from tests.unit.dedup.articles import OTHER, WIRE
from wiredesk.cli.side_by_side import Comparison, Words, side_by_side
from wiredesk.cli.texts import Text
from wiredesk.contracts.article import Part, Source
from wiredesk.contracts.spans import span_of


def words(body: str) -> Words:
    parts = [Part("body", 0, len(body))]
    fields = {"headline": None, "published_at": None, "received_at": None, "story": None}
    return Words(Text(article_id="x", version=1, source=Source(name="x"), text=body, parts=parts, **fields))


def compared(one: str, other: str) -> Comparison:
    return side_by_side(words(one), words(other))


def test_the_same_words_are_one_passage():
    same = compared(WIRE, WIRE)
    [passage] = same.passages
    assert (same.share, same.share_there) == (1.0, 1.0)
    assert passage.here == passage.there
    assert passage.words == same.words
    assert passage.here.exact == WIRE.rstrip(".")


def test_a_word_that_was_changed_is_not_marked_and_does_not_part_the_passage():
    changed = compared(WIRE.replace("eleven sailors", "11 sailors"), WIRE)
    [passage] = changed.passages
    assert marked(passage.here)[0] == "Rescue crews pulled"
    assert marked(passage.there)[0] == "Rescue crews pulled"
    assert marked(passage.here)[1].startswith("sailors from the sea")


def test_passages_in_another_order_are_found_where_they_stand():
    turned = compared("\n".join(reversed(PARAGRAPHS)), WIRE)
    assert len(turned.passages) == len(PARAGRAPHS)
    assert [passage.here.exact[:20] for passage in turned.passages] == [
        text.lstrip("\u201c")[:20] for text in reversed(PARAGRAPHS)
    ]
    for passage in turned.passages:
        assert passage.here.exact == passage.there.exact


def test_local_paragraphs_part_the_passages():
    longer = compared("\n".join([*PARAGRAPHS[:2], LOCAL, *PARAGRAPHS[2:]]), WIRE)
    first, second = longer.passages
    assert first.here.exact.startswith("Rescue crews")
    assert second.there.exact.startswith("The pilots")
    assert longer.share < 1.0
    assert longer.share_there == 1.0


def test_what_has_nothing_in_common_has_no_passage():
    apart = compared(WIRE, OTHER)
    assert apart.passages == []
    assert (apart.share, apart.share_there) == (0.0, 0.0)


@pytest.mark.parametrize("empty", ["", "one two"])
def test_texts_without_grams_share_nothing(empty):
    assert compared(empty, WIRE).passages == compared(WIRE, empty).passages == []


def test_passages_can_be_asked_for_by_place():
    text = "\n".join([PARAGRAPHS[0], LOCAL, PARAGRAPHS[3]])
    start = text.index(PARAGRAPHS[3])
    [passage] = side_by_side(words(text), words(WIRE), [span_of(text, start, len(text))]).passages
    assert passage.there.exact.startswith("Three of the sailors")


def test_a_phrase_that_repeats_is_paired_with_the_longest_stretch():
    formula = "the coast guard said on Monday "
    other = formula + "that nobody was hurt. " + formula + "that the ship was safe in port by noon."
    [passage] = compared(formula + "that the ship was safe in port by noon.", other).passages
    assert passage.there.start == other.index(formula, 5)


WORDS = ["alpha", "bravo", "charlie", "delta", "echo", "foxtrot", "golf\n"]
TEXTS = st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join)


@given(TEXTS, TEXTS)
def test_passages_are_in_the_texts_and_marked_words_stand_in_both(one, other):
    for passage in compared(one, other).passages:
        for text, rival, side in ((one, other, passage.here), (other, one, passage.there)):
            assert text[side.start : side.end] == side.exact
            assert all(side.start <= start < end <= side.end for start, end in side.shared)
            assert side.shared == sorted(side.shared)
            assert all(set(text[start:end].split()) <= set(rival.split()) for start, end in side.shared)


@given(TEXTS, TEXTS)
def test_texts_that_share_words_by_dedups_count_have_passages(one, other):
    found = compared(one, other)
    assert (found.share > 0) == bool(found.passages)


def marked(side) -> list[str]:
    return [side.exact[start - side.start : end - side.start] for start, end in side.shared]

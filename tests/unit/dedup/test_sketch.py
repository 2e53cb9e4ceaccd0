from __future__ import annotations

import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.dedup.articles import OTHER, WIRE
from wiredesk.contracts.article import Part
from wiredesk.dedup.sketch import Sketch, sketch_of, unpack
from wiredesk.dedup.tokens import MOST_TOKENS, tokens_of


def words(text: str) -> list[str]:
    tokens = tokens_of(text, [(0, len(text))])
    return [text[start:end] for start, end in zip(tokens.starts, tokens.ends, strict=True)]


def anchors(text: str) -> list[str]:
    tokens = tokens_of(text, [(0, len(text))])
    return [text[s:e] for s, e, is_one in zip(tokens.starts, tokens.ends, tokens.anchors, strict=True) if is_one]


def sketch(text: str) -> Sketch:
    return sketch_of(text, [Part("body", 0, len(text))])[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The ship, she said.", ["The", "ship", "she", "said"]),
        ("1,200.50 dollars", ["1,200.50", "dollars"]),
        ("in 2015. In May", ["in", "2015", "In", "May"]),
        ("well-known", ["well", "known"]),
        ("Aço é caro", ["Aço", "é", "caro"]),
        ("Ae\u0301", ["Ae\u0301"]),  # a combining mark belongs to its word
        ("船はNATO港", ["船", "は", "NATO", "港"]),
        ("\U00020000\U00020001", ["\U00020000", "\U00020001"]),
        ("🚢 !?", []),
        ("", []),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The ship Halcyon Bay left Brisbane.", ["Halcyon", "Bay", "Brisbane"]),
        ("It sank. Crews came.", []),  # the capital of a sentence names nothing
        ("He said: \u201cNobody came.\u201d", []),
        ("They paid 40 million.", ["40"]),
        ("7 sailors", ["7"]),
        ("Line one\nSecond line", []),
    ],
)
def test_anchors_are_names_inside_sentences_and_numbers(text: str, expected: list[str]) -> None:
    assert anchors(text) == expected


@given(st.text())
@settings(deadline=None)
def test_words_stand_in_order_and_do_not_overlap(text: str) -> None:
    tokens = tokens_of(text, [(0, len(text))])
    assert (tokens.starts < tokens.ends).all()
    assert (tokens.ends[:-1] <= tokens.starts[1:]).all()
    assert len(tokens.numbers) == len(tokens.starts) == len(tokens.anchors)


@given(st.text(), st.text())
@settings(deadline=None)
def test_a_word_has_the_same_number_wherever_it_stands(before: str, after: str) -> None:
    text = f"{before} Moreton {after}"
    found = tokens_of(text, [(0, len(text))])
    at = list(found.starts).index(len(before) + 1)
    assert found.numbers[at] == tokens_of("moreton", [(0, 7)]).numbers[0]


@pytest.mark.parametrize("other", [WIRE.lower(), WIRE.replace("\n", " \n\n "), WIRE.replace("\u201c", "\u00ab")])
def test_the_exact_hash_is_of_the_words_alone(other: str) -> None:
    assert sketch(other).words_hash == sketch(WIRE).words_hash
    assert sketch(WIRE.replace("eleven", "twelve")).words_hash != sketch(WIRE).words_hash


def test_only_body_parts_count() -> None:
    text = f"{OTHER}\n{WIRE}\n{OTHER}"
    at = len(OTHER) + 1
    parts = [
        Part("boilerplate", 0, at - 1),
        Part("body", at, at + len(WIRE)),
        Part("rights", at + len(WIRE), len(text)),
    ]
    found, tokens = sketch_of(text, parts)
    assert (found.numbers == sketch(WIRE).numbers).all()
    assert text[tokens.starts[0] : tokens.ends[0]] == "Rescue"


class TestQuotations:
    def test_words_in_a_quotation_are_flagged(self) -> None:
        text = 'Crews came. "We have not seen it in years," she said of the "lift".'
        found = sketch(text)
        tokens = tokens_of(text, [(0, len(text))])
        quoted = [text[s:e] for s, e, is_one in zip(tokens.starts, tokens.ends, found.quoted, strict=True) if is_one]
        assert quoted == ["We", "have", "not", "seen", "it", "in", "years"]

    def test_but_not_where_the_quotation_is_the_article(self) -> None:
        assert not sketch('She said: "' + WIRE.replace("\u201c", "").replace("\u201d", "") + '"').quoted.any()

    def test_fingerprints_are_made_of_them_all_the_same(self) -> None:
        quotation = " ".join(f"word{n}" for n in range(60))
        quoting = sketch(f"{OTHER}\n\u201c{quotation}\u201d")
        assert quoting.quoted.any()
        assert np.isin(sketch(quotation).prints, quoting.prints).mean() > 0.5


@pytest.mark.parametrize(("text", "least", "most"), [("", 0, 0), ("one two three four", 0, 0), (OTHER, 20, 60)])
def test_the_number_of_fingerprints(text: str, least: int, most: int) -> None:
    assert least <= len(sketch(text).prints) <= most


def test_a_short_text_has_at_least_twelve() -> None:
    assert len(sketch(" ".join(f"word{n}" for n in range(20))).prints) == 12


TEXTS = (
    st.text()
    | st.text(st.sampled_from("aB1 ,.\u201c\u201d\n船"))
    | st.lists(st.sampled_from([WIRE, " " * 300])).map("".join)
)


@given(TEXTS)
@settings(deadline=None)
def test_packing_loses_nothing_but_the_exact_hash(text: str) -> None:
    before = sketch(text)
    after = unpack(before.pack())
    assert (after.numbers == before.numbers).all()
    assert (after.quoted == before.quoted).all()
    assert (after.is_anchor == before.is_anchor).all()
    assert after.pack() == before.pack()
    with pytest.raises(ValueError, match="exact hash"):
        assert after.words_hash


@given(TEXTS, st.integers(0, 5000))
@settings(deadline=None)
def test_a_packed_sketch_knows_where_its_words_stand(text: str, at: int) -> None:
    text = " " * at + text
    found, tokens = sketch_of(text, [Part("body", 0, len(text))])
    starts, ends = unpack(found.pack()).places
    assert starts.tolist() == tokens.starts.tolist()
    assert ends.tolist() == tokens.ends.tolist()


def test_places_far_into_a_long_text() -> None:
    text = "z" * 2_000_000 + " " * 70_000 + "one two"
    found, tokens = sketch_of(text, [Part("body", 0, len(text))])
    assert [each.tolist() for each in unpack(found.pack()).places] == [tokens.starts.tolist(), tokens.ends.tolist()]


def test_a_sketch_takes_less_than_three_bytes_a_word() -> None:
    assert len(sketch(WIRE).pack()) < 3 * len(sketch(WIRE))


@pytest.mark.parametrize("left", [1, 4, 5, 100])
def test_a_sketch_that_was_cut_short_is_refused(left: int) -> None:
    with pytest.raises(ValueError, match="cut short"):
        unpack(sketch(WIRE).pack()[:left])


def test_so_are_places_that_were() -> None:
    with pytest.raises(ValueError, match="cut short"):
        assert unpack(sketch(WIRE).pack()[:-5]).places


@pytest.mark.parametrize("packed", [b"", b"\x01\x00\x00\x00\x00", b"\x09\x00\x00\x00\x00"])
def test_a_sketch_of_another_format_is_refused(packed: bytes) -> None:
    with pytest.raises(ValueError, match="format"):
        unpack(packed)


@pytest.mark.parametrize(
    "hostile",
    [
        "a " * 500_000,
        "a" * 1_000_000,
        "1.1," * 250_000,
        "\u201ca\u201d " * 100_000,
        "\U0001f6a2" * 250_000,
        "船" * 300_000,
    ],
)
def test_a_megabyte_takes_no_longer_than_it_must(hostile: str) -> None:
    began = time.perf_counter()
    found = sketch(hostile)
    assert len(found) <= MOST_TOKENS
    assert len(found.grams.values) <= MOST_TOKENS
    assert time.perf_counter() - began < 5

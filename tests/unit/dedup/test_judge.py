from __future__ import annotations

import numpy as np
import pytest

from tests.unit.dedup.articles import OTHER, WIRE, made_up
from wiredesk.contracts.article import Part
from wiredesk.dedup.compare import Match, bridged, compare, overlap, runs
from wiredesk.dedup.judge import judge
from wiredesk.dedup.passages import longest_passages
from wiredesk.dedup.rarity import Rarity
from wiredesk.dedup.relation import relation
from wiredesk.dedup.sketch import Sketch, sketch_of

PARAGRAPHS = WIRE.split("\n")


def sketch(text: str) -> Sketch:
    return sketch_of(text, [Part("body", 0, len(text))])[0]


def matched(one: str, two: str) -> Match:
    found = compare(sketch(one), sketch(two), Rarity())
    assert found is not None
    return found


def flags(drawn: str) -> np.ndarray:
    return np.array([mark == "x" for mark in drawn], dtype=np.bool_)


def test_a_text_has_all_of_itself() -> None:
    match = matched(WIRE, WIRE)
    assert (match.own, match.other, match.containment, match.size, match.kept) == (1, 1, 1, 1, 1)
    assert match.shared == match.fewest
    assert match.deepest < 20


def test_nothing_in_common_is_no_match() -> None:
    assert compare(sketch(made_up(1)), sketch("船は港を出た。"), Rarity()) is None
    assert compare(sketch(WIRE), sketch(""), Rarity()) is None


def test_quotations_are_no_telling_grams() -> None:
    match = matched(f"{made_up(1)}\n{PARAGRAPHS[2]}", f"{made_up(2)}\n{PARAGRAPHS[2]}")
    assert match.covered.sum() > 35
    assert match.shared < 15, "the speaker and his title, between the two halves"


def test_common_grams_are_no_telling_grams() -> None:
    rarity = Rarity()
    for _ in range(6):
        rarity.add(sketch(WIRE).grams.values)
    found = compare(sketch(WIRE), sketch(WIRE), rarity)
    assert found is not None
    assert (found.shared, found.own) == (0, 1)


def test_replaced_words_count_against_a_match_and_left_out_passages_do_not() -> None:
    assert matched("\n".join(PARAGRAPHS[:2] + PARAGRAPHS[4:]), WIRE).kept > 0.99
    words = WIRE.split(" ")
    words[6::7] = ["something"] * len(words[6::7])
    assert matched(" ".join(words), WIRE).kept < 0.9


def test_heads_are_counted_in_either_text() -> None:
    match = matched(f"{made_up(1, 90)}\n{WIRE}", WIRE)
    assert match.own_head == pytest.approx(90 + match.other_head, abs=2)


@pytest.mark.parametrize(
    ("one", "two", "share"),
    [([1, 2, 3, 4], [3, 4, 5, 6], 0.5), ([1, 2, 3], [1, 2, 3, 4, 5, 6], 1.0), ([1, 2], [3, 4, 5], 1.0), ([], [], 1.0)],
)
def test_overlap_is_over_the_smaller_set_and_says_nothing_of_few(one: list[int], two: list[int], share: float) -> None:
    assert overlap(np.array(one, dtype=np.uint32), np.array(two, dtype=np.uint32)) == share


@pytest.mark.parametrize(
    ("drawn", "expected"),
    [("", []), ("..", []), ("xx", [[0, 2]]), (".x..xx", [[1, 2], [4, 6]]), ("x.x", [[0, 1], [2, 3]])],
)
def test_runs(drawn: str, expected: list[list[int]]) -> None:
    assert runs(flags(drawn)).tolist() == expected


@pytest.mark.parametrize(("drawn", "expected"), [("x.x", "xxx"), ("x...x", "x...x"), (".x..x.", ".xxxx.")])
def test_small_gaps_are_bridged_and_edges_are_not(drawn: str, expected: str) -> None:
    assert bridged(flags(drawn), 2).tolist() == flags(expected).tolist()


@pytest.mark.parametrize(
    ("one", "two", "only_source", "same", "embeds"),
    [
        (WIRE, WIRE, False, True, False),
        (WIRE, OTHER, False, False, False),
        ("\n".join(PARAGRAPHS[:2]), WIRE, False, True, False),
        ("\n".join([OTHER, *PARAGRAPHS[3:]]), WIRE, False, False, True),
        (WIRE.replace("Moreton", "Byron"), WIRE, True, True, False),
        ("\n".join([PARAGRAPHS[0], OTHER]), "\n".join([PARAGRAPHS[0], made_up(1)]), True, False, False),
    ],
)
def test_the_judgement(one: str, two: str, only_source: bool, same: bool, embeds: bool) -> None:
    verdict = judge(sketch(one), sketch(two), Rarity(), only_source=only_source)
    assert (verdict.same, verdict.embeds) == (same, embeds)


SHORT = (
    "Police in Leeds have reopened the A61 after a lorry shed its load of bricks near Harewood early on Monday morning."
)


@pytest.mark.parametrize(
    ("two", "same"),
    [
        (SHORT, True),
        (SHORT.replace("early on", "on"), True),
        (SHORT.replace("Leeds", "Perth").replace("A61", "M2").replace("Harewood", "Mandurah"), False),
    ],
)
def test_short_texts_must_agree_nearly_wholly(two: str, same: bool) -> None:
    assert judge(sketch(SHORT), sketch(two), Rarity(), only_source=False).same is same


def test_the_judgement_is_the_same_from_either_side() -> None:
    rarity = Rarity()
    texts = [sketch(text) for text in (WIRE, OTHER, "\n".join(PARAGRAPHS[:3]), f"{WIRE}\n{made_up(3)}", made_up(3))]
    for one in texts:
        for two in texts:
            assert judge(one, two, rarity, only_source=False).same == judge(two, one, rarity, only_source=False).same


@pytest.mark.parametrize(
    ("one", "two", "same_outlet", "expected"),
    [
        ("\n".join(PARAGRAPHS[:3]), WIRE, False, "cut"),
        (WIRE, "\n".join(PARAGRAPHS[:3]), False, "extended"),
        (WIRE.replace("eleven", "twelve"), WIRE, False, "near"),
        (WIRE.replace("eleven", "twelve"), WIRE, True, "update"),
        ("\n".join(PARAGRAPHS[:2]), WIRE, True, "cut"),  # a brief is not the story anew
    ],
)
def test_relations(one: str, two: str, same_outlet: bool, expected: str) -> None:
    words, others = len(sketch(one)), len(sketch(two))
    assert relation(matched(one, two), words, others, same_outlet=same_outlet) == expected


def test_the_longest_passages_are_shown_in_the_order_of_the_text() -> None:
    text = " ".join(f"w{n}" for n in range(40))
    _, tokens = sketch_of(text, [Part("body", 0, len(text))])
    shared = flags("x" * 8 + "..." + "x" * 12 + "." * 4 + "x" * 9 + "." * 4)
    found = longest_passages(text, tokens, shared, most=2)
    assert [span.exact.split()[0] for span in found] == ["w11", "w27"]
    assert all(text[span.start : span.end] == span.exact for span in found)

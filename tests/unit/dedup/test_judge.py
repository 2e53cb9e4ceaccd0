from __future__ import annotations

import random

import pytest

from tests.unit.dedup.articles import OTHER, WIRE, made_up
from wiredesk.contracts.article import Part
from wiredesk.dedup.alignment import START, shared_passages
from wiredesk.dedup.compare import Match, Text, compare, weighed
from wiredesk.dedup.judge import Verdict, judge
from wiredesk.dedup.passages import longest, spans_of, stretches_of
from wiredesk.dedup.rarity import Rarity
from wiredesk.dedup.relation import relation
from wiredesk.dedup.sketch import Sketch, sketch_of

PARAGRAPHS = WIRE.split("\n")


def sketch(text: str) -> Sketch:
    return sketch_of(text, [Part("body", 0, len(text))])[0]


def weigh(text: str) -> Text:
    return weighed(sketch(text), Rarity())


def matched(one: str, two: str) -> Match:
    found = compare(weigh(one), weigh(two))
    assert found is not None
    return found


def judged(one: str, two: str, *, only_source: bool = False) -> Verdict:
    return judge(weigh(one), weigh(two), only_source=only_source)


def misread(text: str, share: float, seed: int = 1) -> str:
    """``text`` with ``share`` of its letters replaced, as a machine reads an old page."""
    chance = random.Random(seed)
    return "".join(chance.choice("abceiost") if char.isalpha() and chance.random() < share else char for char in text)


def test_a_text_has_all_of_itself() -> None:
    match = matched(WIRE, WIRE)
    assert (match.own, match.other, match.containment, match.own_words, match.size, match.kept) == (1, 1, 1, 1, 1, 1)
    assert (match.shared, match.longest, match.head) == (len(sketch(WIRE)), len(sketch(WIRE)), 0)


def test_nothing_in_common_is_no_match() -> None:
    assert compare(weigh(made_up(1)), weigh("船は港を出た。")) is None
    assert compare(weigh(WIRE), weigh("")) is None


def test_quoted_words_weigh_less_than_others() -> None:
    match = matched(f"{made_up(1)}\n{PARAGRAPHS[2]}", f"{made_up(2)}\n{PARAGRAPHS[2]}")
    assert match.own_words > 0.2
    assert match.own < 0.15
    assert match.prose < 15, "the speaker and his title, between the two halves"


def test_common_words_weigh_nothing() -> None:
    rarity = Rarity()
    for _ in range(6):
        rarity.add(sketch(WIRE).grams.values)
    found = compare(weighed(sketch(WIRE), rarity), weighed(sketch(WIRE), rarity))
    assert found is not None
    assert (found.weight, found.own, found.own_words) == (0, 0, 1)


def test_replaced_words_count_against_a_match_and_left_out_passages_do_not() -> None:
    assert matched("\n".join(PARAGRAPHS[:2] + PARAGRAPHS[4:]), WIRE).kept == 1
    words = WIRE.split(" ")
    words[6::7] = ["something"] * len(words[6::7])
    assert 0.8 < matched(" ".join(words), WIRE).kept < 0.9


def test_heads_are_counted_in_either_text_and_a_phrase_is_no_beginning() -> None:
    match = matched(f"{made_up(1, 90)}\n{WIRE}", WIRE)
    assert (match.own_head, match.other_head) == (90, 0)
    phrase = " ".join(PARAGRAPHS[0].split()[:10])
    assert matched(f"{phrase}. {made_up(1, 90)}\n" + "\n".join(PARAGRAPHS[1:]), WIRE).own_head == 100


LOCAL = made_up(9, 70)
NEW_LEDE = made_up(8, 30)
LONG_QUOTATION = "\u201c" + made_up(7, 90).rstrip(".") + "\u201d"


@pytest.mark.parametrize(
    ("one", "two", "same", "embeds"),
    [
        (WIRE, WIRE, True, False),
        (WIRE, OTHER, False, False),
        ("\n".join(PARAGRAPHS[:2]), WIRE, True, False),
        ("\n".join([PARAGRAPHS[0], LOCAL, made_up(6, 90)]), "\n".join([PARAGRAPHS[0], OTHER]), False, False),
        ("\n".join([NEW_LEDE, *PARAGRAPHS[1:5]]), WIRE, True, False),
        ("\n".join([NEW_LEDE, LOCAL, PARAGRAPHS[1]]), WIRE, False, False),  # too little, from too far down
        ("\n".join([OTHER, *PARAGRAPHS[3:]]), WIRE, False, True),
        (WIRE, "\n".join([OTHER, *PARAGRAPHS[:2]]), False, False),  # the other way round
        (f"{made_up(1, 60)}\n{LOCAL}\n{made_up(2, 60)}", f"{made_up(3, 80)}\n{LOCAL}\n{made_up(4, 60)}", False, True),
        (f"{OTHER}\n{LONG_QUOTATION}", f"{made_up(1, 60)}\n{LONG_QUOTATION}\n{made_up(2, 60)}", False, True),
        (f"{OTHER}\n{PARAGRAPHS[2]}", WIRE, False, False),  # a quotation of ordinary length
        (misread(WIRE, 0.03, 1), misread(WIRE, 0.03, 2), True, False),
    ],
)
def test_the_judgement(one: str, two: str, same: bool, embeds: bool) -> None:
    verdict = judged(one, two)
    assert (verdict.same, verdict.embeds) == (same, embeds)


@pytest.mark.parametrize(
    ("one", "two", "rule"),
    [
        (WIRE.replace("Moreton", "Byron"), WIRE, "series"),
        ("\n".join([*PARAGRAPHS[:2], OTHER]), "\n".join([*PARAGRAPHS[:2], made_up(1)]), "apart"),
    ],
)
def test_where_all_is_from_one_outlet_more_is_asked_for(one: str, two: str, rule: str) -> None:
    assert judged(one, two, only_source=True).rule in (rule, "whole")
    assert judged(one, two).same


def test_a_template_replaces_names_and_numbers_and_a_misread_copy_any_word() -> None:
    names = {"eleven": "nine", "Cape Moreton": "Point Lookout", "Tuesday": "Friday", "Halcyon Bay": "Southern Star"}
    names |= {"Noumea": "Suva", "Brisbane": "Sydney", "4": "7", "Ines Falk": "Tom Reid", "Redcliffe": "Amberley"}
    names |= {"Caloundra": "Noosa", "Piet Osterman": "Aldo Brun", "Moreton Bay": "Port Stephens", "March": "May"}
    names |= {"Tasman Freight": "Coral Lines", "Auckland": "Nelson", "June": "August"}
    other = WIRE
    for name, new in names.items():
        other = other.replace(name, new)
    template, noisy = matched(other, WIRE), matched(misread(WIRE, 0.04), WIRE)
    assert template.kept > noisy.kept
    assert template.anchors < 0.5 * template.kept
    assert noisy.anchors > 0.8 * noisy.kept
    assert not judged(other, WIRE).same


SHORT = (
    "Police in Leeds have reopened the A61 after a lorry shed its load of bricks near Harewood early on Monday morning."
)


@pytest.mark.parametrize(
    ("two", "same"),
    [
        (SHORT, True),
        (SHORT.replace("early on", "on"), True),
        (SHORT.replace("Leeds", "Perth").replace("A61", "M2").replace("Harewood", "Mandurah"), False),
        (f"{SHORT} {made_up(1, 60)}", False),
    ],
)
def test_short_texts_must_agree_largely(two: str, same: bool) -> None:
    assert judged(SHORT, two).same is same


def test_the_judgement_is_the_same_from_either_side() -> None:
    texts = [WIRE, OTHER, "\n".join(PARAGRAPHS[:3]), f"{WIRE}\n{made_up(3)}", made_up(3)]
    for one in texts:
        for two in texts:
            assert judged(one, two).same == judged(two, one).same


def test_the_verdict_names_the_rule_that_asked_for_most() -> None:
    verdict = judged("\n".join([made_up(8, 70), *PARAGRAPHS[:5]]), WIRE)
    assert (verdict.rule, verdict.threshold) == ("deep", 0.65)
    assert verdict.match is not None
    assert verdict.match.containment >= 0.65


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


def test_the_longest_passages_are_shown_in_the_order_of_the_text_and_where_they_stand_in_the_other() -> None:
    here = "\n".join([PARAGRAPHS[4], made_up(1, 30), PARAGRAPHS[0], made_up(2, 30), PARAGRAPHS[5]])
    one, tokens = sketch_of(here, [Part("body", 0, len(here))])
    two = sketch(WIRE)
    passages = longest(shared_passages(one, two), 2)
    assert passages[:, START].tolist() == sorted(passages[:, START].tolist())
    spans, stretches = spans_of(here, tokens, passages), stretches_of(two, passages)
    assert [span.exact.split()[0] for span in spans] == ["Salvage", "The"]
    assert all(here[span.start : span.end] == span.exact for span in spans)
    assert [WIRE[at.start : at.end] for at in stretches] == [span.exact for span in spans]

"""The ledger's count: what is balanced, what is lost, what was taken twice, what lacks its document."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import typer
from hypothesis import given
from hypothesis import strategies as st

from wiredesk.cli.ledger import lines, offsets
from wiredesk.cli.ledger_count import OTHER, STAGES, Count, Place
from wiredesk.cli.ledger_documents import ANY_VERSION, Documents
from wiredesk.cli.ledger_windows import WINDOW, Windows
from wiredesk.contracts.outcomes import PRECEDENCE


@pytest.fixture
def count() -> Iterator[Count]:
    """Ten messages on partition 0, from offset 100 on; 104 is a gap."""
    made = Count({0: 100})
    made.messages(0, [100, 101, 102, 103, 105, 106, 107, 108, 109, 110])
    yield made
    made.close()


def enrich(count: Count, offset: int, version: int = 1, *, document: bool = True) -> None:
    count.outcome(Place(0, offset), "enriched", f"a{offset}", version)
    if document:
        count.document(f"a{offset}".encode(), version)


def places(*offsets: int) -> list[Place]:
    return [Place(0, offset) for offset in offsets]


def test_a_line_that_did_all_is_balanced_and_gaps_are_no_loss(count: Count) -> None:
    for offset in (100, 101, 102, 103, 105, 106, 107, 108, 109, 110):
        enrich(count, offset)
    balance = count.balance()
    assert balance.balanced
    assert (balance.messages, balance.outcomes["enriched"]) == (10, 10)
    assert balance.settled == balance.behind == {0: 111}
    assert list(lines(balance))[-1].startswith("Balanced")


def test_what_has_no_outcome_is_lost_unless_it_is_found_on_its_way(count: Count) -> None:
    for offset in (100, 102, 105, 107):
        enrich(count, offset)
    assert count.missing() == 6
    count.not_taken_up({0: 109})
    count.found(Place(0, 103), "dedup")
    count.found(Place(0, 106), "publish")
    count.found(Place(0, 105), "publish")  # its outcome came meanwhile
    balance = count.balance()
    assert balance.on_their_way == {"intake": 2, "dedup": 1, "entities": 0, "quotes": 0, "publish": 1}
    assert (balance.lost, balance.places["lost"]) == (2, places(101, 108))
    assert balance.settled == {0: 103}
    assert not balance.balanced
    assert "2 messages lost: no outcome, and not on their way: 0/101, 0/108" in list(lines(balance))


def test_a_group_that_has_committed_nothing_has_all_before_it(count: Count) -> None:
    count.not_taken_up({})
    balance = count.balance()
    assert (balance.lost, balance.on_their_way["intake"]) == (0, 10)
    assert balance.settled == {0: 100}


@pytest.mark.parametrize(
    ("first", "second", "counts", "twice"),
    [
        (("enriched", "a", 1), ("enriched", "a", 1), "enriched", False),  # a repeat
        (("dead", None, None), ("enriched", "a", 1), "enriched", False),  # replayed after it was mended
        (("enriched", "a", 1), ("dead", None, None), "enriched", False),
        (("overtaken", "a", 3), ("redelivered", "a", 4), "overtaken", False),
        (("novel", "a", 1), ("dead", None, None), "dead", False),
        (("enriched", "a", 1), ("enriched", "a", 2), "enriched", True),
        (("enriched", "a", 1), ("enriched", "b", 1), "enriched", True),
        (("withdrawn", "a", 1), ("enriched", "a", 1), "enriched", True),
    ],
)
def test_of_two_outcomes_one_counts_and_two_articles_of_one_message_are_one_too_many(first, second, counts, twice):
    count = Count({0: 0})
    count.messages(0, [0])
    for said in (first, second):
        count.outcome(Place(0, 0), *said)
    for article in (b"a", b"b"):
        count.document(article, 9)
    balance = count.balance()
    assert {name for name, number in balance.outcomes.items() if number} == {counts}
    assert balance.twice == twice
    assert balance.repeats + balance.replaced == 1


@pytest.mark.parametrize(
    ("held", "bare"),
    [
        ([], True),
        ([("other", 5)], True),
        ([("a", 2)], True),
        ([("a", 3)], False),
        ([("a", 2), ("a", 4)], False),
        ([("a", ANY_VERSION)], False),  # a tombstone
    ],
)
def test_an_enriched_message_has_its_document_or_a_later_one(held, bare):
    count = Count({0: 0})
    count.messages(0, [0])
    count.outcome(Place(0, 0), "enriched", "a", 3)
    for article, version in held:
        count.document(article.encode(), version)
    assert count.balance().bare == bare


def test_a_withdrawal_answers_for_the_documents_before_it_and_so_does_a_limit_on_keeping_text():
    count = Count({0: 0})
    count.messages(0, [0, 1, 2])
    count.outcome(Place(0, 0), "enriched", "a", 1)
    count.outcome(Place(0, 1), "withdrawn", "a", 2)
    count.outcome(Place(0, 2), "enriched", "old", 1, held=False)
    assert count.balance().balanced


def test_outcomes_of_other_messages_change_nothing(count: Count) -> None:
    for place in (Place(0, 99), Place(0, 111), Place(7, 100)):
        count.outcome(place, "dead", None, None)
    count.outcome(Place(0, 104), "dead", None, None)  # in a gap: gone, or never one
    balance = count.balance()
    assert (sum(balance.outcomes.values()), balance.strange) == (0, 1)


def test_of_many_lost_ones_the_first_are_shown(count: Count) -> None:
    balance = count.balance(shown=2)
    assert (balance.lost, balance.places["lost"]) == (10, places(100, 101))


facts = st.tuples(
    st.integers(0, 5).map(lambda n: n * (WINDOW // 2)),  # places in three windows, of which one is in memory
    st.sampled_from([*PRECEDENCE, "novel"]),
    st.sampled_from("ab"),
    st.integers(1, 3),
)


@given(
    st.sets(st.integers(0, 5).map(lambda n: n * (WINDOW // 2))),
    st.lists(facts, max_size=12),
    st.lists(st.tuples(st.sampled_from("ab"), st.integers(1, 3)), max_size=4),
)
def test_the_count_agrees_with_a_plain_one(messages, said, documents):
    count = Count({0: 0}, Windows(in_memory=1), Documents(at_once=1))
    count.messages(0, sorted(messages))
    for offset, name, article, version in said:
        count.outcome(Place(0, offset), name, article, version)
    for article, version in documents:
        count.document(article.encode(), version)
    balance = count.balance()
    count.close()

    order = [*PRECEDENCE, "novel"]
    known = [*documents, *[(article, version) for _, name, article, version in said if name == "withdrawn"]]
    lost, twice, bare = set(), set(), set()
    tally = dict.fromkeys((*PRECEDENCE, OTHER), 0)
    for offset in messages:
        mine = [each for each in said if each[0] == offset]
        if not mine:
            lost.add(offset)
            continue
        best = min(mine, key=lambda each: order.index(each[1]))
        tally[OTHER if best[1] == "novel" else best[1]] += 1
        if len({each for each in mine if each[1] in ("enriched", "withdrawn")}) > 1:
            twice.add(offset)
        if best[1] == "enriched" and not any(a == best[2] and v >= best[3] for a, v in known):
            bare.add(offset)
    assert balance.outcomes == tally
    assert {place.offset for place in balance.places["lost"]} == lost
    assert {place.offset for place in balance.places["twice"]} == twice
    assert {place.offset for place in balance.places["bare"]} == bare
    assert balance.balanced == (not (lost or twice or bare))
    assert balance.on_their_way == dict.fromkeys(STAGES, 0)


@given(st.integers(1, 40), st.sets(st.integers(0, 200)))
def test_no_document_is_overlooked_whatever_fits_in_memory(at_once, there):
    count = Count({0: 0}, documents=Documents(at_once))
    count.messages(0, range(50))
    for number in range(50):
        count.outcome(Place(0, number), "enriched", f"a{number}", 1)
    for number in there:
        count.document(f"a{number}".encode(), 1)
    assert count.balance().bare == len(set(range(50)) - there)
    count.close()


def test_offsets_are_read_as_they_are_shown():
    assert offsets("0:1200,1:980") == {0: 1200, 1: 980}
    with pytest.raises(typer.BadParameter, match="partition:offset"):
        offsets("1200")

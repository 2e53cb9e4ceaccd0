"""What is told of the outcomes of one source."""

from __future__ import annotations

import pytest

from wiredesk.cli.receipts import Ledger, advice
from wiredesk.contracts.outcomes import Outcome, OutcomeError
from wiredesk.contracts.record import RawRef
from wiredesk.contracts.topics import RAW


def outcome(offset: int, said: str = "enriched", source: str | None = "The Courier") -> Outcome:
    return Outcome(raw=RawRef(RAW, 0, offset), outcome=said, source=source)


def dead(error: str, message: str = "no body; send one") -> Outcome:
    why = OutcomeError(stage="intake", class_=error, message=message)
    return Outcome(raw=RawRef(RAW, 0, 1), outcome="dead", error=why)


def test_only_what_is_of_the_source_is_kept_however_it_is_written():
    ledger = Ledger("the  courier")
    assert [ledger.keeps(outcome(n, source=source)) for n, source in enumerate(["The Courier", "Other", None])] == [
        True,
        False,
        False,
    ]


def test_each_message_counts_once():
    ledger = Ledger("The Courier")
    assert ledger.keeps(outcome(1))
    assert not ledger.keeps(outcome(1))
    assert ledger.keeps(outcome(2))
    assert list(ledger.summary()) == ["2 messages of The Courier: 2 enriched"]


@pytest.mark.parametrize(
    ("first", "second", "news"),
    [
        ("dead", "enriched", True),
        ("enriched", "dead", False),
        ("overtaken", "withdrawn", True),
        ("novel", "dead", True),
    ],
)
def test_of_two_outcomes_that_a_replay_gave_the_one_that_takes_precedence_counts(first, second, news):
    ledger = Ledger("The Courier")
    assert ledger.keeps(outcome(1, first))
    assert ledger.replaced is None
    assert ledger.keeps(outcome(1, second)) is news
    assert ledger.replaced == first
    assert list(ledger.summary()) == [f"1 message of The Courier: 1 {second if news else first}"]


def test_counts_stand_in_the_order_of_precedence():
    ledger = Ledger("The Courier")
    for number, said in enumerate(["dead", "enriched", "overtaken", "enriched", "withdrawn", "redelivered"]):
        ledger.keeps(outcome(number, said))
    [line] = ledger.summary()
    assert line.endswith(": 2 enriched, 1 withdrawn, 1 overtaken, 1 redelivered, 1 dead")


def test_whoever_finds_nothing_is_told_which_sources_there_are():
    ledger = Ledger("Courier")
    assert list(ledger.summary()) == ["no outcome of a message of 'Courier' was found"]
    ledger.keeps(outcome(1, source="Zenith"))
    assert list(ledger.summary()) == ["no outcome of a message of 'Courier' was found; there are 'Zenith'"]
    ledger.keeps(outcome(2))
    assert list(ledger.summary()) == ["no outcome of a message of 'Courier' was found; did you mean 'The Courier'?"]


def test_dead_messages_that_name_nobody_are_not_passed_over():
    ledger = Ledger("The Courier")
    ledger.keeps(outcome(1))
    ledger.keeps(outcome(2, "dead", None))
    assert list(ledger.summary())[1].startswith("1 dead message names no source that could be read; look whether ")


@pytest.mark.parametrize(
    ("error", "says"),
    [("BadMessage", "Mend it and send it again"), ("TooLarge", "Mend it and send"), ("KeyError", "who runs wiredesk")],
)
def test_a_dead_one_says_what_was_wrong_and_who_is_to_act(error, says):
    said = advice(dead(error))
    assert said is not None
    assert said.startswith(f"{error} at intake: no body; send one. ")
    assert says in said


def test_the_others_need_no_advice():
    assert advice(outcome(1)) is None

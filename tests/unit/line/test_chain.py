"""The chain: order, failures and dead letters, with stages that only look at words."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from wiredesk.contracts import catalogue as catalogues
from wiredesk.contracts.errors import NotReady
from wiredesk.contracts.record import Record
from wiredesk.contracts.topics import CLEAN, CLUSTERED, DEDUP_STATE, ENRICHED, QUOTED, QUOTES, RAW, STORIES
from wiredesk.line import Line, Passed
from wiredesk.runtime.settings import Settings


def records(*values: str | None) -> Iterator[Record]:
    for number, value in enumerate(values):
        yield Record(RAW, 0, number, None, None, None if value is None else value.encode())


@pytest.fixture
def run(fake_stages):
    def run(*values: str | None, workers: int = 1, settings: Settings | None = None) -> list[Passed]:
        with Line(workers, settings=settings, handlers=fake_stages.handlers()) as line:
            return list(line.run(records(*values)))

    return run


def documents(passed: list[Passed]) -> list[bytes | None]:
    return [out.value for each in passed for out in each.on(ENRICHED)]


def test_an_article_goes_through_all_stages(run):
    [passed] = run("storm")
    assert [out.topic for out in passed.outs] == [CLEAN, CLUSTERED, STORIES, QUOTED, ENRICHED, QUOTES]
    assert documents([passed]) == [b'{"text":"1 STORM","publish":1}']
    assert passed.outcome == "enriched"


def test_the_states_stay_inside(run):
    assert not run("storm")[0].on(DEDUP_STATE)


def test_what_becomes_of_a_message_is_told_in_a_word(run):
    became = {
        "storm": "enriched",
        "gone": "withdrawn",
        "again": "redelivered or overtaken",
        "bad": "dead",
        None: "dead",
        "jam": "dead",
        "fails": "enriched",
    }
    assert [passed.outcome for passed in run(*became)] == list(became.values())


def test_everything_comes_out_once_and_in_the_order_in_which_it_came(run):
    values = ["slow first", "second", "bad", "slow fourth", "again", *(f"article{n}" for n in range(40))]
    passed = run(*values, workers=2)
    assert [each.record.offset for each in passed] == list(range(len(values)))
    assert [each.record.value for each in passed] == [value.encode() for value in values]


def test_the_number_of_workers_changes_nothing(run):
    values = [
        "slow storm",
        "rain",
        "bad",
        "storm",
        "slow again",
        "fails",
        "gone",
        "jam",
        "dies",
        *["rain", "hail"] * 20,
    ]
    one, three = (run(*values, workers=workers) for workers in (1, 3))
    assert [(each.outs, each.dead) for each in one] == [(each.outs, each.dead) for each in three]
    assert [each.outcome for each in one].count("enriched") == 45


@pytest.mark.parametrize(
    ("value", "stage", "error", "message"),
    [("bad", "intake", "BadMessage", "say good"), ("jam", "publish", "RuntimeError", "jammed")],
)
def test_a_dead_letter_says_where_and_why_and_its_neighbours_do_not_notice(run, value, stage, error, message):
    before, dead, after = run("storm", value, "rain")
    assert dead.dead is not None
    assert (dead.dead.stage, dead.dead.error) == (stage, error)
    assert message in dead.dead.message
    assert before.outcome == after.outcome == "enriched"
    assert before.dead is after.dead is None


def test_language_work_that_fails_goes_on_without_it(run):
    [passed] = run("it fails")
    assert documents([passed]) == [b'{"text":"1 it fails without: ValueError: it says fails","publish":1}']


def test_a_child_that_dies_costs_its_own_article_the_language_work_and_nobody_else_anything(run):
    first, dies, last = documents(run("storm", "dies", "rain"))
    assert b"died" in (dies or b"")
    assert (first, last) == (b'{"text":"1 STORM","publish":1}', b'{"text":"3 RAIN","publish":3}')


def test_a_message_that_leads_to_nothing_is_passed_too(run):
    [passed] = run("nothing")
    assert passed.outs == []


def test_what_is_too_large_for_its_topic_is_a_dead_letter(run, monkeypatch):
    small = dict(catalogues.catalogue())
    small[CLUSTERED] = catalogues.Topic(
        name=CLUSTERED,
        description="",
        key="",
        value="",
        partitions=1,
        cleanup="delete",
        max_message_bytes=1024,
        owner="dedup",
        writers=("dedup",),
    )
    monkeypatch.setattr("wiredesk.line.chain.catalogue", lambda: small)
    [fits, large] = run("x" * 500, "x" * 1500)
    assert fits.dead is None
    assert large.dead is not None
    assert (large.dead.stage, large.dead.error) == ("dedup", "TooLarge")
    assert "1024" in large.dead.message


def test_few_articles_are_in_memory_at_a_time(fake_stages):
    taken = 0

    def endless() -> Iterator[Record]:
        nonlocal taken
        while True:
            taken += 1
            yield Record(RAW, 0, taken, None, None, b"article")

    with Line(1, handlers=fake_stages.handlers()) as line:
        passed = line.run(endless())
        for _ in range(100):
            next(passed)
    assert taken <= 100 + 16 + 1


def test_no_input_gives_no_output(run):
    assert run() == []


def test_models_that_cannot_be_loaded_stop_the_line_before_the_first_article(fake_stages):
    with pytest.raises(NotReady, match="no weights"), Line(1, handlers=fake_stages.handlers("Cold")):
        pass

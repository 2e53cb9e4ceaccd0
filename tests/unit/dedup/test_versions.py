from __future__ import annotations

import pytest

from tests.unit.dedup.articles import OTHER, WIRE, Answer, article, made_up, record
from wiredesk.contracts.topics import CLUSTERED, OUTCOMES
from wiredesk.dedup.handler import Dedup
from wiredesk.dedup.records import Order
from wiredesk.dedup.versions import newer


class Desk:
    """A dedup stage that is asked one article after the other."""

    def __init__(self) -> None:
        self.stage = Dedup()

    def __call__(self, name: str, body: str = WIRE, **given: object) -> Answer:
        return Answer(self.stage.handle(record(article(name, body, **given))))


@pytest.fixture
def desk() -> Desk:
    return Desk()


NOTHING = Order(None, None, None, None)


@pytest.mark.parametrize(
    ("later", "earlier", "is_newer"),
    [
        (NOTHING, NOTHING, True),  # nothing is known: the later arrival
        (Order(2, None, None, None), Order(1, None, None, None), True),
        (Order(1, 900, 900, 9), Order(2, 100, 100, 1), False),  # the feed's own count goes before everything
        (Order(3, 100, 900, 9), Order(3, 200, 100, 1), False),  # the same count: the time of update
        (Order(None, 200, 100, 1), Order(5, 100, 900, 9), True),  # only one side counts
        (Order(None, None, 100, 8), Order(None, None, 100, 9), False),  # the same time: the place in the topic
        (Order(None, None, 101, 1), Order(None, None, 100, 9), True),
        (Order(None, 300, None, None), Order(None, None, 100, 9), True),  # nothing that both have
    ],
)
def test_newer_is_decided_by_what_both_sides_say(later: Order, earlier: Order, is_newer: bool) -> None:
    assert newer(later, earlier) is is_newer


def test_an_article_seen_first_is_version_1(desk: Desk) -> None:
    assert desk("wire").document["version"] == 1


def test_other_words_in_the_same_article_are_the_next_version(desk: Desk) -> None:
    desk("wire", offset=1)
    assert desk("wire", WIRE + "\nThe port is closed.", offset=2, hours=1).document["version"] == 2
    assert desk("wire", headline="Another headline", offset=3, hours=2).document["version"] == 3


def test_a_repeated_message_is_a_receipt_and_nothing_else(desk: Desk) -> None:
    desk("wire", offset=1)
    again = desk("wire", offset=2, hours=1)
    assert again.outcome == "redelivered"
    assert list(again.values(OUTCOMES)) == ["articles.raw.v1/0/2"]
    assert {out.topic for out in again.outs} == {"dedup.state.v1", OUTCOMES}


def test_a_feed_that_goes_back_and_forth_makes_two_versions_and_no_more(desk: Desk) -> None:
    desk("wire", WIRE, offset=1)
    desk("wire", WIRE + "\nMore.", offset=2, hours=1)
    for offset, body in ((3, WIRE), (4, WIRE + "\nMore."), (5, WIRE)):
        assert desk("wire", body, offset=offset, hours=offset).outcome == "redelivered"


def test_what_arrives_late_and_is_older_is_overtaken(desk: Desk) -> None:
    desk("wire", offset=1, version=3)
    assert desk("wire", OTHER, offset=2, hours=1, version=2).outcome == "overtaken"


def test_a_time_of_update_from_the_future_does_not_hold_against_the_next_correction(desk: Desk) -> None:
    desk("wire", offset=1, hours=1, updated=9_000)
    assert desk("wire", OTHER, offset=2, hours=2, updated=2).document["version"] == 2


def test_without_a_broker_nobody_waits_for_a_receipt(desk: Desk) -> None:
    desk("wire", offset=None, version=3)
    assert desk("wire", offset=None, version=3).outs == []
    assert desk("wire", OTHER, offset=None, version=2).outs == []


def test_without_a_broker_the_later_arrival_is_the_newer(desk: Desk) -> None:
    desk("wire", offset=None, hours=5)
    assert desk("wire", WIRE + "\nMore.", offset=None, hours=2).document["version"] == 2


class TestReplay:
    """After a crash the same raw message gets the same decision, not "redelivered"."""

    def test_the_same_raw_message_gets_the_same_answer(self, desk: Desk) -> None:
        first = desk("wire", offset=1)
        again = desk("wire", offset=1)
        assert again.document["version"] == 1
        assert again.story == first.story
        assert (again.stories, again.members) == (first.stories, first.members)

    def test_also_when_later_ones_were_decided_meanwhile(self, desk: Desk) -> None:
        first = desk("wire", offset=1)
        desk("wire", WIRE + "\nThe port is closed.", offset=2, hours=1)
        copy = desk("copy", offset=3, hours=1)
        again = desk("wire", offset=1)
        assert (again.document["version"], again.story) == (1, first.story)
        assert again.stories == copy.stories, "a replay must not turn the story back"

    @pytest.mark.parametrize(("body", "version", "outcome"), [(WIRE, 2, "redelivered"), (OTHER, 1, "overtaken")])
    def test_a_refusal_is_refused_again(self, desk: Desk, body: str, version: int, outcome: str) -> None:
        desk("wire", offset=1, version=2)
        assert desk("wire", body, offset=2, version=version).outcome == outcome
        desk("wire", WIRE + "\nMore.", offset=3, version=3)
        again = desk("wire", body, offset=2, version=version)
        assert again.outcome == outcome
        assert again.state == [], "nothing changed"


class TestWithdrawal:
    def test_it_is_a_version_and_goes_to_the_story_of_the_article(self, desk: Desk) -> None:
        first = desk("wire", offset=1)
        gone = desk("wire", offset=2, hours=1, status="withdrawn")
        story = first.story["story_id"]
        assert gone.document["version"] == 2
        assert gone.document["story"]["story_id"] == story
        assert list(gone.values(CLUSTERED)) == [story]

    def test_the_story_of_the_only_member_goes_with_it(self, desk: Desk) -> None:
        story = desk("wire", offset=1).story["story_id"]
        gone = desk("wire", offset=2, hours=1, status="withdrawn")
        assert gone.stories == {story: None}
        assert gone.members == {f"{story}/wire": None}

    def test_the_other_members_stay(self, desk: Desk) -> None:
        story = desk("wire", offset=1).story["story_id"]
        desk("copy", offset=2)
        gone = desk("wire", offset=3, hours=1, status="withdrawn")
        assert gone.members == {f"{story}/wire": None}
        assert [member["article_id"] for member in gone.stories[story]["members"]] == ["copy"]
        assert desk("third", offset=4, hours=2).story["story_id"] == story, "the copy stands for the story now"

    def test_one_that_comes_before_its_article_is_version_1(self, desk: Desk) -> None:
        gone = desk("wire", offset=1, hours=7, updated=5, status="withdrawn")
        assert (gone.document["version"], gone.story) == (1, None)
        assert list(gone.values(CLUSTERED)) == ["wire"]
        assert desk("wire", offset=2, hours=8, updated=4).outcome == "overtaken"
        assert desk("wire", offset=3, hours=9, updated=6).document["version"] == 2

    def test_a_newer_version_brings_the_article_back(self, desk: Desk) -> None:
        desk("wire", offset=1, version=1)
        desk("wire", offset=2, version=2, status="withdrawn")
        back = desk("wire", offset=3, version=3)
        assert back.document["version"] == 3
        assert back.story["relation"] == "original"

    def test_a_repeated_old_message_does_not(self, desk: Desk) -> None:
        desk("wire", offset=1)
        desk("wire", offset=2, hours=1, status="withdrawn")
        assert desk("wire", offset=3, hours=2).outcome == "redelivered"

    def test_it_can_be_withdrawn_a_second_time(self, desk: Desk) -> None:
        desk("wire", offset=1, version=1)
        desk("wire", offset=2, version=2, status="withdrawn")
        desk("wire", offset=3, version=3)
        assert desk("wire", offset=4, version=4, status="withdrawn").document["version"] == 4

    def test_repeated_it_is_redelivered(self, desk: Desk) -> None:
        desk("wire", offset=1)
        desk("wire", offset=2, hours=1, status="withdrawn")
        assert desk("wire", offset=3, hours=2, status="withdrawn").outcome == "redelivered"


class TestFloors:
    """What left the window is forgotten, but for the newest version."""

    @pytest.fixture
    def later(self, desk: Desk) -> Desk:
        """A desk that saw version 2 of "wire" (feed version 5) ten days ago."""
        desk("wire", offset=1, version=4)
        desk("wire", WIRE + "\nMore.", offset=2, version=5)
        desk("another", made_up(1), offset=3, hours=240)
        assert not desk.stage.state.known("wire")
        return desk

    def test_an_older_version_is_still_overtaken(self, later: Desk) -> None:
        assert later("wire", OTHER, offset=4, hours=241, version=4).outcome == "overtaken"

    def test_the_same_content_is_still_redelivered(self, later: Desk) -> None:
        assert later("wire", WIRE + "\nMore.", offset=4, hours=241, version=5).outcome == "redelivered"

    def test_a_newer_version_goes_on_counting(self, later: Desk) -> None:
        assert later("wire", OTHER, offset=4, hours=241, version=6).document["version"] == 3

    def test_a_withdrawal_takes_it_out_of_its_old_story(self, later: Desk) -> None:
        gone = later("wire", offset=4, hours=241, status="withdrawn")
        assert gone.document["version"] == 3
        assert list(gone.members.values()) == [None]

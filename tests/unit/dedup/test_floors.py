from __future__ import annotations

import uuid

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.dedup.articles import OTHER, WIRE, article, record
from wiredesk.contracts.article import CleanArticle
from wiredesk.contracts.ids import story_id
from wiredesk.dedup.floors import Floor, Floors, floor_of, version_of
from wiredesk.dedup.handler import Dedup
from wiredesk.dedup.records import ArticleState, Order, Version, place_of
from wiredesk.dedup.versions import Kind, Standing, content_hash, newer, order_of, standing, to_the_second

STORY = story_id("wire", 1)
TIME = 1_789_279_200_000  # 13 September 2026, 6:00

_TIMES = st.none() | st.integers(0, 2**43) | st.integers(-(2**45), 2**47)
_FLOORS = st.builds(
    Floor,
    number=st.integers(1, 200) | st.integers(1, 2**40),
    order=st.builds(
        Order,
        feed_version=st.none() | st.integers(0, 2**16) | st.integers(0, 2**53 - 1),
        updated=_TIMES,
        received=_TIMES,
        offset=st.none() | st.integers(0, 2**50),
    ),
    content=st.integers(0, 2**32 - 1),
    withdrawn=st.booleans(),
    story_id=st.none() | st.uuids().map(str) | st.sampled_from(["a story", STORY.upper(), str(uuid.UUID(int=0))]),
)


@settings(deadline=None)  # the first call may compile
@given(_FLOORS, _FLOORS)
def test_what_is_kept_is_all_but_fractions_of_seconds_and_the_offset(first: Floor, floor: Floor) -> None:
    floors = Floors()
    floors.put("wire", first)
    floors.put("wire", floor)
    kept = floor._replace(order=to_the_second(floor.order))

    assert floors.get("wire") == kept
    assert floors.get("another") is None
    assert len(floors) == 1
    assert Floors.restore({name: array.copy() for name, array in floors.arrays().items()}).get("wire") == kept
    assert floors.pop("wire") == kept
    assert (floors.get("wire"), floors.pop("wire"), len(floors)) == (None, None, 0)


def test_a_million_floors_take_40_bytes_each_at_most() -> None:
    floors = Floors()
    story = uuid.UUID(STORY).int
    for number in range(1_000_000):
        order = Order(None if number % 3 else number % 900, TIME + number, TIME + 3 * number, number)
        each = Floor(
            1 + number % 30, order, number * 4_001 % 2**32, number % 50 == 0, str(uuid.UUID(int=story + number))
        )
        floors.put(f"article {number}", each)

    assert len(floors) == 1_000_000
    assert floors.nbytes <= 40 * 1_000_000
    kept = floors.get("article 777777")
    assert kept is not None
    assert (kept.number, kept.order.received) == (28, (TIME + 3 * 777_777) // 1000 * 1000)


def _kept(*versions: CleanArticle) -> ArticleState:
    """What is known of an article when ``versions`` were published and left the window."""
    kept = [
        Version(
            number=number,
            raw=place_of(version.raw),
            order=order_of(version),
            content=content_hash(version),
            withdrawn=version.status == "withdrawn",
        )
        for number, version in enumerate(versions, 1)
    ]
    state = ArticleState(
        article_id="wire", seq=1, clock=0, source="wire", outlet="wire", seen_at=None, story_id=STORY, versions=kept
    )
    floors = Floors()
    floors.put("wire", floor_of(state))
    floor = floors.get("wire")
    assert floor is not None
    state.versions = [version_of(floor)]
    return state


_MS = 1 / 3_600_000
_LATE = 100.0
"""Hours; the window is 72."""


class TestReplayOfOldMessages:
    """The raw topic is read again from its beginning, long after."""

    @pytest.fixture(params=[700 * _MS, 1.0])
    def versions(self, request: pytest.FixtureRequest) -> list[CleanArticle]:
        """Two versions, received in the same second or an hour apart."""
        return [
            article("wire", WIRE, offset=7, hours=100 * _MS),
            article("wire", WIRE + "\nThe port is closed.", offset=8, hours=request.param),
        ]

    def test_it_brings_nothing_back_that_was_corrected(self, versions: list[CleanArticle]) -> None:
        assert [standing(each, _kept(*versions)).kind for each in versions] == [Kind.OVERTAKEN, Kind.REDELIVERED]

    def test_nor_what_was_withdrawn(self, versions: list[CleanArticle]) -> None:
        last = versions[-1]
        assert last.received_at is not None
        gone = article("wire", offset=9, hours=2.0, status="withdrawn")
        kinds = [standing(each, _kept(*versions, gone)).kind for each in (*versions, gone)]
        assert kinds == [Kind.OVERTAKEN, Kind.OVERTAKEN, Kind.REDELIVERED]

    def test_nor_what_was_withdrawn_in_the_same_second(self) -> None:
        first = article("wire", WIRE, offset=7, hours=100 * _MS)
        gone = article("wire", offset=8, hours=900 * _MS, status="withdrawn")
        assert standing(first, _kept(first, gone)).kind is Kind.OVERTAKEN


class TestWhatComesAfterTheWindow:
    def test_the_same_words_are_a_redelivery(self) -> None:
        known = _kept(article("wire", WIRE, offset=1))
        assert standing(article("wire", WIRE, offset=900, hours=_LATE), known) == Standing(Kind.REDELIVERED, 1)

    def test_a_correction_counts_on(self) -> None:
        known = _kept(article("wire", WIRE, offset=1), article("wire", OTHER, offset=2))
        assert standing(article("wire", "New.", offset=900, hours=_LATE), known) == Standing(Kind.VERSION, 3)

    @pytest.mark.parametrize("updated", [300 * _MS, 600 * _MS, 900 * _MS])
    def test_also_when_its_time_of_update_is_of_the_same_second(self, updated: float) -> None:
        """A feed that never moves its time of update must get its corrections through, fractions or not."""
        known = _kept(article("wire", WIRE, offset=1, hours=1.0, updated=600 * _MS))
        late = article("wire", OTHER, offset=900, hours=_LATE, updated=updated)
        assert standing(late, known).kind is Kind.VERSION

    def test_an_older_time_of_update_is_overtaken(self) -> None:
        known = _kept(article("wire", WIRE, offset=1, hours=1.0, updated=0.5))
        assert standing(article("wire", OTHER, offset=900, hours=_LATE, updated=0.4), known).kind is Kind.OVERTAKEN

    def test_a_withdrawal_holds_against_an_older_version_and_gives_way_to_a_newer(self) -> None:
        gone = article("wire", offset=2, hours=1.0, version=5, status="withdrawn")
        known = _kept(article("wire", WIRE, offset=1, version=4), gone)
        late = [article("wire", WIRE, offset=900, hours=_LATE, version=version) for version in (4, 6)]
        assert [standing(each, known).kind for each in late] == [Kind.OVERTAKEN, Kind.VERSION]

    def test_a_withdrawal_repeated_is_a_redelivery_whatever_its_fraction_of_the_second(self) -> None:
        gone = article("wire", offset=2, hours=1.0, updated=600 * _MS, status="withdrawn")
        again = article("wire", offset=900, hours=_LATE, updated=600 * _MS, status="withdrawn")
        assert standing(again, _kept(gone)).kind is Kind.REDELIVERED

    @pytest.mark.parametrize("count", [65_534, 65_535, 65_536, 1_789_279_200, 2**53 - 2])
    def test_a_feed_may_count_its_versions_as_high_as_it_likes(self, count: int) -> None:
        known = _kept(article("wire", WIRE, offset=1, version=count))
        late = [article("wire", OTHER, offset=900, hours=_LATE, version=count + step) for step in (-1, 1)]
        assert [standing(each, known).kind for each in late] == [Kind.OVERTAKEN, Kind.VERSION]


def test_the_stage_keeps_the_withdrawal_when_the_window_has_gone() -> None:
    stage = Dedup(window_hours=2)
    messages = [
        article("wire", WIRE, offset=1, hours=0.1),
        article("wire", offset=2, hours=0.2, status="withdrawn"),
        article("else", OTHER, offset=3, hours=9.0),
    ]
    for each in messages:
        stage.handle(record(each))
    assert stage.state.known("wire") is None

    outs = stage.handle(record(messages[0]))
    assert [out.topic for out in outs] == ["articles.outcomes.v1"]
    assert b"overtaken" in (outs[0].value or b"")


@given(_TIMES, _TIMES)
def test_of_two_times_of_receipt_a_floor_is_only_overtaken_by_a_later_second(a: int | None, b: int | None) -> None:
    one, two = Order(None, None, a, 5), to_the_second(Order(None, None, b, 4))
    expected = True if a is None or b is None else a // 1000 > b // 1000
    assert newer(one, two) is expected

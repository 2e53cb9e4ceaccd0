from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.unit.dedup.articles import OTHER, WIRE, article, made_up, record
from wiredesk.contracts.record import Out
from wiredesk.contracts.topics import DEDUP_STATE
from wiredesk.dedup.clock import SEGMENT_MS, clock_after, milliseconds
from wiredesk.dedup.decide import url_hash
from wiredesk.dedup.handler import Dedup

WINDOW = 72 * SEGMENT_MS
NOON = 1_789_300_800_000


@pytest.mark.parametrize(
    ("time", "expected"),
    [
        ("1970-01-01T00:00:01Z", 1000),
        ("1970-01-01T02:00:00.5+02:00", 500),
        (None, None),
        ("1970-01-01T00:00:00", None),  # no offset
        ("yesterday", None),
    ],
)
def test_times_are_read_as_milliseconds(time: str | None, expected: int | None) -> None:
    assert milliseconds(time) == expected


@pytest.mark.parametrize(
    ("received", "published", "clock", "after"),
    [
        (NOON, NOON - 1, NOON - 5, NOON),
        (NOON, NOON + 9, NOON - 5, NOON),  # with a broker only the broker's time counts
        (NOON - 9, None, NOON, NOON),  # it never goes back
        (NOON + 100 * WINDOW, None, NOON, NOON + 100 * WINDOW),  # the broker is believed
        (None, NOON + 1, NOON, NOON + 1),
        (None, NOON + 100 * WINDOW, NOON, NOON + WINDOW // 12),  # a wild date is not
        (None, NOON, 0, NOON),  # the first
        (None, None, NOON, NOON),
        (None, None, 0, 0),
    ],
)
def test_event_time(received: int | None, published: int | None, clock: int, after: int) -> None:
    def written(moment: int | None) -> str | None:
        return None if moment is None else datetime.fromtimestamp(moment / 1000, UTC).isoformat()

    clean = article("a", received_at=written(received), published_at=written(published))
    assert clock_after(clock, clean, WINDOW) == after


def read(stage: Dedup, name: str, body: str, **given: object) -> list[Out]:
    return stage.handle(record(article(name, body, **given)))


def together(stage: Dedup, one: str, two: str) -> bool:
    here, there = stage.state.story_of(one), stage.state.story_of(two)
    return here is not None and there is not None and here.story_id == there.story_id


@pytest.mark.parametrize(("hours", "joins"), [(71, True), (74, False)])
def test_a_copy_is_found_inside_the_window(hours: float, joins: bool) -> None:
    stage = Dedup(window_hours=72)
    read(stage, "wire", WIRE, offset=1)
    read(stage, "copy", WIRE, offset=2, hours=hours)
    story = stage.state.story_of("copy")
    assert story is not None
    assert ("wire" in story) is joins


def test_what_leaves_the_window_leaves_nothing_but_its_floor() -> None:
    stage = Dedup(window_hours=2)
    for number in range(30):
        read(stage, f"a{number}", made_up(number), offset=number, hours=number)
    state = stage.state
    articles, stories = state.clusters.articles, state.clusters.stories
    assert len(articles) == len(stories) <= 4
    assert len(state.floors) + len(articles) == 30
    assert max(len(state._segments), len(state.clusters.merged), len(state.outworn)) <= 4


def test_a_story_lasts_as_long_as_one_of_its_members() -> None:
    stage = Dedup(window_hours=10)
    for hours in (0, 8, 16, 24):
        read(stage, f"copy-{hours}", WIRE, offset=hours, hours=hours)
    story = stage.state.story_of("copy-24")
    assert story is not None
    assert list(story.in_order()) == ["copy-0", "copy-8", "copy-16", "copy-24"]
    assert [name for name in story.in_order() if stage.state.known(name)] == ["copy-16", "copy-24"]


def test_the_text_of_a_story_stays_as_long_as_the_story() -> None:
    stage = Dedup(window_hours=10)
    read(stage, "wire", WIRE, offset=1)
    read(stage, "copy", WIRE.replace("eleven", "twelve"), offset=2, hours=8)
    read(stage, "late", WIRE.replace("eleven", "thirteen"), offset=3, hours=16)
    story = stage.state.story_of("late")
    assert story is not None
    assert story.first == "wire"
    assert story.references == ["wire", "copy"]


def test_without_a_broker_one_wild_date_does_not_empty_the_window() -> None:
    stage = Dedup()
    read(stage, "wire", WIRE, offset=None)
    read(stage, "wild", OTHER, offset=None, hours=24 * 365 * 50)
    read(stage, "copy", WIRE, offset=None, hours=1)
    assert together(stage, "copy", "wire")


def test_an_article_without_any_time_takes_the_time_it_is() -> None:
    stage = Dedup()
    read(stage, "wire", WIRE, offset=None)
    clock = stage.state.clock
    read(stage, "undated", OTHER, offset=None, hours=None)
    assert stage.state.clock == clock
    assert stage.state.known("undated")


def test_a_flood_of_one_text_stays_cheap_in_state() -> None:
    stage = Dedup()
    sizes = []
    for number in range(300):
        outs = read(stage, f"copy-{number:03}", WIRE, offset=number)
        sizes.append(sum(len(out.value or b"") for out in outs if out.topic == DEDUP_STATE))
    assert max(sizes[1:]) < min(1_000, sizes[0] / 2)
    story = stage.state.story_of("copy-299")
    assert story is not None
    assert len(story) == 300
    assert story.references == ["copy-000"]


@pytest.mark.parametrize(
    ("url", "names"),
    [
        ("https://wire.example/a", True),
        ("https://wire.example/?p=7", True),
        ("https://wire.example/", False),
        ("https://wire.example", False),
        ("", False),
        (None, False),
    ],
)
def test_a_front_page_names_no_article(url: str | None, names: bool) -> None:
    assert (url_hash(url) is not None) is names


@pytest.mark.parametrize(
    ("wire", "changed"),
    [
        ("大阪港で火曜日の朝、貨物船が嵐のために動力を失い、乗組員十一人が救助された。" * 6, "午前四時"),
        (
            "На севере страны во вторник утром спасатели подняли на борт одиннадцать моряков грузового судна. " * 6,
            "в четыре",
        ),
    ],
)
def test_other_scripts_pass_the_same_way(wire: str, changed: str) -> None:
    stage = Dedup()
    sentences = "".join(f"{number}{wire[number * 3 :]}" for number in range(4))
    read(stage, "wire", sentences, offset=1)
    read(stage, "copy", sentences + changed, offset=2)
    assert together(stage, "copy", "wire")

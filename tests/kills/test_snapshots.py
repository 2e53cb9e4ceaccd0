"""Snapshots of ``dedup`` on Apache Kafka: a restart reads the rest, and whatever snapshot there is, the stories are the
same as those that the whole topic gives."""

from __future__ import annotations

import asyncio
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import orjson
import pytest

from tests.kills.test_kills import articles
from tests.lines import PATIENCE, Line, running_line
from wiredesk.contracts.topics import CLUSTERED, DEDUP_STATE
from wiredesk.dedup.handler import Dedup
from wiredesk.runtime.delivery import FencedDelivery
from wiredesk.runtime.settings import Settings
from wiredesk.runtime.snapshot_file import read_arrays, read_header
from wiredesk.runtime.writer import take_over

pytestmark = pytest.mark.kafka

STAGES = ("intake", "dedup")


def snapshot_of(line: Line) -> Path:
    return line.stages.directory / "state" / "dedup" / "dedup.snapshot"


def decided(line: Line) -> set[str]:
    """The articles that came out of dedup."""
    return {orjson.loads(seen.value or b"")["article_id"] for seen in line.watch.seen[CLUSTERED]}


def wait(line: Line, articles: int) -> None:
    assert line.watch.until(lambda: len(decided(line)) == articles, PATIENCE), line.stages.log_of("dedup")


def wait_until(true: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + 30
    while not true():
        assert time.monotonic() < deadline, what
        time.sleep(0.05)


def logged(line: Line, event: str) -> list[dict[str, object]]:
    """What dedup logged with this event, oldest first."""
    lines = (line.stages.directory / "dedup.log").read_bytes().splitlines()
    return [entry for text in lines if text.startswith(b"{") and (entry := orjson.loads(text))["event"] == event]


def restart(line: Line) -> dict[str, object]:
    """Starts dedup, which has ended, and gives what it logged of reading its state."""
    before = len(logged(line, "state read"))
    line.stages.start("dedup")
    wait_until(lambda: len(logged(line, "state read")) > before, line.stages.log_of("dedup"))
    return logged(line, "state read")[-1]


def stories(handler: Dedup, articles: set[str]) -> dict[str, tuple[str, list[str], list[str]]]:
    """Each article's story with its members and its references."""
    found = {}
    for article in articles:
        story = handler.state.story_of(article)
        assert story is not None
        found[article] = (story.story_id, list(story.in_order()), list(story.references))
    return found


def read_whole(line: Line) -> Dedup:
    """The state as the whole topic gives it."""

    async def play() -> Dedup:
        settings = Settings(bootstrap=line.broker.bootstrap, fetch_wait_ms=50)
        delivery = FencedDelivery(settings, "dedup", DEDUP_STATE)
        await delivery.start()
        try:
            handler = await take_over("dedup", DEDUP_STATE, Dedup, delivery, settings)
        finally:
            await delivery.stop()
        assert isinstance(handler, Dedup)
        return handler

    return asyncio.run(play())


def assert_the_snapshot_is_what_the_topic_gives(line: Line) -> None:
    """Of a line whose dedup has ended in good order."""
    restored = Dedup()
    restored.restore(read_arrays(snapshot_of(line)))
    everything = decided(line)
    assert stories(restored, everything) == stories(read_whole(line), everything)


def test_a_restart_reads_only_what_is_not_in_the_snapshot(tmp_path: Path) -> None:
    with running_line("kafka", tmp_path, names=STAGES) as line:
        messages = articles(60)
        line.publish(messages[:40])
        wait(line, 40)
        line.stages.processes["dedup"].stop()
        assert snapshot_of(line).exists(), line.stages.log_of("dedup")

        first = restart(line)
        assert first["records"] == 0
        assert first["from_snapshot"] == read_header(snapshot_of(line)).offset
        line.publish(messages[40:50])
        wait(line, 50)
        line.stages.processes["dedup"].kill()
        assert restart(line)["records"] == 10

        line.publish(messages[50:])
        wait(line, 60)
        line.stages.processes["dedup"].stop()
        assert_the_snapshot_is_what_the_topic_gives(line)


def test_a_kill_and_an_old_snapshot_give_the_same_stories(tmp_path: Path) -> None:
    settings = {"WIREDESK_SNAPSHOT_SECONDS": "0.3"}
    with running_line("kafka", tmp_path, names=STAGES, settings=settings) as line:
        messages = articles(90)
        line.publish(messages[:30])
        wait_until(lambda: snapshot_of(line).exists() and read_header(snapshot_of(line)).offset > 5, "no snapshot")
        old = shutil.copy(snapshot_of(line), tmp_path / "old")
        line.publish(messages[30:60])
        line.stages.processes["dedup"].kill()
        shutil.copy(old, snapshot_of(line))
        assert restart(line)["from_snapshot"] == read_header(old).offset
        line.publish(messages[60:])
        wait(line, 90)
        line.stages.processes["dedup"].stop()
        assert_the_snapshot_is_what_the_topic_gives(line)


def test_a_snapshot_that_was_cut_short_is_ignored_and_the_log_says_why(tmp_path: Path) -> None:
    with running_line("kafka", tmp_path, names=STAGES) as line:
        line.publish(articles(20))
        wait(line, 20)
        line.stages.processes["dedup"].stop()
        whole = snapshot_of(line).read_bytes()
        snapshot_of(line).write_bytes(whole[: len(whole) // 2])

        read = restart(line)
        assert (read["records"], read["from_snapshot"]) == (20, None)
        (ignored,) = logged(line, "snapshot ignored and deleted")
        assert f"it has {len(whole) // 2} bytes, not the {len(whole)}" in str(ignored["why"])

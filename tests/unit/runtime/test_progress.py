"""Progress: ready means that partitions are assigned, the state is there, and messages move."""

from __future__ import annotations

import pytest

from wiredesk.runtime import progress as module
from wiredesk.runtime.progress import Progress


class Clock:
    now = 1000.0

    def monotonic(self) -> float:
        return self.now

    def time(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(module, "time", clock)
    return clock


def test_without_partitions_a_stage_is_alive_and_not_ready(clock: Clock) -> None:
    progress = Progress("t", stall_seconds=60)
    assert progress.not_live() is None
    assert "no partition is assigned" in str(progress.not_ready())
    progress.assign(1)
    assert progress.not_ready() is None


def test_a_writer_is_not_ready_while_it_reads_its_state(clock: Clock) -> None:
    progress = Progress("t", stall_seconds=60)
    progress.assign(1)
    progress.stated = False
    assert progress.not_ready() == "the state is being read"


def test_messages_that_do_not_move_make_it_not_ready_and_moving_makes_it_ready(clock: Clock) -> None:
    progress = Progress("t", stall_seconds=60)
    progress.assign(1)
    progress.took()
    progress.took()
    clock.now += 61
    progress.turned()
    assert progress.not_ready() == "2 messages are in flight and none was finished for 61 s"
    assert progress.finished(1) == 1
    assert progress.not_ready() is None


def test_an_idle_stage_stays_ready(clock: Clock) -> None:
    progress = Progress("t", stall_seconds=60)
    progress.assign(1)
    for _ in range(100):
        clock.now += 10
        progress.turned()
    assert progress.not_ready() is None


def test_a_loop_that_does_not_turn_is_not_alive(clock: Clock) -> None:
    progress = Progress("t", stall_seconds=60)
    progress.assign(1)
    clock.now += 31
    assert progress.not_live() == "the event loop has not turned for 31 s"
    assert progress.not_ready() == progress.not_live()

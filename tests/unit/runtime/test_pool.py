"""The pool: a child that raises, dies or hangs concerns one article, and no other."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest
from prometheus_client import REGISTRY

from tests.processes import descendants
from wiredesk.contracts.errors import WorkFailed
from wiredesk.contracts.record import Record
from wiredesk.runtime.pool import Pool

Losses = Callable[[], tuple[float, float]]

MAKE = "tests.unit.runtime.handlers:Shouting"


def article(value: bytes) -> Record:
    return Record(topic="t", partition=0, offset=0, time=None, key=None, value=value)


@pytest.fixture
def pool() -> Iterator[Pool]:
    pool = Pool("test", MAKE, workers=1, seconds=5, memo=10)
    yield pool
    pool.close()


def shout(pool: Pool, value: bytes) -> bytes | None:
    return pool.submit(article(value), [value]).result(timeout=30)[0].value


def counted(metric: str, **labels: str) -> float:
    return REGISTRY.get_sample_value(metric, {"stage": "test", **labels}) or 0


@pytest.fixture
def losses() -> Callable[[], tuple[float, float]]:
    """Restarts and time-outs since the test began."""

    def now() -> tuple[float, float]:
        return counted("wiredesk_pool_restarts_total"), counted("wiredesk_pool_timeouts_total")

    before = now()
    return lambda: (now()[0] - before[0], now()[1] - before[1])


def test_work_is_done_in_a_child(pool: Pool) -> None:
    assert shout(pool, b"hello") == b"HELLO"


def test_what_was_learned_is_handed_to_the_child_that_works_on_a_copy(pool: Pool) -> None:
    before = counted("wiredesk_memo_lookups_total", result="hit")
    assert [shout(pool, b"count this") for _ in range(3)] == [b"COUNT THIS 1"] * 3
    assert counted("wiredesk_memo_lookups_total", result="hit") == before + 2


def test_what_a_handler_raises_is_told_and_the_child_lives_on(pool: Pool, losses: Losses) -> None:
    with pytest.raises(WorkFailed, match="ValueError: no good"):
        shout(pool, b"raise")
    assert shout(pool, b"next") == b"NEXT"
    assert losses() == (0, 0)


def test_an_article_whose_child_died_by_chance_is_tried_once_more(pool: Pool, losses: Losses, tmp_path: Path) -> None:
    value = b"die once " + str(tmp_path / "mark").encode()
    assert shout(pool, value) == value.upper()
    assert losses() == (1, 0)


def test_an_article_that_kills_every_child_is_given_up_and_the_next_one_is_done(pool: Pool, losses: Losses) -> None:
    with pytest.raises(WorkFailed, match="died"):
        shout(pool, b"die")
    assert shout(pool, b"next") == b"NEXT"
    assert losses() == (2, 0)


def test_an_article_that_hangs_is_given_up_after_its_time(losses: Losses) -> None:
    pool = Pool("test", MAKE, workers=1, seconds=0.3, memo=10)
    try:
        with pytest.raises(WorkFailed, match=r"longer than 0\.3 s"):
            shout(pool, b"hang")
        assert shout(pool, b"next") == b"NEXT"
        assert losses() == (1, 1)
    finally:
        pool.close()


def test_a_handler_that_cannot_load_its_models_is_told_at_the_start() -> None:
    pool = Pool("test", "tests.unit.runtime.handlers:Unloadable", workers=2, seconds=5, memo=10)
    try:
        with pytest.raises(WorkFailed, match="did not start: OSError: no model here"):
            pool.wait_until_ready()
        with pytest.raises(WorkFailed, match="no model here"):
            shout(pool, b"hello")
    finally:
        pool.close()


PARENT = """
import sys
from wiredesk.contracts.record import Record
from wiredesk.runtime.pool import Pool
if __name__ == "__main__":
    pool = Pool("test", sys.argv[1], workers=2, seconds=60, memo=10)
    record = Record(topic="t", partition=0, offset=0, time=None, key=None, value=b"hang")
    futures = [pool.submit(record, []), pool.submit(record, [])]
    print("hanging", flush=True)
    futures[0].result()
"""


def test_children_end_with_a_parent_that_is_killed(tmp_path: Path) -> None:
    script = tmp_path / "parent.py"
    script.write_text(PARENT)
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])}
    parent = subprocess.Popen([sys.executable, str(script), MAKE], env=environment)
    deadline = time.monotonic() + 30
    children: list[psutil.Process] = []
    while len(children) < 2 and time.monotonic() < deadline:
        children = descendants(parent.pid, "spawn_main")
    assert len(children) == 2
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    _, alive = psutil.wait_procs(children, timeout=10)
    assert alive == []

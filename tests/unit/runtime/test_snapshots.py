"""Which snapshots may be used. The brokers are asked for nothing but the identity of the topic."""

from __future__ import annotations

import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest
import structlog
from numpy.typing import NDArray

from wiredesk.contracts.record import Out, Record
from wiredesk.contracts.topics import DEDUP_STATE, PUBLISH_STATE
from wiredesk.runtime import snapshots as module
from wiredesk.runtime.snapshot_file import put_in_place, read_arrays, read_header, write
from wiredesk.runtime.snapshots import Snapshots, TopicIdentity

HERE = TopicIdentity("this cluster", "this topic")
HOUR_MS = 3_600_000


class Counting:
    """A state of one number."""

    def __init__(self, count: int = 0) -> None:
        self.count = count

    def handle(self, record: Record) -> list[Out]:
        raise NotImplementedError

    def apply(self, key: str, value: bytes | None) -> None:
        self.count += 1

    def snapshot(self) -> dict[str, NDArray[Any]]:
        return {"count": np.array([self.count])}

    def restore(self, parts: Mapping[str, NDArray[Any]]) -> None:
        self.count = int(parts["count"][0])


@pytest.fixture
def snapshots(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Snapshots:
    """Those of a writer of dedup, which has written one as of offset 100."""
    monkeypatch.setattr(module, "identity_of", lambda bootstrap, topic: HERE)
    made = Snapshots(tmp_path / "state", "dedup", DEDUP_STATE, "")
    made.write(Counting(3), 100)
    made.finish()
    return made


def test_a_snapshot_is_loaded_as_it_was_written(snapshots: Snapshots) -> None:
    loaded = snapshots.load(0, 120)
    assert loaded is not None
    assert (loaded.offset, loaded.arrays["count"].tolist()) == (100, [3])
    assert snapshots.path.exists()


def test_where_there_is_none_there_is_none(snapshots: Snapshots) -> None:
    snapshots.path.unlink()
    with structlog.testing.capture_logs() as logs:
        assert snapshots.load(0, 120) is None
    assert [line["event"] for line in logs] == ["no snapshot"]


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"release": "0.0.0"}, "its release is 0.0.0, not "),
        ({"stage": "publish"}, "its stage is publish, not dedup"),
        ({"topic": PUBLISH_STATE}, "its topic is publish.state.v1, not dedup.state.v1"),
        ({"cluster": "another"}, "its cluster is another, not this cluster"),
        ({"topic_id": "an older one"}, "its topic id is an older one, not this topic"),
        ({"made_at": -25 * HOUR_MS}, "it is 25.0 h old, and the topic keeps tombstones for 24 h"),
        ({"made_at": 2 * HOUR_MS}, "it was made 7"),
        ({"offset": 121}, "it goes on at offset 121, and the topic has 10 to 120"),
        ({"offset": 9}, "it goes on at offset 9, and the topic has 10 to 120"),
    ],
)
def test_one_that_is_not_of_this_topic_now_is_deleted_and_the_log_says_why(
    snapshots: Snapshots, changes: dict[str, Any], why: str
) -> None:
    if "made_at" in changes:
        changes = {"made_at": round(time.time() * 1000) + changes["made_at"]}
    header = msgspec.structs.replace(read_header(snapshots.path), **changes)
    write(snapshots.path, header, read_arrays(snapshots.path))
    put_in_place(snapshots.path)

    with structlog.testing.capture_logs() as logs:
        assert snapshots.load(10, 120) is None
    assert [line["event"] for line in logs] == ["snapshot ignored and deleted"]
    assert logs[0]["why"].startswith(why)
    assert not snapshots.path.exists()


def test_one_that_was_cut_short_is_deleted_and_the_log_says_why(snapshots: Snapshots) -> None:
    snapshots.path.write_bytes(snapshots.path.read_bytes()[:-1])
    with structlog.testing.capture_logs() as logs:
        assert snapshots.load(0, 120) is None
    assert "bytes, not the" in logs[0]["why"]
    assert not snapshots.path.exists()


def test_one_that_was_not_finished_is_not_there(snapshots: Snapshots) -> None:
    """As when the process is killed while it writes."""
    snapshots.write(Counting(9), 110)
    loaded = snapshots.load(0, 120)
    assert loaded is not None
    assert loaded.offset == 100


def test_another_is_due_when_the_state_has_changed_or_the_last_one_grows_old(snapshots: Snapshots) -> None:
    assert not snapshots.due(100)
    assert snapshots.due(101)
    old = msgspec.structs.replace(read_header(snapshots.path), made_at=round(time.time() * 1000) - 13 * HOUR_MS)
    write(snapshots.path, old, read_arrays(snapshots.path))
    put_in_place(snapshots.path)
    assert snapshots.load(0, 120) is not None
    assert snapshots.due(100)


def test_another_is_due_when_one_could_not_be_written(snapshots: Snapshots) -> None:
    snapshots.failed(OSError("disk full"))
    assert snapshots.due(100)

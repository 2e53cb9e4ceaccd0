"""Snapshots: the state of a writer on its own disk, so that a restart reads the rest of the state topic only.

They save time and nothing else: the topic is the state. So whatever is odd about a snapshot, it is thrown away with a
line in the log, and the state is read from the beginning; and a snapshot that cannot be written is a line in the log.
"""

from __future__ import annotations

import contextlib
import time
from pathlib import Path
from typing import Any, NamedTuple

import structlog
from kafka import KafkaAdminClient
from numpy.typing import NDArray

from wiredesk import __version__
from wiredesk.contracts.catalogue import catalogue
from wiredesk.contracts.record import Snapshotting
from wiredesk.runtime import metrics
from wiredesk.runtime.snapshot_file import Header, Unusable, put_in_place, read_arrays, read_header, write

_CLOCKS_MS = 60_000
"""How far clocks may be apart before a snapshot counts as made in the future."""

log = structlog.get_logger()


class TopicIdentity(NamedTuple):
    """Which topic it is, and not only its name: one that was deleted and made again has another id."""

    cluster: str
    topic_id: str


class Loaded(NamedTuple):
    """A snapshot that may be used: its arrays, and the offset of the first record that is not in it."""

    offset: int
    arrays: dict[str, NDArray[Any]]


def identity_of(bootstrap: str, topic: str) -> TopicIdentity:
    """The identity of ``topic`` as the brokers tell it."""
    admin = KafkaAdminClient(bootstrap_servers=bootstrap.split(","))
    try:
        (described,) = admin.describe_topics([topic])
        return TopicIdentity(str(admin.describe_cluster()["cluster_id"]), str(described["topic_id"]))
    finally:
        admin.close()


class Snapshots:
    """The snapshots of one stage, of which the newest is kept. What it does takes long: call it in a thread."""

    def __init__(self, directory: Path, stage: str, topic: str, bootstrap: str) -> None:
        self.path = directory / f"{stage}.snapshot"
        self._stage = stage
        self._topic = topic
        self._bootstrap = bootstrap
        self._keeps_tombstones_ms = catalogue()[topic].tombstone_ms
        self._identity: TopicIdentity | None = None
        self._last: Header | None = None

    def load(self, begin: int, end: int) -> Loaded | None:
        """The snapshot, if there is one that may be used; another is deleted, and the log says why.

        ``begin``: the first offset that the topic still has. ``end``: that of the last record in it, the mark of this
        writer, which must have fenced all others before.
        """
        try:
            header = read_header(self.path)
            if (wrong := self._unusable(header, begin, end)) is not None:
                raise Unusable(wrong)
            loaded = Loaded(header.offset, read_arrays(self.path))
        except FileNotFoundError:
            log.info("no snapshot", path=str(self.path))
            return None
        except Unusable as wrong:
            self.discard(str(wrong))
            return None
        except Exception as error:  # a disk that cannot be read, brokers that do not tell their topics apart
            self.discard(f"it could not be read ({type(error).__name__}: {error})")
            return None
        self._last = header
        return loaded

    def discard(self, why: str) -> None:
        """Deletes the snapshot: it must not come back when what was odd about it can no longer be seen."""
        log.warning("snapshot ignored and deleted", path=str(self.path), why=why)
        self._last = None
        with contextlib.suppress(OSError):  # a directory that may not be written to
            self.path.unlink()

    def due(self, offset: int) -> bool:
        """Whether a snapshot as of ``offset`` would be worth more than the last one: it is of a later state, or that
        one will soon be too old."""
        if self._last is None or self._last.offset != offset:
            return True
        return self._keeps_tombstones_ms is not None and _now() - self._last.made_at > self._keeps_tombstones_ms / 2

    def write(self, handler: Snapshotting, offset: int) -> None:
        """Writes the state of ``handler`` as of ``offset``; nothing may change the state meanwhile. ``finish``, for
        which the state may change again, makes it the snapshot."""
        started = time.monotonic()
        if self._identity is None:
            self._identity = identity_of(self._bootstrap, self._topic)
        header = Header(
            release=__version__,
            stage=self._stage,
            topic=self._topic,
            cluster=self._identity.cluster,
            topic_id=self._identity.topic_id,
            offset=offset,
            made_at=_now(),
        )
        self.path.parent.mkdir(parents=True, exist_ok=True)
        size = write(self.path, header, handler.snapshot())
        seconds = time.monotonic() - started
        self._last = header
        metrics.SNAPSHOT_BYTES.labels(self._stage).set(size)
        metrics.SNAPSHOT_SECONDS.labels(self._stage).set(seconds)
        log.info("snapshot written", path=str(self.path), offset=offset, bytes=size, seconds=round(seconds, 3))

    def finish(self) -> None:
        """Makes what was written the snapshot."""
        put_in_place(self.path)
        metrics.SNAPSHOT_TIME.labels(self._stage).set(time.time())

    def failed(self, error: Exception) -> None:
        """Notes that a snapshot could not be written."""
        self._last = None
        log.error(
            "no snapshot could be written; the one before stays",
            path=str(self.path),
            why=f"{type(error).__name__}: {error}",
        )

    def _unusable(self, header: Header, begin: int, end: int) -> str | None:
        """Why this snapshot must not be used; None if it may."""
        self._identity = identity_of(self._bootstrap, self._topic)
        for what, found, wanted in (
            ("release", header.release, __version__),
            ("stage", header.stage, self._stage),
            ("topic", header.topic, self._topic),
            ("cluster", header.cluster, self._identity.cluster),
            ("topic id", header.topic_id, self._identity.topic_id),
        ):
            if found != wanted:
                return f"its {what} is {found}, not {wanted}"
        age = _now() - header.made_at
        if age < -_CLOCKS_MS:
            return f"it was made {-age // 1000} s in the future"
        if self._keeps_tombstones_ms is not None and age > self._keeps_tombstones_ms:
            hours = self._keeps_tombstones_ms / 3_600_000
            return f"it is {age / 3_600_000:.1f} h old, and the topic keeps tombstones for {hours:g} h"
        if not begin <= header.offset <= end:
            return f"it goes on at offset {header.offset}, and the topic has {begin} to {end}"
        return None


def _now() -> int:
    return round(time.time() * 1000)

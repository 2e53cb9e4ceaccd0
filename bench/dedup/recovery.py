"""Recovery: how long a new writer takes to have the state back, from its records and from a snapshot.

``python -m bench.dedup.recovery COUNT FOLDER`` writes the records of ``COUNT`` articles into ``FOLDER``;
``python -m bench.dedup.recovery FOLDER`` takes them up, in a process that did not write them.
"""

from __future__ import annotations

import json
import struct
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import BinaryIO, NamedTuple

from bench.dedup.long_stream import fed
from bench.dedup.ours import clean_articles, records
from bench.dedup.speed import WARM
from wiredesk.contracts.topics import DEDUP_STATE
from wiredesk.dedup.handler import Dedup
from wiredesk.runtime import snapshot_file

_LENGTHS = struct.Struct("<Iq")
_TOMBSTONE = -1


class Recovery(NamedTuple):
    """Seconds to apply ``records`` records of ``record_bytes`` in all, to read the snapshot file, and its size."""

    records: int
    record_bytes: int
    applied: float
    restored: float
    snapshot_bytes: int


def recover(count: int) -> Recovery:
    """The recovery of a writer that has ``count`` articles in its window."""
    with tempfile.TemporaryDirectory(prefix="wiredesk-bench-") as folder:
        command = [sys.executable, "-m", "bench.dedup.recovery"]
        subprocess.run([*command, str(count), folder], check=True)
        done = subprocess.run([*command, folder], check=True, stdout=subprocess.PIPE, text=True)
    return Recovery(*json.loads(done.stdout))


def write(count: int, folder: Path) -> None:
    """Sends ``count`` articles through dedup and keeps what it writes to its state topic."""
    dedup, sent = Dedup(), 0
    with _records(folder).open("wb") as file, fed(count) as chunks:
        for chunk in chunks:
            for record in records(clean_articles(chunk, first=sent)):
                for out in dedup.handle(record):
                    if out.topic == DEDUP_STATE:
                        _put(file, out.key, out.value)
            sent += len(chunk)


def measure(folder: Path) -> Recovery:
    """Takes up what ``write`` left, then writes a snapshot and takes up that."""
    dedup, warm, count = Dedup(), Dedup(), 0
    with _records(folder).open("rb") as file:
        for key, value in islice(_taken(file), WARM):
            warm.apply(key, value)  # loads what is compiled
        file.seek(0)
        started = time.perf_counter()
        for key, value in _taken(file):
            dedup.apply(key, value)
            count += 1
        applied = time.perf_counter() - started
    header = snapshot_file.Header(
        release="", stage="dedup", topic=DEDUP_STATE, cluster="", topic_id="", offset=count, made_at=0
    )
    path = folder / "snapshot"
    size = snapshot_file.write(path, header, dedup.snapshot())
    snapshot_file.put_in_place(path)
    del dedup
    started = time.perf_counter()
    Dedup().restore(snapshot_file.read_arrays(path))
    return Recovery(count, _records(folder).stat().st_size, applied, time.perf_counter() - started, size)


def _records(folder: Path) -> Path:
    return folder / "records"


def _put(file: BinaryIO, key: str, value: bytes | None) -> None:
    head = key.encode()
    file.write(_LENGTHS.pack(len(head), _TOMBSTONE if value is None else len(value)) + head + (value or b""))


def _taken(file: BinaryIO) -> Iterator[tuple[str, bytes | None]]:
    while lengths := file.read(_LENGTHS.size):
        head, length = _LENGTHS.unpack(lengths)
        key = file.read(head).decode()
        yield key, None if length == _TOMBSTONE else file.read(length)


if __name__ == "__main__":
    if len(sys.argv) == 3:
        write(int(sys.argv[1]), Path(sys.argv[2]))
    else:
        print(json.dumps(measure(Path(sys.argv[1]))))

"""Memory, and how speed changes, as articles gather in the window: one contender, in a process of its own.

``python -m bench.dedup.growth NAME THRESHOLD SECONDS COUNT...`` prints a line of JSON at each count and stops at the
last one, or when it has run for ``SECONDS``. Counts are rounded up to whole chunks of the stream.
"""

from __future__ import annotations

import gc
import json
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import psutil

from bench.dedup.contenders import named
from bench.dedup.long_stream import CHUNK, fed
from bench.dedup.speed import WARM


class Point(NamedTuple):
    """With so many ``articles`` in the window: how many a second and core since the last point, and bytes of each."""

    articles: int
    rate: float
    bytes_each: float


def grow(name: str, threshold: float, seconds: float, counts: Sequence[int]) -> list[Point]:
    """The points of the contender ``name`` that it reaches within ``seconds``."""
    command = [sys.executable, "-m", "bench.dedup.growth", name, str(threshold), str(seconds), *map(str, counts)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    return [Point(*json.loads(line)) for line in done.stdout.splitlines()]


def points(name: str, threshold: float, seconds: float, counts: Sequence[int]) -> Iterator[Point]:
    """The same, measured in this process."""
    deadline = time.monotonic() + seconds
    contender = named(name, threshold)
    taken, since, spent = 0, 0, 0.0
    with fed(max(counts)) as chunks:
        chunk = next(chunks)
        contender.begin()(chunk[:WARM])()
        ready = contender.begin()
        before = _resident()
        while chunk and time.monotonic() < deadline:
            feed = ready(chunk)
            started = time.process_time()
            feed()
            spent += time.process_time() - started
            taken += len(chunk)
            del feed
            chunk = next(chunks, [])
            if taken in counts:
                yield Point(taken, (taken - since) / spent, (_resident() - before) / taken)
                since, spent = taken, 0.0


def _resident() -> int:
    gc.collect()
    return int(psutil.Process().memory_info().rss)


if __name__ == "__main__":
    at = [-(-int(count) // CHUNK) * CHUNK for count in sys.argv[4:]]
    for point in points(sys.argv[1], float(sys.argv[2]), float(sys.argv[3]), at):
        print(json.dumps(point), flush=True)

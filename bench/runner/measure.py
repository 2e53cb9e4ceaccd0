"""Measuring a contender from outside: its process, what it is sent, and when its outputs can be read."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import psutil
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer

from bench.runner.work import Place, message, sent_at
from wiredesk.broker.process import Process

ROOT = Path(__file__).parents[2]
WARM = 500
"""Messages that a contender gets before anything is counted."""
PATIENCE = 60.0
"""Seconds that a contender may take for what it was sent."""


class Contender(NamedTuple):
    """One way to write the loop: a name for the table, and its module with an argument."""

    name: str
    module: str
    kind: str = ""
    python: str = sys.executable


class Cost(NamedTuple):
    """What a backlog cost: processor time of the worker a message, and how many it did a second of time."""

    cpu_us: float
    per_second: float


class Hop(NamedTuple):
    """From sending a message until its output could be read, in milliseconds."""

    p50: float
    p99: float


class Bench:
    """A running contender, with a producer to its input and a consumer of its output."""

    def __init__(self, contender: Contender, place: Place, log: Path) -> None:
        self._contender = contender
        self._place = place
        self._log = log
        self._number = 0

    async def __aenter__(self) -> Bench:
        bootstrap = self._place.bootstrap
        self._producer = AIOKafkaProducer(bootstrap_servers=bootstrap, linger_ms=0, max_batch_size=262_144)
        self._consumer = AIOKafkaConsumer(
            self._place.writes,
            bootstrap_servers=bootstrap,
            group_id=None,
            auto_offset_reset="earliest",
            isolation_level="read_committed",
        )
        await self._producer.start()
        await self._consumer.start()
        contender = self._contender
        self._process = Process(
            contender.name,
            [contender.python, "-m", f"bench.runner.{contender.module}", contender.kind, *self._place],
            log=self._log,
            cwd=self._log.parent,  # some make directories where they run
            environment={
                **{name: value for name, value in os.environ.items() if not name.startswith("WIREDESK_")},
                "PYTHONPATH": os.pathsep.join(map(str, (ROOT, ROOT / "services"))),
            },
        )
        await self._send(WARM)
        await self._read(WARM)
        return self

    async def __aexit__(self, *_: object) -> None:
        await asyncio.to_thread(self._process.stop, 5.0)
        await self._producer.stop()
        await self._consumer.stop()

    async def backlog(self, count: int) -> Cost:
        """The cost of ``count`` messages that are all there: the worker is frozen while they are written."""
        self._process.freeze()
        await self._send(count)
        before, started = self._cpu(), time.perf_counter()
        self._process.thaw()
        await self._read(count)
        seconds = time.perf_counter() - started
        await asyncio.sleep(0.7)  # its last commit belongs to the cost
        return Cost(1e6 * (self._cpu() - before) / count, count / seconds)

    async def hops(self, rate: int, seconds: float) -> Hop:
        """How long messages take that come one by one, ``rate`` a second, evenly."""
        count = round(rate * seconds)
        reading = asyncio.create_task(self._read(count))
        due = time.perf_counter()
        for _ in range(count):
            due += 1 / rate
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            await self._put()
        took = sorted(1e3 * lasted for lasted in await reading)
        return Hop(took[len(took) // 2], took[len(took) * 99 // 100])

    async def _put(self) -> asyncio.Future[object]:
        key, value = message(self._number)
        self._number += 1
        sending: asyncio.Future[object] = await self._producer.send(self._place.reads, value, key=key)
        return sending

    async def _send(self, count: int) -> None:
        for receipt in [await self._put() for _ in range(count)]:
            await receipt

    async def _read(self, count: int) -> Sequence[float]:
        """Reads ``count`` outputs; how old each was, in seconds, when it came."""
        ages: list[float] = []
        deadline = time.monotonic() + PATIENCE
        while len(ages) < count:
            batches = await self._consumer.getmany(timeout_ms=200)
            now = time.time()
            ages += [now - sent_at(record.value) for batch in batches.values() for record in batch]
            if not self._process.running or time.monotonic() > deadline:
                told = self._log.read_text("utf-8", "replace").splitlines()[-8:]
                raise RuntimeError(f"{self._contender.name}: {len(ages)} of {count} came; its log ends: {told}")
        if len(ages) > count:
            raise RuntimeError(f"{self._contender.name}: {len(ages)} outputs for {count} messages")
        return ages

    def _cpu(self) -> float:
        try:
            times = psutil.Process(self._process.pid).cpu_times()
        except psutil.NoSuchProcess:
            raise RuntimeError(f"{self._contender.name} has ended; see {self._log}") from None
        return float(times.user + times.system)


def has(python: str, package: str) -> bool:
    """Whether the interpreter ``python`` can import ``package``."""
    return subprocess.run([python, "-c", f"import {package}"], capture_output=True, check=False).returncode == 0

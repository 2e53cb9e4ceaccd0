"""What a message costs in our runner, beside a bare Faust agent, a plain aiokafka loop and quixstreams.

``python -m bench.runner [--count 8000] [--rounds 1] [--quix PYTHON] [--only NAME ...]``, on an Apache Kafka of its own
(Java 17, Maven). All do the same work on the same 2 KB JSON messages, four partitions in, one out, one contender
running at a time. Processor time is that of the worker's process, threads included, from when it has warmed up. Without
``--quix`` quixstreams is looked for in this environment, and left out when it is not there. About two minutes a round.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bench.runner.measure import Bench, Contender, Cost, Hop, has
from bench.runner.work import Place
from wiredesk.broker.apache import ApacheKafka
from wiredesk.cli.topics import provision
from wiredesk.contracts.catalogue import Topic, catalogue
from wiredesk.contracts.topics import CLEAN, RAW, STORY_MEMBERS

OURS = Contender("wiredesk", "ours", "plain")
FENCED = Contender("wiredesk, single writer", "ours", "fenced")
SENDS = Contender("Faust agent, awaits sends", "agent", "sends")
ACKS = Contender("Faust agent, awaits acks", "agent", "acks")
LOOP = Contender("aiokafka loop", "loop")
RATES = {50: 8.0, 500: 6.0}
"""Messages a second, and for how many seconds."""

Measured = tuple[list[Cost], dict[int, list[Hop]]]


def topic(name: str, partitions: int) -> Topic:
    """A topic of a contender."""
    return Topic(
        name=name,
        description="benchmark",
        key="",
        value="",
        partitions=partitions,
        cleanup="delete",
        max_message_bytes=1_048_576,
        owner="bench",
        writers=(),
    )


async def measure(contender: Contender, bootstrap: str, count: int, directory: Path) -> Measured:
    """One round of ``contender``, on topics of its own; ours are topics of the catalogue, which it must know."""
    name = f"bench.{contender.module}{contender.kind}"
    reads = RAW if contender is OURS else f"{name}.in"
    writes = {OURS: CLEAN, FENCED: STORY_MEMBERS}.get(contender, f"{name}.out")
    provision(bootstrap, [topic(reads, 4), topic(writes, 1)])
    place = Place(bootstrap, f"{name}-bench", reads, writes)
    async with Bench(contender, place, directory / f"{name}.log") as bench:
        cost = await bench.backlog(count if contender != ACKS else count // 4)
        timed = contender in (OURS, FENCED, SENDS, ACKS)
        hops = {rate: [await bench.hops(rate, seconds)] for rate, seconds in RATES.items()} if timed else {}
    return [cost], hops


def show(found: dict[Contender, Measured]) -> None:
    """Prints the table; of several rounds the median."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("")
    for heading in ("CPU us/message", "of the agent's", "messages/s"):
        table.add_column(heading, justify="right")
    for rate in RATES:
        table.add_column(f"hop p50/p99 ms at {rate}/s", justify="right")
    yardstick = statistics.median(cost.cpu_us for cost in found[SENDS][0]) if SENDS in found else None
    for contender, (costs, hops) in found.items():
        cpu = statistics.median(cost.cpu_us for cost in costs)
        latencies = [in_words(hops[rate]) if hops else "" for rate in RATES]
        table.add_row(
            contender.name,
            f"{cpu:.0f}",
            f"{cpu / yardstick:.2f}" if yardstick else "",
            f"{statistics.median(cost.per_second for cost in costs):,.0f}",
            *latencies,
        )
    Console(width=120).print(table)


def in_words(hops: list[Hop]) -> str:
    """Median and 99th percentile, of several rounds the median of each."""
    return f"{statistics.median(hop.p50 for hop in hops):.1f} / {statistics.median(hop.p99 for hop in hops):.1f}"


def main() -> int:
    """Runs the contenders one after the other and prints the table."""
    parser = argparse.ArgumentParser(prog="python -m bench.runner", description=__doc__)
    parser.add_argument("--count", type=int, default=8_000, help="messages of the backlog (default: 8000)")
    parser.add_argument("--rounds", type=int, default=1, help="rounds; the median is printed (default: 1)")
    parser.add_argument("--quix", default=sys.executable, help="the Python of an environment with quixstreams, orjson")
    parser.add_argument("--only", nargs="+", default=[], help="contenders to run, by the beginnings of their names")
    options = parser.parse_args()
    contenders = [OURS, FENCED, SENDS, ACKS, LOOP]
    if has(options.quix, "quixstreams"):
        contenders.append(Contender("quixstreams", "quix", python=options.quix))
    else:
        print("quixstreams is left out: pip install quixstreams==3.28.1 orjson elsewhere, and name its Python: --quix")
    if options.only:
        contenders = [one for one in contenders if one.name.startswith(tuple(options.only))]
    found: dict[Contender, Measured] = {}
    for _ in range(options.rounds):
        with tempfile.TemporaryDirectory(prefix="wiredesk-bench-") as directory, ApacheKafka() as broker:
            provision(broker.bootstrap, [one for one in catalogue().values() if one.name != STORY_MEMBERS])
            for contender in contenders:
                costs, hops = asyncio.run(measure(contender, broker.bootstrap, options.count, Path(directory)))
                earlier = found.setdefault(contender, ([], {}))
                earlier[0].extend(costs)
                for rate, hop in hops.items():
                    earlier[1].setdefault(rate, []).extend(hop)
    show(found)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

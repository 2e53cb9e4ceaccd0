"""Articles a second and core: each stage's handler in one process, on the same articles, one stage after the other.

``python -m bench.stages [ARTICLES]`` (200). The articles are press releases from ``$WIREDESK_DATA`` (default
``../shared/data``), or the corpus of ``seeds/`` where that is missing. Processor time counts, loading models does not.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import orjson

from wiredesk.contracts.record import Out, PooledHandler, Record
from wiredesk.contracts.shipped import shipped
from wiredesk.contracts.topics import CLEAN, CLUSTERED, ENTITIES, QUOTED, RAW
from wiredesk.dedup.handler import Dedup
from wiredesk.entities.handler import Entities
from wiredesk.intake.handler import make
from wiredesk.publish.handler import Publish
from wiredesk.quotes.handler import Quotes


def raw_articles(count: int) -> list[bytes]:
    """``count`` raw messages, or as many as there are."""
    releases = Path(os.environ.get("WIREDESK_DATA", "../shared/data")) / "congress.jsonl"
    if not releases.exists():
        print(f"{releases} is not there: measuring on seeds/corpus.jsonl; set WIREDESK_DATA for more text")
        return shipped("seeds", "corpus.jsonl").read_bytes().splitlines()[:count]
    with releases.open("rb") as lines:
        pieces = [orjson.loads(line) for _, line in zip(range(count), lines, strict=False)]
    return [
        orjson.dumps({"source": {"name": piece["publisher"], "id": piece["id"]}, "body": piece["text"]})
        for piece in pieces
    ]


def records(topic: str, values: Sequence[bytes]) -> list[Record]:
    """``values`` as they would be read from ``topic``."""
    return [Record(topic, 0, offset, None, None, value) for offset, value in enumerate(values)]


def timed(name: str, taken: Sequence[Record], gives: str, handle: Callable[[Record], list[Out]]) -> list[Record]:
    """Runs ``handle`` over ``taken``, prints its speed, and returns what it wrote to ``gives``."""
    started = time.process_time()
    outs = [out for record in taken for out in handle(record)]
    seconds = time.process_time() - started
    print(f"{name:9} {len(taken) / seconds:9,.0f} articles/s/core {1e3 * seconds / len(taken):9.2f} ms each")
    return records(gives, [out.value for out in outs if out.topic == gives and out.value is not None])


def without_memo(handler: PooledHandler) -> Callable[[Record], list[Out]]:
    """A pooled handler as it works on a text that it never saw."""
    handler.warm()
    return lambda record: handler.work(record, {}).outs


def main(count: int) -> None:
    """Prints one line a stage."""
    taken = records(RAW, raw_articles(count))
    intake = make()
    intake(taken[0])  # loads the language model
    taken = timed("intake", taken, CLEAN, intake)
    words = sum(len(orjson.loads(record.value or b"{}")["text"].split()) for record in taken)
    taken = timed("dedup", taken, CLUSTERED, Dedup().handle)
    taken = timed("entities", taken, ENTITIES, without_memo(Entities()))
    taken = timed("quotes", taken, QUOTED, without_memo(Quotes()))
    timed("publish", taken, "", Publish().handle)
    print(f"{len(taken)} articles of {words / max(1, len(taken)):.0f} words")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)

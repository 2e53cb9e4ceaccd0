"""Speed of ``entities``: articles a second and core, with the memo and without, beside the bare model on the same."""

from __future__ import annotations

import itertools
import json
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil

from bench.quality.recognisers import NER_ONLY, clustered
from wiredesk.entities.handler import Entities
from wiredesk.text.english import load_english

_COPIES = 7
"""Times that each paragraph comes in the stream with the memo: a wire story runs in about so many outlets."""


def compare(file: Path, articles: int) -> None:
    """Prints speed, the slowest twentieth, memory, and what the memo saves. Loading is not counted."""
    if not file.exists():
        sys.exit(f"{file} is not there; name a file of articles with id and text, one JSON object a line")
    with file.open(encoding="utf-8") as lines:
        read = [json.loads(line) for line in itertools.islice(lines, articles)]
    records = clustered(read)
    texts = [json.loads(record.value or b"{}")["text"] for record in records]
    before = psutil.Process().memory_info().rss
    handler = Entities()
    handler.warm()
    handler.work(records[0], {})
    grown = (psutil.Process().memory_info().rss - before) / 1e6
    bare = load_english(without=NER_ONLY)
    bare(texts[0])
    taken = [_seconds(lambda record=record: handler.work(record, {})) for record in records]  # type: ignore[misc]
    model = sum(_seconds(lambda text=text: bare(text)) for text in texts)  # type: ignore[misc]

    def seven_times() -> None:
        for record in records:
            memo: dict[bytes, bytes] = {}
            for _ in range(_COPIES):
                memo.update(handler.work(record, memo).learned)

    copies = _seconds(seven_times)
    words = statistics.mean(len(text.split()) for text in texts)
    slowest = statistics.quantiles(taken, n=20)[-1]
    ours, rate, faster = sum(taken), _COPIES * len(texts) / copies, _COPIES * sum(taken) / copies
    print(f"{len(records)} articles of {words:.0f} words, one core")
    print(f"bare model    {len(texts) / model:6.1f} articles/s")
    print(f"entities      {len(texts) / ours:6.1f} articles/s, {model / ours:.2f} of it; p95 {1e3 * slowest:.0f} ms")
    print(
        f"with the memo {rate:6.1f} articles/s where each paragraph comes {_COPIES} times, {faster:.1f} times as fast"
    )
    print(f"memory        {grown:6.0f} MB for model and tables")


def _seconds(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started

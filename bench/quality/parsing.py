"""Speed of the ``quotes`` stage with nothing remembered, beside the same parser on every paragraph, in the same run."""

from __future__ import annotations

import time
from pathlib import Path

import orjson

from bench.quality.labelled import Labelled
from wiredesk.contracts.record import Record
from wiredesk.contracts.topics import ENTITIES, RAW
from wiredesk.line import Line
from wiredesk.quotes.handler import Quotes
from wiredesk.quotes.model import Parser


def compare(file: Path, count: int) -> None:
    """Prints articles a second and core, for ``count`` articles spread over the file; loading is not counted."""
    lines = file.read_bytes().splitlines()
    texts = [orjson.loads(line) for line in lines[:: max(1, len(lines) // count)]][:count]
    articles = [Labelled(str(one["id"]), one["text"]) for one in texts]
    records = _prepared(articles)
    stage, parser = Quotes(), Parser()
    stage.warm()
    parser.load()
    for record in records[:3]:
        stage.work(record, {})
    began = time.process_time()
    for record in records:
        stage.work(record, {})
    ours = time.process_time() - began
    paragraphs = [[line for line in article.text.splitlines() if line.strip()] for article in articles]
    began = time.process_time()
    for every in paragraphs:
        parser.parse(every)
    theirs = time.process_time() - began
    words = sum(len(article.text.split()) for article in articles) / len(articles)
    print(f"{len(records)} articles of {words:.0f} words, articles/s/core, nothing remembered:")
    print(f"the stage {len(records) / ours:.1f}, every paragraph parsed {len(records) / theirs:.1f}", end="; ")
    print(f"ratio {theirs / ours:.2f}")


def _prepared(articles: list[Labelled]) -> list[Record]:
    """The articles as the stage reads them."""
    raw = (Record(RAW, 0, number, None, None, article.raw()) for number, article in enumerate(articles))
    with Line(workers=1) as line:
        values = [out.value for one in line.run(raw) for out in one.on(ENTITIES)]
    return [Record(ENTITIES, 0, number, None, None, value) for number, value in enumerate(values)]

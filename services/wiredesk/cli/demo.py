"""``wiredesk demo``: the whole line on this machine, with a small newsroom's articles through it."""

from __future__ import annotations

import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import FrameType
from typing import Annotated, NoReturn

import msgspec
import orjson
import typer
from kafka import KafkaProducer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from wiredesk.broker import EmbeddedBroker
from wiredesk.cli import inputs, show
from wiredesk.cli.console import messages
from wiredesk.cli.publish import headers_of, key_of
from wiredesk.cli.topics import provision
from wiredesk.contracts.article import EnrichedArticle
from wiredesk.contracts.catalogue import Topic, catalogue
from wiredesk.contracts.errors import WiredeskError
from wiredesk.contracts.outcomes import Outcome
from wiredesk.contracts.shipped import shipped
from wiredesk.contracts.stories import StoryRecord
from wiredesk.contracts.topics import DEAD, ENRICHED, OUTCOMES, RAW, STORIES
from wiredesk.local.stages import Stages
from wiredesk.local.watch import Watch

PATIENCE_SECONDS = 120.0
"""For the corpus to come out at the other end (it takes about 10 s on two cores)."""

Place = tuple[int, int]
"""Partition and offset of a raw message."""


def demo(
    keep: Annotated[bool, typer.Option("--keep", help="Leave the line running until Ctrl-C, and say where.")] = False,
    json: Annotated[
        bool, typer.Option("--json", help="Print the enriched events only, one JSON document a line.")
    ] = False,
) -> None:
    """Start a broker and the five stages, send a small newsroom's articles through, and show what comes out.

    Nothing is left behind: the broker is in memory, and all processes end with this one.
    """
    quiet = messages()
    with _ended_by_signals(), ExitStack() as running:
        directory = Path(running.enter_context(tempfile.TemporaryDirectory(prefix="wiredesk-demo-")))
        broker = running.enter_context(EmbeddedBroker())
        provision(broker.bootstrap, _topics())
        progress = running.enter_context(_progress(quiet))
        starting = progress.add_task("starting the stages", total=5)
        stages = running.enter_context(Stages(broker, directory))
        stages.wait_until_ready(tell=lambda _: progress.advance(starting))
        watch = running.enter_context(Watch(broker.bootstrap, (OUTCOMES, ENRICHED, STORIES, DEAD), committed=False))
        sent = _publish(broker.bootstrap)
        through = progress.add_task("articles through the line", total=len(sent))

        def tell() -> None:
            stages.check()
            progress.update(through, completed=len(_outcomes(watch)))

        done = watch.until(lambda: sent <= _outcomes(watch).keys(), PATIENCE_SECONDS, each=tell)
        tell()
        progress.stop()
        if not done:
            missing = sorted(sent - _outcomes(watch).keys())
            raise WiredeskError(f"{len(missing)} of {len(sent)} messages have no outcome, the first at {missing[0]}")
        if json:
            _print_json(watch)
        else:
            _print_all(Console(), watch, sent)
        if keep:
            _keep(quiet, broker, stages)


def _topics() -> list[Topic]:
    """The catalogue, with one partition for raw articles: several would be read in an order that nobody can foresee."""
    return [
        msgspec.structs.replace(topic, partitions=1) if topic.name == RAW else topic for topic in catalogue().values()
    ]


def _publish(bootstrap: str) -> set[Place]:
    """Publishes the seed article, the corpus and the malformed message; where they stand on the raw topic."""
    files = [str(shipped("seeds", name)) for name in ("npr-russia-syria.txt", "corpus.jsonl")]
    values = [message.value for message in inputs.read(files, inputs.Outlet("NPR", "npr.org"))]
    values.append(shipped("seeds", "malformed.txt").read_bytes())
    producer = KafkaProducer(bootstrap_servers=bootstrap, acks="all", enable_idempotence=False)
    try:
        placed = [
            producer.send(RAW, key=key_of(value), value=value, headers=headers_of(value)).get(30) for value in values
        ]
    finally:
        producer.close()
    return {(at.partition, at.offset) for at in placed}


def _outcomes(watch: Watch) -> dict[Place, Outcome]:
    outcomes = [msgspec.json.decode(seen.value, type=Outcome) for seen in watch.seen[OUTCOMES] if seen.value]
    return {(outcome.raw.partition, outcome.raw.offset): outcome for outcome in outcomes}


def _print_json(watch: Watch) -> None:
    for seen in watch.seen[ENRICHED]:
        if seen.value is not None:
            sys.stdout.buffer.write(orjson.dumps(orjson.loads(seen.value), option=orjson.OPT_APPEND_NEWLINE))
    sys.stdout.flush()


def _print_all(console: Console, watch: Watch, sent: set[Place]) -> None:
    newest = watch.newest(ENRICHED).values()
    articles = [msgspec.json.decode(value, type=EnrichedArticle) for value in newest if value is not None]
    console.print(show.LEGEND)
    for article in sorted(articles, key=lambda article: article.source.name != "NPR"):
        whole = article.source.name == "NPR"
        console.print(show.article_panel(article, most_paragraphs=None if whole else 3))
    headlines = {article.article_id: article.headline or article.text[:60] for article in articles}
    stories = [msgspec.json.decode(value, type=StoryRecord) for value in watch.newest(STORIES).values() if value]
    console.print(show.stories_table([story for story in stories if story.size > 1], headlines))
    for letter in watch.seen[DEAD]:
        notes = {name: value.decode("utf-8", "replace") for name, value in letter.headers}
        console.print(
            f"Dead letter from {notes['dead_topic']}/{notes['dead_partition']}/{notes['dead_offset']}, "
            f"at {notes['dead_stage']}: {notes['dead_error']}: {notes['dead_message']}",
            style="red", highlight=False, markup=False,
        )  # fmt: skip
    outcomes = Counter(outcome.outcome for outcome in _outcomes(watch).values())
    console.print(
        f"{len(sent)} messages were published and {outcomes.total()} have an outcome: "
        + ", ".join(f"{count} {name}" for name, count in outcomes.most_common())
        + ". Nothing was lost.",
        style="bold", highlight=False,
    )  # fmt: skip


def _keep(console: Console, broker: EmbeddedBroker, stages: Stages) -> None:
    console.print(f"Kafka protocol: {broker.bootstrap}   (wiredesk publish|tail|topics --bootstrap {broker.bootstrap})")
    for name, port in stages.ports.items():
        console.print(f"{name}: http://127.0.0.1:{port}/metrics /readyz   log: {stages.directory}/{name}.log")
    console.print("Ctrl-C ends it.")
    try:
        while True:
            stages.check()
            time.sleep(1)
    except KeyboardInterrupt:
        console.print("ending")


def _progress(console: Console) -> Progress:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    return Progress(*columns, console=console, disable=not console.is_terminal)


@contextmanager
def _ended_by_signals() -> Iterator[None]:
    """Makes SIGTERM and SIGINT end the demo as Ctrl-C does (a shell has background jobs ignore SIGINT)."""

    def end(number: int, frame: FrameType | None) -> NoReturn:
        raise KeyboardInterrupt

    before = {number: signal.signal(number, end) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)

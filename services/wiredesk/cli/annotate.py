"""``wiredesk annotate``: articles in, enriched documents out, without a broker."""

from __future__ import annotations

import base64
import sys
import time
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO

import orjson
import typer
from rich.console import Console

from wiredesk.cli import inputs
from wiredesk.cli.console import counted, harmless, messages, progress
from wiredesk.cli.inputs import Message
from wiredesk.contracts.errors import WiredeskError
from wiredesk.contracts.record import Out, Record
from wiredesk.contracts.topics import ENRICHED, QUOTES, RAW, STORIES

if TYPE_CHECKING:
    from wiredesk.line import Dead


def annotate(
    files: Annotated[
        list[str] | None,
        inputs.FILES,
    ] = None,
    out: Annotated[Path | None, typer.Option(help="Write the documents here, not to standard output.")] = None,
    dead: Annotated[
        Path | None, typer.Option(help="Write what could not be read here, one JSON object each, with the reason.")
    ] = None,
    stories: Annotated[Path | None, typer.Option(help="Write the stories here, as they are at the end.")] = None,
    quotes: Annotated[Path | None, typer.Option(help="Write the utterances here, as they are at the end.")] = None,
    workers: Annotated[
        int | None, typer.Option(min=1, help="Processes for the language work.", show_default="one a core")
    ] = None,
) -> None:
    """Annotate articles: raw messages or plain text in, one enriched JSON document a line out.

    The same stages as on Kafka, in one process: articles keep their order, and later ones are compared with earlier
    ones. No document comes of a withdrawal, of an article that came before, or of a version older than one that came
    before. The exit code is 1 when there was something that could not be read.

    Examples:

    - wiredesk annotate article.txt | jq .quotes
    - wiredesk annotate feed.jsonl --out enriched.jsonl --stories stories.jsonl --dead dead.jsonl
    """
    from wiredesk.line import Line  # brings all stages in, which the other commands need not wait for

    names = files or [inputs.STANDARD_INPUT]
    total = inputs.check(names)
    _spare(names, [path for path in (out, dead, stories, quotes) if path is not None])
    console = messages()
    started = time.monotonic()
    counts: Counter[str] = Counter()
    waiting: deque[Message] = deque()
    with ExitStack() as closing:
        documents = closing.enter_context(_opened(out)) if out else sys.stdout.buffer
        letters = closing.enter_context(_opened(dead)) if dead else None
        finals = [
            _Final(topic, closing.enter_context(_opened(path)))
            for topic, path in ((STORIES, stories), (QUOTES, quotes))
            if path is not None
        ]
        bar = closing.enter_context(progress(console, beside_output=out is None and sys.stdout.isatty()))
        task = bar.add_task("articles", total=total, done="0")
        line = closing.enter_context(Line(workers))
        for passed in line.run(_records(inputs.read(names), waiting)):
            message = waiting.popleft()
            counts[passed.outcome] += 1
            if passed.dead is not None:
                _report(message, passed.dead, letters, console)
            for sent in passed.on(ENRICHED):
                if sent.value is not None:
                    documents.write(sent.value + b"\n")
            documents.flush()
            for final in finals:
                final.note(passed.outs)
            bar.update(task, advance=message.size, done=f"{counts.total():,}")
        for final in finals:
            final.write()
    became = ", ".join(f"{number:,} {outcome}" for outcome, number in sorted(counts.items())) or "nothing to do"
    console.print(f"{counted(counts.total(), 'article')} in {time.monotonic() - started:.1f} s: {became}")
    if counts["dead"]:
        raise typer.Exit(1)


def _records(read: Iterator[Message], waiting: deque[Message]) -> Iterator[Record]:
    """The messages as records of a topic without a broker; each is put on ``waiting`` until it has passed."""
    for number, message in enumerate(read):
        waiting.append(message)
        yield Record(topic=RAW, partition=0, offset=number, time=None, key=None, value=message.value)


def _report(message: Message, dead: Dead, letters: BinaryIO | None, console: Console) -> None:
    if letters is None:
        console.print(harmless(f"{message.place}: dead letter from {dead.stage}: {dead.error}: {dead.message}"))
        return
    letter = {"place": message.place, "stage": dead.stage, "class": dead.error, "message": dead.message}
    try:
        letter["value"] = message.value.decode()
    except UnicodeDecodeError:
        letter["value_base64"] = base64.b64encode(message.value).decode()
    letters.write(orjson.dumps(letter) + b"\n")


class _Final:
    """The last record of each key of a compacted topic, written to a file at the end, in the order of first sight."""

    def __init__(self, topic: str, file: BinaryIO) -> None:
        self._topic = topic
        self._file = file
        self._records: dict[str, bytes] = {}

    def note(self, outs: Sequence[Out]) -> None:
        for out in outs:
            if out.topic == self._topic and out.value is not None:
                self._records[out.key] = out.value
            elif out.topic == self._topic:
                self._records.pop(out.key, None)

    def write(self) -> None:
        self._file.writelines(value + b"\n" for value in self._records.values())


def _opened(path: Path) -> BinaryIO:
    try:
        return path.open("wb")
    except OSError as wrong:
        raise WiredeskError(f"{path} cannot be written ({wrong.strerror}); name another file") from wrong


def _spare(read: Sequence[str], written: Sequence[Path]) -> None:
    """WiredeskError when a file is to be read and written, which would empty it first."""
    for path in written:
        if path.exists() and any(name != inputs.STANDARD_INPUT and path.samefile(name) for name in read):
            raise WiredeskError(f"{path} is one of the inputs; name another file to write to")

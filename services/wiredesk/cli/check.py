"""``wiredesk check``: what would become of raw messages, and what would help them, before they are published."""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Annotated

import msgspec
import orjson
import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from wiredesk.cli import inputs
from wiredesk.cli.console import counted, harmless, messages, progress
from wiredesk.cli.inputs import Message
from wiredesk.contracts.advice import MEANINGS, Adviser, Finding, unknown
from wiredesk.contracts.catalogue import catalogue
from wiredesk.contracts.errors import BadMessage
from wiredesk.contracts.raw import read_raw
from wiredesk.contracts.record import Handler, Out, Record
from wiredesk.contracts.topics import RAW
from wiredesk.runtime.outgoing import Outgoing, check_sizes
from wiredesk.runtime.settings import read_settings

LISTED = 20
"""Findings of a kind that people are shown by place; --json has all. What is refused or misspelt is always shown."""
FIELDS_NAMED = 10
ALWAYS = ("refused", "misspelt")
STYLES = {"refused": "red", "misspelt": "yellow"}


def check(
    files: Annotated[list[str], inputs.FILES],
    as_json: Annotated[
        bool, typer.Option("--json", help="One JSON object a finding, and a last one with the counts.")
    ] = False,
) -> None:
    """Check articles against the contract, without a broker: what would be refused and why, and what would help.

    Each message is read by the stage that would read it on Kafka, so what passes here is not refused later. Told are
    also fields that would only be kept (and which known one they may be meant for), and what is missing by which
    articles, versions and stories are told apart. The exit code is 1 when something would be refused.

    Example:

    - wiredesk check feed.jsonl
    """
    total = inputs.check(files)
    judged = Judge(datetime.now(UTC))
    console = Console(highlight=False)
    tell = _print_json if as_json else _Listing(console).tell
    with progress(messages(), beside_output=sys.stdout.isatty()) as bar:
        task = bar.add_task("articles", total=total, done="0")
        for message in inputs.read(files):
            for finding in judged.findings(message):
                tell(message.place, finding)
            bar.update(task, advance=message.size, done=f"{judged.messages:,}")
    if as_json:
        told = {"messages": judged.messages, "refused": judged.counts["refused"]}
        summary = told | {"findings": judged.counts, "extra": judged.extra}
        sys.stdout.buffer.write(orjson.dumps({"summary": summary}) + b"\n")
        sys.stdout.buffer.flush()
    else:
        _print_summary(console, judged)
    if judged.counts["refused"]:
        raise typer.Exit(1)


class _Identity(msgspec.Struct):
    """What is looked at of the clean document: which article it is, and what it says."""

    article_id: str
    status: str
    text_sha256: str
    headline: str | None


class Judge:
    """Looks at messages one by one, as intake would, and counts what it found."""

    def __init__(self, now: datetime) -> None:
        self.messages = 0
        self.counts: Counter[str] = Counter()
        self.extra: Counter[str] = Counter()
        """How often each unknown field came."""
        self._intake = _intake()
        self._adviser = Adviser(now)

    def findings(self, message: Message) -> Iterator[Finding]:
        """What there is to say of ``message``; of one that would be refused, why, and which field may be misspelt."""
        number, self.messages = self.messages, self.messages + 1
        now = int(time.time() * 1000)
        record = Record(topic=RAW, partition=0, offset=number, time=now, key=None, value=message.value)
        found: Iterator[Finding]
        try:
            [clean] = self._intake(record)
        except Exception as wrong:
            found = _refusal(message, wrong)
        else:
            found = self._advice(message, clean)
        for finding in found:
            self.counts[finding.kind] += 1
            if finding.kind == "extra":
                self.extra[finding.field or ""] += 1
            yield finding

    def _advice(self, message: Message, clean: Out) -> Iterator[Finding]:
        made = msgspec.json.decode(clean.value or b"", type=_Identity)
        return self._adviser.look(
            read_raw(message.value).article,
            orjson.loads(message.value),
            article_id=made.article_id,
            content=f"{made.status} {made.text_sha256} {made.headline}",
            place=message.place,
        )


def _intake() -> Handler:
    """Intake's own handler, with the limits of the topics as the runtime holds them."""
    from wiredesk.intake.handler import make  # loads word lists and languages, which other commands need not wait for

    handle = make(read_settings().max_body_bytes)
    limits = {name: topic.max_message_bytes for name, topic in catalogue().items()}

    def taken(record: Record) -> list[Out]:
        outs = handle(record)
        check_sizes([Outgoing(out.topic, out.key.encode(), out.value, []) for out in outs], limits)
        return outs

    return taken


def _refusal(message: Message, wrong: Exception) -> Iterator[Finding]:
    why = str(wrong) if isinstance(wrong, BadMessage) else f"{type(wrong).__name__}: {wrong} (wiredesk's own fault)"
    yield Finding("refused", why)
    if len(message.value) > read_settings().max_body_bytes:
        return  # not decoded, as on Kafka
    try:
        fields = orjson.loads(message.value)
    except orjson.JSONDecodeError:
        return
    if isinstance(fields, dict):
        yield from (finding for finding in unknown(fields) if finding.kind == "misspelt")


def _print_json(place: str, finding: Finding) -> None:
    sys.stdout.buffer.write(orjson.dumps({"place": place} | finding._asdict()) + b"\n")


class _Listing:
    """Findings for people, one a line, the first LISTED of a kind."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._shown: Counter[str] = Counter()

    def tell(self, place: str, finding: Finding) -> None:
        kind = finding.kind
        self._shown[kind] += 1
        if kind not in ALWAYS and self._shown[kind] > LISTED:
            return
        line = Text.assemble(
            (harmless(place), "bold"), ": ", (kind, STYLES.get(kind, "cyan")), f": {harmless(finding.message)}"
        )
        self._console.print(line, soft_wrap=True)


def _print_summary(console: Console, judged: Judge) -> None:
    if judged.counts:
        table = Table(box=None, pad_edge=False, show_header=False)
        table.add_column(justify="right")
        table.add_column(no_wrap=True)
        table.add_column(overflow="fold")
        for kind, meaning in MEANINGS.items():
            number = judged.counts[kind]
            if number:
                said = Text(meaning)
                if kind == "extra":
                    said.append(f": {_named(judged.extra)}")
                if number > LISTED and kind not in ALWAYS:
                    said.append(f" (the first {LISTED} are shown; --json has all)", "dim")
                table.add_row(f"{number:,}", Text(kind, STYLES.get(kind, "cyan")), said)
        console.print()
        console.print(table)
    refused = judged.counts["refused"]
    console.print(
        f"{counted(judged.messages, 'message')}: {refused:,} would be refused, {judged.messages - refused:,} taken",
        style="bold red" if refused else "bold",
    )


def _named(fields: Counter[str]) -> str:
    """The commonest unknown fields, with their counts."""
    named = [f"{harmless(name[:40])} {number:,}" for name, number in fields.most_common(FIELDS_NAMED)]
    return ", ".join(named) + (f" and {len(fields) - FIELDS_NAMED:,} more" if len(fields) > FIELDS_NAMED else "")

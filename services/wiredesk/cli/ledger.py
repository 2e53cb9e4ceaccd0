"""``wiredesk ledger``: counts that no message was lost, and none taken twice."""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Annotated

import msgspec
import orjson
import typer
from prometheus_client import CollectorRegistry, Gauge, write_to_textfile

from wiredesk.cli.connect import DEFAULT_BOOTSTRAP, Bootstrap
from wiredesk.cli.console import counted, messages
from wiredesk.cli.ledger_audit import Bounds, audit
from wiredesk.cli.ledger_count import Balance
from wiredesk.cli.times import moment
from wiredesk.contracts.errors import WiredeskError
from wiredesk.contracts.topics import ENRICHED, RAW

_OFFSETS = re.compile(r"\d{1,9}:\d{1,18}(,\d{1,9}:\d{1,18})*")
UNREADABLE = 2
_WRONG = {
    "lost": "lost: no outcome, and not on their way",
    "twice": "taken twice: two articles, two versions, or both enriched and withdrawn",
    "bare": f"enriched, without the document on {ENRICHED}",
}


def offsets(said: str) -> dict[int, int]:
    """The offsets that ``said`` names by partition: "0:1200,1:980"."""
    if not _OFFSETS.fullmatch(said.replace(" ", "")):
        raise typer.BadParameter(f"{said[:80]!r} is not partition:offset,... (0:1200,1:980)")
    return {int(part): int(offset) for part, _, offset in (each.partition(":") for each in said.split(","))}


def ledger(
    since: Annotated[
        datetime | None,
        typer.Option(parser=moment, metavar="TIME", help="Messages that came since then (RFC 3339, or 30m, 2h, 7d)."),
    ] = None,
    until: Annotated[datetime | None, typer.Option(parser=moment, metavar="TIME", help="And before then.")] = None,
    first: Annotated[
        dict[int, int] | None,
        typer.Option("--from", parser=offsets, metavar="OFFSETS", help="Instead of a time: 0:1200,1:980."),
    ] = None,
    behind: Annotated[
        dict[int, int] | None, typer.Option("--to", parser=offsets, metavar="OFFSETS", help="Those before these.")
    ] = None,
    group: Annotated[str, typer.Option(envvar="WIREDESK_GROUP", help="The line's consumer groups begin so.")] = (
        "wiredesk"
    ),
    shown: Annotated[int, typer.Option("--show", min=0, help="Places to show of each thing that is wrong.")] = 20,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
    metrics: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Also write the figures for Prometheus (textfile collector).")
    ] = None,
    bootstrap: Bootstrap = DEFAULT_BOOTSTRAP,
) -> None:
    """Count raw messages against their outcomes and documents: is any lost, or taken twice?

    What has no outcome yet is looked for on its way: at which stage it waits is told apart from what is lost. It works
    while the line runs, and changes nothing. Exit code 0: balanced; 1: something is lost, taken twice, or without its
    document; 2: it could not be counted.

    Examples:

    - wiredesk ledger --since 2h
    - wiredesk ledger --from 0:1200,1:980 --metrics /var/lib/node_exporter/wiredesk.prom
    """
    if (since and first) or (until and behind):
        raise typer.BadParameter("give a time or offsets, not both")
    began = time.monotonic()
    notes = messages()
    try:
        with notes.status("") as status:
            bounds = Bounds(since, first, until, behind)
            balance, read = audit(bootstrap, group, bounds, shown=shown, tell=status.update)
        if metrics is not None:
            _write(metrics, balance)
    except (WiredeskError, OSError) as wrong:
        notes.print(f"wiredesk: {wrong}", style="red")
        raise typer.Exit(UNREADABLE) from wrong
    seconds = time.monotonic() - began
    if as_json:
        told = msgspec.to_builtins(balance, str_keys=True)
        sys.stdout.buffer.write(orjson.dumps({"balanced": balance.balanced, **told}) + b"\n")
    else:
        for line in lines(balance):
            typer.echo(line)
    notes.print(f"{counted(read, 'record')} read in {seconds:.1f} s, {read / max(seconds, 0.001):,.0f} a second")
    if not balance.balanced:
        raise typer.Exit(1)


def lines(balance: Balance) -> Iterator[str]:
    """The balance in sentences."""
    outcomes = ", ".join(f"{number:,} {name}" for name, number in balance.outcomes.items() if number)
    yield f"{counted(balance.messages, 'message')} on {RAW}: {outcomes or 'no outcome'}"
    waiting = ", ".join(f"{number:,} for {stage}" for stage, number in balance.on_their_way.items() if number)
    if waiting:
        yield f"{counted(sum(balance.on_their_way.values()), 'message')} on their way, waiting {waiting}"
    if balance.repeats or balance.replaced:
        yield f"outcomes besides: {counted(balance.repeats, 'repeat')}, {balance.replaced:,} replaced by a replay"
    if balance.strange:
        yield f"{counted(balance.strange, 'outcome')} of what is no message (any more), which says nothing"
    for what, meaning in _WRONG.items():
        number = getattr(balance, what)
        if number:
            places = [f"{place.partition}/{place.offset}" for place in balance.places[what]]
            more = ["..."] if number > len(places) else []
            yield f"{counted(number, 'message')} {meaning}: {', '.join(places + more)}"
    yield f"counted from {_said(balance.first)} to {_said(balance.behind)}"
    yield f"the next ledger can begin with --from {_said(balance.settled)}"
    yield "Balanced: nothing was lost, nothing taken twice." if balance.balanced else "NOT BALANCED."


def _said(places: Mapping[int, int]) -> str:
    return ",".join(f"{partition}:{offset}" for partition, offset in sorted(places.items()))


def _write(file: Path, balance: Balance) -> None:
    """The figures as a file of Prometheus; it is put in place whole."""
    registry = CollectorRegistry()

    def gauge(name: str, meaning: str, **by: Mapping[str, int]) -> Gauge:
        made = Gauge(f"wiredesk_ledger_{name}", meaning, list(by), registry=registry)
        for label, numbers in by.items():
            for value, number in numbers.items():
                made.labels(**{label: value}).set(number)
        return made

    gauge("messages", "Raw messages that were counted.").set(balance.messages)
    gauge("outcomes", "Their outcomes.", outcome=balance.outcomes)
    gauge("on_their_way", "Messages without an outcome yet, by the stage they wait for.", stage=balance.on_their_way)
    wrong = {what: getattr(balance, what) for what in _WRONG}
    gauge("wrong", "Messages that were lost, taken twice, or have no document; 0 is the promise.", kind=wrong)
    gauge("balanced", "1 if nothing is wrong.").set(balance.balanced)
    gauge("timestamp_seconds", "When this was counted.").set_to_current_time()
    write_to_textfile(str(file), registry)

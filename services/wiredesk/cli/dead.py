"""``wiredesk dead``: what could not be handled: list it, look into it, count it, take it out."""

from __future__ import annotations

import contextlib
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, NamedTuple

import orjson
import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from wiredesk.cli.connect import DEFAULT_BOOTSTRAP, Bootstrap
from wiredesk.cli.console import counted, harmless, messages
from wiredesk.cli.dead_show import as_fields, letter_lines, line
from wiredesk.cli.letters import Letter, Wanted, place_of, read_letters
from wiredesk.cli.times import Since, moment, shown
from wiredesk.cli.went_on import WentOn, read_went_on
from wiredesk.contracts.errors import WiredeskError

app = typer.Typer(help="Dead letters: list, show, count, export, replay.", no_args_is_help=True)

Stage = Annotated[str | None, typer.Option(metavar="NAME", help="Only what failed at this stage.")]
Error = Annotated[str | None, typer.Option(metavar="CLASS", help="Only this error, for example BadMessage.")]
OfSource = Annotated[str | None, typer.Option("--source", metavar="NAME", help="Only what this outlet published.")]
Until = Annotated[
    datetime | None, typer.Option(parser=moment, metavar="TIME", help="Only what failed before then (see --since).")
]
Open = Annotated[bool, typer.Option("--open", help="Only what was not replayed.")]
Off = Annotated[
    bool, typer.Option("--went-on", help="Instead: articles that went on without a block, with the error noted.")
]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object a line.")]


@app.command("list")
def list_letters(
    stage: Stage = None,
    error: Error = None,
    source: OfSource = None,
    since: Since = None,
    until: Until = None,
    still_open: Open = False,
    went_on: Off = False,
    as_json: AsJson = False,
    bootstrap: Bootstrap = DEFAULT_BOOTSTRAP,
) -> None:
    """List dead letters, a line each: its number, when, where the message stood, what was wrong."""
    console, count = Console(highlight=False), 0
    for found in _found(bootstrap, Wanted(stage, error, source, until, open=still_open), since, went_on=went_on):
        count += 1
        if as_json:
            _print_json(as_fields(found))
        else:
            console.print(line(found), soft_wrap=True)
    noun = "article that went on with errors" if went_on else "dead letter"
    messages().print(f"{count:,} {noun}" if count == 1 or went_on else counted(count, noun))


@app.command()
def show(
    letter: Annotated[str, typer.Argument(metavar="LETTER", help="Its number, as listed.", show_default=False)],
    as_bytes: Annotated[bool, typer.Option("--bytes", help="Only the message, as it was, byte for byte.")] = False,
    bootstrap: Bootstrap = DEFAULT_BOOTSTRAP,
) -> None:
    """Show a dead letter: its headers, the message as it was, and what to do next."""
    place = place_of(letter)
    found = next(read_letters(bootstrap, wanted=Wanted(places=frozenset([place]))), None)
    if found is None:
        raise WiredeskError(f"there is no dead letter {place} (any more); `wiredesk dead list` shows those there are")
    if as_bytes:
        sys.stdout.buffer.write(found.value or b"")
        return
    Console(highlight=False).print(Text("\n").join(letter_lines(found)), soft_wrap=True)


@app.command()
def stats(
    stage: Stage = None,
    error: Error = None,
    source: OfSource = None,
    since: Since = None,
    until: Until = None,
    went_on: Off = False,
    as_json: AsJson = False,
    bootstrap: Bootstrap = DEFAULT_BOOTSTRAP,
) -> None:
    """Count dead letters by stage, error and source: how many, how many replayed, the first and the last."""
    tallies: dict[tuple[str, str, str], Tally] = {}
    for found in _found(bootstrap, Wanted(stage, error, source, until), since, went_on=went_on):
        for kind in _kinds(found):
            tallies[kind] = tallies.get(kind, Tally()).with_one(found)
    ranked = sorted(tallies.items(), key=lambda each: (-each[1].letters, each[0]))
    if as_json:
        for (at, wrong, whose), tally in ranked:
            _print_json({"stage": at, "error": wrong, "source": whose or None, **tally.as_fields()})
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in ("stage", "error", "source"):
        table.add_column(name)
    for name in ("letters", "replayed", "first", "last"):
        table.add_column(name, justify="right")
    for (at, wrong, whose), tally in ranked:
        fields = tally.as_fields()
        table.add_row(
            *(Text(harmless(said)) for said in (at, wrong, whose or "?")),
            f"{tally.letters:,}",
            f"{tally.replayed:,}",
            fields["first"],
            fields["last"],
        )
    Console().print(table)


@app.command()
def export(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Where to write, or - .", show_default=False)],
    stage: Stage = None,
    error: Error = None,
    source: OfSource = None,
    since: Since = None,
    until: Until = None,
    still_open: Open = False,
    went_on: Off = False,
    bootstrap: Bootstrap = DEFAULT_BOOTSTRAP,
) -> None:
    """Write dead letters to a file, one JSON object a line: all headers, and the message as it was in Base64."""
    wanted, count = Wanted(stage, error, source, until, open=still_open), 0
    with contextlib.nullcontext(sys.stdout.buffer) if str(file) == "-" else file.open("wb") as out:
        for found in _found(bootstrap, wanted, since, went_on=went_on):
            out.write(orjson.dumps(as_fields(found, whole=True)) + b"\n")
            count += 1
    messages().print(f"{count:,} written to {file}")


class Tally(NamedTuple):
    """How often something went wrong, and when."""

    letters: int = 0
    replayed: int = 0
    first: int = -1
    last: int = -1

    def with_one(self, found: Letter | WentOn) -> Tally:
        """The tally with one more."""
        replayed = isinstance(found, Letter) and found.replayed is not None
        first = found.time if self.letters == 0 else min(self.first, found.time)
        return Tally(self.letters + 1, self.replayed + replayed, first, max(self.last, found.time))

    def as_fields(self) -> dict[str, Any]:
        """What ``--json`` prints."""
        return {
            "letters": self.letters,
            "replayed": self.replayed,
            "first": shown(self.first),
            "last": shown(self.last),
        }


def _found(bootstrap: str, wanted: Wanted, since: datetime | None, *, went_on: bool) -> Iterator[Letter | WentOn]:
    if went_on:
        yield from read_went_on(bootstrap, since, wanted)
    else:
        yield from read_letters(bootstrap, since, wanted)


def _kinds(found: Letter | WentOn) -> list[tuple[str, str, str]]:
    if isinstance(found, Letter):
        return [(found.stage, found.error, found.source or "")]
    return list(Counter((error.stage, error.class_, found.source.name) for error in found.errors))


def _print_json(told: dict[str, Any]) -> None:
    sys.stdout.buffer.write(orjson.dumps(told) + b"\n")
    sys.stdout.buffer.flush()

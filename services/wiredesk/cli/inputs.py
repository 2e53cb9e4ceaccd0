"""Inputs: the raw messages in the files that people name on the command line.

``.jsonl`` (``.ndjson``, and ``-`` for standard input) has one raw message a line; ``.json`` may also be one message
over many lines; ``.txt`` is one article, whose id is the file's name.
"""

from __future__ import annotations

import codecs
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO, NamedTuple

import orjson
import typer

from wiredesk.contracts.errors import WiredeskError

STANDARD_INPUT = "-"
FILES = typer.Argument(
    metavar="FILE|-",
    help="Raw messages (.jsonl, .json) or plain articles (.txt); - is standard input, one raw message a line.",
    show_default=False,
)
"""The argument of every command that reads raw messages."""

SUFFIXES = (".jsonl", ".ndjson", ".json", ".txt")


class Message(NamedTuple):
    """A raw message, not yet looked at, and where it stands."""

    place: str
    """The file, and for files with a message a line ``:`` and the number of the line: ``feed.jsonl:12``."""
    value: bytes
    size: int
    """How many bytes of the input it took, for progress."""


class Outlet(NamedTuple):
    """Who publishes what comes as plain text."""

    name: str = "local"
    domain: str | None = None


LOCAL = Outlet()


def check(files: Sequence[str]) -> int | None:
    """The bytes in ``files``, None when standard input is among them; WiredeskError names the first that cannot be
    read, before any work has begun."""
    total: int | None = 0
    for name in files:
        if name == STANDARD_INPUT:
            if sys.stdin.isatty():
                raise WiredeskError("nothing comes in on standard input: name a file, or pipe raw messages in")
            total = None
            continue
        path = Path(name)
        if path.suffix.lower() not in SUFFIXES:
            raise WiredeskError(
                f"{name}: don't know how to read this; give {', '.join(SUFFIXES)} or - (standard input)"
            )
        try:
            with path.open("rb"):
                size = path.stat().st_size
        except OSError as wrong:
            raise WiredeskError(f"{name} cannot be read ({wrong.strerror}); check the name and its rights") from wrong
        total = None if total is None else total + size
    return total


def read(files: Sequence[str], outlet: Outlet = LOCAL) -> Iterator[Message]:
    """The raw messages in ``files``, in order."""
    for name in files:
        if name == STANDARD_INPUT:
            yield from _lines("<stdin>", sys.stdin.buffer)
            continue
        path = Path(name)
        match path.suffix.lower():
            case ".txt":
                yield _plain_text(path, outlet)
            case ".json":
                yield from _json(path)
            case _:
                with path.open("rb") as stream:
                    yield from _lines(name, stream)


def _lines(name: str, stream: BinaryIO) -> Iterator[Message]:
    for number, line in enumerate(stream, start=1):
        value = line.removeprefix(codecs.BOM_UTF8) if number == 1 else line
        if value := value.strip():
            yield Message(f"{name}:{number}", value, len(line))


def _json(path: Path) -> Iterator[Message]:
    """One message over many lines when the file as a whole is JSON and its first line is not; else one a line."""
    with path.open("rb") as stream:
        first = stream.readline()
        if not _is_json(first):
            whole = first + stream.read()
            if _is_json(whole):
                yield Message(str(path), whole.removeprefix(codecs.BOM_UTF8).strip(), len(whole))
                return
        stream.seek(0)
        yield from _lines(str(path), stream)


def _is_json(value: bytes) -> bool:
    try:
        orjson.loads(value.removeprefix(codecs.BOM_UTF8))
    except orjson.JSONDecodeError:
        return False
    return True


def _plain_text(path: Path, outlet: Outlet) -> Message:
    """The article in ``path``; what is not UTF-8 is read as Windows-1252, as browsers do."""
    found = path.read_bytes()
    try:
        body = found.decode("utf-8-sig")
    except UnicodeDecodeError:
        body = found.decode("cp1252", "replace")
    source = {"name": outlet.name, "domain": outlet.domain, "id": path.name}
    article = {"source": {name: said for name, said in source.items() if said is not None}, "body": body}
    return Message(str(path), orjson.dumps(article), len(found))

"""Showing dead letters and articles that went on with errors: for people, and as fields for machines."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from typing import Any

import msgspec
from rich.text import Text

from wiredesk.cli.console import harmless
from wiredesk.cli.letters import Letter
from wiredesk.cli.times import shown
from wiredesk.cli.went_on import WentOn

_SHOWN_BYTES = 4_000
_SHOWN_CHARS = 120


def as_fields(found: Letter | WentOn, *, whole: bool = False) -> dict[str, Any]:
    """``found`` as ``list --json`` and, with the ``whole`` message and its headers, ``export`` write it."""
    if isinstance(found, WentOn):
        told: dict[str, Any] = msgspec.to_builtins(found)
        return told | {"time": shown(found.time), "source": found.source.name}
    told = {
        "letter": found.place,
        "time": shown(found.time),
        "original": found.original,
        "stage": found.stage,
        "error": found.error,
        "message": found.message,
        "source": found.source,
        "raw": found.header("ce_raw"),
        "bytes": None if found.value is None else len(found.value),
        "replay_of": found.replay_of,
        "replayed": found.replayed._asdict() if found.replayed else None,
        "advice": found.advice(),
    }
    if whole:
        told["key"] = _base64(found.key)
        told["headers"] = [[name, value.decode("utf-8", "replace")] for name, value in found.headers]
        told["notes"] = found.notes
        told["value"] = _base64(found.value)
    return told


def line(found: Letter | WentOn) -> Text:
    """``found`` in a line or two."""
    if isinstance(found, WentOn):
        why = "; ".join(f"{error.class_} at {error.stage}: {_cut(error.message)}" for error in found.errors)
        place = f"{found.article_id} version {found.version}"
        return Text.assemble(
            (harmless(place), "bold"),
            f" {shown(found.time) or ''} {harmless(found.source.name)}\n  ",
            (harmless(why), "red"),
        )
    state = " (replayed)" if found.replayed else " (failed again)" if found.replay_of else ""
    return Text.assemble(
        (found.number, "bold"),
        f" {shown(found.time) or ''} ",
        (harmless(found.original), "cyan"),
        f" {harmless(found.source or '?')}",
        (state, "dim"),
        ("\n  " + harmless(f"{found.error} at {found.stage}: {_cut(found.message)}"), "red"),
    )


def letter_lines(letter: Letter) -> Iterator[Text]:
    """All of ``letter``, the traceback and the first bytes of the message included, and what to do about it."""
    yield Text(letter.place, style="bold")
    yield Text(harmless(f"{letter.error} at {letter.stage}: {letter.message}"), style="red")
    yield Text(f"\nThe message stood at {harmless(letter.original)}; its key is {_said(letter.key)}; its headers:")
    for name, value in letter.headers:
        yield Text(f"  {harmless(name)}: {_said(value)}", style="dim")
    yield Text("What is noted of the failure:")
    for name, note in letter.notes.items():
        if name not in ("dead_message", "dead_traceback"):
            yield Text(f"  {name}: {harmless(note)}", style="dim")
    yield Text("\n" + harmless(letter.notes.get("dead_traceback", "")), style="dim")
    yield Text(_size(letter))
    yield Text(harmless((letter.value or b"")[:_SHOWN_BYTES].decode("utf-8", "backslashreplace")), style="yellow")
    yield Text("\n" + harmless(letter.advice()), style="bold")


def _size(letter: Letter) -> str:
    if letter.value is None:
        return "It has no value."
    size = len(letter.value)
    more = f", of which the first {_SHOWN_BYTES:,}; `wiredesk dead show {letter.number} --bytes` gives all"
    return f"Its {size:,} bytes{more if size > _SHOWN_BYTES else ''}:"


def _said(value: bytes | None) -> str:
    return "(none)" if value is None else harmless(value[:1000].decode("utf-8", "backslashreplace"))


def _cut(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _SHOWN_CHARS else flat[: _SHOWN_CHARS - 3] + "..."


def _base64(value: bytes | None) -> str | None:
    return None if value is None else base64.b64encode(value).decode()

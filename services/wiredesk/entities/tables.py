"""Tables: the word lists of this stage, read once from ``data/``. Each file says at its top what it is."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

DATA = "wiredesk lists 2"
"""The release of the word lists, as documents report it (``produced_by.data``); raised when a list changes."""


@cache
def rows(name: str) -> tuple[str, ...]:
    """The lines of ``data/<name>``, without comments and empty ones."""
    text = files("wiredesk.entities").joinpath("data", name).read_text("utf-8")
    return tuple(line for line in (line.strip() for line in text.splitlines()) if line and not line.startswith("#"))


@cache
def columns(name: str, kind: str) -> tuple[str, ...]:
    """The words of ``kind`` in a table whose lines are ``kind|word;word;...``."""
    found: list[str] = []
    for row in rows(name):
        label, _, words = row.partition("|")
        if label == kind:
            found += words.split(";")
    return tuple(found)


@cache
def folded(name: str) -> frozenset[str]:
    """The lines of ``data/<name>`` as a set to look words up in, case folded."""
    return frozenset(row.casefold() for row in rows(name))

"""Stages that only look at the words of a message: a small line for tests, without language models.

``bad`` cannot be read, ``again`` has come before, ``dies`` ends the child that works on it, ``fails`` raises there,
``slow`` takes a while, ``gone`` is a withdrawal, ``jam`` breaks publish.
"""

from __future__ import annotations

import os
from collections.abc import Mapping

from wiredesk.contracts.errors import BadMessage
from wiredesk.contracts.record import Out, Record, Worked
from wiredesk.contracts.topics import CLEAN, CLUSTERED, DEDUP_STATE, ENRICHED, QUOTED, QUOTES, STORIES
from wiredesk.line import Handlers


def intake(record: Record) -> list[Out]:
    if record.value == b"nothing":
        return []
    if record.value is None or b"bad" in record.value:
        raise BadMessage("it says bad; say good")
    return [Out(CLEAN, "article", record.value)]


class Dedup:
    """Numbers what comes new; every article is in the one story, whose record counts them."""

    def __init__(self) -> None:
        self.count = 0

    def handle(self, record: Record) -> list[Out]:
        if b"again" in (record.value or b""):
            return []
        self.apply("count", b"")
        numbered = b"%d %s" % (self.count, record.value or b"")
        return [
            Out(DEDUP_STATE, "count", b""),
            Out(CLUSTERED, "story", numbered),
            Out(STORIES, "story", b'{"size":%d}' % self.count),
        ]

    def apply(self, key: str, value: bytes | None) -> None:
        self.count += 1


class Language:
    """Gives back the words in capitals; remembers those it was told that it knows."""

    def warm(self) -> None:
        pass

    def wanted(self, record: Record) -> list[bytes]:
        return [record.value.split()[-1]] if record.value else []

    def work(self, record: Record, known: Mapping[bytes, bytes]) -> Worked:
        value = record.value or b""
        if b"dies" in value:
            os._exit(1)
        if b"fails" in value:
            raise ValueError("it says fails")
        if b"slow" in value:
            sum(range(5_000_000))
        word = value.split()[-1]
        return Worked([Out(QUOTED, "story", value.upper())], {} if word in known else {word: b"known"})

    def without(self, record: Record, error: BaseException) -> list[Out]:
        return [Out(QUOTED, "story", (record.value or b"") + f" without: {error}".encode())]


class Cold(Language):
    """Its models are not there."""

    def warm(self) -> None:
        raise OSError("no weights")


class Publish:
    """Numbers what it sees, so that a change of order shows."""

    def __init__(self) -> None:
        self.count = 0

    def handle(self, record: Record) -> list[Out]:
        value = record.value or b""
        if b"JAM" in value:
            raise RuntimeError("jammed")
        if b"GONE" in value:
            return [Out(ENRICHED, "article", None), Out(QUOTES, "quote", None)]
        self.apply("", None)
        return [
            Out(ENRICHED, "article", b'{"text":"%s","publish":%d}' % (value, self.count)),
            Out(QUOTES, "quote", b'{"text":"%s"}' % value),
        ]

    def apply(self, key: str, value: bytes | None) -> None:
        self.count += 1


def handlers(language: str = "Language") -> Handlers:
    return Handlers(intake, Dedup(), f"fake_stages:{language}", Publish())

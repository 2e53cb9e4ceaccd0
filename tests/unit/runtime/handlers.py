"""Handlers that fail in every way in which a handler can, made by name in the children of a pool."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Mapping
from pathlib import Path

from wiredesk.contracts.record import Out, Record, Worked


class Shouting:
    """Writes its value in capitals, and does what the value says when it names a fault or wants a count."""

    def __init__(self) -> None:
        self.worked = 0

    def warm(self) -> None: ...

    def wanted(self, record: Record) -> list[bytes]:
        return [record.value or b""]

    def work(self, record: Record, known: Mapping[bytes, bytes]) -> Worked:
        value = record.value or b""
        if value == b"raise":
            raise ValueError("no good")
        if value == b"die":
            os.kill(os.getpid(), signal.SIGKILL)
        if value.startswith(b"die once "):
            _die_unless_marked(Path(value.removeprefix(b"die once ").decode()))
        if value == b"hang":
            threading.Event().wait()
        self.worked += 1
        shout = known.get(value) or value.upper() + (b" %d" % self.worked if value.startswith(b"count") else b"")
        return Worked([Out("shouts", "key", shout)], {value: shout})

    def without(self, record: Record, error: BaseException) -> list[Out]:
        return [Out("shouts", "key", b"without: " + str(error).encode())]


class Unloadable(Shouting):
    """Lacks its model."""

    def warm(self) -> None:
        raise OSError("no model here")


def _die_unless_marked(mark: Path) -> None:
    if not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)

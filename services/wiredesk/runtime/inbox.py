"""The inbox: messages between their reading and their acknowledgement, handed out in turns, acknowledged in order.

Feeds take turns inside what was read ahead, so a flood in front of them in the same partition does not keep small feeds
waiting. Offsets are committed per partition, so what is finished before its turn in the partition waits for those in
front of it: Faust would commit past them. All of it together is bounded: when it is full nothing more is read, what is
there gets done, and there is room again.
"""

from __future__ import annotations

import asyncio
from collections import deque
from typing import Any

from wiredesk.runtime.turns import Turns

_OVERHEAD = 1_000
"""Bytes that a message takes in memory beside its value, roughly (headers, key, objects)."""


class Ticket:
    """One message on its way."""

    __slots__ = ("done", "line", "message", "size")

    def __init__(self, message: Any, size: int, line: _Line) -> None:
        self.message = message
        self.size = size
        self.line = line
        self.done = False


class _Line:
    """The messages of one partition that were read and not acknowledged, by offset."""

    __slots__ = ("bytes", "tickets")

    def __init__(self) -> None:
        self.tickets: deque[Ticket] = deque()
        self.bytes = 0


class Inbox:
    """The inbox of one stage."""

    def __init__(self, read_ahead: int, share: int | None = None) -> None:
        """``read_ahead``: bytes that are read and not acknowledged at most, a fetch more or less. ``share``: most
        messages of a feed that are handed out in a row while others wait; None hands out as they came."""
        self._read_ahead = read_ahead
        self._fair = share is not None
        self._turns: Turns[Ticket] = Turns(share or 1)
        self._lines: dict[Any, _Line] = {}
        self._closed = False
        self._filled = asyncio.Event()
        self._room = asyncio.Event()
        self._room.set()

    def put(self, message: Any) -> None:
        """Takes in a message that was read; those of a partition come in the order of their offsets."""
        if self._closed:
            return
        line = self._lines.get(message.tp)
        if line is None:
            line = self._lines[message.tp] = _Line()
        ticket = Ticket(message, len(message.value or b"") + _OVERHEAD, line)
        line.tickets.append(ticket)
        line.bytes += ticket.size
        self._turns.put(feed_of(message.key) if self._fair else b"", ticket)
        self._filled.set()

    def take(self) -> Ticket | None:
        """The message whose turn it is, None when none waits."""
        ticket = self._turns.take()
        if ticket is None:
            self._filled.clear()
        return ticket

    def finish(self, ticket: Ticket) -> list[Any]:
        """Marks ``ticket`` as done; the messages that may be acknowledged now, in the order of their offsets."""
        ticket.done = True
        line = ticket.line
        freed = []
        while line.tickets and line.tickets[0].done:
            first = line.tickets.popleft()
            line.bytes -= first.size
            freed.append(first.message)
        if freed and not self._room.is_set() and self._bytes() < self._read_ahead:
            self._room.set()
        return freed

    def clear(self) -> None:
        """Forgets what waits: its partitions were taken away, and it is read again by whoever gets them.

        What was handed out goes on; it is acknowledged as far as nothing forgotten stands before it.
        """
        self._turns = Turns(self._turns.share)
        self._lines = {}
        self._filled.clear()
        self._room.set()

    def close(self) -> None:
        """Forgets what waits, and all that is put in from now on: the stage ends."""
        self.clear()
        self._closed = True

    async def filled(self) -> None:
        """Waits until there is something to take."""
        await self._filled.wait()

    async def room(self) -> None:
        """Waits until more may be read."""
        if self._bytes() >= self._read_ahead:
            self._room.clear()
        await self._room.wait()

    def _bytes(self) -> int:
        return sum(line.bytes for line in self._lines.values())


def feed_of(key: bytes | None) -> bytes:
    """The feed that the raw message with ``key`` counts for: what stands before the first colon.

    docs/contract.md asks for keys of source and id, "nytimes.com:100000003914". All that are keyed otherwise share one
    share: a key per message must not give a flood as many shares.
    """
    sender, colon, _ = (key or b"").partition(b":")
    return sender if colon else b""

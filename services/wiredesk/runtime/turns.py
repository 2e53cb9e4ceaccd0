"""Turns: a queue in which senders take turns, so that one with much to say keeps nobody waiting."""

from __future__ import annotations

from collections import deque
from typing import Generic, TypeVar

T = TypeVar("T")


class Turns(Generic[T]):
    """What one sender put in comes out in the order in which it went in; between senders it goes round.

    With one sender only it is a plain queue.
    """

    def __init__(self, share: int) -> None:
        """``share``: most things of one sender that come out in a row while others wait."""
        self.share = share
        self._waiting: dict[bytes, deque[T]] = {}
        self._order: deque[bytes] = deque()
        self._in_a_row = 0

    def put(self, sender: bytes, thing: T) -> None:
        """Puts ``thing`` behind what ``sender`` has waiting; a sender that had nothing gets the last turn."""
        queue = self._waiting.get(sender)
        if queue is None:
            self._waiting[sender] = deque((thing,))
            self._order.append(sender)
        else:
            queue.append(thing)

    def take(self) -> T | None:
        """The next thing, None when there is none."""
        if not self._order:
            return None
        sender = self._order[0]
        queue = self._waiting[sender]
        thing = queue.popleft()
        self._in_a_row += 1
        if not queue:
            del self._waiting[sender]
            self._order.popleft()
            self._in_a_row = 0
        elif self._in_a_row >= self.share:
            self._order.rotate(-1)
            self._in_a_row = 0
        return thing

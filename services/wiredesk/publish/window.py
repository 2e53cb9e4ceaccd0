"""The window: what is remembered for a span of event time and then dropped, in whole segments.

Why segments: dropping by the clock of each entry would need a sorted structure; a twelfth of the window at a time needs
a dictionary each, and the same log always drops the same entries at the same message.
"""

from __future__ import annotations

SEGMENTS = 12


class Window:
    """Encoded values by key, each kept from its ``since`` for ``seconds`` of event time, or up to a segment longer."""

    def __init__(self, seconds: float) -> None:
        self._step = max(1, int(seconds / SEGMENTS))
        self._seconds = seconds
        self._segments: dict[int, dict[str, None]] = {}
        self._held: dict[str, tuple[int, bytes]] = {}
        self.clock = 0
        """Event time, seconds since 1970: the latest that was seen. 0 before any document with a date."""

    def __len__(self) -> int:
        return len(self._held)

    def alive(self, since: int, clock: int) -> bool:
        """Whether an entry of ``since`` is still remembered at ``clock``. What came before any date does not age."""
        return not since or (since // self._step + 1) * self._step > clock - self._seconds

    def get(self, key: str) -> bytes | None:
        found = self._held.get(key)
        return None if found is None else found[1]

    def put(self, key: str, value: bytes, since: int) -> None:
        """Remembers ``value``; an entry that is there already moves to the segment of ``since``."""
        before = self._held.get(key)
        segment = before[0] if before is not None and not since else (since or self.clock) // self._step
        if before is not None and before[0] != segment:
            self._leave(key, before[0])
        self._segments.setdefault(segment, {})[key] = None
        self._held[key] = (segment, value)

    def drop(self, key: str) -> None:
        found = self._held.pop(key, None)
        if found is not None:
            self._leave(key, found[0])

    def advance(self, clock: int) -> list[str]:
        """Moves the clock on to ``clock`` (never back) and drops what is too old: its keys, oldest segment first."""
        if clock <= self.clock:
            return []
        if not self.clock and 0 in self._segments:
            self._dated(clock)
        self.clock = clock
        old = sorted(at for at in self._segments if not self.alive(max(1, at * self._step), clock))
        keys = [key for at in old for key in self._segments.pop(at)]
        for key in keys:
            del self._held[key]
        return keys

    def _leave(self, key: str, segment: int) -> None:
        del self._segments[segment][key]
        if not self._segments[segment]:
            del self._segments[segment]

    def _dated(self, clock: int) -> None:
        """Puts what came before any date where the first date is: it was not older, its age was only unknown."""
        for key in self._segments.pop(0):
            self._segments.setdefault(clock // self._step, {})[key] = None
            self._held[key] = (clock // self._step, self._held[key][1])

"""Windows over offsets: what is known of every raw message, on disk, of which little is in memory at a time.

Outcomes come nearly in the order of their messages, and replays name old ones: so all of a log must be within reach,
and a few windows at a time are enough. A window takes 14 bytes an offset; 32 are in memory, 30 MB, however long the log
is. The file is made without a name and goes with the process.
"""

from __future__ import annotations

import tempfile
from array import array
from collections import OrderedDict
from collections.abc import Iterator

WINDOW = 1 << 16
"""Offsets in a window."""
_BYTES = WINDOW * (1 + 1 + 8 + 4)


class Window:
    """What is known of WINDOW offsets of one partition: flags, outcome, and hash and version of the article."""

    __slots__ = ("articles", "flags", "outcomes", "versions")

    def __init__(self, content: bytes = bytes(_BYTES)) -> None:
        self.flags = bytearray(content[:WINDOW])
        self.outcomes = bytearray(content[WINDOW : 2 * WINDOW])
        self.articles = array("Q", content[2 * WINDOW : 10 * WINDOW])
        self.versions = array("I", content[10 * WINDOW :])

    def content(self) -> bytes:
        """All of it, as a new window takes it."""
        return b"".join((self.flags, self.outcomes, self.articles.tobytes(), self.versions.tobytes()))


class Windows:
    """The windows of all partitions that were asked for."""

    def __init__(self, in_memory: int = 32) -> None:
        self._most = in_memory
        self._file = tempfile.TemporaryFile(prefix="wiredesk-ledger-")  # noqa: SIM115 - closed with this
        self._slots: dict[tuple[int, int], int] = {}
        self._open: OrderedDict[tuple[int, int], Window] = OrderedDict()

    def of(self, partition: int, offset: int) -> Window:
        """The window in which ``offset`` is, at ``offset % WINDOW``; valid until the next is asked for."""
        name = (partition, offset // WINDOW)
        found = self._open.get(name)
        if found is None:
            found = self._open[name] = self._read(name)
            if len(self._open) > self._most:
                self._write(*self._open.popitem(last=False))
        else:
            self._open.move_to_end(name)
        return found

    def __iter__(self) -> Iterator[tuple[int, int, Window]]:
        """Partition, first offset and window of each, in order."""
        for partition, number in sorted(self._slots):
            yield partition, number * WINDOW, self.of(partition, number * WINDOW)

    def close(self) -> None:
        """Gives the disk back."""
        self._file.close()

    def _read(self, name: tuple[int, int]) -> Window:
        slot = self._slots.get(name)
        if slot is None:
            self._slots[name] = len(self._slots)
            return Window()
        self._file.seek(slot * _BYTES)
        return Window(self._file.read(_BYTES))

    def _write(self, name: tuple[int, int], window: Window) -> None:
        self._file.seek(self._slots[name] * _BYTES)
        self._file.write(window.content())

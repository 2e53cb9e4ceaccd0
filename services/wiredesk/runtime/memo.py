"""The paragraph memo: what language work on a paragraph gave, kept for the copies that follow.

It lives in the parent process: all copies of a story reach the same worker, but not the same child of its pool.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Mapping
from threading import Lock


class Memo:
    """The ``size`` paragraphs that were used last. The threads of a pool share it."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._kept: OrderedDict[bytes, bytes] = OrderedDict()
        self._lock = Lock()

    def recall(self, keys: Iterable[bytes]) -> dict[bytes, bytes]:
        """What is known of ``keys``."""
        with self._lock:
            found = {key: self._kept[key] for key in keys if key in self._kept}
            for key in found:
                self._kept.move_to_end(key)
        return found

    def learn(self, learned: Mapping[bytes, bytes]) -> None:
        """Keeps ``learned``, and forgets what was not asked for longest."""
        with self._lock:
            self._kept.update(learned)
            while len(self._kept) > self._size:
                self._kept.popitem(last=False)

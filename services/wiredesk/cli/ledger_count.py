"""The count: each raw message against its outcomes, each enriched one against its document.

The messages are noted first. In whatever order outcomes and documents come then, the balance is the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from wiredesk.cli.ledger_documents import Documents, hash_of
from wiredesk.cli.ledger_windows import WINDOW, Window, Windows
from wiredesk.contracts.outcomes import PRECEDENCE

STAGES = ("intake", "dedup", "entities", "quotes", "publish")
OTHER = "other"
"""What an outcome of a release to come is counted as; it counts least."""

_RANKS = {name: number for number, name in enumerate(PRECEDENCE, 1)}
_OTHER = len(PRECEDENCE) + 1
_ENRICHED, _WITHDRAWN = _RANKS["enriched"], _RANKS["withdrawn"]
_THERE, _DOUBLE, _HELD, _BARE = 1, 2, 4, 8
_STAGE = 4
"""The upper half of the flags is where a message was found on its way: 1 is the first of STAGES."""


class Place(Struct, frozen=True):
    """Where a raw message stands."""

    partition: int
    offset: int


class Balance(Struct, kw_only=True):
    """What the count gave. ``lost``, ``twice`` and ``bare`` are what must not be; of each the first places are shown.

    ``first`` and ``behind`` are the offsets, by partition, between which was counted; ``settled`` is up to where no
    message was on its way, so where the next count may begin.
    """

    first: dict[int, int]
    behind: dict[int, int]
    settled: dict[int, int]
    messages: int = 0
    outcomes: dict[str, int]
    on_their_way: dict[str, int]
    lost: int = 0
    twice: int = 0
    bare: int = 0
    repeats: int = 0
    replaced: int = 0
    strange: int = 0
    places: dict[str, list[Place]]

    @property
    def balanced(self) -> bool:
        """Whether the promise was kept."""
        return not (self.lost or self.twice or self.bare)


class Count:
    """The count of the offsets from ``first``, by partition, on."""

    def __init__(self, first: Mapping[int, int], windows: Windows | None = None, documents: Documents | None = None):
        self.first = dict(first)
        self.behind = dict(first)
        self._windows = windows or Windows()
        self._documents = documents or Documents()
        self._repeats = self._replaced = 0

    def messages(self, partition: int, offsets: Iterable[int]) -> None:
        """Notes raw messages that are there. Offsets between them are gaps: what was never a message is not lost."""
        for offset in offsets:
            self._windows.of(partition, offset).flags[offset % WINDOW] |= _THERE
            self.behind[partition] = max(self.behind[partition], offset + 1)

    def outcome(
        self, place: Place, name: str, article_id: str | None, version: int | None, *, held: bool = True
    ) -> None:
        """Notes an outcome. ``held``: a document as old as this outcome must still be there.

        Of several the one with precedence counts. Twice is a message that is two articles or versions, or was both
        enriched and withdrawn: no replay gives that.
        """
        article = 0 if article_id is None else hash_of(article_id.encode())
        rank, number = _RANKS.get(name, _OTHER), version or 0
        if rank == _WITHDRAWN and article_id is not None:
            self._documents.add(article, number)  # its tombstone is gone one day, and the documents before it are
        if not self._counts(place):
            return
        window, at = self._windows.of(place.partition, place.offset), place.offset % WINDOW
        before = window.outcomes[at]
        if before and before <= _WITHDRAWN and rank <= _WITHDRAWN:
            same = (before, window.articles[at], window.versions[at]) == (rank, article, number)
            if not same:
                window.flags[at] |= _DOUBLE
        if before == rank:
            self._repeats += 1
        elif before:
            self._replaced += 1
        if not before or rank < before:
            window.outcomes[at], window.articles[at], window.versions[at] = rank, article, number
        if held and rank == window.outcomes[at]:
            window.flags[at] |= _HELD

    def document(self, article_id: bytes, version: int) -> None:
        """Notes a document on ``articles.enriched.v1``, or a tombstone."""
        self._documents.add(hash_of(article_id), version)

    def missing(self) -> int:
        """How many messages have no outcome and were not found on their way."""
        return sum(int(np.count_nonzero(_missing(window))) for _, _, window in self._windows)

    def not_taken_up(self, committed: Mapping[int, int]) -> None:
        """Notes as on its way what intake, with these offsets ``committed``, has not done with."""
        for partition, first, window in self._windows:
            begin = max(0, committed.get(partition, 0) - first)
            flags = _flags(window)
            flags[begin:][_missing(window)[begin:]] |= 1 << _STAGE

    def found(self, place: Place, stage: str) -> None:
        """Notes that the message, or what came of it, waits for ``stage``."""
        if self._counts(place):
            window, at = self._windows.of(place.partition, place.offset), place.offset % WINDOW
            window.flags[at] = window.flags[at] & 15 | (STAGES.index(stage) + 1) << _STAGE

    def balance(self, shown: int = 20) -> Balance:
        """The balance, with the first ``shown`` places of what is wrong."""
        self._look_up_documents()
        found = Balance(
            first=self.first,
            behind=self.behind,
            settled=dict(self.behind),
            outcomes=dict.fromkeys((*PRECEDENCE, OTHER), 0),
            on_their_way=dict.fromkeys(STAGES, 0),
            repeats=self._repeats,
            replaced=self._replaced,
            places={"lost": [], "twice": [], "bare": []},
        )
        for partition, first, window in self._windows:
            flags, outcomes = _flags(window), _outcomes(window)
            there = flags & _THERE != 0
            found.messages += int(np.count_nonzero(there))
            found.strange += int(np.count_nonzero(~there & (outcomes > 0)))
            counts = np.bincount(outcomes[there], minlength=_OTHER + 1)
            for number, name in enumerate(found.outcomes, 1):
                found.outcomes[name] += int(counts[number])
            waiting = there & (outcomes == 0) & (flags >> _STAGE > 0)
            stages = np.bincount(flags[waiting] >> _STAGE, minlength=len(STAGES) + 1)
            for number, name in enumerate(STAGES, 1):
                found.on_their_way[name] += int(stages[number])
            if waiting.any():
                found.settled[partition] = min(found.settled[partition], first + int(np.argmax(waiting)))
            wrong = {
                "lost": _missing(window),
                "twice": there & (flags & _DOUBLE != 0),
                "bare": there & (flags & _BARE != 0),
            }
            for what, mask in wrong.items():
                at = np.flatnonzero(mask)
                setattr(found, what, getattr(found, what) + len(at))
                listed = found.places[what]
                listed += [Place(partition, first + int(each)) for each in at[: shown - len(listed)]]
        return found

    def close(self) -> None:
        """Gives the disk back."""
        self._windows.close()
        self._documents.close()

    def _counts(self, place: Place) -> bool:
        return self.first.get(place.partition, 0) <= place.offset < self.behind.get(place.partition, 0)

    def _look_up_documents(self) -> None:
        for part in self._documents.passes():
            for window in self._enriched():
                lacks = part.lacks(np.frombuffer(window.articles, np.uint64), np.frombuffer(window.versions, np.uint32))
                flags = _flags(window)
                flags[lacks & (_outcomes(window) == _ENRICHED) & (flags & _HELD != 0)] |= _BARE

    def _enriched(self) -> Iterator[Window]:
        return (window for _, _, window in self._windows if _ENRICHED in window.outcomes)


def _flags(window: Window) -> NDArray[np.uint8]:
    return np.frombuffer(window.flags, np.uint8)


def _outcomes(window: Window) -> NDArray[np.uint8]:
    return np.frombuffer(window.outcomes, np.uint8)


def _missing(window: Window) -> NDArray[np.bool_]:
    flags = _flags(window)
    missing: NDArray[np.bool_] = (flags & _THERE != 0) & (_outcomes(window) == 0) & (flags >> _STAGE == 0)
    return missing

"""Stories as the writer keeps them.

Most stories have one member, and cost a few numbers. One that grows becomes a ``Group``: its members in the order in
which they came, the reference texts, and the stories that it absorbed. Members and references are rows of ``Articles``.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec
import numpy as np
import xxhash
from msgspec import Struct
from numpy.typing import NDArray

from wiredesk.dedup.lookup import Lookup
from wiredesk.dedup.packed import named, under
from wiredesk.dedup.uuids import SIZE, bytes_of, text_of

_ALONE, _GROUP = 1, 2


class Group(Struct, array_like=True):
    """A story that has, or had, more to it than one member.

    ``rows`` are the members in the order in which they came; ``references`` are rows too. ``numbers`` are its own and
    those of all stories that it absorbed, its own first; ``formerly`` says of which absorbed stories an article was a
    member. ``live`` counts the members in the window.
    """

    numbers: tuple[int, ...]
    rows: list[int]
    references: tuple[int, ...] = ()
    live: int = 0
    absorbed: tuple[str, ...] = ()
    formerly: dict[str, list[str]] | None = None


class Stories:
    """Numbers of stories, from 1; a number that was freed is given again."""

    def __init__(self) -> None:
        self._ids = bytearray(SIZE)
        self._opened = array("Q", [0])
        self._alone = array("I", [0])  # the only member's row, of a story that has no group
        self._kinds = bytearray(1)
        self._groups: dict[int, Group] = {}
        self._forward: dict[int, int] = {}
        self._free = array("I")
        self._by_id = Lookup()

    def __len__(self) -> int:
        return len(self._by_id)

    def numbers(self) -> Iterator[int]:
        """The numbers of all stories, older ones not always first."""
        return filter(self.exists, range(1, len(self._kinds)))

    def find(self, story_id: str) -> int | None:
        """The number of the story that has this id now; an absorbed one has none."""
        found = self._by_id.find(_id_hash(story_id))
        return found[0] if found else None

    def final(self, number: int) -> int:
        """The number of the story that story ``number`` is part of by now."""
        return self._forward.get(number, number)

    def exists(self, number: int) -> bool:
        """Whether a story has this number now."""
        return bool(self._kinds[number]) and number not in self._forward

    def id_of(self, number: int) -> str:
        """The id of story ``number``."""
        return text_of(self._ids[number * SIZE : (number + 1) * SIZE])

    def opened(self, number: int) -> int:
        """The ``seq`` at which the story began."""
        return self._opened[number]

    def open(self, story_id: str, opened: int) -> int:
        """A new story without members; ValueError when its id is no UUID."""
        name = bytes_of(story_id)
        if name is None:
            raise ValueError(f"{story_id[:60]!r} is not the id of a story")
        number = self._free.pop() if self._free else self._room()
        self._ids[number * SIZE : (number + 1) * SIZE] = name
        self._opened[number] = opened
        self._kinds[number] = _GROUP
        self._groups[number] = Group((number,), [])
        self._by_id.add(_id_hash(story_id), number)
        return number

    def group(self, number: int) -> Group:
        """The story as a group; of one with a single member, a view that is not kept."""
        if self._kinds[number] == _GROUP:
            return self._groups[number]
        row = self._alone[number]
        return Group((number,), [row], (row,), 1)

    def keep(self, number: int, group: Group) -> None:
        """Keeps ``group`` as story ``number``, as small as it can be."""
        alone = len(group.rows) == 1 and group.references == (group.rows[0],) and group.live == 1
        if alone and len(group.numbers) == 1 and not group.absorbed:
            self._kinds[number] = _ALONE
            self._alone[number] = group.rows[0]
            self._groups.pop(number, None)
        else:
            self._kinds[number] = _GROUP
            self._groups[number] = group

    def absorb(self, younger: int, older: int) -> None:
        """Makes ``younger`` part of ``older``; their groups are joined by the caller."""
        for each in self.group(younger).numbers:
            self._forward[each] = older
        self._by_id.discard(_id_hash(self.id_of(younger)), younger)
        self._groups.pop(younger, None)

    def drop(self, number: int) -> None:
        """Forgets the story, and frees its numbers."""
        numbers = self.group(number).numbers
        self._by_id.discard(_id_hash(self.id_of(number)), number)
        self._groups.pop(number, None)
        for each in numbers:
            self._forward.pop(each, None)
            self._kinds[each] = 0
            self._free.append(each)

    def snapshot(self) -> dict[str, NDArray[Any]]:
        """All of it, as named arrays."""
        rest = msgspec.msgpack.encode((self._groups, self._forward))
        return {
            "ids": np.frombuffer(bytes(self._ids), dtype=np.uint8),
            "kinds": np.frombuffer(bytes(self._kinds), dtype=np.uint8),
            "opened": np.array(self._opened, dtype=np.uint64),
            "alone": np.array(self._alone, dtype=np.uint32),
            "free": np.array(self._free, dtype=np.uint32),
            "groups": np.frombuffer(rest, dtype=np.uint8),
            **named("by_id", self._by_id.arrays()),
        }

    def restore(self, parts: Mapping[str, NDArray[Any]]) -> None:
        """Takes up what ``snapshot`` gave."""
        self._ids = bytearray(parts["ids"].tobytes())
        self._kinds = bytearray(parts["kinds"].tobytes())
        self._opened = array("Q", parts["opened"].tobytes())
        self._alone = array("I", parts["alone"].tobytes())
        self._free = array("I", parts["free"].tobytes())
        kept = msgspec.msgpack.decode(parts["groups"].tobytes(), type=tuple[dict[int, Group], dict[int, int]])
        self._groups, self._forward = kept
        self._by_id = Lookup.restore(under("by_id", parts))

    def _room(self) -> int:
        self._ids += bytes(SIZE)
        self._opened.append(0)
        self._alone.append(0)
        self._kinds.append(0)
        return len(self._kinds) - 1


def _id_hash(story_id: str) -> int:
    return xxhash.xxh3_64_intdigest(story_id.encode())

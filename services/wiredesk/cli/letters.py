"""Dead letters as they are read: the message as it was, what was wrong with it, and whether it was replayed since."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, NamedTuple

import orjson

from wiredesk.cli.reading import reading
from wiredesk.contracts.errors import BadMessage, TooLarge
from wiredesk.contracts.replay import REPLAY_OF, REPLAYED, REPLAYED_AT, REPLAYED_TO
from wiredesk.contracts.topics import CLEAN, CLUSTERED, DEAD, ENTITIES, QUOTED, RAW

READ_BY = {RAW: "intake", CLEAN: "dedup", CLUSTERED: "entities", ENTITIES: "quotes", QUOTED: "publish"}
"""The stage that reads each topic to which a letter can go back."""
_LARGEST_READ = 1_000_000
"""Bytes of a value in which its source is looked for."""


class Mark(NamedTuple):
    """That a letter was replayed: where the message stands now, and when it was sent."""

    to: str
    at: str


class Letter(NamedTuple):
    """One dead letter. ``headers`` are those that its message came with, ``notes`` those that say what was wrong."""

    partition: int
    offset: int
    time: int
    key: bytes | None
    value: bytes | None
    headers: list[tuple[str, bytes]]
    notes: dict[str, str]
    replayed: Mark | None = None

    @property
    def place(self) -> str:
        return f"{DEAD}/{self.partition}/{self.offset}"

    @property
    def number(self) -> str:
        """What people call it by: its offset, where the topic has one partition."""
        return f"{self.partition}/{self.offset}" if self.partition else str(self.offset)

    @property
    def stage(self) -> str:
        return self.notes.get("dead_stage", "?")

    @property
    def error(self) -> str:
        return self.notes.get("dead_error", "?")

    @property
    def message(self) -> str:
        return self.notes.get("dead_message", "")

    @property
    def topic(self) -> str:
        return self.notes.get("dead_topic", "?")

    @property
    def original(self) -> str:
        """Where the message stood when it failed."""
        return f"{self.topic}/{self.notes.get('dead_partition', '?')}/{self.notes.get('dead_offset', '?')}"

    @property
    def replay_of(self) -> str | None:
        """The letter whose replay gave this one."""
        return self.header(REPLAY_OF)

    @property
    def source(self) -> str | None:
        """The outlet: by the header that stages write, else by the value, as far as it is JSON."""
        named = self.header("ce_articlesource")
        if named is not None or self.value is None or len(self.value) > _LARGEST_READ:
            return named
        try:
            name = orjson.loads(self.value)["source"]["name"]
        except (orjson.JSONDecodeError, LookupError, TypeError):
            return None
        return name if isinstance(name, str) else None

    def header(self, name: str) -> str | None:
        """A header of the message, None when it has none."""
        return next((value.decode("utf-8", "replace") for said, value in self.headers if said == name), None)

    def unreplayable(self) -> str | None:
        """Why the letter cannot be replayed; None when it can."""
        if self.replayed is not None:
            return f"replayed to {self.replayed.to} already"
        if self.value is None:
            return "it has no value, so there is nothing to read"
        if (self.key or b"").startswith(b"edit/"):
            return "an editor's decision, which holds for its moment: decide anew with `wiredesk stories`"
        if self.topic not in READ_BY or not self.notes.get("dead_partition", "").isdigit():
            return f"it came from {self.original}, which no stage reads"
        return None

    def advice(self) -> str:
        """What to do about it, in a sentence."""
        number = self.number
        why = self.unreplayable()
        if why is not None:
            return f"Not to be replayed: {why}."
        if self.error == BadMessage.__name__ and self.topic == RAW:
            return (
                "The message is at fault: its feed mends it and sends it again. A replay would fail again, unless the "
                f"release reads it now (`wiredesk dead replay {number}`)."
            )
        if self.error == TooLarge.__name__:
            return f"Send less, or raise the limit that the message names, then `wiredesk dead replay {number}`."
        return f"Not the message's fault: see the traceback, mend {self.stage}, then `wiredesk dead replay {number}`."


class Wanted(NamedTuple):
    """Which letters are wanted; None takes all. A letter must meet all of it."""

    stage: str | None = None
    error: str | None = None
    source: str | None = None
    until: datetime | None = None
    places: frozenset[str] | None = None
    open: bool = False
    """Only those that were not replayed."""

    def takes(self, letter: Letter) -> bool:
        """Whether ``letter`` is wanted."""
        return (
            (self.stage is None or letter.stage == self.stage)
            and (self.error is None or letter.error == self.error)
            and (self.until is None or letter.time < self.until.timestamp() * 1000)
            and (self.places is None or letter.place in self.places)
            and (self.source is None or self.is_of(letter.source))
            and not (self.open and letter.replayed)
        )

    def is_of(self, source: str | None) -> bool:
        """Whether ``source`` is the outlet that is wanted, however it is written."""
        return self.source is None or _folded(source or "") == _folded(self.source)


EVERY = Wanted()


def letters(records: Iterable[Any]) -> Iterator[Letter | tuple[str, Mark]]:
    """The letters among ``records``, and the marks of replays with the place where the message had failed."""
    for record in records:
        headers = [(name, value or b"") for name, value in record.headers]
        notes = {name: value.decode("utf-8", "replace") for name, value in headers if name.startswith("dead_")}
        if REPLAYED in notes:
            yield notes[REPLAYED], Mark(notes.get(REPLAYED_TO, "?"), notes.get(REPLAYED_AT, "?"))
        elif "dead_topic" in notes:
            rest = [(name, value) for name, value in headers if not name.startswith("dead_")]
            yield Letter(record.partition, record.offset, record.timestamp, record.key, record.value, rest, notes)


def marks(bootstrap: str, since: datetime | None) -> dict[str, Mark]:
    """The replays ``since`` then, by the place where the message had failed."""
    with reading(bootstrap, DEAD, since, from_beginning=True) as topic:
        return {found[0]: found[1] for found in letters(topic.to_the_end()) if not isinstance(found, Letter)}


def read_letters(bootstrap: str, since: datetime | None = None, wanted: Wanted = EVERY) -> Iterator[Letter]:
    """The letters that are wanted, in the order in which they failed; each knows whether it was replayed.

    The topic is read twice, because a mark comes after its letter; so that only one letter is in memory.
    """
    replayed = marks(bootstrap, since)
    with reading(bootstrap, DEAD, since, from_beginning=True) as topic:
        for found in letters(topic.to_the_end()):
            if isinstance(found, Letter):
                letter = found._replace(replayed=replayed.get(found.original))
                if wanted.takes(letter):
                    yield letter


def once(letters: Iterable[Letter]) -> Iterator[Letter]:
    """The first letter of each message: a stage that died before it had committed may have written two."""
    seen: set[str] = set()
    for letter in letters:
        if letter.original not in seen:
            seen.add(letter.original)
            yield letter


def place_of(said: str) -> str:
    """The place that somebody named by offset, partition/offset, or in full."""
    parts = said.removeprefix(f"{DEAD}/").split("/")
    if not all(part.isdigit() for part in parts) or len(parts) > 2:
        raise BadMessage(f"{said[:80]!r} is no dead letter; `wiredesk dead list` shows their offsets")
    partition, offset = parts if len(parts) == 2 else ("0", parts[0])
    return f"{DEAD}/{int(partition)}/{int(offset)}"


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()

"""What goes into a handler and what comes out of it: a record of a topic, and the messages to be sent.

These are the only two things that the domain knows of Kafka, so a stage can be read, tested and chained without one.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, runtime_checkable

from msgspec import Struct

if TYPE_CHECKING:
    from numpy.typing import NDArray


class RawRef(Struct, frozen=True):
    """Where the raw message stood: the identity of one thing that a feed published."""

    topic: str
    partition: int
    offset: int

    def __str__(self) -> str:
        return f"{self.topic}/{self.partition}/{self.offset}"


class Record(Struct, frozen=True):
    """One message as it was read from a topic.

    ``time`` is the broker's time stamp in milliseconds since 1970, None where there is no broker; ``offset`` then
    counts the messages in arrival order. ``value`` None is a tombstone.
    """

    topic: str
    partition: int
    offset: int
    time: int | None
    key: bytes | None
    value: bytes | None
    headers: tuple[tuple[str, bytes], ...] = ()

    @property
    def ref(self) -> RawRef | None:
        """Where this record stands in its topic; None where there is no broker."""
        return None if self.time is None else RawRef(self.topic, self.partition, self.offset)


class Out(Struct, frozen=True):
    """One message that a handler wants sent. ``value`` None is a tombstone; ``facts`` become headers to filter by."""

    topic: str
    key: str
    value: bytes | None
    facts: dict[str, str] = {}


class Worked(NamedTuple):
    """What a pooled handler gives: the messages, and what it learned that may save the work on a copy."""

    outs: list[Out]
    learned: dict[bytes, bytes]


class Handler(Protocol):
    """A stage without state: one record in, messages out. What it raises makes the record a dead letter."""

    def __call__(self, record: Record) -> list[Out]: ...


class PooledHandler(Protocol):
    """A stage whose work is costly, done in a pool of processes.

    A child calls ``warm`` when it starts: it loads the models, so that a missing one stops the stage and not each
    article. The parent asks ``wanted`` for the keys of the paragraphs, looks them up in its memo, and sends what is
    ``known`` along; the child gives back what it ``learned``. ``without`` is what goes on when the work failed: the
    same document with an empty block and the error noted, because a correction or a withdrawal must get through.
    """

    def warm(self) -> None: ...

    def wanted(self, record: Record) -> list[bytes]: ...

    def work(self, record: Record, known: Mapping[bytes, bytes]) -> Worked: ...

    def without(self, record: Record, error: BaseException) -> list[Out]: ...


class StatefulHandler(Protocol):
    """A stage with one writer, whose state is the sum of the records that it wrote to its own topic.

    ``handle`` changes the state only by way of ``apply``, on the very records that it returns for the state topic, so a
    state that was rebuilt from the topic cannot differ from the one that was lost.
    """

    def handle(self, record: Record) -> list[Out]: ...

    def apply(self, key: str, value: bytes | None) -> None: ...


@runtime_checkable
class Snapshotting(StatefulHandler, Protocol):
    """A stateful handler whose state can be written to a local file, so that a restart need not read the whole topic.

    ``snapshot`` gives the state as named arrays of numbers; they are read before the state is changed again.
    ``restore`` takes up what it gave, in a new handler; it raises when it cannot (another window, an older layout).
    """

    def snapshot(self) -> Mapping[str, NDArray[Any]]: ...

    def restore(self, parts: Mapping[str, NDArray[Any]]) -> None: ...

"""What the runtime must know of a stage to host it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wiredesk.contracts.record import Handler, PooledHandler, StatefulHandler

if TYPE_CHECKING:
    from wiredesk.runtime.settings import Settings


@dataclass(frozen=True)
class Stage:
    """A stage: its name, the topic it reads, and how its handler is made; exactly one of the three makers is given.

    ``pooled`` must be importable by name, because the children of the pool make their own.
    """

    name: str
    reads: str
    plain: Callable[[Settings], Handler] | None = None
    pooled: type[PooledHandler] | None = None
    stateful: Callable[[Settings], StatefulHandler] | None = None
    keeps: str | None = None
    """The topic of a stateful stage's own state; it has one partition."""
    warm: Callable[[], None] | None = None
    """Loads or compiles what takes long; called once, before the stage joins its group."""

    def __post_init__(self) -> None:
        if sum(maker is not None for maker in (self.plain, self.pooled, self.stateful)) != 1:
            raise ValueError(f"stage {self.name}: give one of plain, pooled, stateful")
        if (self.stateful is None) != (self.keeps is None):
            raise ValueError(f"stage {self.name}: a stateful stage keeps its state in a topic, the others have none")

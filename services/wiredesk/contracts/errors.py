"""The errors that wiredesk tells apart, named for what the reader can do about them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wiredesk.contracts.record import Out


class WiredeskError(Exception):
    """Anything that wiredesk raises by intention. The message says what was wrong, where, and what to do next."""


class BadMessage(WiredeskError):
    """The message itself is at fault: mend it and send it again. It becomes a dead letter."""


class Refused(BadMessage):
    """What the message asks for cannot be done, and that is part of the state: ``outs`` go out with the dead letter."""

    def __init__(self, message: str, outs: Sequence[Out]) -> None:
        super().__init__(message)
        self.outs = outs


class TooLarge(BadMessage):
    """The message is over a size limit: send less, or raise the limit."""


class WorkFailed(WiredeskError):
    """The language work on an article failed, took too long, or killed its process."""


class NotReady(WiredeskError):
    """Something around the process is missing (a broker, a topic, a right): provide it and start again."""

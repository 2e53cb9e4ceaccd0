"""The errors that wiredesk tells apart, named for what the reader can do about them."""

from __future__ import annotations


class WiredeskError(Exception):
    """Anything that wiredesk raises by intention. The message says what was wrong, where, and what to do next."""


class BadMessage(WiredeskError):
    """The message itself is at fault: mend it and send it again. It becomes a dead letter."""


class TooLarge(BadMessage):
    """The message is over a size limit: send less, or raise the limit."""


class WorkFailed(WiredeskError):
    """The language work on an article failed, took too long, or killed its process."""


class NotReady(WiredeskError):
    """Something around the process is missing (a broker, a topic, a right): provide it and start again."""

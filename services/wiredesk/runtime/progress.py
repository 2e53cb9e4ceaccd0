"""Progress: what a stage is doing, for its health page. Alive is not ready: Faust can hang and say nothing."""

from __future__ import annotations

import time

from wiredesk.runtime import metrics

LOOP_SECONDS = 30.0
"""An event loop that has not turned for this long is not alive (handlers in the loop take milliseconds)."""


class Progress:
    """Written by the event loop, read by the health server's thread."""

    def __init__(self, stage: str, stall_seconds: float) -> None:
        """``stall_seconds``: messages in flight that do not move for longer mean that the stage is stuck."""
        self._stall_seconds = stall_seconds
        self._in_flight = 0
        self._moved = self._turned = time.monotonic()
        self._in_flight_gauge = metrics.IN_FLIGHT.labels(stage)
        self._assigned_gauge = metrics.ASSIGNED.labels(stage)
        self._progress_gauge = metrics.LAST_PROGRESS.labels(stage)
        self.assigned = 0
        self.stated = True
        """Whether the state was read; always true where there is none."""

    def turned(self) -> None:
        """The event loop is turning."""
        self._turned = time.monotonic()
        if self._in_flight == 0:
            self._move()

    def took(self, messages: int = 1) -> None:
        """``messages`` were taken up."""
        if self._in_flight == 0:
            self._move()
        self._in_flight += messages
        self._in_flight_gauge.set(self._in_flight)

    def finished(self, messages: int) -> int:
        """``messages`` were acknowledged; how many are still in flight."""
        self._in_flight -= messages
        self._in_flight_gauge.set(self._in_flight)
        self._move()
        return self._in_flight

    def assign(self, partitions: int) -> None:
        """The worker now reads ``partitions`` partitions."""
        self.assigned = partitions
        self._assigned_gauge.set(partitions)

    def not_live(self) -> str | None:
        """Why the process should be restarted, None when it should not."""
        still = time.monotonic() - self._turned
        return f"the event loop has not turned for {still:.0f} s" if still > LOOP_SECONDS else None

    def not_ready(self) -> str | None:
        """Why the stage does no work, None when it does."""
        still = time.monotonic() - self._moved
        if not self.assigned:
            return "no partition is assigned; see the log, and whether the topic exists and may be read"
        if not self.stated:
            return "the state is being read"
        if self._in_flight and still > self._stall_seconds:
            return f"{self._in_flight} messages are in flight and none was finished for {still:.0f} s"
        return self.not_live()

    def _move(self) -> None:
        self._moved = time.monotonic()
        self._progress_gauge.set(time.time())

"""The chain: the five stages in one process, without a broker, in the order in which articles arrive.

It is what ``wiredesk annotate`` and the tests run: the same handlers, the same limits, the same answer to a failure as
in the stages' own processes. Only the language work leaves this process, for a pool; what comes back is put in order
again, so the outputs do not depend on the number of workers (the measured ``timings`` apart).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future
from functools import partial
from types import TracebackType

from msgspec import Struct

from wiredesk.contracts.catalogue import catalogue
from wiredesk.contracts.errors import NotReady, WorkFailed
from wiredesk.contracts.record import Handler, Out, Record, StatefulHandler
from wiredesk.contracts.topics import CLEAN, CLUSTERED, DEDUP_STATE, ENRICHED, PUBLISH_STATE, QUOTED
from wiredesk.line.hop import received
from wiredesk.runtime.outgoing import Outgoing, check_sizes
from wiredesk.runtime.pool import Pool, made
from wiredesk.runtime.settings import Settings, read_settings

_AHEAD = 16
"""Articles a worker that are taken up before the oldest is finished: enough to keep the pool busy behind a long one."""

_KEPT = {DEDUP_STATE, PUBLISH_STATE}
"""Topics nobody but the stage itself reads; here the state is in memory."""


class Dead(Struct, frozen=True):
    """Why a message could not be handled: the stage, the class of the error, and what it says."""

    stage: str
    error: str
    message: str


class Passed(Struct):
    """What became of one raw message: every message that the stages sent for it, hops included, in order."""

    record: Record
    outs: list[Out] = []
    dead: Dead | None = None

    def on(self, topic: str) -> list[Out]:
        """The messages for ``topic``."""
        return [out for out in self.outs if out.topic == topic]

    @property
    def outcome(self) -> str:
        """What became of it: enriched, withdrawn, dead, or "redelivered or overtaken", which left no document.

        Nearly as ``articles.outcomes.v1`` has it; but stages write outcomes only for messages of a broker.
        """
        if self.dead is not None:
            return "dead"
        documents = [out.value for out in self.on(ENRICHED)]
        if not documents:
            return "redelivered or overtaken"
        return "withdrawn" if documents[-1] is None else "enriched"


class _Flight(Struct):
    passed: Passed
    work: list[tuple[Record, Future[list[Out]]]] = []

    def landed(self) -> bool:
        return all(future.done() for _, future in self.work)


class Handlers(Struct, frozen=True):
    """What is chained. ``language`` names the PooledHandler from CLUSTERED to QUOTED, as the pool wants it."""

    intake: Handler
    dedup: StatefulHandler
    language: str
    publish: StatefulHandler


def stages(settings: Settings) -> Handlers:
    """The five stages of wiredesk."""
    from wiredesk.dedup.handler import Dedup
    from wiredesk.intake import handler as intake
    from wiredesk.publish.handler import Publish

    return Handlers(
        intake.make(settings.max_body_bytes),
        Dedup(settings.story_hours),
        "wiredesk.line.language:LanguageWork",
        Publish(settings.story_hours),
    )


class Line:
    """``with Line(workers=2) as line: for passed in line.run(records): ...``"""

    def __init__(
        self, workers: int | None = None, *, settings: Settings | None = None, handlers: Handlers | None = None
    ) -> None:
        """``workers`` processes do the language work (default: as the settings say, one a core)."""
        settings = settings or read_settings()
        self._handlers = handlers or stages(settings)
        self._language = made(self._handlers.language)
        self._limits = {name: topic.max_message_bytes for name, topic in catalogue().items()}
        workers = workers or settings.workers
        self._ahead = _AHEAD * workers
        self._pool = Pool(
            "annotate", self._handlers.language, workers=workers, seconds=settings.article_seconds, memo=settings.memo
        )

    def __enter__(self) -> Line:
        """Waits for the first worker; NotReady when its models cannot be loaded."""
        try:
            self._pool.wait_until_ready()
        except WorkFailed as failed:
            self.close()
            raise NotReady(f"{failed}; install wiredesk again") from failed
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Ends the workers."""
        self._pool.close()

    def run(self, records: Iterable[Record]) -> Iterator[Passed]:
        """What becomes of ``records``, one by one and in their order; few are in memory at a time."""
        flying: deque[_Flight] = deque()
        for record in records:
            flying.append(self._take_up(record))
            while flying and (len(flying) > self._ahead or flying[0].landed()):
                yield self._finish(flying.popleft())
        while flying:
            yield self._finish(flying.popleft())

    def _take_up(self, record: Record) -> _Flight:
        flight = _Flight(Passed(record))
        for clean in self._pass(flight.passed, "intake", self._handlers.intake, record, CLEAN):
            for clustered in self._pass(flight.passed, "dedup", self._handlers.dedup.handle, clean, CLUSTERED):
                flight.work.append((clustered, self._submit(clustered)))
        return flight

    def _finish(self, flight: _Flight) -> Passed:
        for clustered, future in flight.work:
            for quoted in self._pass(flight.passed, "quotes", partial(self._worked, future), clustered, QUOTED):
                self._pass(flight.passed, "publish", self._handlers.publish.handle, quoted, "")
        return flight.passed

    def _pass(self, passed: Passed, stage: str, handler: Handler, record: Record, onward: str) -> list[Record]:
        """Has ``stage`` handle ``record``; what it sends is noted in ``passed``. The messages for topic ``onward``."""
        try:
            outs = handler(record)
            check_sizes([Outgoing(out.topic, out.key.encode(), out.value, []) for out in outs], self._limits)
        except Exception as error:
            passed.dead = Dead(stage, type(error).__name__, str(error))
            return []
        passed.outs += [out for out in outs if out.topic not in _KEPT]
        return [received(out, record, stage) for out in outs if out.topic == onward]

    def _submit(self, record: Record) -> Future[list[Out]]:
        try:
            return self._pool.submit(record, self._language.wanted(record))
        except Exception as error:
            failed: Future[list[Out]] = Future()
            failed.set_exception(error)
            return failed

    def _worked(self, future: Future[list[Out]], record: Record) -> list[Out]:
        try:
            return future.result()
        except Exception as error:
            return self._language.without(record, error)

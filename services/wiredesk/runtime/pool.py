"""The pool: child processes that do the language work, one article each at a time.

Why not ``ProcessPoolExecutor``: there a child that dies takes every article in flight down with it, and one that hangs
can not be stopped alone. Here each child has a thread of the parent that waits for it, so death and time-out concern
one article: it is tried once more in a new child, then given up with WorkFailed. What is known of an article is looked
up when a child takes it up, not when it is queued: copies come close behind each other.
"""

from __future__ import annotations

import ctypes
import importlib
import multiprocessing
import os
import queue
import signal
import sys
import threading
from concurrent.futures import Future
from multiprocessing.connection import Connection
from typing import Any, NamedTuple

import msgspec
from msgspec import Struct

from wiredesk.contracts.errors import WorkFailed
from wiredesk.contracts.record import Out, PooledHandler, Record, Worked
from wiredesk.runtime import metrics
from wiredesk.runtime.memo import Memo

_SPAWN = multiprocessing.get_context("spawn")
_READY = b"ready"
_START_SECONDS = 120.0
"""A child may need this long to come up and load its model (1-4 s when the disk is warm)."""


class _Queued(NamedTuple):
    record: Record
    wanted: list[bytes]
    future: Future[list[Out]]


class _Task(Struct):
    record: Record
    known: dict[bytes, bytes]


class _Done(Struct):
    outs: list[Out] = []
    learned: dict[bytes, bytes] = {}
    error: str | None = None


class Pool:
    """``workers`` processes, each with its own handler made by calling what ``make`` names ("package.module:Class")."""

    def __init__(self, stage: str, make: str, *, workers: int, seconds: float, memo: int) -> None:
        """``seconds`` is the longest that one article may take, then its child is killed; ``memo`` is how many
        paragraphs are remembered; ``stage`` is who it works for, in the metrics."""
        self._make = make
        self._seconds = seconds
        self._memo = Memo(memo)
        self._hits = metrics.MEMO.labels(stage, "hit")
        self._misses = metrics.MEMO.labels(stage, "miss")
        self._restarts = metrics.POOL_RESTARTS.labels(stage)
        self._timeouts = metrics.POOL_TIMEOUTS.labels(stage)
        self._lock = threading.Lock()
        self._first: Future[None] = Future()
        self._tasks: queue.Queue[_Queued | None] = queue.Queue()
        self._closing = False
        self._threads = [threading.Thread(target=self._serve, name=f"pool-{n}", daemon=True) for n in range(workers)]
        for thread in self._threads:
            thread.start()

    def wait_until_ready(self) -> None:
        """Returns when the first child has loaded its models; WorkFailed when it could not."""
        self._first.result()

    def submit(self, record: Record, wanted: list[bytes]) -> Future[list[Out]]:
        """The work on ``record``, for which it helps to know ``wanted`` (the memo's keys).

        The future raises WorkFailed when the handler raised, hung or killed its process.
        """
        future: Future[list[Out]] = Future()
        self._tasks.put(_Queued(record, wanted, future))
        return future

    def close(self) -> None:
        """Ends the children; what has not begun is given up."""
        self._closing = True
        for _ in self._threads:
            self._tasks.put(None)
        for thread in self._threads:
            thread.join(timeout=5)

    def _tell_first(self, error: WorkFailed | None) -> None:
        with self._lock:
            if self._first.done():
                return
            if error is None:
                self._first.set_result(None)
            else:
                self._first.set_exception(error)

    def _serve(self) -> None:
        child = _Child(self._make)
        try:
            child.start()
        except _ChildLost as lost:
            self._tell_first(WorkFailed(str(lost)))
        else:
            self._tell_first(None)
        while (queued := self._tasks.get()) is not None and not self._closing:
            future = queued.future
            if not future.set_running_or_notify_cancel():
                continue
            known = self._memo.recall(queued.wanted)
            self._hits.inc(len(known))
            self._misses.inc(len(queued.wanted) - len(known))
            task = _Task(queued.record, known)
            for last in (False, True):
                try:
                    worked = child.work(task, self._seconds)
                    self._memo.learn(worked.learned)
                    future.set_result(worked.outs)
                    break
                except _ChildLost as lost:
                    self._restarts.inc()
                    self._timeouts.inc(lost.timed_out)
                    child.stop()
                    child = _Child(self._make)
                    if last or lost.timed_out:
                        future.set_exception(WorkFailed(str(lost)))
                        break
                except WorkFailed as failed:
                    future.set_exception(failed)
                    break
        child.stop()


class _ChildLost(Exception):
    def __init__(self, message: str, timed_out: bool) -> None:
        super().__init__(message)
        self.timed_out = timed_out


class _Child:
    """One child process; one that was lost is started again when it is next needed."""

    def __init__(self, make: str) -> None:
        self._make = make
        self._process: Any = None
        self._pipe: Connection | None = None

    def work(self, task: _Task, seconds: float) -> Worked:
        pipe = self._pipe or self.start()
        try:
            pipe.send_bytes(msgspec.msgpack.encode(task))
            if not pipe.poll(seconds):
                raise _ChildLost(f"the article took longer than {seconds:g} s", timed_out=True)
            done = msgspec.msgpack.decode(pipe.recv_bytes(), type=_Done)
        except (EOFError, OSError) as lost:
            raise _ChildLost(f"the process that worked on the article died ({lost!r})", timed_out=False) from lost
        if done.error is not None:
            raise WorkFailed(done.error)
        return Worked(done.outs, done.learned)

    def start(self) -> Connection:
        ours, theirs = _SPAWN.Pipe()
        self._process = _SPAWN.Process(target=_child_main, args=(theirs, self._make, os.getpid()), daemon=True)
        self._process.start()
        theirs.close()
        self._pipe = ours
        try:
            said = ours.recv_bytes() if ours.poll(_START_SECONDS) else b"nothing was heard of it"
        except (EOFError, OSError) as lost:
            said = f"it ended at once ({lost!r})".encode()
        if said != _READY:
            raise _ChildLost(f"a process for the language work did not start: {said.decode()}", timed_out=False)
        return ours

    def stop(self) -> None:
        if self._pipe is not None:
            self._pipe.close()
        if self._process is not None:
            self._process.kill()
            self._process.join(timeout=5)


def _child_main(pipe: Connection, make: str, parent: int) -> None:
    _die_with(parent)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to answer
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    try:
        handler = made(make)
        handler.warm()
    except Exception as error:
        pipe.send_bytes(f"{type(error).__name__}: {error}".encode())
        return
    pipe.send_bytes(_READY)
    while True:
        try:
            task = msgspec.msgpack.decode(pipe.recv_bytes(), type=_Task)
        except EOFError:
            return
        try:
            worked = handler.work(task.record, task.known)
            done = _Done(outs=worked.outs, learned=worked.learned)
        except Exception as error:
            done = _Done(error=f"{type(error).__name__}: {error}")
        pipe.send_bytes(msgspec.msgpack.encode(done))


def made(make: str) -> PooledHandler:
    """The handler that ``make`` ("package.module:Class") names."""
    module, _, name = make.partition(":")
    handler: PooledHandler = getattr(importlib.import_module(module), name)()
    return handler


def _die_with(parent: int) -> None:
    """Has the kernel end this process when its parent dies, by whatever signal (elsewhere the pipe's end does it)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG
    if os.getppid() != parent:
        os._exit(1)

"""A broker's child process: it writes one log, answers on one loopback port, and ends when we end.

Why not plain ``subprocess``: a test run that is killed must not leave brokers behind, a broker that fails must say why
(its log's last lines are in the error), and "started" has to mean "answers Kafka requests", not "was forked".
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import random
import signal
import socket
import struct
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

HOST = "127.0.0.1"
PR_SET_PDEATHSIG = 1  # linux/prctl.h
LOG_TAIL_LINES = 10
POLL_SECONDS = 0.02

# Metadata request, version 1, no topics (the Kafka protocol guide, "Metadata API"): asks which brokers serve clients.
METADATA_REQUEST = struct.pack(">hhih8si", 3, 1, 1, 8, b"wiredesk", 0)


class BrokerError(RuntimeError):
    """A broker could not be started, or ended by itself; the message says what to do next."""


class Process:
    """One running child. Start it from a thread that outlives it: Linux ends the child with that thread."""

    def __init__(
        self, name: str, command: Sequence[str], *, log: Path, cwd: Path, environment: Mapping[str, str] | None = None
    ) -> None:
        self.name = name  # for errors: "Kafka", not "java"
        self.log = log
        with log.open("ab") as output:
            self._child = subprocess.Popen(
                list(command),
                cwd=cwd,
                env=None if environment is None else dict(environment),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                # Ctrl-C in a terminal goes to the whole group: the broker must outlive the clients that still flush.
                process_group=0,
                preexec_fn=_end_with_parent(os.getpid()),
            )

    @property
    def pid(self) -> int:
        return self._child.pid

    @property
    def running(self) -> bool:
        return self._child.poll() is None

    def terminate(self) -> None:
        """Asks it to end (SIGTERM), without waiting: for several that shall end together."""
        self._signal(signal.SIGTERM)

    def stop(self, patience: float = 10.0) -> None:
        """Asks it to end (SIGTERM), and ends it (SIGKILL) after ``patience`` seconds."""
        self.terminate()
        self.thaw()  # a stopped process takes no signal but SIGKILL
        try:
            self._child.wait(patience)
        except subprocess.TimeoutExpired:
            self.kill()

    def kill(self) -> None:
        """SIGKILL, as a power cut or the out-of-memory killer would; returns when it is gone."""
        self._signal(signal.SIGKILL)
        self._child.wait()

    def freeze(self) -> None:
        """SIGSTOP: connections stay open and nobody answers, as on a machine that hangs."""
        self._signal(signal.SIGSTOP)

    def thaw(self) -> None:
        self._signal(signal.SIGCONT)

    def wait(self) -> int:
        """Blocks until it ends; its exit code (negative: the signal that ended it)."""
        return self._child.wait()

    def wait_until_it_answers(self, port: int, patience: float = 60.0) -> None:
        """Returns once the broker on ``port`` names itself as serving; BrokerError if it ends or stays silent."""
        deadline = time.monotonic() + patience
        while not answers(port):
            if not self.running:
                raise BrokerError(f"{self.name} ended with code {self.wait()} while starting; {self._tail()}")
            if time.monotonic() > deadline:
                raise BrokerError(f"{self.name} did not answer on port {port} within {patience:g} s; {self._tail()}")
            time.sleep(POLL_SECONDS)

    def _signal(self, number: signal.Signals) -> None:
        if self.running:
            self._child.send_signal(number)

    def _tail(self) -> str:
        lines = self.log.read_text("utf-8", "replace").splitlines()
        told = [f"  {line}" for line in lines if not line.startswith("\tat ")]  # Java's stack frames bury the reason
        return "\n".join(["the end of its log:", *told[-LOG_TAIL_LINES:]])


def answers(port: int, timeout: float = 1.0) -> bool:
    """Whether a Kafka broker on this machine's ``port`` serves clients: its metadata lists at least one broker.

    An open port is not enough: a Kafka that is still catching up accepts connections and lists nobody.
    """
    with contextlib.suppress(OSError), socket.create_connection((HOST, port), timeout) as connection:
        connection.sendall(struct.pack(">i", len(METADATA_REQUEST)) + METADATA_REQUEST)
        _size, _correlation, brokers = struct.unpack(">iii", _receive(connection, 12))
        return bool(brokers > 0)
    return False


def require_unused(port: int) -> None:
    """BrokerError if somebody listens there already: their answers would be taken for those of the broker to come."""
    with contextlib.suppress(OSError), socket.create_connection((HOST, port), 1.0):
        raise BrokerError(f"port {port} is in use by another program: end it, or choose another port")


def free_port() -> int:
    """A loopback port nobody listens on, outside the range the system gives to outgoing connections.

    Why not bind to port 0: that takes a port from the outgoing range, and while a killed broker is down a client that
    tries to reconnect can be given the same port as its own end, connect to itself, and keep the broker from returning.
    """
    for port in random.sample(range(20_000, 32_000), 100):
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind((HOST, port))
            return port
    raise BrokerError("no free port found between 20000 and 32000: end some of the servers that run there")


def _receive(connection: socket.socket, size: int) -> bytes:
    received = b""
    while len(received) < size:
        chunk = connection.recv(size - len(received))
        if not chunk:
            raise ConnectionError("the broker closed the connection")
        received += chunk
    return received


def _end_with_parent(parent: int) -> Callable[[], None] | None:
    """What the child runs before its program: SIGKILL when ``parent`` ends, however it ends. Linux only."""
    if sys.platform != "linux":
        return None
    prctl = ctypes.CDLL(None).prctl  # loaded here: between fork and exec is no place to load libraries

    def end_with_parent() -> None:
        prctl(PR_SET_PDEATHSIG, int(signal.SIGKILL))
        if os.getppid() != parent:  # it ended before prctl took effect
            os._exit(1)

    return end_with_parent

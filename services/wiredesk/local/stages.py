"""The stage processes of a line on this machine, each with its log file and its health page."""

from __future__ import annotations

import os
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType

from wiredesk.broker import Broker
from wiredesk.broker.process import HOST, Process, free_port
from wiredesk.contracts.errors import NotReady

STAGES = ("intake", "dedup", "entities", "quotes", "publish")

_QUICK = {
    "embedded": {
        # Tansu's JoinGroup waits half the session, it wakes no waiting fetch, and it refuses idempotent producers.
        "WIREDESK_SESSION_SECONDS": "2",
        "WIREDESK_HEARTBEAT_SECONDS": "0.5",
        "WIREDESK_FETCH_WAIT_MS": "50",
        "WIREDESK_FENCING": "false",
    },
    # Kafka refuses sessions under 6 s (group.min.session.timeout.ms); 30 s would make every takeover in a test as long.
    "kafka": {"WIREDESK_SESSION_SECONDS": "6", "WIREDESK_HEARTBEAT_SECONDS": "1"},
}


class Stages:
    """``with Stages(broker, directory) as stages: stages.wait_until_ready()``.

    Logs and snapshots are in ``directory``.
    """

    def __init__(
        self, broker: Broker, directory: Path, names: tuple[str, ...] = STAGES, settings: Mapping[str, str] = {}
    ) -> None:
        """``settings`` are environment variables for all stages, beside what suits ``broker``."""
        self.names = names
        self.directory = directory
        self.ports = {name: free_port() for name in names}
        self._environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("WIREDESK_")},
            **_QUICK[broker.name],
            "WIREDESK_BOOTSTRAP": broker.bootstrap,
            "WIREDESK_WORKERS": "1",
            **settings,
        }
        self.processes: dict[str, Process] = {}

    def start(self, name: str) -> Process:
        """Starts stage ``name``; it is not ready yet when this returns."""
        process = Process(
            name,
            [sys.executable, "-m", "wiredesk.cli.main", "run", name],
            log=self.directory / f"{name}.log",
            cwd=self.directory,
            environment=self.environment_of(name),
        )
        self.processes[name] = process
        return process

    def environment_of(self, name: str) -> dict[str, str]:
        """The environment in which stage ``name`` is started."""
        return {
            "WIREDESK_STATE_DIR": str(self.directory / "state" / name),
            **self._environment,
            "WIREDESK_HTTP_PORT": str(self.ports.setdefault(name, free_port())),
        }

    def wait_until_ready(self, seconds: float = 60.0, tell: Callable[[str], None] = lambda name: None) -> None:
        """Returns when every stage says that it is ready, ``tell``ing of each; NotReady when one ends or is silent."""
        deadline = time.monotonic() + seconds
        for name in self.names:
            while (why := self.not_ready(name)) is not None:
                self.check()
                if time.monotonic() > deadline:
                    raise NotReady(f"{name} was not ready within {seconds:g} s ({why}); {self.log_of(name)}")
                time.sleep(0.05)
            tell(name)

    def not_ready(self, name: str) -> str | None:
        """What ``/readyz`` of stage ``name`` says is missing, None when it is ready."""
        try:
            with urllib.request.urlopen(f"http://{HOST}:{self.ports[name]}/readyz", timeout=5):
                return None
        except urllib.error.HTTPError as wrong:
            return wrong.read().decode().strip()
        except OSError as silent:
            return str(silent)

    def check(self) -> None:
        """NotReady when a stage that should run has ended."""
        for name, process in self.processes.items():
            if not process.running:
                raise NotReady(f"{name} ended with code {process.wait()}; {self.log_of(name)}")

    def log_of(self, name: str, lines: int = 15) -> str:
        """The last ``lines`` lines that stage ``name`` logged."""
        text = (self.directory / f"{name}.log").read_text("utf-8", "replace")
        return "\n  ".join(["its log ends:", *text.splitlines()[-lines:]])

    def stop(self) -> None:
        """SIGTERM to all of them at once; returns when they are gone."""
        for process in self.processes.values():
            process.terminate()
        for process in self.processes.values():
            process.stop()
        self.processes.clear()

    def __enter__(self) -> Stages:
        try:
            for name in self.names:
                self.start(name)
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

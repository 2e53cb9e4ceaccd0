"""The demo, as a newcomer runs it: it shows what it should, and leaves nothing behind however it ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import orjson
import psutil
import pytest

from tests.processes import descendants

DEMO = [sys.executable, "-m", "wiredesk.cli.main", "demo"]
STARTED_BY_IT = ("wiredesk.cli.main", "tansu", "spawn_main")


def test_json_gives_the_enriched_documents_and_nothing_else(embedded: object) -> None:
    done = subprocess.run([*DEMO, "--json"], capture_output=True, timeout=170, check=False)
    assert done.returncode == 0, done.stderr.decode()
    documents = [orjson.loads(line) for line in done.stdout.splitlines()]
    assert len(documents) == 39
    assert any(document["source"]["name"] == "NPR" and document["quotes"] for document in documents)
    assert all(document["story"] and document["text_sha256"] for document in documents)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_ended_in_the_middle_it_leaves_no_process(number: signal.Signals, embedded: object) -> None:
    demo = subprocess.Popen([*DEMO], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + 60
    while (
        len(started := descendants(demo.pid, *STARTED_BY_IT)) < 7 and time.monotonic() < deadline
    ):  # broker, stages, a pool child
        time.sleep(0.05)
    assert len(started) >= 7
    os.kill(demo.pid, number)
    assert demo.wait(timeout=30) != 0
    _, alive = psutil.wait_procs(started, timeout=10)
    assert alive == []

"""The consumers of the guide, each on Apache Kafka with what the stages write: all end with what compaction says.

All run at once, on one broker: started on topics that are half full, live while more comes, stopped while more comes,
and started again; then once more from nothing, and once killed on the way.
"""

from __future__ import annotations

import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import orjson
import pytest

from tests.examples import expected, newsroom
from tests.examples.toolchains import PROGRAMS, Program
from wiredesk.broker.apache import ApacheKafka
from wiredesk.cli.topics import provision
from wiredesk.contracts.shipped import shipped
from wiredesk.contracts.topics import ENRICHED
from wiredesk.local.watch import Watch

PATIENCE = 120.0


class Run(NamedTuple):
    """What the programs told and held at one moment, and what they should have."""

    told: dict[str, list[str]]
    states: dict[str, Any]
    news: list[str]
    state: dict[str, Any]


class Running:
    """One program at work, with its copy, in a folder of its own."""

    def __init__(self, program: Program, bootstrap: str, folder: Path, name: str, *options: str) -> None:
        folder.mkdir(exist_ok=True)
        self._state = folder / f"{name}.state.json"
        self._out, self._err = folder / f"{name}.out", folder / f"{name}.err"
        command = [*program.command(), "--bootstrap", bootstrap, "--state", str(self._state), *options]
        self._process = subprocess.Popen(command, stdout=self._out.open("wb"), stderr=self._err.open("wb"), cwd=folder)

    def told(self) -> list[str]:
        """The lines that it printed so far."""
        return self._out.read_text("utf-8").splitlines()

    def has_told(self, lines: int) -> bool:
        """Whether it printed as many lines; fails when it ended instead."""
        assert self._process.poll() is None, self._err.read_text("utf-8")
        return len(self.told()) >= lines

    def stop(self) -> Any:
        """Tells it to end; its state."""
        self._process.terminate()
        return self.state()

    def state(self) -> Any:
        """Its state, once it has ended."""
        self._process.wait(PATIENCE)
        assert self._state.exists(), self._err.read_text("utf-8")
        return orjson.loads(self._state.read_bytes())

    def kill(self) -> None:
        """Ends it as a power cut would. Harmless when it has ended."""
        self._process.kill()
        self._process.wait()


class Runs(NamedTuple):
    """The moments at which programs and topics are compared."""

    live: Run
    back: Run
    anew: Run
    killed: Run


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Runs]:
    folder = tmp_path_factory.mktemp("consumers")
    programs = [program for program in PROGRAMS if program.missing() is None]
    for program in programs:
        program.command()
    parts = newsroom.parts()
    lost = next(sent for sent in parts.before[-1] if sent.topic == ENRICHED)
    with ApacheKafka() as broker:
        provision(broker.bootstrap)
        with Watch(broker.bootstrap, expected.TOPICS) as watch:
            all_running: list[Running] = []

            def start(moment: str, *options: str) -> dict[str, Running]:
                started = {
                    program.name: Running(program, broker.bootstrap, folder / program.name, moment, *options)
                    for program in programs
                }
                all_running.extend(started.values())
                return started

            def told(running: dict[str, Running]) -> dict[str, list[str]]:
                return {name: each.told() for name, each in running.items()}

            def write(transactions: list[list[newsroom.Sent]], taken_back: int) -> tuple[list[str], dict[str, Any]]:
                newsroom.write(broker.bootstrap, transactions)
                never = [newsroom.never_true(lost, taken_back + number) for number in range(2)]
                newsroom.write(broker.bootstrap, never, commit=False)
                watch.settle()
                return expected.news(watch), expected.state(watch)

            try:
                news, _ = write(parts.before, 0)
                first = start("live", "--copy", "copy")
                _wait(first, len(news))
                news, state = write(parts.live, 2)
                _wait(first, len(news))
                live = Run(told(first), {name: each.stop() for name, each in first.items()}, news, state)
                news, state = write(parts.away, 4)
                second = start("back", "--copy", "copy", "--until-end")
                states = {name: each.state() for name, each in second.items()}
                both = {name: live.told[name] + lines for name, lines in told(second).items()}
                third = start("anew", "--copy", "another copy", "--until-end")
                anew = {name: each.state() for name, each in third.items()}
                fourth = start("killed", "--copy", "third copy")
                _wait(fourth, len(news) // 2)
                for each in fourth.values():
                    each.kill()
                fifth = start("restarted", "--copy", "third copy", "--until-end")
                restarted = {name: each.state() for name, each in fifth.items()}
                yield Runs(
                    live,
                    Run(both, states, news, state),
                    Run(told(third), anew, news, state),
                    Run(told(fifth), restarted, news, state),
                )
            finally:
                for each in all_running:
                    each.kill()


def _wait(running: dict[str, Running], lines: int) -> None:
    deadline = time.monotonic() + PATIENCE
    while not all(each.has_told(lines) for each in running.values()):
        assert time.monotonic() < deadline, {name: (len(each.told()), lines) for name, each in running.items()}
        time.sleep(0.05)


@pytest.mark.kafka
class TestOneProgram:
    @pytest.mark.parametrize("moment", Runs._fields)
    def test_it_ends_with_what_compaction_says(self, runs: Runs, program: Program, moment: str) -> None:
        run: Run = getattr(runs, moment)
        assert run.states[program.name] == run.state

    @pytest.mark.parametrize("moment", ["live", "back", "anew"])
    def test_it_tells_each_change_once(self, runs: Runs, program: Program, moment: str) -> None:
        run: Run = getattr(runs, moment)
        assert sorted(run.told[program.name]) == run.news


@pytest.mark.kafka
def test_the_newsroom_has_all_that_can_happen(runs: Runs) -> None:
    """Else the tests above prove less than they say."""
    live, back = (
        {article["source"]: article for article in run.state["articles"].values()} for run in (runs.live, runs.back)
    )
    assert (live["Two Tongues"]["version"], back["Two Tongues"]["version"]) == (1, 2), "a correction"
    assert any("🧪 tested" in words for words in back["Two Tongues"]["said"]), "words behind signs of two UTF-16 units"
    assert live["Morning Post"]["story_id"] == live["Evening Post"]["story_id"], "a merge"
    assert len(runs.back.state["withdrawn"]) == len(runs.live.state["withdrawn"]) + 1, "a withdrawal"
    deleted = [line for line in runs.live.news if line.startswith(f"delete {ENRICHED}")]
    assert len(deleted) == 2, "one was withdrawn, one is in another language now"
    assert any("anew-2" in line for line in runs.live.news), "a version that a writer sends anew"


def test_the_helper_for_spans_agrees_with_the_vectors(program: Program) -> None:
    vectors = shipped("schemas", "vectors", "spans.json")
    done = subprocess.run(
        [*program.command(), "--check-vectors", str(vectors)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.endswith("vectors, 0 mismatches\n")


def test_a_wrong_vector_is_found(program: Program, tmp_path: Path) -> None:
    vectors = orjson.loads(shipped("schemas", "vectors", "spans.json").read_bytes())
    vectors["vectors"][3]["utf16"][1][1] += 1
    wrong = tmp_path / "spans.json"
    wrong.write_bytes(orjson.dumps(vectors))
    done = subprocess.run([*program.command(), "--check-vectors", str(wrong)], capture_output=True, check=False)
    assert done.returncode == 1

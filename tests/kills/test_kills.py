"""Kills on Apache Kafka: whatever is killed and whenever, each input is accounted for, once by key."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import msgspec
import orjson
import pytest

from tests.lines import Line, raw, running_line
from tests.load import wait_until_committed
from wiredesk.broker.process import Process, free_port
from wiredesk.contracts.shipped import shipped
from wiredesk.contracts.topics import CLEAN, CLUSTERED, ENTITIES, QUOTED, RAW, STORIES, STORY_MEMBERS
from wiredesk.local.stages import STAGES

pytestmark = pytest.mark.kafka

READS = {"intake": RAW, "dedup": CLEAN, "entities": CLUSTERED, "quotes": ENTITIES, "publish": QUOTED}
ROOT = Path(__file__).parents[2]


def articles(count: int) -> list[bytes]:
    """``count`` raw messages with ids of their own: the bodies of the corpus, each again and again, hardly changed."""
    corpus = [orjson.loads(line) for line in shipped("seeds", "corpus.jsonl").read_bytes().splitlines()]
    bodies = [piece["body"] for piece in corpus if piece.get("body") and piece.get("body_type") != "text/html"]
    return [
        raw(f"Outlet {n % 7}", f"kill-{n}", f"{bodies[n % len(bodies)]}\nEdition {n} of the day.") for n in range(count)
    ]


def assert_once_by_key(line: Line, articles: int) -> None:
    outcomes = line.wait_for_outcomes()
    assert Counter(outcome.outcome for outcome in outcomes.values()) == {"enriched": articles}
    documents = line.enriched()
    assert len(documents) == articles
    assert {document["version"] for document in documents.values()} == {1}
    members = [orjson.loads(value) for value in line.watch.newest(STORY_MEMBERS).values() if value]
    assert len({member["article_id"] for member in members}) == len(members) == articles
    sizes = [orjson.loads(value)["size"] for value in line.watch.newest(STORIES).values() if value]
    assert sum(sizes) == articles
    decisions: dict[str, set[str]] = {}
    for seen in line.watch.seen[CLUSTERED]:
        document = orjson.loads(seen.value or b"")
        decisions.setdefault(document["article_id"], set()).add(msgspec.json.encode(document["story"]).decode())
    assert all(len(given) == 1 for given in decisions.values()), "a message was decided in two ways"


def test_each_stage_is_killed_in_mid_stream(tmp_path: Path) -> None:
    with running_line("kafka", tmp_path) as line:
        messages = articles(25 * len(STAGES))
        for number, stage in enumerate(STAGES):
            line.publish(messages[25 * number : 25 * number + 10])
            line.stages.processes[stage].kill()
            line.publish(messages[25 * number + 10 : 25 * number + 25])
            line.stages.start(stage)
        assert_once_by_key(line, len(messages))
        for stage, topic in READS.items():
            wait_until_committed(line.broker.bootstrap, stage, topic)


@pytest.mark.parametrize("fencing", ["true", "false"])
def test_dedup_is_killed_between_the_acknowledgements_of_its_state_and_its_output(tmp_path: Path, fencing: str) -> None:
    """Without fencing the state is there and the output is not; with it, neither is."""
    others = tuple(stage for stage in STAGES if stage != "dedup")
    with running_line("kafka", tmp_path, names=others, settings={"WIREDESK_FENCING": fencing}) as line:
        messages = articles(30)
        line.publish(messages)
        for after in (7, 5):
            crashing = Process(
                "dedup",
                [sys.executable, "-m", "tests.kills.crash", str(after)],
                log=tmp_path / "crash.log",
                cwd=ROOT,
                environment=line.stages.environment_of("dedup"),
            )
            assert crashing.wait() == -9, (tmp_path / "crash.log").read_text()
        line.stages.start("dedup")
        assert_once_by_key(line, len(messages))


def test_a_writer_that_was_frozen_past_its_session_changes_nothing_when_it_thaws(tmp_path: Path) -> None:
    with running_line("kafka", tmp_path) as line:
        messages = articles(120)
        line.publish(messages[:20])
        line.wait_for_outcomes()
        line.publish(messages[20:80])
        frozen = line.stages.processes.pop("dedup")
        frozen.freeze()
        line.stages.ports["dedup"] = free_port()  # the frozen one still holds its own
        line.stages.start("dedup")
        line.wait_for_outcomes()
        frozen.thaw()
        line.publish(messages[80:])
        assert_once_by_key(line, len(messages))
        frozen.stop()
        assert_once_by_key(line, len(messages))

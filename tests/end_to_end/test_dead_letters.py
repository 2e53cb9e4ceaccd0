"""Dead letters on a running line: looked into, replayed, and the ledger before and after."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Any

import orjson
import pytest
from kafka import KafkaConsumer, KafkaProducer, TopicPartition
from kafka.structs import OffsetAndMetadata
from typer.testing import CliRunner, Result

from tests.lines import PATIENCE, Line, raw, running_line
from wiredesk.cli.main import app
from wiredesk.contracts.errors import WorkFailed
from wiredesk.contracts.record import Record
from wiredesk.contracts.topics import CLEAN, DEAD, OUTCOMES, QUOTED, RAW
from wiredesk.local.stages import Stages
from wiredesk.local.watch import Seen
from wiredesk.runtime.dead import dead_letter

ON_EACH = pytest.mark.parametrize("kind", ["embedded", pytest.param("kafka", marks=pytest.mark.kafka)])
OLD = "The first wording: the ferry left the harbour at noon with forty passengers on board. " * 40
NEW = "The second wording: the ferry never left the harbour, its owner said on Tuesday evening."


class Desk:
    """The commands, on the broker of a line."""

    def __init__(self, line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
        self.line = line
        monkeypatch.setenv("WIREDESK_FENCING", str(line.broker.idempotent))

    def run(self, *arguments: object, code: int = 0) -> Result:
        told = CliRunner().invoke(app, [*map(str, arguments), "--bootstrap", self.line.broker.bootstrap])
        assert told.exit_code == code, (told.output, told.exception)
        return told

    def read(self, *arguments: object) -> list[dict[str, Any]]:
        return [orjson.loads(each) for each in self.run(*arguments, "--json").stdout.splitlines()]

    def ledger(self) -> dict[str, int]:
        """The outcomes of a balanced ledger."""
        (found,) = self.read("ledger")
        assert found["balanced"]
        assert sum(found["on_their_way"].values()) == 0
        return {name: number for name, number in found["outcomes"].items() if number}

    def texts(self, source: str) -> list[str]:
        self.line.watch.settle()
        return [document["text"] for document in self.line.enriched().values() if document["source"]["name"] == source]


@ON_EACH
def test_letters_of_intake_are_shown_and_replayed_and_an_old_text_is_never_put_over_a_new_one(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = b'{"source": {"name": "Broken"}, "body": "cut off \x1b[2J'
    with running_line(kind, tmp_path, settings={"WIREDESK_MAX_BODY_BYTES": "2000"}) as line:
        desk = Desk(line, monkeypatch)
        alone = raw("Alone", "a", OLD.replace("ferry", "train"))
        line.publish([raw("Ferry", "f", OLD), broken, alone, raw("Ferry", "f", NEW)])
        line.wait_for_outcomes()
        assert desk.ledger() == {"enriched": 1, "dead": 3}

        listed = {each["source"] or each["error"]: each for each in desk.read("dead", "list")}
        assert {name: (each["stage"], each["error"]) for name, each in listed.items()} == {
            "Ferry": ("intake", "TooLarge"),
            "Alone": ("intake", "TooLarge"),
            "BadMessage": ("intake", "BadMessage"),
        }
        number = {name: each["letter"].rpartition("/")[2] for name, each in listed.items()}
        assert [each["letters"] for each in desk.read("dead", "stats", "--error", "TooLarge")] == [1, 1]
        shown = desk.run("dead", "show", number["BadMessage"]).stdout
        assert "cut off \\x1b[2J" in shown
        assert "dead_offset: " in shown
        assert "its feed mends it and sends it again" in shown
        assert desk.run("dead", "show", number["BadMessage"], "--bytes").stdout_bytes == broken
        desk.run("dead", "export", tmp_path / "dead.jsonl", "--source", "Ferry")
        (exported,) = map(orjson.loads, (tmp_path / "dead.jsonl").read_bytes().splitlines())
        assert base64.b64decode(exported["value"]) == raw("Ferry", "f", OLD)

        line.stages.processes.pop("intake").stop()
        (tmp_path / "mended").mkdir()
        with Stages(line.broker, tmp_path / "mended", ("intake",)) as mended:
            mended.wait_until_ready()
            seen = len(line.watch.seen[RAW])
            told = desk.run("dead", "replay")
            assert told.stderr == "3 letters would be replayed; --yes does it\n"
            line.watch.settle()
            assert len(line.watch.seen[RAW]) == seen

            told = desk.run("dead", "replay", "--yes", "--rate", 50, code=1)
            assert f"{number['Ferry']} overtaken" in told.stdout
            assert f"{number['Alone']} enriched" in told.stdout
            assert f"{number['BadMessage']} failed again, which is another dead letter: BadMessage" in told.stdout
            assert desk.texts("Ferry") == [NEW]
            assert len(desk.texts("Alone")) == 1
            assert desk.ledger() == {"enriched": 2, "overtaken": 1, "dead": 4}

            line.watch.settle()
            seen = len(line.watch.seen[RAW])
            again = desk.run("dead", "replay", *number.values(), "--yes")
            assert again.stdout.count(" already") == 3
            line.watch.settle()
            assert len(line.watch.seen[RAW]) == seen
            (left,) = desk.read("dead", "list", "--open")
            assert left["replay_of"] == f"{DEAD}/0/{number['BadMessage']}"


def fail(line: Line, stage: str, seen: Seen, topic: str) -> None:
    """Does what ``stage`` does with a message on which it fails; it must not run yet."""
    record = Record(topic, seen.partition, seen.offset, 0, seen.key, seen.value, tuple(seen.headers))
    producer = KafkaProducer(bootstrap_servers=line.broker.bootstrap, acks="all", enable_idempotence=False)
    for send in dead_letter(record, stage, WorkFailed("it took too long"), []):
        producer.send(send.topic, key=send.key, value=send.value, headers=send.headers).get(10)
    producer.close()
    group = f"wiredesk-{stage}"
    consumer = KafkaConsumer(bootstrap_servers=line.broker.bootstrap, group_id=group, enable_auto_commit=False)
    place = TopicPartition(topic, seen.partition)
    consumer.assign([place])
    consumer.commit({place: OffsetAndMetadata(seen.offset + 1, "", -1)})
    consumer.close()


@ON_EACH
def test_letters_between_stages_are_replayed_where_they_failed_and_the_ledger_takes_the_better_outcome(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with running_line(kind, tmp_path, names=("intake",)) as line:
        desk = Desk(line, monkeypatch)

        def published(topic: str, *values: bytes) -> list[Seen]:
            before = len(line.watch.seen[topic])
            line.publish(values)
            assert line.watch.until(lambda: len(line.watch.seen[topic]) == before + len(values), PATIENCE)
            return line.watch.seen[topic][before:]

        def go_on(*names: str) -> None:
            for name in names:
                line.stages.start(name)
            line.stages.names = names
            line.stages.wait_until_ready()

        fail(line, "dedup", *published(CLEAN, raw("At dedup", "1", OLD)), CLEAN)
        go_on("dedup", "entities", "quotes")
        for seen in published(QUOTED, raw("At publish", "2", OLD.lower()), raw("Alone", "3", OLD.upper())):
            fail(line, "publish", seen, QUOTED)
        go_on("publish")
        line.publish([raw("At dedup", "1", NEW), raw("At publish", "2", NEW.lower())])
        line.wait_for_outcomes()
        assert desk.ledger() == {"enriched": 2, "dead": 3}

        assert "2 letters would be replayed" in desk.run("dead", "replay", "--stage", "publish").stderr
        told = desk.run("dead", "replay", "--yes").stdout
        assert [each.split()[1].strip(",") for each in told.splitlines()[3:]].count("overtaken") == 2
        assert desk.ledger() == {"enriched": 3, "overtaken": 2}
        assert desk.texts("At dedup") == [NEW]
        assert desk.texts("At publish") == [NEW.lower()]
        assert len(desk.texts("Alone")) == 1
        assert desk.read("dead", "list", "--open") == []
        assert [each["replayed"] for each in desk.read("dead", "stats")] == [1, 1, 1]
        sent = len(line.watch.seen[OUTCOMES])
        desk.run("dead", "replay", "--yes")
        line.watch.settle()
        assert len(line.watch.seen[OUTCOMES]) == sent

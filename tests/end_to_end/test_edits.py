"""An editor merges and splits stories while the line runs: what follows, and that it holds for what comes later."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import orjson
import pytest
from kafka import KafkaProducer
from typer.testing import CliRunner, Result

from tests.lines import PATIENCE, Line, raw, running_line
from tests.unit.dedup.articles import OTHER, WIRE, made_up
from wiredesk.cli.main import app
from wiredesk.contracts.edits import StoryEdit, headers_of, key_of
from wiredesk.contracts.topics import CLEAN, CLUSTERED, DEAD, OUTCOMES, STORIES, STORY_MEMBERS

NOW = "2026-09-13T06:00:00Z"
CHANGED = WIRE.replace("Three of the sailors", "Four of the crew").replace("Salvage experts", "Salvage crews")


class Newsroom:
    """A line up to dedup, asked by outlet: every article is one of the outlet that it is named for."""

    def __init__(self, line: Line) -> None:
        self.line = line
        self._count = 0

    def publish(self, *articles: tuple[str, str]) -> None:
        """Publishes (outlet, text) one after the other and waits until they have stories."""
        for outlet, text in articles:
            self._count += 1
            before = len(self.line.watch.seen[CLUSTERED])
            self.line.publish([raw(outlet, outlet, text, version=self._count)])
            came = self.line.watch.until(lambda before=before: len(self.line.watch.seen[CLUSTERED]) > before, PATIENCE)
            assert came, self.line.stages.log_of("dedup")

    def stories(self) -> list[list[str]]:
        """The stories by their members' outlets, as ``stories.members.v1`` has them; each in order, all in order."""
        self.line.watch.settle()
        found: dict[str, list[str]] = {}
        for record in _values(self.line.watch.newest(STORY_MEMBERS).values()):
            found.setdefault(record["story_id"], []).append(record["source"])
        sizes = {record["story_id"]: record["size"] for record in _values(self.line.watch.newest(STORIES).values())}
        assert {story: size for story, size in sizes.items() if size} == {s: len(found[s]) for s in found}
        return sorted(sorted(members) for members in found.values())

    def story(self, outlet: str) -> str:
        """The id of the story that the article of ``outlet`` belongs to."""
        return str(self._member(outlet)["story_id"])

    def article(self, outlet: str) -> str:
        """The id of the article of ``outlet``."""
        return str(self._member(outlet)["article_id"])

    def _member(self, outlet: str) -> dict[str, Any]:
        self.line.watch.settle()
        members = _values(self.line.watch.newest(STORY_MEMBERS).values())
        (only,) = [member for member in members if member["source"] == outlet]
        return only

    def edit(self, *arguments: str) -> Result:
        """``wiredesk stories``."""
        return CliRunner().invoke(app, ["stories", *arguments, "--bootstrap", self.line.broker.bootstrap])

    def send(self, edit: StoryEdit) -> None:
        """Sends a decision that no check of the command has seen."""
        producer = KafkaProducer(bootstrap_servers=self.line.broker.bootstrap, enable_idempotence=False)
        value = msgspec.json.encode(edit)
        producer.send(CLEAN, key=key_of(edit).encode(), value=value, headers=headers_of(edit)).get(30)
        producer.close()


def _values(values: Iterable[bytes | None]) -> list[dict[str, Any]]:
    return [orjson.loads(value) for value in values if value]


@pytest.fixture(params=["embedded", pytest.param("kafka", marks=pytest.mark.kafka)])
def newsroom(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Newsroom]:
    with running_line(request.param, tmp_path, names=("intake", "dedup")) as line:
        yield Newsroom(line)


def restart_dedup(newsroom: Newsroom) -> None:
    newsroom.line.stages.processes["dedup"].kill()
    newsroom.line.stages.start("dedup")
    newsroom.line.stages.wait_until_ready()


def test_a_merge_moves_all_members_and_holds_for_later_ones(newsroom):
    newsroom.publish(("A", WIRE), ("B", OTHER), ("B copy", OTHER))
    older, younger = newsroom.story("A"), newsroom.story("B")
    done = newsroom.edit("merge", younger, older, "--because", "one event")
    assert done.exit_code == 0, done.stderr
    assert done.stdout.splitlines()[-1] == f"story {younger} is merged into {older}"
    assert newsroom.stories() == [["A", "B", "B copy"]]

    restart_dedup(newsroom)
    newsroom.publish(("late", OTHER), ("other", made_up(1)))
    assert newsroom.stories() == [["A", "B", "B copy", "late"], ["other"]]
    assert newsroom.story("late") == older

    again = newsroom.edit("merge", older, younger)
    assert again.exit_code == 1
    assert f"was merged into {older}" in again.stderr


def test_a_split_keeps_the_two_apart_and_its_articles_where_they_were_put(newsroom):
    newsroom.publish(("A", WIRE), ("B", CHANGED), ("C", WIRE))
    assert newsroom.stories() == [["A", "B", "C"]]
    first = newsroom.story("A")
    done = newsroom.edit("split", first, newsroom.article("B"), "--because", "another rescue")
    assert done.exit_code == 0, done.stderr
    new = newsroom.story("B")
    assert done.stdout.splitlines()[-1] == f"1 of them is story {new} now"
    assert newsroom.stories() == [["A", "C"], ["B"]]

    restart_dedup(newsroom)
    newsroom.publish(("D", WIRE), ("E", CHANGED))
    assert newsroom.stories() == [["A", "C", "D"], ["B", "E"]]
    newsroom.publish(("B", WIRE))  # a new version, with the words of the story that it was taken out of
    assert newsroom.stories() == [["A", "C", "D"], ["B", "E"]]
    assert (newsroom.story("A"), newsroom.story("B")) == (first, new)

    done = newsroom.edit("merge", first, new)  # the editor changes their mind
    assert done.exit_code == 0, done.stderr
    assert newsroom.stories() == [["A", "B", "C", "D", "E"]]


def test_a_decision_that_comes_twice_is_carried_out_once(newsroom):
    newsroom.publish(("A", WIRE), ("B", WIRE), ("C", WIRE))
    edit = StoryEdit(
        edit_id="1", kind="split", stories=[newsroom.story("A")], articles=[newsroom.article("B")], by="jane", at=NOW
    )
    newsroom.send(edit)
    newsroom.send(edit)
    newsroom.publish(("D", OTHER))
    assert newsroom.stories() == [["A", "C"], ["B"], ["D"]]
    assert newsroom.line.watch.seen[DEAD] == []


def test_a_decision_that_cannot_be_carried_out_is_a_dead_letter_and_the_line_goes_on(newsroom):
    newsroom.publish(("A", WIRE), ("B", WIRE))
    everybody = [newsroom.article("A"), newsroom.article("B")]
    story = newsroom.story("A")
    newsroom.send(StoryEdit(edit_id="1", kind="split", stories=[story], articles=everybody, by="jane", at=NOW))
    newsroom.send(StoryEdit(edit_id="2", kind="merge", stories=[story, "nobody"], by="jane", at=NOW))
    newsroom.send(StoryEdit(edit_id="3", kind="burn", stories=[story], by="jane", at=NOW))
    newsroom.publish(("C", WIRE))
    assert newsroom.stories() == [["A", "B", "C"]]
    letters = {seen.key: dict(seen.headers) for seen in newsroom.line.watch.seen[DEAD]}
    assert set(letters) == {b"edit/1", b"edit/2", b"edit/3"}
    assert {notes["dead_stage"] for notes in letters.values()} == {b"dedup"}
    assert b"members of story" in letters[b"edit/1"]["dead_message"]
    assert newsroom.line.watch.seen[OUTCOMES] == []

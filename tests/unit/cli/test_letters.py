"""Dead letters as they are read: what is wanted, what can be replayed, what to do about each."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, NamedTuple

import orjson
import pytest

from wiredesk.cli.dead_show import as_fields, letter_lines, line
from wiredesk.cli.letters import Letter, Mark, Wanted, letters, once, place_of
from wiredesk.cli.replaying import Replayer
from wiredesk.cli.went_on import went_on
from wiredesk.contracts.errors import BadMessage
from wiredesk.contracts.record import Record
from wiredesk.contracts.replay import REPLAY_OF, REPLAY_RECEIVED, REPLAYED, REPLAYED_AT, REPLAYED_TO
from wiredesk.contracts.topics import CLEAN, DEAD, ENRICHED, QUOTED, RAW
from wiredesk.runtime.dead import dead_letter


class Consumed(NamedTuple):
    """A record as a consumer gives it."""

    offset: int
    headers: list[tuple[str, bytes]]
    value: bytes | None = b'{"source": {"name": "The Courier"}}'
    key: bytes | None = b"courier:1"
    topic: str = DEAD
    partition: int = 0
    timestamp: int = 1_790_000_000_000


def consumed(offset: int, topic: str = RAW, error: Exception | None = None, **fields: Any) -> Consumed:
    """The letter that a stage writes, as it is read."""
    record = Record(
        topic, 1, 40 + offset, 5, fields.get("key", b"courier:1"), fields.get("value", Consumed(0, []).value),
        tuple(fields.pop("headers", [("mood", b"calm")])),
    )  # fmt: skip
    stage = "intake" if topic == RAW else "publish"
    letter, *_ = dead_letter(record, stage, error or BadMessage("no body; send one"), [])
    return Consumed(offset, letter.headers, **{"key": letter.key, "value": letter.value} | fields)


def letter(*arguments: Any, **fields: Any) -> Letter:
    (found,) = letters([consumed(*arguments, **fields)])
    assert isinstance(found, Letter)
    return found


def test_a_letter_tells_the_message_from_what_was_wrong_with_it():
    found = letter(17)
    assert (found.place, found.original, found.number) == (f"{DEAD}/0/17", f"{RAW}/1/57", "17")
    assert (found.stage, found.error, found.message) == ("intake", "BadMessage", "no body; send one")
    assert found.headers == [("mood", b"calm")]
    assert found.source == "The Courier"


def test_a_mark_is_no_letter_and_names_where_the_message_failed():
    mark = Consumed(
        18, [(REPLAYED, f"{RAW}/1/57".encode()), (REPLAYED_TO, b"there"), (REPLAYED_AT, b"then")], value=None
    )
    assert list(letters([mark])) == [(f"{RAW}/1/57", Mark("there", "then"))]
    assert list(letters([Consumed(19, [], value=b"a stranger's")])) == []


def test_of_two_letters_of_one_message_one_is_replayed():
    first = letter(1)
    again = first._replace(offset=2)
    assert [each.offset for each in once([first, again, letter(3)])] == [1, 3]


@pytest.mark.parametrize(
    ("wanted", "taken"),
    [
        (Wanted(), True),
        (Wanted(stage="intake", error="BadMessage", source="the  COURIER"), True),
        (Wanted(stage="dedup"), False),
        (Wanted(error="TooLarge"), False),
        (Wanted(source="Courier"), False),
        (Wanted(until=datetime(2026, 1, 1, tzinfo=UTC)), False),
        (Wanted(places=frozenset([f"{DEAD}/0/17"])), True),
        (Wanted(places=frozenset([f"{DEAD}/0/18"])), False),
    ],
)
def test_a_letter_must_meet_all_that_is_asked(wanted, taken):
    assert wanted.takes(letter(17)) is taken


def test_what_was_replayed_is_not_open():
    assert not Wanted(open=True).takes(letter(17)._replace(replayed=Mark("there", "then")))


@pytest.mark.parametrize(
    ("found", "why"),
    [
        (letter(1), None),
        (letter(1, QUOTED), None),
        (letter(1)._replace(replayed=Mark(f"{RAW}/0/9", "then")), f"replayed to {RAW}/0/9 already"),
        (letter(1, CLEAN, key=b"edit/7"), "an editor's decision"),
        (letter(1, "strange.v1"), "which no stage reads"),
    ],
)
def test_only_what_a_stage_reads_is_replayed_and_only_once(found, why):
    said = found.unreplayable()
    assert said is None if why is None else why in said
    assert found.advice()


@pytest.mark.parametrize(
    ("said", "place"), [("17", f"{DEAD}/0/17"), ("1/17", f"{DEAD}/1/17"), (f"{DEAD}/0/17", f"{DEAD}/0/17")]
)
def test_letters_are_named_by_their_numbers(said, place):
    assert place_of(said) == place


@pytest.mark.parametrize("said", ["", "x", "1/2/3", f"{RAW}/0/1"])
def test_what_names_no_letter_is_refused(said):
    with pytest.raises(BadMessage, match="wiredesk dead list"):
        place_of(said)


def test_what_is_shown_of_a_letter_commands_no_terminal():
    found = letter(17, value=b"\x1b[2J{\xff", error=RuntimeError("\x1b]0;title\x07"), headers=[("\x1bh", b"\x9b1m")])
    for text in (line(found), *letter_lines(found)):
        assert not any(ord(char) < 32 and char != "\n" for char in text.plain)
    assert "\\x1b[2J{\\xff" in "".join(text.plain for text in letter_lines(found))
    assert as_fields(found, whole=True)["value"] == "G1sySnv/"


def test_a_replay_restores_the_headers_and_says_what_it_is_of():
    found = letter(17, QUOTED, headers=[("ce_raw", b"r"), (REPLAY_OF, b"an older letter"), ("ce_raw", b"twice")])
    headers = Replayer(None, None, fenced=False).headers(found)
    assert headers == [("ce_raw", b"r"), ("ce_raw", b"twice"), (REPLAY_OF, f"{DEAD}/0/17".encode())]


def test_a_replay_of_a_replay_keeps_the_time_at_which_the_message_was_first_received():
    found = letter(17, headers=[(REPLAY_RECEIVED, b"2026-09-14T12:00:00Z")])
    assert dict(Replayer(None, None, fenced=False).headers(found))[REPLAY_RECEIVED] == b"2026-09-14T12:00:00Z"


class RawTopic:
    """A raw topic on which one message is left, as a consumer reads it."""

    def __init__(self, *left: Consumed) -> None:
        self.left = left

    def assign(self, places: Any) -> None:
        self.place = places[0]

    def beginning_offsets(self, places: Any) -> Any:
        return dict.fromkeys(places, self.left[0].offset)

    def seek(self, place: Any, offset: int) -> None: ...

    def poll(self, **_: Any) -> Any:
        return {self.place: list(self.left)}


def test_a_replay_to_intake_says_when_the_message_first_came():
    there = RawTopic(Consumed(57, [], topic=RAW, timestamp=1_789_387_200_000))
    headers = Replayer(None, there, fenced=False).headers(letter(17))
    assert dict(headers)[REPLAY_RECEIVED] == b"2026-09-14T12:00:00.000Z"


@pytest.mark.parametrize(
    "there",
    [Consumed(60, [], topic=RAW), Consumed(57, [], b"of a topic made anew", topic=RAW)],
    ids=["gone", "another"],
)
def test_a_message_whose_age_nobody_knows_is_not_replayed(there):
    why = Replayer(None, RawTopic(there), fenced=False).headers(letter(17))
    assert f"{RAW}/1/57 is no longer on its topic" in why


def article(offset: int, key: str, *errors: str) -> Consumed:
    failed = [{"stage": "quotes", "class": error, "message": "it took too long"} for error in errors]
    value = {"article_id": key, "version": 1, "source": {"name": "The Courier"}, "errors": failed}
    return Consumed(offset, [], orjson.dumps(value), key.encode(), ENRICHED)


def test_an_article_went_on_with_errors_if_its_last_version_did():
    gone = Consumed(6, [], None, b"withdrawn", ENRICHED)
    records = [
        article(1, "good"), article(2, "bad", "WorkFailed"), article(3, "mended", "WorkFailed"), article(4, "mended"),
        article(5, "withdrawn", "WorkFailed"), gone, article(7, "other", "TimeoutError"),
    ]  # fmt: skip
    assert [each.article_id for each in went_on(records, Wanted())] == ["bad", "other"]
    assert [each.article_id for each in went_on(records, Wanted(stage="quotes", error="WorkFailed"))] == ["bad"]
    assert list(went_on(records, Wanted(source="Northern Wire"))) == []
    assert "WorkFailed at quotes: it took too long" in line(next(went_on(records, Wanted()))).plain

"""The guard: a record gives the handler's messages or a dead letter, and nothing else can happen."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from wiredesk.contracts.edits import StoryEdit, headers_of, key_of
from wiredesk.contracts.errors import BadMessage, Refused, TooLarge
from wiredesk.contracts.outcomes import Outcome
from wiredesk.contracts.record import Out, RawRef, Record
from wiredesk.contracts.topics import CLEAN, CLUSTERED, DEAD, DEDUP_STATE, OUTCOMES, RAW, STORIES
from wiredesk.runtime.guard import Guard
from wiredesk.runtime.outgoing import Outgoing

LIMITS = {CLEAN: 2_000, STORIES: 2_000, CLUSTERED: 2_000, DEDUP_STATE: 2_000, DEAD: 5_000, OUTCOMES: 2_000}


def record(value: bytes | None = b"x", *, topic: str = RAW, headers: tuple[tuple[str, bytes], ...] = ()) -> Record:
    return Record(topic=topic, partition=2, offset=17, time=1_790_000_000_000, key=b"k", value=value, headers=headers)


def taken(outs: list[Out] | BaseException, of: Record) -> list[Outgoing]:
    def work(_: Record) -> Awaitable[list[Out]]:
        async def answer() -> list[Out]:
            if isinstance(outs, BaseException):
                raise outs
            return outs

        return answer()

    return asyncio.run(Guard("dedup", work, LIMITS, DEDUP_STATE).take(of))


def headers(sent: Outgoing) -> dict[str, bytes]:
    return dict(sent.headers)


def test_messages_get_an_envelope() -> None:
    (sent,) = taken([Out(CLEAN, "article", b"{}", {"language": "en"})], record())
    assert (sent.topic, sent.key, sent.value) == (CLEAN, b"article", b"{}")
    made = headers(sent)
    assert made["ce_specversion"] == b"1.0"
    assert made["ce_type"] == b"org.wiredesk.articles.clean.v1"
    assert made["ce_raw"] == b"articles.raw.v1/2/17"
    assert made["ce_language"] == b"en"
    assert made["ce_time"] == b"2026-09-21T14:13:20.000+00:00"


def test_the_feeds_time_and_trace_are_carried_on() -> None:
    trace = b"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
    came = (("ce_time", b"2026-09-01T00:00:00Z"), ("ce_raw", b"articles.raw.v1/0/3"), ("traceparent", trace))
    (sent,) = taken([Out(CLUSTERED, "s", b"{}")], record(topic=CLEAN, headers=came))
    made = headers(sent)
    assert made["ce_time"] == b"2026-09-01T00:00:00Z"
    assert made["ce_raw"] == b"articles.raw.v1/0/3"
    assert made["traceparent"].split(b"-")[1] == trace.split(b"-")[1]
    assert made["traceparent"] != trace


def test_the_same_message_gets_the_same_id_when_it_is_made_again() -> None:
    first, again = (taken([Out(CLEAN, "a", b"{}")], record())[0] for _ in range(2))
    assert headers(first)["ce_id"] == headers(again)["ce_id"]
    (other,) = taken([Out(CLEAN, "b", b"{}")], record())
    assert headers(other)["ce_id"] != headers(first)["ce_id"]


EDIT = StoryEdit(edit_id="1", kind="merge", stories=["a", "b"], by="jane", at="2026-09-21T14:13:20Z")


def edit_record(edit: StoryEdit) -> Record:
    value = msgspec.json.encode(edit)
    return structs.replace(record(value, topic=CLEAN, headers=tuple(headers_of(edit))), key=key_of(edit).encode())


def test_two_decisions_of_editors_on_one_story_give_two_messages_with_ids_of_their_own() -> None:
    outs = [Out(STORIES, "a", b"{}")]
    first, again, second = (
        headers(taken(outs, edit_record(edit))[0]) for edit in (EDIT, EDIT, structs.replace(EDIT, edit_id="2"))
    )
    assert first["ce_id"] == again["ce_id"]
    assert first["ce_id"] != second["ce_id"]
    assert "ce_raw" not in first


def test_a_decision_that_cannot_be_carried_out_is_a_dead_letter_and_has_no_outcome() -> None:
    (letter,) = taken(BadMessage("no such story"), edit_record(EDIT))
    assert (letter.topic, letter.key, letter.value) == (DEAD, b"edit/1", msgspec.json.encode(EDIT))
    assert headers(letter)["dead_message"] == b"no such story"


def test_a_handler_that_raises_makes_a_dead_letter_and_an_outcome() -> None:
    letter, outcome = taken(BadMessage("no body; send one"), record(b"\xff", headers=(("a", b"1"), ("a", b"2"))))
    assert (letter.topic, letter.key, letter.value) == (DEAD, b"k", b"\xff")
    assert letter.headers[:2] == [("a", b"1"), ("a", b"2")]
    notes = headers(letter)
    assert notes["dead_topic"] == RAW.encode()
    assert (notes["dead_partition"], notes["dead_offset"]) == (b"2", b"17")
    assert (notes["dead_stage"], notes["dead_error"]) == (b"dedup", b"BadMessage")
    assert notes["dead_message"] == b"no body; send one"
    assert b"BadMessage" in notes["dead_traceback"]
    assert outcome.topic == OUTCOMES
    assert outcome.key == b"articles.raw.v1/2/17"
    said = msgspec.json.decode(outcome.value or b"", type=Outcome)
    assert said.raw == RawRef(RAW, 2, 17)
    assert said.outcome == "dead"
    assert said.error is not None
    assert (said.error.stage, said.error.class_) == ("dedup", "BadMessage")


def source_told(value: bytes | None, error: BaseException | None = None, **of: object) -> str | None:
    *_, outcome = taken(error or BadMessage("no"), record(value, **of))  # type: ignore[arg-type]
    assert outcome.topic == OUTCOMES
    return msgspec.json.decode(outcome.value or b"", type=Outcome).source


@pytest.mark.parametrize(
    ("value", "source"),
    [
        (b'{"source":{"name":"The Courier"},"body":1}', "The Courier"),
        (b'{"body":1,"source":{"id":7,"name":"The Courier"}}', "The Courier"),
        (b'{"source": {"name": "The Courier", "id": "7"}, "body": "cut sho', "The Courier"),
        (b'\xef\xbb\xbf{"source":{"name":"The Courier"},"body":"caf\xe9"}', "The Courier"),  # Latin-1
        (b'{"original":{"source":{"name":"Another"}},"body":"cut sho', None),  # not the message's own
        (b'{"source":{"name":"' + b"x" * 300 + b'"}}', "x" * 200),
        (b'{"source":{"name":" "}}', None),
        (b'{"source":{"name":7}}', None),
        (b'{"source":"The Courier"}', None),
        (b'{"source":' + b'{"a":' * 700 + b"x", None),
        (b"[" * 5_000, None),
        (b"[]", None),
        (b"7", None),
        (b"\xff\x00", None),
        (b"", None),
        (None, None),
    ],
)
def test_a_dead_message_names_its_source_where_that_can_be_read(value: bytes | None, source: str | None) -> None:
    assert source_told(value) == source


def test_what_was_refused_for_its_size_is_not_decoded_to_find_its_source() -> None:
    small, large = (b'{"source":{"name":"The Courier"},"body":"%s"}' % (b"x" * size) for size in (10, 1_000_000))
    assert source_told(small, TooLarge("the value has 1 bytes too many; send less")) is None
    assert source_told(large) is None


def test_between_stages_the_source_of_a_dead_message_is_in_its_headers() -> None:
    came = (("ce_raw", b"articles.raw.v1/0/3"), ("ce_articlesource", "Журнал".encode()))
    assert source_told(b"{", ValueError("broken"), topic=CLEAN, headers=came) == "Журнал"
    assert source_told(b'{"source":{"name":"x"}}', ValueError("broken"), topic=CLEAN, headers=came[:1]) is None


def test_a_stranger_in_a_topic_between_stages_is_a_dead_letter_without_an_outcome() -> None:
    (letter,) = taken(ValueError("not a document"), record(topic=CLEAN))
    assert letter.topic == DEAD


def test_a_tombstone_that_cannot_be_handled_stays_one_in_the_dead_letter() -> None:
    letter, _ = taken(BadMessage("no value"), record(None))
    assert letter.value is None


def test_a_message_over_its_topics_limit_becomes_a_dead_letter_but_the_state_goes_out() -> None:
    outs = [Out(DEDUP_STATE, "a", b"{}"), Out(CLUSTERED, "s", b"x" * 3_000)]
    sent = taken(outs, record())
    assert [message.topic for message in sent] == [DEDUP_STATE, DEAD, OUTCOMES]
    assert b"raise max_message_bytes" in headers(sent[1])["dead_message"]


def test_being_cancelled_is_not_poison() -> None:
    with pytest.raises(asyncio.CancelledError):
        taken(asyncio.CancelledError(), record())


@given(st.text(), st.binary(max_size=50), st.lists(st.tuples(st.text(), st.binary()), max_size=3))
def test_any_error_on_any_record_can_be_told(said: str, value: bytes, came: list[tuple[str, bytes]]) -> None:
    sent = taken(RuntimeError(said), record(value, headers=tuple(came)))
    assert [message.topic for message in sent] == [DEAD, OUTCOMES]
    assert sent[0].value == value


def test_what_a_refusal_changed_in_the_state_goes_out_with_its_dead_letter() -> None:
    sent = taken(Refused("no such story", [Out(DEDUP_STATE, "edit/1", b"{}")]), record())
    assert [message.topic for message in sent] == [DEDUP_STATE, DEAD, OUTCOMES]

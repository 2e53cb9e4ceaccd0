"""``wiredesk check``: what would be refused, and what would help."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner, Result

from wiredesk.cli.check import Judge
from wiredesk.cli.inputs import Message
from wiredesk.cli.main import app
from wiredesk.contracts.raw import RawArticle
from wiredesk.contracts.record import Record
from wiredesk.contracts.shipped import shipped
from wiredesk.contracts.topics import RAW
from wiredesk.intake.handler import make

WHOLE: dict[str, Any] = {
    "source": {"name": "The Courier", "id": "7"},
    "headline": "Storm",
    "body": "A storm is coming.",
    "language": "en",
    "published_at": "2026-09-14T08:00:00Z",
}


@pytest.fixture
def check(tmp_path, monkeypatch):
    """Checks messages (bytes, or fields) that stand in feed.jsonl, one a line."""
    monkeypatch.chdir(tmp_path)

    def check(*lines: Any, options: tuple[str, ...] = ()) -> Result:
        encoded = [line if isinstance(line, bytes) else orjson.dumps(line) for line in lines]
        (tmp_path / "feed.jsonl").write_bytes(b"\n".join(encoded))
        return CliRunner().invoke(app, ["check", "feed.jsonl", *options])

    return check


def test_a_good_feed_passes_without_a_word_but_the_count(check):
    told = check(WHOLE)
    assert (told.exit_code, told.stdout) == (0, "1 message: 0 would be refused, 1 taken\n")


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (b"not json", "the value is not JSON in UTF-8"),
        (b'{"source":{"name":"C"},"body":"\xff"}', "the value is not JSON in UTF-8"),
        (b"[]", "the value is a JSON list"),
        ({"source": {"name": "C"}}, "the article has no body"),
        (WHOLE | {"published_at": "2026-09-14T08:00:00"}, "timezone component - at `$.published_at`"),
        (WHOLE | {"published_at": "0001-01-01T00:00:00+14:00"}, "outside the years 1 to 9999"),  # intake's own rule
        (WHOLE | {"body": "x" * 1_000_001}, "over the limit of 1000000"),
    ],
)
def test_what_would_be_refused_is_told_with_place_and_reason_and_the_others_pass(check, line, why):
    told = check(WHOLE, line)
    assert told.exit_code == 1
    assert told.stdout.startswith("feed.jsonl:2: refused: ")
    assert why in told.stdout.splitlines()[0]
    assert told.stdout.endswith("2 messages: 1 would be refused, 1 taken\n")


def test_the_limit_is_the_setting_of_intake(check, monkeypatch):
    monkeypatch.setenv("WIREDESK_MAX_BODY_BYTES", "100")
    told = check(WHOLE)
    assert told.exit_code == 1
    assert "over the limit of 100;" in told.stdout


def test_a_refused_message_may_only_be_misspelt(check):
    told = check({"source": {"name": "C"}, "text": "A storm.", "urgency": 4})
    assert told.stdout.splitlines()[:2] == [
        "feed.jsonl:1: refused: the article has no body; send one, or status 'withdrawn' if it was taken back",
        "feed.jsonl:1: misspelt: text: did you mean body?",
    ]


def test_advice_does_not_fail_the_check(check):
    told = check({name: value for name, value in WHOLE.items() if name != "headline"} | {"headling": "Storm"})
    assert told.exit_code == 0
    assert told.stdout.splitlines()[:2] == [
        "feed.jsonl:1: misspelt: headling: did you mean headline?",
        "feed.jsonl:1: no-headline: no headline",
    ]


@pytest.mark.parametrize("other", [{"source": {"name": "The Courier", "id": "7", "domain": ""}}, {"slug": "x"}])
def test_versions_are_told_by_the_id_that_intake_gives(check, other):
    told = check(WHOLE | {"version": 1}, WHOLE | {"version": 1, "body": "Another."} | other)
    assert "feed.jsonl:2: same-version: version 1 had another text at feed.jsonl:1" in told.stdout


def test_people_are_shown_the_first_of_many_and_all_that_is_refused(check):
    told = check(*[WHOLE | {"urgency": number} for number in range(30)], *[b"x"] * 30)
    lines = told.stdout.splitlines()
    assert sum(": extra: " in line for line in lines) == 20
    assert sum(": refused: " in line for line in lines) == 30
    assert any(line.split()[:2] == ["30", "extra"] for line in lines)
    assert "urgency 30" in told.stdout


def test_machines_get_all_and_the_counts(check):
    told = check(*[WHOLE | {"urgency": number} for number in range(30)], b"x", options=("--json",))
    *found, last = [orjson.loads(line) for line in told.stdout.splitlines()]
    assert told.exit_code == 1
    assert found[0] == {
        "place": "feed.jsonl:1",
        "kind": "extra",
        "message": "urgency is kept under extra",
        "field": "urgency",
        "meant": None,
    }
    assert [each["kind"] for each in found] == ["extra"] * 30 + ["refused"]
    assert last == {
        "summary": {"messages": 31, "refused": 1, "findings": {"extra": 30, "refused": 1}, "extra": {"urgency": 30}}
    }


def test_names_from_outside_cannot_command_a_terminal(check):
    told = check(WHOLE | {"\x1b[2Jx": 1})
    assert "\x1b" not in told.stdout


def test_the_seeds_are_taken_but_for_the_one_that_is_meant_to_be_broken(tmp_path):
    corpus = str(shipped("seeds", "corpus.jsonl"))
    broken = tmp_path / "broken.jsonl"
    broken.write_bytes(shipped("seeds", "malformed.txt").read_bytes())
    assert CliRunner().invoke(app, ["check", corpus, str(shipped("seeds", "npr-russia-syria.txt"))]).exit_code == 0
    assert CliRunner().invoke(app, ["check", str(broken)]).exit_code == 1


INTAKE = make()
JUDGE = Judge(datetime.now(UTC))
NUMBERS = st.integers(-(2**53), 2**53)
ANY = st.none() | st.booleans() | NUMBERS | st.text(max_size=8) | st.lists(st.text(max_size=3), max_size=2)
FIELDS = st.dictionaries(st.sampled_from([*RawArticle.__struct_fields__, "x"]), ANY)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=20) | FIELDS.map(lambda fields: orjson.dumps(WHOLE | fields)))
def test_what_passes_is_not_refused_later_and_what_is_refused_does_not_pass(value):
    refused = any(finding.kind == "refused" for finding in JUDGE.findings(Message("x", value, len(value))))
    try:
        INTAKE(Record(RAW, 0, 0, 1_790_000_000_000, None, value))
    except Exception:
        assert refused
    else:
        assert not refused

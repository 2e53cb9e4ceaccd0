"""How ``wiredesk tail`` shows a message."""

from __future__ import annotations

import io
from types import SimpleNamespace

import pytest
from rich.console import Console

from wiredesk.cli import tail
from wiredesk.cli.tail import as_fields, cut


def record(value: bytes | None, key: bytes | None = b"k", headers=(), timestamp: int = 1_710_144_900_250):
    return SimpleNamespace(
        topic="t.v1", partition=2, offset=7, timestamp=timestamp, key=key, headers=list(headers), value=value
    )


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (b'{"a":"\xc3\xa9"}', {"a": "é"}),
        (b"[1]", [1]),
        (b"not json", "not json"),
        (b"\xff\x00", {"base64": "/wA="}),
        (b"", ""),
        (None, None),
    ],
)
def test_a_value_is_json_or_text_or_base64(value, shown):
    assert as_fields(record(value))["value"] == shown


def test_all_of_a_message_is_there():
    assert as_fields(record(b"1", headers=[("a", b"1"), ("a", b"\xff"), ("b", None)])) == {
        "topic": "t.v1",
        "partition": 2,
        "offset": 7,
        "time": "2024-03-11T08:15:00.250Z",
        "key": "k",
        "headers": [["a", "1"], ["a", {"base64": "/w=="}], ["b", None]],  # repeated ones are kept, in order
        "value": 1,
    }


def test_a_message_without_time_has_none():
    assert as_fields(record(b"1", timestamp=-1))["time"] is None


def test_long_strings_are_cut_for_people():
    shown = cut({"text": "x" * 1000, "spans": [{"exact": "y" * 300}], "n": 1})
    assert shown["text"] == "x" * 300 + "... (1,000 characters)"
    assert shown["spans"] == [{"exact": "y" * 300}]
    assert shown["n"] == 1


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ('{"text":"[bold]storm\x9b2J"}'.encode(), r'"text": "[bold]storm\\x9b2J"'),  # no mark-up from outside
        (None, "(tombstone)"),
        (b"\xff", "base64"),
    ],
)
def test_people_see_place_key_headers_and_value(value, expected):
    seen = io.StringIO()
    show = tail._printer(Console(file=seen, width=80))
    show(record(value, key=b"[red]a\x1b[2J", headers=[("ce_type", b"[red]org.wiredesk")]))
    assert seen.getvalue().startswith("t.v1/2/7 2024-03-11T08:15:00.250Z [red]a")
    assert "  ce_type: [red]org.wiredesk\n" in seen.getvalue()
    assert expected in seen.getvalue()
    assert not {"\x1b", "\x9b"} & set(seen.getvalue())  # nor can it command a terminal

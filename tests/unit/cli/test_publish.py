"""The key and the headers under which a feed's message is published."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import orjson
import pytest
from typer.testing import CliRunner

from wiredesk.cli.main import app
from wiredesk.cli.publish import headers_of, key_of


def message(source: dict[str, Any], **fields: Any) -> bytes:
    return orjson.dumps({"source": source, "body": "The ferry sails."} | fields)


@pytest.mark.parametrize(
    ("source", "fields", "key"),
    [
        ({"name": "Gazette", "domain": "gazette.example", "id": "7731"}, {}, b"gazette.example:7731"),
        ({"name": "Gazette", "id": "7731"}, {}, b"Gazette:7731"),
        ({"name": "Gazette", "id": "7731"}, {"url": "https://gazette.example/7731"}, b"Gazette:7731"),
        ({"name": "Gazette"}, {"url": "https://gazette.example/7731"}, b"Gazette:https://gazette.example/7731"),
        ({"name": "Gazette"}, {}, b"Gazette"),
        ({"name": "Gazette", "domain": "", "id": ""}, {"url": ""}, b"Gazette"),
        ({"name": "Журнал", "id": "ж"}, {}, "Журнал:ж".encode()),
    ],
)
def test_the_key_is_what_all_versions_of_an_article_have_in_common(source, fields, key):
    assert key_of(message(source, **fields)) == key
    assert key_of(message(source, **fields, version=2, headline="Ferry sails again")) == key


@pytest.mark.parametrize("value", [b"", b"\xff", b"{", b"[]", b'{"source":{"name":"Gazette"}}'])
def test_what_cannot_be_read_has_no_key_and_is_nobodys(value):
    assert key_of(value) is None
    assert dict(headers_of(value))["ce_source"] == b"/wiredesk/feed/unknown"


def test_the_headers_are_a_cloudevent():
    headers = dict(headers_of(message({"name": "Harbour Gazette"})))
    assert headers["ce_specversion"] == b"1.0"
    assert headers["ce_type"] == b"org.wiredesk.articles.raw.v1"
    assert headers["ce_source"] == b"/wiredesk/feed/Harbour%20Gazette"
    assert headers["content-type"] == b"application/json"
    assert len(headers["ce_id"]) == 32


def test_the_time_is_that_of_the_sending_not_of_the_news():
    before = datetime.now(UTC) - timedelta(milliseconds=1)
    said = dict(headers_of(message({"name": "x"}, published_at="2015-03-11T08:15:00Z")))["ce_time"].decode()
    assert before <= datetime.fromisoformat(said) <= datetime.now(UTC)


def test_the_same_message_has_the_same_id_and_another_has_another():
    one, again, other = (dict(headers_of(message({"name": "x"}, body=body)))["ce_id"] for body in ("a", "a", "b"))
    assert one == again != other


def test_each_sending_begins_a_trace_of_its_own():
    first, second = (dict(headers_of(message({"name": "x"})))["traceparent"] for _ in range(2))
    assert first != second
    assert len(first) == 55


def test_without_a_broker_it_says_so_and_what_to_do(tmp_path, monkeypatch):
    monkeypatch.setattr("wiredesk.cli.connect.PATIENCE_SECONDS", 0.2)
    (tmp_path / "a.jsonl").write_bytes(message({"name": "x"}))
    done = CliRunner().invoke(app, ["publish", str(tmp_path / "a.jsonl"), "--bootstrap", "127.0.0.1:1"])
    assert done.exit_code == 1
    assert done.stderr.startswith("wiredesk: no Kafka broker answered at 127.0.0.1:1 within 0.2 s; start one")
    assert "--bootstrap" in done.stderr

"""``wiredesk annotate``: what goes where, with stages that only look at words."""

from __future__ import annotations

import base64
import os
import subprocess
import sys
from pathlib import Path

import orjson
import pytest
from typer.testing import CliRunner

from wiredesk.cli.main import app


@pytest.fixture
def annotate(fake_stages, monkeypatch):
    monkeypatch.setattr("wiredesk.line.chain.stages", lambda settings: fake_stages.handlers())
    monkeypatch.setenv("WIREDESK_WORKERS", "1")

    def annotate(*arguments: object, stdin: bytes | None = None):
        return CliRunner().invoke(app, ["annotate", *map(str, arguments)], input=stdin)

    return annotate


def lines(path: Path) -> list:
    return [orjson.loads(line) for line in path.read_bytes().splitlines()]


def test_documents_go_to_standard_output_in_order_and_a_summary_to_standard_error(annotate, tmp_path):
    feed = tmp_path / "feed.jsonl"
    feed.write_text("storm\nagain\nrain\ngone\n")
    done = annotate(feed, "--workers", 2)
    assert [orjson.loads(line)["text"] for line in done.stdout.splitlines()] == ["1 STORM", "2 RAIN"]
    assert done.exit_code == 0
    assert done.stderr.startswith("4 articles in ")
    assert done.stderr.endswith(": 2 enriched, 1 redelivered or overtaken, 1 withdrawn\n")


@pytest.mark.parametrize("arguments", [["-"], []])
def test_standard_input_is_read_when_it_is_named_or_nothing_is(annotate, arguments):
    done = annotate(*arguments, stdin=b"storm\nrain\n")
    assert len(done.stdout.splitlines()) == 2
    assert done.exit_code == 0


def test_documents_go_to_a_file_if_wanted(annotate, tmp_path):
    done = annotate("-", "--out", tmp_path / "out.jsonl", stdin=b"storm\n")
    assert done.stdout == ""
    assert lines(tmp_path / "out.jsonl") == [{"text": "1 STORM", "publish": 1}]


def test_dead_letters_are_a_line_each_on_standard_error_and_the_exit_code_says_so(annotate):
    done = annotate("-", stdin=b"storm\nbad\nrain\n")
    assert done.exit_code == 1
    assert "<stdin>:2: dead letter from intake: BadMessage: it says bad; say good" in done.stderr.splitlines()
    assert len(done.stdout.splitlines()) == 2
    assert "1 dead, 2 enriched" in done.stderr


def test_dead_letters_go_to_a_file_with_their_bytes(annotate, tmp_path):
    done = annotate("-", "--dead", tmp_path / "dead.jsonl", stdin=b"bad [bold]news\nstorm\nbad \xff\n")
    assert done.exit_code == 1
    assert "dead letter" not in done.stderr
    why = {"stage": "intake", "class": "BadMessage", "message": "it says bad; say good"}
    assert lines(tmp_path / "dead.jsonl") == [
        {"place": "<stdin>:1", **why, "value": "bad [bold]news"},
        {"place": "<stdin>:3", **why, "value_base64": base64.b64encode(b"bad \xff").decode()},
    ]


def test_stories_and_utterances_are_as_they_are_at_the_end(annotate, tmp_path):
    annotate("-", "--stories", tmp_path / "stories", "--quotes", tmp_path / "quotes", stdin=b"storm\nrain\nhail\n")
    assert lines(tmp_path / "stories") == [{"size": 3}]
    assert lines(tmp_path / "quotes") == [{"text": "3 HAIL"}]


def test_what_was_taken_back_is_not_among_the_utterances(annotate, tmp_path):
    annotate("-", "--quotes", tmp_path / "quotes", stdin=b"storm\ngone\n")
    assert lines(tmp_path / "quotes") == []


def test_an_empty_input_is_no_error(annotate):
    done = annotate("-", stdin=b"\n\n")
    assert (done.exit_code, done.stdout) == (0, "")
    assert "0 articles" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["none.jsonl"], "none.jsonl cannot be read (No such file or directory)"),
        (["page.html"], "page.html: don't know how to read this"),
        (["-", "--out", "none/out.jsonl"], "none/out.jsonl cannot be written (No such file or directory)"),
        (["feed.jsonl", "--dead", "./feed.jsonl"], "feed.jsonl is one of the inputs"),
    ],
)
def test_what_cannot_be_done_is_told_in_a_sentence(annotate, tmp_path, monkeypatch, arguments, told):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "feed.jsonl").write_text("storm\n")
    done = annotate(*arguments, stdin=b"storm\n")
    assert done.exit_code == 1
    assert done.stderr.startswith("wiredesk: ")
    assert told in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert (tmp_path / "feed.jsonl").read_text() == "storm\n"


def test_a_setting_that_is_wrong_is_named(annotate, monkeypatch):
    monkeypatch.setenv("WIREDESK_MAX_BODY_BYTES", "many")
    done = annotate("-", stdin=b"storm\n")
    assert done.exit_code == 1
    assert "WIREDESK_MAX_BODY_BYTES='many'" in done.stderr


def test_a_reader_that_goes_away_ends_it_quietly(fake_stages):
    """As in ``wiredesk annotate - | head -1``."""
    program = (
        "import fake_stages, wiredesk.line.chain as chain; chain.stages = lambda settings: fake_stages.handlers()\n"
    )
    program += "from wiredesk.cli.main import app; app(['annotate', '-', '--workers', '1'])"
    annotate = subprocess.Popen(
        [sys.executable, "-c", program],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": str(Path(fake_stages.__file__).parent)},
    )
    assert annotate.stdin
    assert annotate.stdout
    assert annotate.stderr
    annotate.stdin.write(b"storm\n" * 40)
    annotate.stdin.flush()
    assert annotate.stdout.readline() == b'{"text":"1 STORM","publish":1}\n'
    annotate.stdout.close()
    try:
        annotate.stdin.write(b"storm\n" * 10)
        annotate.stdin.close()
    except BrokenPipeError:
        pass
    assert annotate.wait(30) == 1
    assert b"Traceback" not in annotate.stderr.read()

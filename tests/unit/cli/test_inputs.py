"""Reading what people name on the command line."""

from __future__ import annotations

import io
import sys

import orjson
import pytest

from wiredesk.cli.inputs import Outlet, check, read
from wiredesk.contracts.errors import WiredeskError


@pytest.fixture
def write(tmp_path):
    def write(name: str, content: bytes | str) -> str:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return str(path)

    return write


@pytest.mark.parametrize(
    ("name", "content", "values", "numbers"),
    [
        ("a.jsonl", b'{"a":1}\n{"a":2}\n', [b'{"a":1}', b'{"a":2}'], [1, 2]),
        ("a.ndjson", b'{"a":1}\r\n\n  \n{"a":2}', [b'{"a":1}', b'{"a":2}'], [1, 4]),  # blank lines count as lines
        ("a.JSONL", b'\xef\xbb\xbf{"a":1}\n', [b'{"a":1}'], [1]),  # a byte order mark is not part of the message
        ("a.jsonl", b'{"a":\xff}\nnot json\n', [b'{"a":\xff}', b"not json"], [1, 2]),  # judged later, not here
        ("a.jsonl", b"", [], []),
        ("a.json", b'{"a":1}\n{"a":2}\n', [b'{"a":1}', b'{"a":2}'], [1, 2]),
        ("a.json", b'{"a":\n\n1}\n', [b'{"a":\n\n1}'], [None]),  # one message over many lines
        ("a.json", b'{"a":1\n{"a":2}\n', [b'{"a":1', b'{"a":2}'], [1, 2]),  # one a line, the first of them broken
    ],
)
def test_messages_and_where_they_stand(write, name, content, values, numbers):
    path = write(name, content)
    messages = list(read([path]))
    assert [message.value for message in messages] == values
    assert [message.place for message in messages] == [f"{path}:{n}" if n else path for n in numbers]


def test_a_text_file_is_one_article_with_the_name_of_the_file_as_id(write):
    [message] = read([write("storm.txt", "A storm.\n\nIt “rained”.\n")])
    assert orjson.loads(message.value) == {
        "source": {"name": "local", "id": "storm.txt"},
        "body": "A storm.\n\nIt “rained”.\n",
    }
    assert message.place.endswith("storm.txt")


def test_a_text_file_has_the_outlet_that_was_named(write):
    [message] = read([write("storm.txt", "A storm.")], Outlet("Harbour Gazette", "harbourgazette.example"))
    source = {"name": "Harbour Gazette", "domain": "harbourgazette.example", "id": "storm.txt"}
    assert orjson.loads(message.value)["source"] == source


@pytest.mark.parametrize(
    ("content", "body"),
    [
        (b"\xef\xbb\xbfA storm.", "A storm."),
        ("A “storm” – again".encode("cp1252"), "A “storm” – again"),
        (b"A\x81storm", "A\ufffdstorm"),
        (b"", ""),
    ],
)
def test_text_in_other_encodings_is_read_as_browsers_read_it(write, content, body):
    [message] = read([write("storm.txt", content)])
    assert orjson.loads(message.value)["body"] == body


def test_files_come_in_the_order_in_which_they_were_named(write):
    names = [write("b.jsonl", b"1\n2\n"), write("a.jsonl", b"3\n")]
    assert [message.value for message in read(names)] == [b"1", b"2", b"3"]


def test_sizes_add_up_to_the_files(write):
    names = [write("a.jsonl", b'{"a":1}\r\n{"b":2}\n'), write("b.txt", "words"), write("c.json", b'{\n"a":1}\n')]
    assert sum(message.size for message in read(names)) == check(names) == 17 + 5 + 9


def test_standard_input_has_a_message_a_line_and_no_known_size(monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b'{"a":1}\n{"a":2}\n')))
    assert check(["-"]) is None
    assert [(message.place, message.value) for message in read(["-"])] == [
        ("<stdin>:1", b'{"a":1}'),
        ("<stdin>:2", b'{"a":2}'),
    ]


def test_a_terminal_that_nobody_types_into_is_not_waited_for(monkeypatch):
    terminal = io.StringIO()
    terminal.isatty = lambda: True
    monkeypatch.setattr(sys, "stdin", terminal)
    with pytest.raises(WiredeskError, match="nothing comes in on standard input"):
        check(["-"])


def test_what_cannot_be_read_is_named_with_the_reason(write, tmp_path):
    good = write("a.jsonl", b"1\n")
    (tmp_path / "folder.txt").mkdir()
    for name, reason in [
        (str(tmp_path / "none.jsonl"), "No such file"),
        (str(tmp_path / "folder.txt"), "Is a directory"),
        (write("page.html", b"<p>"), r"give \.jsonl, .* or - "),
        (write("noext", b"1"), "don't know how to read"),
    ]:
        with pytest.raises(WiredeskError, match=reason) as told:
            check([good, name])
        assert name in str(told.value)

"""Editors' decisions: what may be decided, and how the message is told from an article."""

from __future__ import annotations

import msgspec
import pytest
from msgspec import structs

from wiredesk.contracts.edits import StoryEdit, headers_of, is_edit, key_of, read_edit
from wiredesk.contracts.errors import BadMessage
from wiredesk.contracts.ids import split_story_id
from wiredesk.contracts.record import Record
from wiredesk.contracts.topics import CLEAN

MERGE = StoryEdit(edit_id="1", kind="merge", stories=["a", "b"], by="Jané Doe", at="2024-03-11T10:05:00Z")
SPLIT = StoryEdit(edit_id="2", kind="split", stories=["a"], articles=["x"], by="jane", at="2024-03-11T10:05:00Z")


@pytest.mark.parametrize("edit", [MERGE, SPLIT], ids=lambda edit: edit.kind)
def test_a_decision_comes_back_as_it_was_sent(edit):
    assert read_edit(msgspec.json.encode(edit)) == edit


@pytest.mark.parametrize(
    "changed",
    [
        structs.replace(MERGE, stories=["a", "a"]),
        structs.replace(MERGE, articles=["x"]),
        structs.replace(SPLIT, stories=["a", "b"]),
        structs.replace(SPLIT, articles=[]),
        structs.replace(SPLIT, kind="burn"),
        structs.replace(SPLIT, edit_id=""),
        structs.replace(MERGE, stories=["a"]),
    ],
)
def test_what_nobody_could_carry_out_is_refused(changed):
    with pytest.raises(BadMessage):
        read_edit(msgspec.json.encode(changed))


@pytest.mark.parametrize("value", [None, b"", b"{", b"[]", b'{"kind": "merge"}'])
def test_what_is_no_decision_is_refused(value):
    with pytest.raises(BadMessage, match="no StoryEdit"):
        read_edit(value)


def test_the_header_tells_a_decision_from_an_article():
    headers = tuple(headers_of(MERGE))
    assert is_edit(Record(CLEAN, 0, 0, None, b"edit/1", b"{}", headers))
    assert not is_edit(Record(CLEAN, 0, 0, None, b"edit/1", b"{}"))
    article = (("ce_type", f"org.wiredesk.{CLEAN}".encode()),)
    assert not is_edit(Record(CLEAN, 0, 0, None, b"article", b"{}", article))


def test_the_same_decision_has_the_same_id_and_another_has_another():
    one, again, other = (dict(headers_of(edit))["ce_id"] for edit in (MERGE, MERGE, SPLIT))
    assert one == again != other
    assert dict(headers_of(MERGE))["ce_source"] == b"/wiredesk/editor/Jan%C3%A9%20Doe"
    assert key_of(MERGE) == "edit/1"


def test_a_split_makes_a_story_that_a_replay_makes_again():
    assert split_story_id("2") == split_story_id("2") != split_story_id("3")

from __future__ import annotations

from typing import Any

import msgspec
import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wiredesk.contracts.document import Document
from wiredesk.contracts.errors import BadMessage

ODD = b'{"z":[ 1,  2.50e1 ],"a":"\\u00e9\\/","a":null}'
"""JSON that no encoder would write like this: spaces, escapes, a key given twice."""

OWN = {"timings", "produced_by", "errors", "quotes"}
json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**60), 2**60) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=6,
)


class Named(msgspec.Struct):
    name: str


@pytest.mark.parametrize(
    "value", [None, b"", b"null", b"[]", b"7", b'{"a":}', b'{"a":1', b'{"\xff":1}', b'{"a":"\xff"}']
)
def test_what_is_no_object_is_refused(value):
    with pytest.raises(BadMessage):
        Document(value, "dedup").view(dict[str, Any])


def test_blocks_that_nobody_touches_pass_byte_for_byte():
    document = Document(b'{"unknown":' + ODD + b',"text":"x"}', "dedup")
    document.put("story", {"story_id": "s"})
    assert b'"unknown":' + ODD in document.encode()


@given(st.dictionaries(st.text(max_size=8).filter(lambda name: name not in OWN), json_values, max_size=6))
def test_all_fields_survive_five_stages(fields):
    value = orjson.dumps(fields)
    for stage in ("intake", "dedup", "entities", "quotes", "publish"):
        document = Document(value, stage)
        document.put("quotes", [stage])
        value = document.encode()
    after = orjson.loads(value)
    assert {name: after[name] for name in fields} == fields
    assert list(after["timings"]) == list(after["produced_by"]) == ["intake", "dedup", "entities", "quotes", "publish"]
    assert after["quotes"] == ["publish"]


def test_unknown_fields_of_a_producer_and_an_error_survive():
    value = b'{"produced_by":{"intake":' + ODD + b'},"errors":[' + ODD + b'],"timings":{"intake":0.5}}'
    document = Document(value, "entities")
    document.failed(ValueError("no"))
    encoded = document.encode(model="m", data="d")
    assert encoded.count(ODD) == 2
    after = orjson.loads(encoded)
    assert after["produced_by"]["entities"]["model"] == "m"
    assert after["errors"][1] == {"stage": "entities", "class": "ValueError", "message": "no"}
    assert after["timings"]["intake"] == 0.5
    assert after["timings"]["entities"] >= 0


def test_an_error_message_is_kept_short():
    document = Document(b"{}", "quotes")
    document.failed(ValueError("x" * 10_000))
    assert len(orjson.loads(document.encode())["errors"][0]["message"]) == 500


def test_a_view_is_of_the_document_as_it_was_read_and_a_block_as_it_stands():
    document = Document(b'{"name":"a"}', "dedup")
    document.put("name", "b")
    assert document.view(Named).name == "a"
    assert document.block("name", str, "c") == "b"
    assert document.block("other", str, "c") == "c"


def test_a_view_of_the_wrong_kind_says_where():
    with pytest.raises(BadMessage, match=r"Named.*\$\.name"):
        Document(b'{"name":7}', "dedup").view(Named)


@pytest.mark.parametrize(
    ("fields", "facts"),
    [
        ({}, {}),
        ({"source": {"name": "Daily", "x": 1}, "language": "en", "version": 2, "story": {"relation": "near"}},
         {"articlesource": "Daily", "language": "en", "version": "2", "relation": "near"}),
        ({"source": {"name": "Daily"}, "language": None, "story": None}, {"articlesource": "Daily"}),
        ({"story": {"story_id": "s"}}, {}),
    ],
)  # fmt: skip
def test_facts_are_what_is_known_of_source_language_version_and_relation(fields, facts):
    assert Document(orjson.dumps(fields), "publish").facts() == facts


def test_facts_follow_what_was_put():
    document = Document(b'{"version":1}', "dedup")
    document.put("version", 2)
    assert document.facts() == {"version": "2"}

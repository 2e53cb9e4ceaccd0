from __future__ import annotations

import subprocess
import sys

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wiredesk.contracts.errors import BadMessage
from wiredesk.contracts.raw import EXTRA_DEPTH, RawArticle, RawSource, read_raw

MINIMAL = {"source": {"name": "Daily"}, "body": "Rain fell."}
KNOWN = {*RawArticle.__struct_fields__, *RawSource.__struct_fields__}

names = st.text(min_size=1, max_size=8).filter(lambda name: name not in KNOWN)
numbers = st.integers(-(2**53), 2**53) | st.floats(allow_nan=False, allow_infinity=False)
plain = st.recursive(
    st.none() | st.booleans() | numbers | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


def raw(**fields) -> bytes:
    return orjson.dumps(MINIMAL | fields)


def test_the_least_an_article_needs_is_a_source_and_a_body():
    read = read_raw(raw())
    assert (read.article.source.name, read.article.body) == ("Daily", "Rain fell.")
    assert (read.article.status, read.article.body_type, read.extra) == ("usable", "text/plain", {})


def test_a_withdrawal_needs_no_body_but_must_name_its_article():
    withdrawal = raw(status="withdrawn", body=None, url="https://daily.example/rain")
    assert read_raw(withdrawal).article.status == "withdrawn"
    with pytest.raises(BadMessage, match=r"send the source\.id or the url"):
        read_raw(raw(status="withdrawn", body=None, url=" "))


@pytest.mark.parametrize(
    ("value", "why"),
    [
        (None, "no value"),
        (b"", "not JSON"),
        (b" ", "not JSON"),
        (b"{", "not JSON"),
        (b'{"source":{"name":"x"},"body":"\xff"}', "UTF-8"),
        (b'{"source":{"name":"x"},"body":"\xed\xa0\x80"}', "UTF-8"),  # a surrogate in UTF-8
        (rb'{"source":{"name":"x"},"body":"\ud800"}', "surrogate"),
        (rb'{"source":{"name":"x"},"body":"y","unknown":"\ud800"}', "surrogate"),
        (b'\xef\xbb\xbf{"source":{"name":"x"},"body":"y"}', "BOM"),
        ('{"source":{"name":"x"},"body":"y"}'.encode("utf-16"), "not JSON"),
        (b"[" * 100_000, "not JSON"),
        (b'{"a":' * 50_000, "not JSON"),
        (b'{"source":{"name":"x"},"body":"y","n":NaN}', "not JSON"),
        (b'{"source":{"name":"x"},"body":"y","n":1e999}', "not JSON"),
        (b"null", "NoneType"),
        (b"[]", "list"),
        (b'"text"', "str"),
        (b"7", "int"),
        (b"{}", "source"),
        (b'{"body":"y"}', "source"),
        (b'{"source":null,"body":"y"}', r"\$\.source"),
        (b'{"source":"x","body":"y"}', r"\$\.source"),
        (b'{"source":[],"body":"y"}', r"\$\.source"),
        (b'{"source":{"name":""},"body":"y"}', r"\$\.source\.name"),
        (b'{"source":{},"body":"y"}', "name"),
        (b'{"source":{"name":"x"}}', "no body"),
        (raw(body=None), "no body"),
        (raw(body=" \n\u2003"), "no body"),
        (raw(body=7), r"\$\.body"),
        (raw(body=["y"]), r"\$\.body"),
        (raw(source={"name": "x" * 201}), r"\$\.source\.name"),
        (raw(source={"name": "x", "id": 7}), r"\$\.source\.id"),
        (raw(version="2"), r"\$\.version"),
        (raw(version=2.0), r"\$\.version"),
        (raw(version=-1), r"\$\.version"),
        (raw(version=2**53), r"\$\.version"),
        (raw(version=True), r"\$\.version"),
        (raw(published_at="2015-09-18"), r"\$\.published_at"),
        (raw(published_at="2015-09-18T17:04:00"), r"\$\.published_at"),
        (raw(published_at=1442595840), r"\$\.published_at"),
        (raw(keywords=None), r"\$\.keywords"),
        (raw(keywords=[1]), r"\$\.keywords\[0\]"),
        (raw(status="Withdrawn"), r"\$\.status"),
        (raw(status="withdrawn\n"), r"\$\.status"),
        (raw(body_type="text/html\n"), r"\$\.body_type"),
        (raw(body_type="text/rtf"), r"\$\.body_type"),
    ],
)
def test_foul_input_is_refused_with_the_reason(value, why):
    with pytest.raises(BadMessage, match=why):
        read_raw(value)


def test_of_a_field_given_twice_the_last_counts():
    value = b'{"source":{"name":"a"},"body":"y","source":{"name":"b"},"seen":1,"seen":2}'
    read = read_raw(value)
    assert (read.article.source.name, read.extra) == ("b", {"seen": 2})


def test_unknown_fields_of_the_source_are_kept_apart():
    read = read_raw(raw(source={"name": "x", "desk": "foreign"}, desk="home", extra={"a": 1}))
    assert read.extra == {"desk": "home", "extra": {"a": 1}, "source": {"desk": "foreign"}}


@given(st.dictionaries(names, plain, max_size=6), st.dictionaries(names, plain, max_size=3))
def test_unknown_fields_survive_in_their_order(fields, source):
    read = read_raw(orjson.dumps(fields | MINIMAL | {"source": {"name": "x"} | source}))
    expected = fields | ({"source": source} if source else {})
    assert orjson.dumps(read.extra) == orjson.dumps(expected)


def test_the_order_of_unknown_fields_does_not_hang_on_the_process():
    code = (
        "import orjson, sys; from wiredesk.contracts.raw import read_raw;"
        "sys.stdout.buffer.write(orjson.dumps(read_raw(sys.stdin.buffer.read()).extra))"
    )
    value = raw(**{f"field{n}": n for n in range(20)})
    seen = {
        subprocess.run(
            [sys.executable, "-c", code], input=value, capture_output=True, check=True, env={"PYTHONHASHSEED": seed}
        ).stdout
        for seed in "12"
    }
    assert len(seen) == 1


@pytest.mark.parametrize(("levels", "passes"), [(EXTRA_DEPTH, True), (EXTRA_DEPTH + 1, False), (1000, False)])
@pytest.mark.parametrize(("opening", "closing"), ["[]", ('{"a":', "}")])
def test_unknown_fields_may_not_be_nested_deeper_than_later_stages_can_read(levels, passes, opening, closing):
    nested = opening * levels + ("0" if closing == "}" else "") + closing * levels
    value = b'{"source":{"name":"x"},"body":"y","deep":' + nested.encode() + b"}"
    if passes:
        assert "deep" in read_raw(value).extra
    else:
        with pytest.raises(BadMessage, match="deep"):
            read_raw(value)


def read_or_refused(value: bytes) -> str:
    """The status of what was read, or why it was refused; any other error goes on."""
    try:
        return read_raw(value).article.status
    except BadMessage as refused:
        return str(refused)


@given(st.binary(max_size=200) | plain.map(orjson.dumps))
def test_anything_is_either_read_or_refused(value):
    assert read_or_refused(value)


@given(st.fixed_dictionaries({}, optional=dict.fromkeys(RawArticle.__struct_fields__, plain)))
def test_whatever_the_fields_hold_is_either_read_or_refused(fields):
    assert read_or_refused(raw(**fields))

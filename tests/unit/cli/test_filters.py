"""Which messages a tail with filters shows."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import orjson
import pytest

from wiredesk.cli.filters import Filter

DOCUMENT = {"source": {"name": "Harbour Gazette"}, "language": "en", "story": {"story_id": "s1"}}
STORY = {
    "story_id": "s2",
    "merged_into": "s1",
    "members": [{"source": "Harbour Gazette"}, {"source": "Northern Wire"}],
}
UTTERANCE = {"quote_id": "q", "carriers": [{"source": "Northern Wire", "story_id": "s1"}]}
MEMBER = {"story_id": "s1", "source": "Harbour Gazette"}
OUTCOME = {"raw": {}, "outcome": "dead", "source": "Harbour Gazette"}


def record(value: Any = None, key: bytes | None = b"k", **headers: bytes | None) -> SimpleNamespace:
    encoded = value if value is None or isinstance(value, bytes) else orjson.dumps(value)
    return SimpleNamespace(key=key, headers=list(headers.items()), value=encoded)


@pytest.mark.parametrize("value", [DOCUMENT, STORY, MEMBER, OUTCOME])
@pytest.mark.parametrize("source", ["Harbour Gazette", "harbour  gazette"])
def test_a_source_is_found_in_every_kind_of_value(value, source):
    assert Filter(source=source).takes(record(value))
    assert not Filter(source="Harbour").takes(record(value))


@pytest.mark.parametrize("value", [DOCUMENT, STORY, MEMBER, UTTERANCE])
def test_a_story_is_found_in_every_kind_of_value_and_through_a_merge(value):
    assert Filter(story="s1").takes(record(value))
    assert not Filter(story="s").takes(record(value))


@pytest.mark.parametrize("key", [b"s1", b"s1/a1"])
def test_a_tombstone_belongs_to_the_story_of_its_key(key):
    assert Filter(story="s1").takes(record(key=key))
    assert not Filter(story="a1").takes(record(key=key))


@pytest.mark.parametrize(
    ("asked", "said", "taken"),
    [
        ("en", "en", True),
        ("en", "en-GB", True),
        ("EN", "en_GB", True),
        ("en-GB", "en-gb", True),
        ("en-GB", "en", False),
        ("en", "enm", False),
        ("en", None, False),
    ],
)
def test_a_language_takes_its_regions(asked, said, taken):
    assert Filter(language=asked).takes(record({"language": said})) is taken
    assert Filter(language=asked).takes(record(b"not JSON", ce_language=(said or "").encode())) is taken


def test_headers_count_before_the_value_which_is_not_decoded_then():
    assert Filter(source="Northern Wire").takes(record(b"not JSON", ce_articlesource=b"Northern Wire"))
    assert not Filter(source="Harbour Gazette").takes(record(DOCUMENT, ce_articlesource=b"Northern Wire"))


def test_a_header_that_is_no_text_says_nothing():
    assert Filter(source="Harbour Gazette").takes(record(DOCUMENT, ce_articlesource=b"\xff"))


@pytest.mark.parametrize(
    "value",
    [b"", b"\xff", b"[]", b"7", {}, {"source": 7, "members": {}, "carriers": [1], "story": "s1", "language": ["en"]}],
)
def test_what_says_nothing_is_nobodys(value):
    for asked in (Filter(source="x"), Filter(language="en"), Filter(story="s1")):
        assert not asked.takes(record(value, key=None))


def test_all_filters_must_be_met_and_none_takes_all():
    assert Filter("s1", "Harbour Gazette", "en").takes(record(DOCUMENT))
    assert not Filter("s1", "Harbour Gazette", "de").takes(record(DOCUMENT))
    assert not Filter("s2", "Harbour Gazette", "en").takes(record(DOCUMENT))
    assert Filter().takes(record(b"\xff"))

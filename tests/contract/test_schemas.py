"""What the schemas promise: they are written from the types, they are valid, and types and schemas agree."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import msgspec
import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wiredesk.contracts.catalogue import catalogue
from wiredesk.contracts.errors import BadMessage
from wiredesk.contracts.raw import RawArticle, read_raw
from wiredesk.contracts.record import Record
from wiredesk.contracts.schemas import DEAD_HEADERS, MESSAGES, schema_of, written
from wiredesk.contracts.shipped import shipped
from wiredesk.contracts.topics import DEAD, ENRICHED, RAW
from wiredesk.intake import handler as intake

SCHEMAS = shipped("schemas")
EXAMPLES = sorted(SCHEMAS.glob("examples/*/*.json"))
KINDS = {kind.name: kind for topic in catalogue().values() for kind in topic.kinds}
"""Every kind of message that stands on a topic."""
REMAKE = "run `make schemas` and look at what changed: consumers rely on it"


def validator(topic: str) -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(json.loads((SCHEMAS / f"{topic}.schema.json").read_bytes()))


@pytest.mark.parametrize("topic", KINDS.values(), ids=lambda topic: topic.name)
def test_the_committed_schema_is_the_one_that_the_types_give(topic):
    assert (SCHEMAS / topic.value).read_bytes() == written(schema_of(topic)), REMAKE


def test_there_is_no_schema_without_a_topic():
    assert {path.name for path in SCHEMAS.glob("*.schema.json")} == {kind.value for kind in KINDS.values()}


@pytest.mark.parametrize("topic", KINDS)
def test_every_schema_is_valid_and_says_what_it_is_of(topic):
    schema = schema_of(KINDS[topic])
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["$id"] == f"urn:wiredesk:{topic}"
    assert schema["title"] == topic
    assert len(schema["description"]) > 40


@pytest.mark.parametrize("topic", MESSAGES)
def test_descriptions_are_text_for_people_not_docstrings(topic):
    text = (SCHEMAS / f"{topic}.schema.json").read_text("utf-8")
    assert "``" not in text
    assert "None" not in text


def parts_of(schema: Any) -> Iterator[dict[str, Any]]:
    if isinstance(schema, dict):
        yield schema
    for part in schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ():
        yield from parts_of(part)


@pytest.mark.parametrize("topic", KINDS)
def test_unknown_fields_are_allowed_everywhere(topic):
    parts = list(parts_of(schema_of(KINDS[topic])))
    assert not [part for part in parts if part.get("additionalProperties", True) is False]
    assert not [part for part in parts if "unevaluatedProperties" in part]


@pytest.mark.parametrize("topic", [topic for topic in MESSAGES if topic != RAW])
def test_enumerations_are_open(topic):
    """A consumer's validator must not refuse what a later release adds; what feeds send is another matter."""
    assert not [part for part in parts_of(schema_of(KINDS[topic])) if "enum" in part or "const" in part]


def test_the_schema_of_dead_letters_takes_any_bytes_and_names_the_headers():
    schema = schema_of(catalogue()[DEAD])
    assert schema["x-kafka-headers"] == DEAD_HEADERS
    for value in (None, "text", {"source": 1}, []):
        validator(DEAD).validate(value)


@pytest.mark.parametrize("topic", MESSAGES)
def test_every_message_has_an_example(topic):
    assert [path for path in EXAMPLES if path.parent.name == topic]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_an_example_is_as_its_schema_and_its_type_say(path: Path):
    topic = path.parent.name
    validator(topic).validate(json.loads(path.read_bytes()))
    msgspec.json.decode(path.read_bytes(), type=MESSAGES[topic])


@pytest.mark.parametrize("path", [path for path in EXAMPLES if path.parent.name == RAW], ids=lambda path: path.stem)
def test_a_raw_example_is_taken(path: Path):
    assert isinstance(read_raw(path.read_bytes()).article, RawArticle)


def test_spans_in_the_examples_are_exact():
    for path in EXAMPLES:
        if path.parent.name == ENRICHED:
            document = json.loads(path.read_bytes())
            spans = [span for quote in document["quotes"] for span in quote["spans"]]
            spans += [mention for entity in document["entities"] for mention in entity["mentions"]]
            assert spans
            assert all(document["text"][span["start"] : span["end"]] == span["exact"] for span in spans)


GOOD: dict[str, Any] = {"source": {"name": "Harbour Gazette", "id": "1"}, "body": "The ferry sails."}


def with_(**fields: Any) -> dict[str, Any]:
    return GOOD | fields


def without(name: str) -> dict[str, Any]:
    return {key: value for key, value in GOOD.items() if key != name}


@pytest.mark.parametrize(
    ("message", "taken"),
    [
        (GOOD, True),
        (with_(priority=1, source=GOOD["source"] | {"desk": "early"}), True),  # unknown fields are kept
        (with_(headline=None, url=None, version=None, published_at=None), True),
        (with_(version=0), True),
        (with_(version=2**53 - 1), True),
        (with_(body_type="text/html", body="<p>The ferry sails.</p>"), True),
        (with_(status="withdrawn"), True),
        (without("body") | {"status": "withdrawn"}, True),
        (with_(status="withdrawn", body=None), True),
        (with_(status="withdrawn", body=""), True),
        (with_(status="withdrawn", source={"name": "x"}, url="https://example.org/1"), True),
        (with_(published_at="2024-03-11T08:15:00Z"), True),
        (with_(published_at="2024-03-11T08:15:00.25+05:30"), True),
        ([], False),
        ("text", False),
        (None, False),
        ({}, False),
        (without("source"), False),
        (without("body"), False),
        (with_(body=None), False),
        (with_(body=""), False),
        (with_(body=" \n\t\u00a0\u3000"), False),
        (with_(body=["The ferry sails."]), False),
        (with_(source="Harbour Gazette"), False),
        (with_(source=None), False),
        (with_(source={"domain": "harbourgazette.example"}), False),
        (with_(source={"name": ""}), False),
        (with_(source={"name": "x" * 201}), False),
        (with_(source={"name": "x", "id": 7731}), False),
        (with_(source={"name": "x", "id": "x" * 1001}), False),
        (with_(source={"name": "x", "domain": "x" * 254}), False),
        (with_(url="x" * 4001), False),
        (with_(headline=1), False),
        (with_(language="x" * 36), False),
        (with_(version="2"), False),
        (with_(version=-1), False),
        (with_(version=2**53), False),
        (with_(version=True), False),
        (with_(version=1.5), False),
        (with_(keywords=None), False),
        (with_(keywords="transport"), False),
        (with_(keywords=["transport", 1]), False),
        (with_(status="deleted"), False),
        (with_(status=None), False),
        (with_(body_type="text/markdown"), False),
        (with_(body_type=None), False),
        (with_(published_at=1710144900), False),
    ],
    ids=lambda value: json.dumps(value)[:60] if not isinstance(value, bool) else None,
)
def test_schema_and_types_agree_on_raw_messages(message, taken):
    assert validator(RAW).is_valid(message) is taken
    assert reads(message) is taken


def test_a_withdrawal_that_names_no_article_is_refused():
    nobody = {"source": {"name": "Harbour Gazette", "id": ""}, "status": "withdrawn", "url": ""}
    assert not validator(RAW).is_valid(nobody)
    with pytest.raises(BadMessage, match=r"source\.id or the url"):
        intake.make()(Record(RAW, 0, 0, None, None, orjson.dumps(nobody)))


@pytest.mark.parametrize("time", ["yesterday", "2024-03-11", "2024-03-11T08:15:00", "2024-13-11T08:15:00Z", ""])
def test_a_time_that_is_not_rfc_3339_with_an_offset_is_refused_though_a_schema_cannot_say_it(time):
    """In JSON Schema, "format" describes; most validators do not enforce it."""
    assert not reads(with_(published_at=time))


ANYTHING = st.one_of(
    st.none(), st.booleans(), st.integers(), st.text(max_size=5), st.lists(st.text(max_size=3), max_size=2)
)
UNTIMED = sorted({*RawArticle.__struct_fields__} - {"published_at", "updated_at"})


@given(
    st.dictionaries(st.sampled_from(UNTIMED), ANYTHING),
    st.dictionaries(st.sampled_from(["name", "domain", "id"]), ANYTHING),
)
def test_schema_and_types_agree_whatever_is_put_in_a_field(fields, source):
    message = with_(source={"name": "x", "id": "1"} | source) | fields
    assert validator(RAW).is_valid(message) is reads(message)


def reads(message: Any) -> bool:
    try:
        read_raw(json.dumps(message).encode())
    except BadMessage:
        return False
    return True

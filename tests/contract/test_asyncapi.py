"""What the AsyncAPI document and its page promise: they are as generated, valid, complete, and say what is sent."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import lxml.html
import orjson
import pytest
import yaml

from wiredesk.cli.publish import headers_of as feed_headers
from wiredesk.contracts.asyncapi import asyncapi, audience, drawn, written
from wiredesk.contracts.asyncapi_page import page
from wiredesk.contracts.catalogue import catalogue
from wiredesk.contracts.edits import EDITS, read_edit
from wiredesk.contracts.edits import headers_of as edit_headers
from wiredesk.contracts.headers import FACTS, headers_of
from wiredesk.contracts.record import Out, Record
from wiredesk.contracts.schemas import schema_of
from wiredesk.contracts.shipped import shipped
from wiredesk.contracts.topics import CLEAN, CLUSTERED, DEAD, ENRICHED, ENTITIES, OUTCOMES, QUOTED, QUOTES, RAW
from wiredesk.dedup.handler import Dedup
from wiredesk.entities.handler import Entities
from wiredesk.intake import handler as intake
from wiredesk.line.hop import received
from wiredesk.publish.handler import Publish
from wiredesk.quotes.handler import Quotes
from wiredesk.runtime.dead import dead_letter

SCHEMAS = shipped("schemas")
REMAKE = "run `make schemas` and look at what changed"
SPECIFICATION = jsonschema.Draft7Validator(
    json.loads((Path(__file__).parent / "asyncapi" / "3.0.0.schema.json").read_bytes())
)
DOCUMENT = asyncapi(catalogue())
KINDS = [kind for topic in catalogue().values() for kind in topic.kinds]
"""Every kind of message that stands on a topic."""


def test_the_committed_document_is_the_one_that_the_schemas_give():
    assert (SCHEMAS / "asyncapi.yaml").read_text("utf-8") == written(DOCUMENT), REMAKE


def test_the_committed_page_is_the_one_that_the_schemas_give():
    assert shipped("docs", "asyncapi.html").read_text("utf-8") == drawn(catalogue()), REMAKE


def test_the_document_is_as_the_specification_says():
    SPECIFICATION.validate(yaml.safe_load((SCHEMAS / "asyncapi.yaml").read_text("utf-8")))


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (("asyncapi",), "4.0.0"),
        (("info",), {"title": "wiredesk"}),
        (("channels", RAW, "adress"), RAW),
        (("channels", RAW, "bindings", "kafka", "partitions"), 0),
        (("channels", RAW, "bindings", "kafka", "topicConfiguration", "cleanup.policy"), "delete"),
        (("operations", "feeds.send.articles.raw.v1", "action"), "publish"),
        (("components", "messages", RAW, "headers"), ["ce_id"]),
    ],
)
def test_the_specification_would_refuse_a_slip(place, value):
    wrong = copy.deepcopy(DOCUMENT)
    *way, last = place
    at = wrong
    for step in way:
        at = at[step]
    at[last] = value
    assert not SPECIFICATION.is_valid(wrong)


def references(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        yield from [part["$ref"]] if isinstance(part.get("$ref"), str) else []
    for inner in part.values() if isinstance(part, dict) else part if isinstance(part, list) else ():
        yield from references(inner)


def test_every_reference_leads_somewhere():
    found = set(references(DOCUMENT))
    assert len(found) > 50
    for reference in found:
        if reference.startswith("./"):
            assert (SCHEMAS / reference).is_file(), reference
            continue
        at: Any = DOCUMENT
        for step in reference.removeprefix("#/").split("/"):
            at = at[step]


def test_every_party_has_an_operation_for_what_it_sends_and_reads():
    operations = set(DOCUMENT["operations"])
    for topic in catalogue().values():
        assert {f"{party}.send.{topic.name}" for party in topic.writers} <= operations
        assert {f"{party}.receive.{topic.name}" for party in topic.readers} <= operations
        assert (f"consumers.receive.{topic.name}" in operations) is (topic.readers == ())
    assert {tag["name"] for tag in DOCUMENT["info"]["tags"]} == {name.split(".")[0] for name in operations}


def test_what_can_be_taken_back_has_a_tombstone():
    for topic in catalogue().values():
        there = f"{topic.name}.tombstone" in DOCUMENT["channels"][topic.name]["messages"]
        assert there is (topic.cleanup == "compact")


@pytest.mark.parametrize(
    ("name", "whose"), [(RAW, "feeds"), (QUOTED, "stages"), (QUOTES, "consumers"), ("dedup.state.v1", "internal")]
)
def test_the_audience(name, whose):
    assert audience(catalogue()[name]) == whose


@pytest.mark.parametrize("topic", KINDS, ids=lambda topic: topic.name)
def test_a_tool_that_reads_draft_07_as_asyncapi_does_reads_the_same(topic):
    schema = schema_of(topic)
    jsonschema.Draft7Validator.check_schema(schema)
    parts = [schema]
    for part in parts:
        assert "$ref" not in part or set(part) == {"$ref"}  # draft 07 passes over what stands beside a $ref
        assert not {"prefixItems", "unevaluatedProperties", "dependentRequired", "minContains"} & set(part)
        parts += [inner for inner in part.values() if isinstance(inner, dict)]
        parts += [
            inner for many in part.values() if isinstance(many, list) for inner in many if isinstance(inner, dict)
        ]
    for path in (SCHEMAS / "examples" / topic.name).glob("*.json"):
        jsonschema.Draft7Validator(schema).validate(orjson.loads(path.read_bytes()))


def example(topic: str) -> Record:
    """The full example on ``topic``, with the headers that it came with."""
    value = (SCHEMAS / "examples" / topic / "full.json").read_bytes()
    headers = ((name, text.encode()) for name, text in {"ce_raw": f"{RAW}/0/0", "x-feed": "1"}.items())
    return Record(topic, 0, 0, 1_710_144_900_000, b"key", value, tuple(headers))


def sent() -> Iterator[tuple[str, Record, Out]]:
    """What every stage makes of the example: the stage, what it read, and what it sent."""
    stages = {
        "intake": (RAW, intake.make()),
        "dedup": (CLEAN, Dedup().handle),
        "entities": (CLUSTERED, lambda record: Entities().without(record, ValueError("no model"))),
        "quotes": (ENTITIES, lambda record: Quotes().without(record, ValueError("no model"))),
        "publish": (QUOTED, Publish().handle),
    }
    for stage, (topic, handle) in stages.items():
        record = example(topic)
        yield from ((stage, record, out) for out in handle(record))


def texts(headers: Any) -> dict[str, str]:
    return {name: value.decode() for name, value in headers}


def test_headers_are_as_the_document_says_and_none_is_left_unsaid():
    seen: dict[str, set[str]] = {}
    for stage, record, out in sent():
        schema = headers_of(catalogue()[out.topic])
        headers = texts(received(out, record, stage).headers)
        jsonschema.Draft202012Validator(schema).validate(headers)
        assert set(headers) <= set(schema["properties"])
        seen.setdefault(out.topic, set()).update(out.facts)
    unseen = {(topic, name) for topic, names in FACTS.items() for name in set(names) - seen[topic]}
    assert unseen == {("stories.v1", "mergedinto")}  # the example is no merge


def test_headers_of_a_dead_letter_and_of_its_outcome_are_as_the_document_says():
    record = example(CLEAN)
    envelope = list(received(Out(OUTCOMES, "k", b""), record, "dedup").headers)
    letter, outcome = dead_letter(record, "dedup", ValueError("odd"), envelope)
    for message in (letter, outcome):
        jsonschema.validate(texts(message.headers), headers_of(catalogue()[message.topic]))
    assert {name for name in texts(letter.headers) if name.startswith("dead_")} == set(
        headers_of(catalogue()[DEAD])["required"]
    )


def test_headers_of_a_feed_are_as_the_document_says():
    headers = texts(feed_headers(example(RAW).value or b""))
    schema = headers_of(catalogue()[RAW])
    jsonschema.validate(headers, schema)
    assert set(schema["properties"]) <= set(headers)


def test_headers_of_an_editor_are_as_the_document_says():
    value = (SCHEMAS / "examples" / EDITS / "merge.json").read_bytes()
    [kind] = [kind for kind in KINDS if kind.name == EDITS]
    schema = headers_of(kind)
    headers = texts(edit_headers(read_edit(value)))
    jsonschema.validate(headers, schema)
    assert set(headers) == set(schema["properties"])


def test_editors_send_their_decisions_and_nothing_else_between_the_articles():
    operations = DOCUMENT["operations"]

    def passed(party: str, action: str) -> list[str]:
        return [way["$ref"].rpartition("/")[2] for way in operations[f"{party}.{action}.{CLEAN}"]["messages"]]

    assert passed("editors", "send") == [EDITS]
    assert passed("intake", "send") == [CLEAN]
    assert passed("dedup", "receive") == [CLEAN, EDITS]


class TestPage:
    def test_it_is_one_file_that_loads_nothing(self) -> None:
        tree = lxml.html.fromstring(drawn(catalogue()))
        assert not list(tree.iter("script", "link", "img", "iframe", "object"))
        assert not tree.xpath("//@src | //@onclick | //@onload")
        assert "url(" not in tree.findtext(".//style")

    def test_every_link_leads_to_a_place_on_it_and_no_place_is_there_twice(self) -> None:
        tree = lxml.html.fromstring(drawn(catalogue()))
        places = tree.xpath("//@id")
        assert len(places) == len(set(places))
        links = set(tree.xpath("//@href"))
        assert len(links) > 30
        assert links <= {f"#{place}" for place in places}

    def test_it_shows_every_topic_field_header_and_example(self) -> None:
        tree = lxml.html.fromstring(drawn(catalogue()))
        for topic in KINDS:
            [section] = tree.xpath(f'//section[@id="{topic.name}"]')
            shown = {row.findtext("td/code") for row in section.iterfind(".//tbody/tr")}
            assert set(schema_of(topic).get("properties", {})) <= shown
            assert set(headers_of(topic)["properties"]) <= shown
            examples = [json.loads(pre.text_content()) for pre in section.iter("pre")]
            files = sorted((SCHEMAS / "examples" / topic.name).glob("*.json"))
            assert examples == [json.loads(path.read_bytes()) for path in files]

    def test_what_comes_from_elsewhere_is_text_and_nothing_else(self) -> None:
        foul = '</pre><script>alert("1")</script>&amp;'
        document = asyncapi({ENRICHED: catalogue()[ENRICHED]})
        document["info"]["description"] = document["channels"][ENRICHED]["description"] = foul
        schema = {
            "description": foul,
            "properties": {foul: {"type": foul, "description": foul, "examples": [foul], "default": foul}},
            "$defs": {foul: {"description": foul, "properties": {foul: {"enum": [foul], "pattern": foul}}}},
        }
        html = page(document, {ENRICHED: schema}, {ENRICHED: {foul: json.dumps({foul: foul})}})
        assert "<script" not in html
        assert html.count("&lt;script&gt;alert") > 10
        assert json.loads(lxml.html.fromstring(html).findtext(".//pre")) == {foul: foul}

    def test_a_name_that_means_two_things_is_refused(self) -> None:
        documents = asyncapi({name: catalogue()[name] for name in (CLEAN, ENRICHED)})
        schemas = {
            CLEAN: {"description": "", "$defs": {"Part": {"properties": {}}}},
            ENRICHED: {"description": "", "$defs": {"Part": {"properties": {"x": {}}}}},
        }
        with pytest.raises(ValueError, match="Part"):
            page(documents, schemas, {})

"""The schemas: ``schemas/<topic>.schema.json`` (JSON Schema 2020-12), written from the typed messages.

The types are what the program trusts; the schemas are what everybody else reads. Writing the one from the other, and
a test that holds the files equal to what is written here, keeps them from drifting apart.
``python -m wiredesk.contracts.schemas`` writes them.
"""

from __future__ import annotations

import re
from typing import Any

import msgspec

from wiredesk.contracts.article import (
    CleanArticle,
    ClusteredArticle,
    EnrichedArticle,
    EntitiesArticle,
    QuotedArticle,
)
from wiredesk.contracts.catalogue import Message, Topic, catalogue
from wiredesk.contracts.edits import EDITS, StoryEdit
from wiredesk.contracts.outcomes import Outcome
from wiredesk.contracts.raw import RawArticle
from wiredesk.contracts.shipped import shipped
from wiredesk.contracts.stories import MemberRecord, StoryRecord
from wiredesk.contracts.topics import (
    CLEAN,
    CLUSTERED,
    DEAD,
    ENRICHED,
    ENTITIES,
    OUTCOMES,
    QUOTE_CARRIERS,
    QUOTED,
    QUOTES,
    RAW,
    STORIES,
    STORY_MEMBERS,
)
from wiredesk.contracts.utterances import CarrierRecord, UtteranceRecord

MESSAGES: dict[str, type[msgspec.Struct]] = {
    RAW: RawArticle,
    CLEAN: CleanArticle,
    CLUSTERED: ClusteredArticle,
    ENTITIES: EntitiesArticle,
    QUOTED: QuotedArticle,
    ENRICHED: EnrichedArticle,
    STORIES: StoryRecord,
    STORY_MEMBERS: MemberRecord,
    QUOTES: UtteranceRecord,
    QUOTE_CARRIERS: CarrierRecord,
    OUTCOMES: Outcome,
    EDITS: StoryEdit,
}
"""The type of the messages on each topic, and of those that stand between them; the values of the other topics are
nobody's contract."""

DEAD_HEADERS = {
    "dead_topic": "the topic that the message was read from",
    "dead_partition": "its partition there",
    "dead_offset": "its offset there",
    "dead_stage": "the stage that could not handle it",
    "dead_error": "the class of the error: BadMessage is the message's fault, TooLarge its size, others are wiredesk's",
    "dead_message": "what was wrong, and what to do",
    "dead_traceback": "the last frames of the error",
    "dead_attempts": "how often it was tried",
    "dead_first_at": "when it failed first, RFC 3339",
    "dead_at": "when it failed last, RFC 3339",
}
"""What the headers of a dead letter say, beside the headers that the message came with."""

_SAID = {"type": "string", "minLength": 1}
_RAW_RULES = {
    "if": {"properties": {"status": {"const": "withdrawn"}}, "required": ["status"]},
    "then": {
        "$comment": "a withdrawal must say which article it takes back",
        "anyOf": [
            {"properties": {"source": {"properties": {"id": _SAID}, "required": ["id"]}}},
            {"properties": {"url": _SAID}, "required": ["url"]},
        ],
    },
    "else": {
        "$comment": "an article must have a body that is more than white space",
        "properties": {"body": {"type": "string", "pattern": r"\S"}},
        "required": ["body"],
    },
}


def schema_of(topic: Topic | Message) -> dict[str, Any]:
    """The JSON Schema of the values on ``topic``, or of a message that stands between these."""
    told = [topic.description, f"Key: {topic.key}."]
    if isinstance(topic, Topic) and topic.cleanup == "compact":
        told.append("Compacted: the last record of a key counts, and one without value (a tombstone) takes it back.")
    head: dict[str, Any] = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:wiredesk:{topic.name}",
        "title": topic.name,
    }
    if topic.name == DEAD:
        told.append(
            "The value is the original message, byte for byte: whatever it was, which may not be JSON. The headers "
            "of the original come first, then those of x-kafka-headers."
        )
        return head | {"description": " ".join(told), "x-kafka-headers": DEAD_HEADERS}
    message = MESSAGES.get(topic.name)
    if message is None:
        return head | {"description": " ".join(told)}
    [root], components = msgspec.json.schema_components([message])
    name = root["$ref"].rpartition("/")[2]
    described = {part: _in_plain_words(schema) for part, schema in components.items()}
    body = described.pop(name)
    told[0] = body.pop("description")
    body.pop("title")
    schema: dict[str, Any] = head | {"description": " ".join(told)} | body | {"additionalProperties": True}
    if topic.name == RAW:
        schema |= _RAW_RULES
    if described:
        schema["$defs"] = described
    return schema


def _in_plain_words(schema: Any) -> Any:
    """``schema`` with its descriptions, which are docstrings, as running text, and nullable types in one line."""
    if isinstance(schema, list):
        return [_in_plain_words(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    schema = {name: _in_plain_words(value) for name, value in schema.items()}
    if "description" in schema:
        said = re.sub(r"\s+", " ", schema["description"].replace("``", "`"))
        schema["description"] = re.sub(r"\bNone\b", "null", said)
    match schema.pop("anyOf", None):
        case [{"type": str(kind), **rest}, {"type": "null"}]:
            return {"type": [kind, "null"], **rest, **schema}
        case None:
            return schema
        case branches:
            return {"anyOf": branches, **schema}


def written(schema: dict[str, Any]) -> bytes:
    """``schema`` as it stands in its file."""
    return msgspec.json.format(msgspec.json.encode(schema), indent=2) + b"\n"


def main() -> None:
    for topic in catalogue().values():
        for message in topic.kinds:
            shipped("schemas", message.value).write_bytes(written(schema_of(message)))
            print(f"schemas/{message.value}")


if __name__ == "__main__":
    main()

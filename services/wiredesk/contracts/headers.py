"""The headers of a message, as schemas: what ``envelope`` and a dead letter write, told to those who filter by it.

Kafka's headers are bytes; all values here are UTF-8 text.
"""

from __future__ import annotations

from typing import Any

from wiredesk.contracts.catalogue import Message, Topic
from wiredesk.contracts.schemas import DEAD_HEADERS
from wiredesk.contracts.topics import (
    CLEAN,
    CLUSTERED,
    DEAD,
    ENRICHED,
    ENTITIES,
    QUOTE_CARRIERS,
    QUOTED,
    QUOTES,
    RAW,
    STORIES,
    STORY_MEMBERS,
)

_FACTS: dict[str, dict[str, Any]] = {
    "articlesource": {"description": "the outlet or agency that published the article"},
    "language": {"description": "of the article, BCP 47"},
    "version": {"description": "of the article", "pattern": "^[0-9]+$"},
    "relation": {"description": "of the article to its story"},
    "size": {"description": "how many articles carry the story", "pattern": "^[0-9]+$"},
    "origin": {"description": "the wire that the story comes from, where that is known"},
    "mergedinto": {"description": "the story that this one proved to be"},
    "kind": {"description": "of the quotation: direct, indirect, mixed"},
    "count": {"description": "how many articles carry the utterance", "pattern": "^[0-9]+$"},
}
_DOCUMENT = ("articlesource", "language", "version", "relation")
FACTS = {
    CLEAN: ("articlesource", "language"),
    CLUSTERED: _DOCUMENT,
    ENTITIES: _DOCUMENT,
    QUOTED: _DOCUMENT,
    ENRICHED: _DOCUMENT,
    STORIES: ("size", "origin", "mergedinto"),
    STORY_MEMBERS: ("articlesource", "version", "relation"),
    QUOTES: ("kind", "count"),
    QUOTE_CARRIERS: ("articlesource", "version"),
}
"""What the headers on a topic say of the message's content, so that it need not be decoded to be filtered."""

_ID = "the same whenever the same message is made again: drop repeats by it"
_TRACE = {
    "description": "W3C trace context; the trace that the feed began, or one made from the raw message's place",
    "pattern": "^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$",
}


def headers_of(topic: Topic | Message) -> dict[str, Any]:
    """The JSON Schema of the headers of the messages on ``topic``, or of one that stands between these, as an object
    of texts.

    ``required`` are those that every message has whose raw message is known to the broker.
    """
    if topic.name == RAW:
        return _headers(
            "What a feed may send along. Other headers are kept too: they come back on a dead letter.",
            {
                "ce_time": {
                    "description": "CloudEvents: when the feed sent it; carried through",
                    "format": "date-time",
                },
                "traceparent": _TRACE | {"description": "W3C trace context; continued over every hop"},
            },
            required=False,
        )
    if topic.name == DEAD:
        notes = {name: {"description": text} for name, text in DEAD_HEADERS.items()}
        return _headers("The headers of the original come first, then these.", notes)
    sender = topic.owner if isinstance(topic, Topic) else topic.writers[0]
    known: dict[str, dict[str, Any]] = {
        "ce_specversion": {"description": "CloudEvents", "const": "1.0"},
        "ce_id": {"description": _ID, "pattern": "^[0-9a-f]{32}$"},
        "ce_source": {"description": "who made it", "examples": [f"/wiredesk/{sender}"]},
        "ce_type": {"description": "what it is", "const": f"org.wiredesk.{topic.name}"},
        "ce_time": {"description": "the time of the feed's message", "format": "date-time"},
        "content-type": {"description": "of the value", "const": "application/json"},
        "traceparent": _TRACE,
    }
    if isinstance(topic, Topic):
        known["ce_raw"] = {"description": "the raw message it was made of: topic/partition/offset"}
    facts = FACTS.get(topic.name, ())
    told = "CloudEvents 1.0 in Kafka binary mode." + (" Facts to filter by are there as far as known." if facts else "")
    schema = _headers(told, known)
    schema["properties"] |= {f"ce_{name}": {"type": "string", **_FACTS[name]} for name in facts}
    return schema


def _headers(description: str, known: dict[str, dict[str, Any]], *, required: bool = True) -> dict[str, Any]:
    return {
        "type": "object",
        "description": description,
        "properties": {name: {"type": "string", **told} for name, told in known.items()},
        **({"required": list(known)} if required else {}),
        "additionalProperties": {"type": "string"},
    }

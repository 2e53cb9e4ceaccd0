"""Quoted articles for the tests of ``publish``, and the answers of the stage in a form that is easy to look at."""

from __future__ import annotations

from typing import Any

import orjson

from wiredesk.contracts.record import Out, Record
from wiredesk.contracts.topics import (
    ENRICHED,
    OUTCOMES,
    PUBLISH_STATE,
    QUOTE_CARRIERS,
    QUOTED,
    QUOTES,
)

HOUR = 3600


def at(hour: float) -> str:
    """An RFC 3339 time, ``hour`` hours after the beginning of 18 September 2015."""
    day, rest = divmod(int(hour * HOUR), 24 * HOUR)
    return f"2015-09-{18 + day:02d}T{rest // HOUR:02d}:{rest % HOUR // 60:02d}:{rest % 60:02d}Z"


def quote(text: str, speaker: str | None = None, id: str = "q1", **more: Any) -> dict[str, Any]:  # noqa: A002
    """A quotation. A speaker is a person with an entity of their own unless ``entity_id`` says otherwise."""
    entity_id = more.pop("entity_id", f"local:{speaker}" if speaker else None)
    who = None
    if speaker or entity_id:
        who = {"entity_id": entity_id, "name": speaker, "mention": None, "resolved_by": "name"}
    return {
        "id": id,
        "quote_id": None,
        "kind": "direct",
        "form": "passage",
        "spans": [{"start": 0, "end": len(text), "exact": text}],
        "text": text,
        "cue": None,
        "speaker": who,
        "via": [],
        "parent_id": None,
        "about": [],
        "confidence": 0.9,
    } | more


def article(article_id: str, *quotes: dict[str, Any], version: int = 1, **more: Any) -> dict[str, Any]:
    """A document as ``quotes`` writes it."""
    story = more.pop("story", "story-1")
    offset = more.pop("offset", None)
    hour = more.pop("hour", 12)
    people = {one["speaker"]["entity_id"] for one in quotes if one["speaker"] and one["speaker"]["entity_id"]}
    return {
        "article_id": article_id,
        "status": "usable",
        "url": f"https://example.org/{article_id}",
        "source": {"name": "Daily", "domain": None, "id": None},
        "raw": None if offset is None else {"topic": "articles.raw.v1", "partition": 0, "offset": offset},
        "received_at": None if hour is None else at(hour),
        "published_at": None,
        "language": "en",
        "text": "…",
        "version": version,
        "story": {"story_id": story, "relation": "original"} if story else None,
        "entities": [{"id": one, "type": "PER"} for one in sorted(people)],
        "quotes": list(quotes),
    } | more


def record(document: dict[str, Any]) -> Record:
    return Record(QUOTED, 0, 0, 0, b"story", orjson.dumps(document))


def withdrawal(article_id: str, version: int, **more: Any) -> dict[str, Any]:
    return article(article_id, version=version, status="withdrawn", **more)


class Answer:
    """What the stage wrote, by topic; values decoded."""

    def __init__(self, outs: list[Out]) -> None:
        self.outs = outs
        self.state = [out for out in outs if out.topic == PUBLISH_STATE]
        self.documents = self._of(ENRICHED)
        self.utterances = self._of(QUOTES)
        self.carriers = self._of(QUOTE_CARRIERS)
        self.outcomes = self._of(OUTCOMES)

    def _of(self, topic: str) -> dict[str, Any]:
        return {out.key: out.value and orjson.loads(out.value) for out in self.outs if out.topic == topic}

    @property
    def quote_ids(self) -> list[str | None]:
        """The ``quote_id`` of each quotation of the document."""
        (document,) = self.documents.values()
        return [one["quote_id"] for one in document["quotes"]]

    @property
    def outcome(self) -> str:
        (outcome,) = self.outcomes.values()
        return outcome["outcome"]


def comparable(outs: list[Out]) -> list[tuple[str, str, Any]]:
    """Messages without the time that they took."""
    plain = []
    for out in outs:
        value = out.value and orjson.loads(out.value)
        if out.topic == ENRICHED and value:
            value.pop("timings")
        plain.append((out.topic, out.key, value))
    return plain

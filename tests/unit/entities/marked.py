"""Texts with the model's answer marked in them: "[PERSON Ash Carter] met [ORG Shoigu]." stands in for the model."""

from __future__ import annotations

import re

from wiredesk.contracts.article import ClusteredArticle, Entity, Feed, Part, Source
from wiredesk.contracts.record import Record
from wiredesk.contracts.topics import CLUSTERED
from wiredesk.entities.find import find_entities
from wiredesk.entities.model import Found
from wiredesk.entities.names import Reading
from wiredesk.entities.passages import passages
from wiredesk.entities.titles import Titles

MARK = re.compile(r"\[([A-Z_]+) ([^\]]+)\]")


def unmarked(marked: str) -> tuple[str, list[Found]]:
    """The plain text, and what the model is made to find in it."""
    text, found, at = "", [], 0
    for mark in MARK.finditer(marked):
        text += marked[at : mark.start()]
        found.append(Found(len(text), len(text) + len(mark[2]), mark[1]))
        text += mark[2]
        at = mark.end()
    return text + marked[at:], found


def document(*lines: tuple[str, str] | str) -> tuple[str, list[Part], list[Found]]:
    """A text of (kind, marked line); a bare line is body, and a body right after a dateline goes on in its line."""
    text, parts, found = "", [], []
    for line in lines:
        kind, marked = line if isinstance(line, tuple) else ("body", line)
        if text and not (parts[-1].kind == "dateline" and kind == "body"):
            text += "\n"
        plain, names = unmarked(marked)
        found += [Found(len(text) + name.start, len(text) + name.end, name.label) for name in names]
        parts.append(Part(kind, len(text), len(text) + len(plain)))
        text += plain
    return text, parts, found


def entities(*lines: tuple[str, str] | str, titles: Titles | None = None) -> dict[str, Entity]:
    """The document's entities by name, with the marks as the model's answer; Wikipedia's titles only as given."""
    text, parts, found = document(*lines)
    read = passages(text, parts)
    by_passage = [
        [Found(f.start - p.start, f.end - p.start, f.label) for f in found if p.start <= f.start < p.end] for p in read
    ]
    listed = find_entities("article", text, parts, read, by_passage, titles)
    assert len({entity.id for entity in listed}) == len(listed)
    assert all(text[m.start : m.end] == m.exact for entity in listed for m in entity.mentions)
    return {entity.name: entity for entity in listed}


def reading(*lines: tuple[str, str] | str) -> Reading:
    """The document as it is read, for the steps of the pass."""
    text, parts, _ = document(*lines)
    return Reading(text, parts, passages(text, parts))


def exact(entity: Entity) -> list[str]:
    """The words of an entity's mentions."""
    return [mention.exact for mention in entity.mentions]


def article(text: str = "", parts: list[Part] | None = None, **fields: object) -> ClusteredArticle:
    """A clustered article with this text; by default one body part a line."""
    if parts is None:
        parts, at = [], 0
        for line in text.split("\n"):
            parts += [Part("body", at, at + len(line))] if line else []
            at += len(line) + 1
    given: dict[str, object] = {
        "article_id": "a-1", "status": "usable", "url": None, "source": Source(name="Example Wire"), "feed": Feed(),
        "raw": None, "received_at": None, "headline": None, "byline": None, "dateline": None, "credit": None,
        "slug": None, "keywords": [], "language": "en", "published_at": None, "text": text, "text_sha256": "",
        "parts": parts, "rights": None, "provenance": [], "extra": {}, "errors": [], "timings": {}, "trace": None,
        "produced_by": {}, "version": 1, "story": None,
    }  # fmt: skip
    return ClusteredArticle(**(given | fields))


def record(value: bytes) -> Record:
    """A message on ``articles.clustered.v1``."""
    return Record(CLUSTERED, 0, 0, None, b"s-1", value)

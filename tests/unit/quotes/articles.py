"""Articles for the tests of ``quotes``, and its answers in a form that is easy to look at. One parser for all."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

import msgspec
import orjson

from wiredesk.contracts.record import Out, Record
from wiredesk.contracts.topics import ENTITIES
from wiredesk.quotes.handler import Quotes

STAGE = Quotes()
_MEMO: dict[bytes, bytes] = {}


class Said(NamedTuple):
    """A quotation, as tests speak of it."""

    speaker: str | None  # the words of the attribution
    words: list[str]
    kind: str
    name: str | None
    entity: str | None
    by: str | None
    via: list[str]
    parent: str | None
    cue: str | None
    form: str
    id: str
    confidence: float
    asserted: bool
    part: str


def entity(name: str, kind: str, text: str, *aliases: str, **more: Any) -> dict[str, Any]:
    """An entity with a mention wherever one of its names stands, the longest first; its id is ``kind:name``."""
    found: dict[int, int] = {}
    for words in sorted((name, *aliases), key=len, reverse=True):
        for match in re.finditer(rf"\b{re.escape(words)}\b", text):
            if not any(a < match.end() and match.start() < b for a, b in found.items()):
                found[match.start()] = match.end()
    mentions = [{"start": a, "end": b, "exact": text[a:b], "kind": "named"} for a, b in sorted(found.items())]
    return {
        "id": f"{kind}:{name}",
        "type": kind,
        "name": name,
        "aliases": list(aliases),
        "link": None,
        "roles": [],
        "confidence": 0.9,
        "salience": 0.5,
        "mentions": mentions,
    } | more


def people(text: str, *names: str) -> list[dict[str, Any]]:
    """Persons who are also called by their last name alone."""
    return [entity(name, "PER", text, name.split()[-1]) for name in names]


def article(text: str, entities: list[dict[str, Any]] | None = None, **fields: Any) -> dict[str, Any]:
    """The document as ``entities`` writes it; a part a line, all of them body unless ``parts`` is given."""
    parts = [{"kind": "body", "start": m.start(), "end": m.end()} for m in re.finditer(r"[^\n]+", text)]
    document: dict[str, Any] = {
        "article_id": "a1",
        "status": "usable",
        "url": None,
        "source": {"name": "The Daily", "domain": None, "id": None},
        "feed": {"version": None, "updated_at": None},
        "raw": None,
        "received_at": None,
        "slug": None,
        "keywords": [],
        "language": "en",
        "published_at": None,
        "text": text,
        "text_sha256": "",
        "parts": parts,
        "rights": None,
        "provenance": [],
        "extra": {},
        "errors": [],
        "timings": {},
        "trace": None,
        "produced_by": {},
        "version": 1,
        "story": None,
        "entities": entities or [],
    }
    document |= dict.fromkeys(("headline", "byline", "dateline", "credit"))
    return document | fields


def headed(headline: str, body: str) -> dict[str, Any]:
    """The parts of a text of a headline and a body."""
    text = f"{headline}\n{body}"
    return {
        "parts": [
            {"kind": "headline", "start": 0, "end": len(headline)},
            {"kind": "body", "start": len(headline) + 1, "end": len(text)},
        ]
    }


def record(document: dict[str, Any]) -> Record:
    return Record(ENTITIES, 0, 0, None, b"a1", orjson.dumps(document))


def decoded(out: Out) -> dict[str, Any]:
    return orjson.loads(out.value or b"null")


def worked(document: dict[str, Any]) -> dict[str, Any]:
    """The document as the stage sends it on. Parses are remembered over all tests, to spare the parser."""
    done = STAGE.work(record(document), _MEMO)
    _MEMO.update(done.learned)
    return decoded(done.outs[0])


def said(text: str, entities: list[dict[str, Any]] | None = None, **fields: Any) -> list[Said]:
    """The quotations of an article with this text."""
    document = worked(article(text, entities, **fields))
    for quote in document["quotes"]:
        for span in [*quote["spans"], quote["cue"], (quote["speaker"] or {}).get("mention")]:
            assert span is None or text[span["start"] : span["end"]] == span["exact"]
    return [_said(quote) for quote in document["quotes"]]


def _said(quote: dict[str, Any]) -> Said:
    speaker = quote["speaker"] or {}
    return Said(
        speaker=(speaker.get("mention") or {}).get("exact"),
        words=[span["exact"] for span in quote["spans"]],
        kind=quote["kind"],
        name=speaker.get("name"),
        entity=speaker.get("entity_id"),
        by=speaker.get("resolved_by"),
        via=[step["name"] for step in quote["via"]],
        parent=quote["parent_id"],
        cue=(quote["cue"] or {}).get("exact"),
        form=quote["form"],
        id=quote["id"],
        confidence=quote["confidence"],
        asserted=quote["asserted"],
        part=quote["part"],
    )


def comparable(value: bytes | None) -> Any:
    """A document without what differs from run to run."""
    document = msgspec.json.decode(value or b"null")
    document.pop("timings")
    return document

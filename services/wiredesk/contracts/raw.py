"""The raw article: what a feed publishes to ``articles.raw.v1``, and the one place where it is read.

JSON is parsed strictly first (UTF-8, no lone surrogates, bounded depth), then held against the types, so that what
comes after may trust every byte, the unknown fields that are only kept under ``extra`` included.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

import msgspec
import orjson
from msgspec import Meta, Struct

from wiredesk.contracts.errors import BadMessage

Instant = Annotated[
    datetime,
    Meta(tz=True, description="RFC 3339 with an offset", examples=["2015-09-18T17:04:00Z"]),
]


class RawSource(Struct, kw_only=True):
    """Who publishes: the outlet or agency, and its own id for the piece."""

    name: Annotated[str, Meta(min_length=1, max_length=200, description="outlet or agency, as readers know it")]
    domain: (
        Annotated[str, Meta(max_length=253, description="the outlet's domain; part of the identity if given")] | None
    ) = None
    id: (
        Annotated[
            str, Meta(max_length=1000, description="the feed's own id of the piece, the same in all its versions")
        ]
        | None
    ) = None


class RawArticle(Struct, kw_only=True):
    """A news article, or a new version of one, or its withdrawal, as a feed publishes it."""

    source: RawSource
    body: Annotated[str, Meta(description="the article; a withdrawal needs none")] | None = None
    body_type: Annotated[Literal["text/plain", "text/html"], Meta(description="how to read the body")] = "text/plain"
    headline: str | None = None
    byline: str | None = None
    dateline: str | None = None
    credit: Annotated[str, Meta(description='whom the outlet credits, "AP" or "Reuters, staff"')] | None = None
    slug: Annotated[str, Meta(description="the desk's working name of the story")] | None = None
    url: Annotated[str, Meta(max_length=4000)] | None = None
    language: Annotated[str, Meta(max_length=35, description="BCP 47; found from the text if missing")] | None = None
    published_at: Instant | None = None
    updated_at: Instant | None = None
    rights: Annotated[str, Meta(description="the copyright or usage notice, as the feed words it")] | None = None
    version: Annotated[int, Meta(ge=0, le=2**53 - 1, description="the feed's own count; newer is larger")] | None = None
    keywords: list[str] = []
    status: Annotated[Literal["usable", "withdrawn"], Meta(description="withdrawn takes the article back")] = "usable"


class ReadRaw(Struct):
    """A raw article, and the fields the contract does not know."""

    article: RawArticle
    extra: dict[str, Any]


_KNOWN = frozenset(RawArticle.__struct_fields__)
_KNOWN_SOURCE = frozenset(RawSource.__struct_fields__)

EXTRA_DEPTH = 100
"""Levels to which unknown fields may be nested. Later stages read them with a deeper stack than this one does."""


def read_raw(value: bytes | None) -> ReadRaw:
    """The raw article in ``value``; BadMessage says what is wrong with it, where, and what to do."""
    if value is None:
        raise BadMessage("the message has no value; to take an article back, publish it with status 'withdrawn'")
    try:
        fields = orjson.loads(value)
    except orjson.JSONDecodeError as wrong:
        raise BadMessage(f"the value is not JSON in UTF-8: {wrong}") from wrong
    if not isinstance(fields, dict):
        raise BadMessage(f"the value is a JSON {type(fields).__name__}; an article is an object with source and body")
    try:
        article = msgspec.convert(fields, RawArticle)
    except msgspec.ValidationError as wrong:
        raise BadMessage(f"a field is not as schemas/articles.raw.v1.schema.json says: {wrong}") from wrong
    if article.status == "usable" and not (article.body or "").strip():
        raise BadMessage("the article has no body; send one, or status 'withdrawn' if it was taken back")
    if article.status == "withdrawn" and not ((article.source.id or "").strip() or (article.url or "").strip()):
        raise BadMessage("a withdrawal must say what it takes back; send the source.id or the url of the article")
    extra = {name: value for name, value in fields.items() if name not in _KNOWN}
    unknown = {name: value for name, value in fields["source"].items() if name not in _KNOWN_SOURCE}
    if unknown:
        extra["source"] = unknown
    if _is_deeper(extra, EXTRA_DEPTH):
        raise BadMessage(f"an unknown field is nested more than {EXTRA_DEPTH} levels deep; send flatter data")
    return ReadRaw(article, extra)


def _is_deeper(value: Any, levels: int) -> bool:
    """Whether ``value`` holds objects and arrays nested more than ``levels`` deep."""
    level: list[Any] = [value]
    for _ in range(levels + 1):
        level = [
            inner
            for outer in level
            for inner in (outer.values() if isinstance(outer, dict) else outer)
            if isinstance(inner, dict | list)
        ]
        if not level:
            return False
    return True

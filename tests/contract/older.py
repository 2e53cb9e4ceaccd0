"""What the stages knew of a document in an earlier release: the types of today with fewer fields."""

from __future__ import annotations

from typing import Any

import msgspec
from msgspec import NODEFAULT, Struct

from wiredesk.contracts.article import (
    CleanArticle,
    ClusteredArticle,
    EntitiesArticle,
    Entity,
    Provenance,
    Source,
    Story,
)
from wiredesk.publish.reading import ReadArticle


def older(kind: type[Struct], *gone: str, **nested: Any) -> Any:
    """``kind`` without the fields ``gone``, and with the ``nested`` fields of older types themselves."""
    fields: list[tuple[str, Any, Any]] = []
    for field in msgspec.structs.fields(kind):
        default = {
            name: value
            for name, value in (("default", field.default), ("default_factory", field.default_factory))
            if value is not NODEFAULT
        }
        if field.name not in gone:
            fields.append((field.name, nested.get(field.name, field.type), msgspec.field(**default)))
    code = {name: value for name, value in vars(kind).items() if isinstance(value, property)}
    return msgspec.defstruct(f"Older{kind.__name__}", fields, namespace=code, kw_only=True)


_UNREAD = ("slug", "keywords", "trace", "extra", "errors", "timings", "produced_by", "rights", "byline", "dateline")
_SOURCE = older(Source, "id")
_PROVENANCE = older(Provenance, "confidence")
_STORY = older(Story, "score", "evidence", "embeds", "canonical_article_id", "relation")
_ENTITY = older(Entity, "link", "salience", "confidence")

OLDER: dict[str, tuple[str, Any]] = {
    "dedup": (
        "CleanArticle",
        older(CleanArticle, *_UNREAD, "language", source=_SOURCE),
    ),
    "entities": (
        "ClusteredArticle",
        older(ClusteredArticle, *_UNREAD, "feed", "raw", "url", "provenance", source=_SOURCE, story=_STORY | None),
    ),
    "quotes": (
        "EntitiesArticle",
        older(
            EntitiesArticle,
            *(*_UNREAD, "feed", "raw", "url", "version"),
            provenance=list[_PROVENANCE],  # type: ignore[valid-type]
            entities=list[_ENTITY],  # type: ignore[valid-type]
            story=_STORY | None,
        ),
    ),
    "publish": (
        "ReadArticle",
        older(ReadArticle, "published_at"),
    ),
}
"""By stage: the name of the type in the stage's handler, and that type as it may have been."""

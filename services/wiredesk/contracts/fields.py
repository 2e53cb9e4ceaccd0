"""Fields that a feed may have meant: an unknown field of a raw article, and the known one that it resembles.

What the contract does not know is kept under ``extra``, where no stage looks; so a headline sent as "headling" or
"title" is an article without a headline, and nobody is told.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from difflib import SequenceMatcher
from typing import Any

from wiredesk.contracts.raw import RawArticle, RawSource

KNOWN = (*RawArticle.__struct_fields__, *(f"source.{name}" for name in RawSource.__struct_fields__))

ELSEWHERE = {
    "headline": ("title", "hed", "head"),
    "body": ("text", "content", "articlebody", "bodytext", "fulltext", "contenttext", "story"),
    "byline": ("author", "authors", "creator"),
    "dateline": ("location", "place"),
    "credit": ("agency", "provider", "creditline"),
    "slug": ("slugline",),
    "url": ("link", "uri", "permalink", "canonicalurl", "href", "sourceurl"),
    "language": ("lang", "locale", "inlanguage"),
    "published_at": ("published", "pubdate", "date", "datepublished", "publicationdate", "firstcreated", "created"),
    "updated_at": ("updated", "modified", "datemodified", "versioncreated", "lastmodified", "lastupdated"),
    "rights": ("copyright", "copyrightnotice", "usageterms", "license"),
    "version": ("revision", "rev"),
    "keywords": ("tags", "categories", "subjects"),
    "status": ("pubstatus", "state"),
    "body_type": ("contenttype", "mimetype", "format"),
    "source.name": ("publisher", "outlet", "sourcename"),
    "source.domain": ("domain", "site", "hostname", "sourcedomain"),
    "source.id": ("id", "guid", "uid", "articleid", "storyid", "sourceid", "source_id"),
}
"""What the same thing is called in RSS, Atom, JSON Feed, schema.org, ninjs and by word of mouth; letters only."""

ALIKE = 0.8
"""Least likeness (difflib's ratio) of names: "headling" and "headline" have 0.88, "dateline" and "headline" 0.62."""


def unknown_fields(fields: Mapping[str, Any]) -> Iterator[tuple[str, str | None]]:
    """The fields of a raw message (its JSON object) that the contract does not know, each with the one it resembles.

    A field is only taken for another one that the message does not have.
    """
    source = fields.get("source")
    inside = source if isinstance(source, Mapping) else {}
    every = {**fields, **{f"source.{name}": value for name, value in inside.items()}}
    given = {name for name, value in every.items() if name in KNOWN and value not in (None, "", [])}
    for name in every:
        if name not in KNOWN:
            yield name, meant(name, given)


def meant(unknown: str, given: Collection[str]) -> str | None:
    """The known field that ``unknown`` stands for by its look; None when there is none, or it is among the ``given``.

    Names of the source's fields begin with "source.", as they do in ``given``.
    """
    letters = _letters(unknown.removeprefix("source."))
    best, score = None, ALIKE
    for known in KNOWN:
        if known in given:
            continue
        inside = known.removeprefix("source.")
        if letters in ELSEWHERE.get(known, ()):
            return known
        if known != inside and not unknown.startswith("source."):
            continue  # a misspelt field is misspelt where it stands; only the words of others stand elsewhere
        alike = SequenceMatcher(None, letters, _letters(inside)).ratio()
        if alike > score:
            best, score = known, alike
    return best


def _letters(name: str) -> str:
    """``publishedAt``, ``published-at`` and ``published_at`` are one."""
    return re.sub(r"[^0-9a-z]", "", name.lower())

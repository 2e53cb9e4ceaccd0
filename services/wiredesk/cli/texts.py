"""Texts: enriched articles as a comparison needs them, without entities and quotations."""

from __future__ import annotations

from msgspec import Struct

from wiredesk.contracts.article import Part, Source, Story


class Text(Struct, kw_only=True):
    """An article of ``articles.enriched.v1`` as far as its story is concerned; the rest is not decoded."""

    article_id: str
    version: int
    source: Source
    headline: str | None
    published_at: str | None
    received_at: str | None
    text: str
    parts: list[Part]
    story: Story | None

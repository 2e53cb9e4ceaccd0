"""The records of ``quotes.v1`` and ``quotes.carriers.v1``: one utterance, and one article that carries it."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct

from wiredesk.contracts.article import Time

CARRIERS_SHOWN = 50
"""An utterance lists this many carriers, the first seen; ``quotes.carriers.v1`` has them all."""


class Carrier(Struct, kw_only=True):
    """An article that carries an utterance, and the words as it has them."""

    article_id: str
    version: int
    source: str
    story_id: str | None
    url: str | None
    seen_at: Time | None
    text: str
    altered: bool


class CarrierRecord(Carrier, kw_only=True):
    """One record of ``quotes.carriers.v1``, keyed ``quote_id/article_id``; a tombstone when it carries it no more."""

    quote_id: str


class UtteredBy(Struct, kw_only=True):
    """Who said it, by the first carrier that names them."""

    entity_id: str | None
    name: str | None


class UtteranceRecord(Struct, kw_only=True):
    """One utterance: who, what, first seen where, how many carry it, and in which other words."""

    quote_id: str
    text: str
    kind: str
    speaker: UtteredBy | None
    first_seen: Carrier
    count: int
    carriers: Annotated[list[Carrier], Meta(max_length=CARRIERS_SHOWN)]
    variants: list[str]

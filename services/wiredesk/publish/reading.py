"""What ``publish`` reads of a document. All else passes through as bytes.

Narrower than the contract's ``QuotedArticle`` on purpose: less to decode, and a block that an earlier stage had to
leave out (in a withdrawal, after a failure) is simply empty here.
"""

from __future__ import annotations

from datetime import UTC, datetime

from msgspec import Struct

from wiredesk.contracts.record import RawRef


class _Source(Struct):
    name: str


class _Story(Struct):
    story_id: str


class _Entity(Struct):
    id: str
    type: str


class _Speaker(Struct):
    entity_id: str | None = None
    name: str | None = None
    resolved_by: str | None = None


class ReadQuote(Struct):
    """One quotation, as far as utterances are concerned."""

    id: str
    kind: str
    form: str
    text: str
    speaker: _Speaker | None = None
    parent_id: str | None = None
    asserted: bool = True


class ReadArticle(Struct):
    """One version of an article, or its withdrawal, as far as ``publish`` is concerned."""

    article_id: str
    version: int
    source: _Source
    status: str = "usable"
    url: str | None = None
    raw: RawRef | None = None
    received_at: str | None = None
    published_at: str | None = None
    story: _Story | None = None
    entities: list[_Entity] = []
    quotes: list[ReadQuote] = []

    @property
    def seen_at(self) -> str | None:
        """When the article came in, RFC 3339: by the broker, else by its own date."""
        return self.received_at or self.published_at

    @property
    def story_id(self) -> str | None:
        return self.story.story_id if self.story else None

    @property
    def event_time(self) -> int:
        """``seen_at`` in seconds since 1970; 0 when there is none that can be read."""
        try:
            seen = datetime.fromisoformat(self.seen_at or "")
        except ValueError:
            return 0
        return max(0, int((seen if seen.tzinfo else seen.replace(tzinfo=UTC)).timestamp()))

"""Advice for feeds: what is allowed in a raw article, but costs something that the feed may not know.

Nothing here refuses a message. It looks at one article after the other, in the order in which they would be sent.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from wiredesk.contracts.fields import unknown_fields
from wiredesk.contracts.raw import RawArticle

MEANINGS = {
    "refused": "would be refused, and become a dead letter",
    "misspelt": "an unknown field that looks like a known one: it is kept under extra, where no stage looks",
    "extra": "an unknown field: it is kept, and comes out under extra",
    "no-identity": "no source.id and no url: a new version of it cannot be told from another article",
    "no-headline": "no headline: it is looked for in the body, or stays empty",
    "no-published-at": "no published_at: stories and quotations are in the order of arrival",
    "no-language": "no language: it is guessed from the text",
    "no-order": "the article came before, and neither version nor updated_at says which is newer: the later one counts",
    "same-version": "the article came before with the same version and another text",
    "html-as-text": "body_type is text/plain, but the body looks like HTML: send body_type text/html",
    "future": "published_at is in the future: it counts up to the moment in which the message came",
}
"""What a finding of each kind means, the worst first."""

_TAG = re.compile(
    r"</?(?:p|br|div|span|a|b|i|em|strong|u|ul|ol|li|h[1-6]|blockquote|table|tr|td|th|img|figure|figcaption|section"
    r"|article|header|footer|iframe|script|style)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_TAGS = 2
"""One tag may be what the article is about; two are mark-up."""
_NAME_CHARS = 60


class Finding(NamedTuple):
    """One thing to tell the feed about a message."""

    kind: str
    """A key of MEANINGS."""
    message: str
    field: str | None = None
    meant: str | None = None
    """The known field that a misspelt one resembles."""


class Sighting(NamedTuple):
    """What is remembered of a version: where it stood, what it said of its age, and a hash of what it says."""

    place: str
    version: int | None
    updated: datetime | None
    content: str


class Adviser:
    """Looks at the articles of a feed one by one, and remembers which came before."""

    def __init__(self, now: datetime) -> None:
        """``now`` has an offset; what lies after it is in the future."""
        self._now = now
        self._seen: dict[str, list[Sighting]] = {}

    def look(
        self, article: RawArticle, fields: Mapping[str, Any], *, article_id: str, content: str, place: str
    ) -> Iterator[Finding]:
        """What there is to say of the article at ``place``.

        ``fields`` is the JSON object that it was read from; ``content`` is equal when two articles say the same.
        """
        yield from unknown(fields)
        if article.status != "withdrawn":
            yield from _missing(article)
        if article.body_type == "text/plain" and len(_TAG.findall(article.body or "")) >= _TAGS:
            yield Finding("html-as-text", "the body looks like HTML, but body_type is text/plain", "body_type")
        if article.published_at is not None and article.published_at > self._now:
            said = article.published_at.isoformat()
            yield Finding("future", f"published_at {said} is in the future", "published_at")
        yield from self._against_earlier(Sighting(place, article.version, article.updated_at, content), article_id)

    def _against_earlier(self, now: Sighting, article_id: str) -> Iterator[Finding]:
        earlier = self._seen.setdefault(article_id, [])
        others = [one for one in earlier if one.content != now.content]
        same = next((one for one in others if now.version is not None and one.version == now.version), None)
        if same is not None:
            told = now.updated is not None and same.updated is not None and now.updated != same.updated
            how = "only updated_at tells them apart" if told else "nothing tells which is newer"
            yield Finding("same-version", f"version {now.version} had another text at {same.place}; {how}", "version")
        elif others and not _ordered(others[-1], now):
            yield Finding(
                "no-order", f"another version is at {others[-1].place}; neither version nor updated_at is in both"
            )
        earlier.append(now)


def _ordered(one: Sighting, two: Sighting) -> bool:
    """Whether the feed says which is newer: it counts where both say it."""
    pairs: tuple[tuple[Any, Any], ...] = ((one.version, two.version), (one.updated, two.updated))
    return any(a is not None and b is not None for a, b in pairs)


def unknown(fields: Mapping[str, Any]) -> Iterator[Finding]:
    """The fields that the contract does not know, also of a message that is refused, perhaps for that very reason."""
    for name, known in unknown_fields(fields):
        short = name if len(name) <= _NAME_CHARS else f"{name[: _NAME_CHARS - 3]}..."
        if known is None:
            yield Finding("extra", f"{short} is kept under extra", name)
        else:
            yield Finding("misspelt", f"{short}: did you mean {known}?", name, known)


def _missing(article: RawArticle) -> Iterator[Finding]:
    if not (article.source.id or "").strip() and not (article.url or "").strip():
        yield Finding("no-identity", "neither source.id nor url: its versions cannot be told")
    if not (article.headline or "").strip():
        yield Finding("no-headline", "no headline", "headline")
    if article.published_at is None:
        yield Finding("no-published-at", "no published_at", "published_at")
    if not (article.language or "").strip():
        yield Finding("no-language", "no language", "language")

"""The stream through wiredesk's dedup: as clean articles, one after the other, the way the stage gets them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta

import msgspec

from bench.dedup.quality import Grouped, Link
from bench.dedup.stream import Item
from wiredesk.contracts import topics
from wiredesk.contracts.article import CleanArticle, ClusteredArticle, Feed, Part, Source
from wiredesk.contracts.ids import article_id
from wiredesk.contracts.record import Out, RawRef, Record
from wiredesk.contracts.stories import StoryRecord
from wiredesk.dedup.decide import decide
from wiredesk.dedup.handler import Dedup

BEGIN = datetime(2026, 9, 13, tzinfo=UTC)
_clustered = msgspec.json.Decoder(ClusteredArticle).decode
_story = msgspec.json.Decoder(StoryRecord).decode


def clean_article(item: Item, offset: int, received: float) -> CleanArticle:
    """``item`` as ``intake`` would hand it on; ``received`` is its hour of arrival. All of its text is body."""
    text = f"{item.headline}\n{item.text}"
    parts, at = [Part("headline", 0, len(item.headline))], len(item.headline) + 1
    for paragraph in item.text.split("\n"):
        parts.append(Part("body", at, at + len(paragraph)))
        at += len(paragraph) + 1
    return CleanArticle(
        article_id=article_id(item.outlet.domain, None, item.url, ""),
        status="usable",
        url=item.url,
        source=Source(name=item.outlet.name, domain=item.outlet.domain),
        feed=Feed(),
        raw=RawRef(topics.RAW, 0, offset),
        received_at=_time(received),
        headline=item.headline,
        byline=None,
        dateline=None,
        credit=None,
        slug=item.slug,
        keywords=[],
        language="en",
        published_at=_time(item.hour),
        text=text,
        text_sha256=hashlib.sha256(text.encode()).hexdigest(),
        parts=parts,
        rights=None,
        provenance=[],
        extra={},
        errors=[],
        timings={},
        trace=None,
        produced_by={},
    )


def clean_articles(items: Sequence[Item], first: int = 0) -> list[CleanArticle]:
    """``items`` in their order of arrival; they arrive at the hours of the stream, whatever dates they bear.

    ``first`` is the offset of the first raw message.
    """
    hours = sorted(item.hour for item in items)
    return [clean_article(item, first + at, hours[at]) for at, item in enumerate(items)]


def records(articles: Sequence[CleanArticle]) -> list[Record]:
    """``articles`` as messages of ``articles.clean.v1``."""
    return [
        Record(topics.CLEAN, 0, at, None, one.article_id.encode(), msgspec.json.encode(one))
        for at, one in enumerate(articles)
    ]


def handle_all(dedup: Dedup, taken: Sequence[Record]) -> list[list[Out]]:
    """What ``dedup`` writes for each of ``taken``."""
    return [dedup.handle(record) for record in taken]


def decide_all(dedup: Dedup, articles: Sequence[CleanArticle]) -> None:
    """Sketch, index and decision alone: no message is decoded, none is written."""
    for article in articles:
        decided = decide(dedup.state, article)
        if decided.record is not None:
            dedup.state.take(article.article_id, decided.record, decided.sketch)


def group(items: Sequence[Item]) -> list[Grouped]:
    """Where wiredesk puts each of ``items``, once all have arrived."""
    return grouped(items, handle_all(Dedup(), records(clean_articles(items))))


def grouped(items: Sequence[Item], outs: Sequence[Sequence[Out]]) -> list[Grouped]:
    """The places of ``items`` by what was written for them; stories that were merged since count as one."""
    final: dict[str, str] = {}
    for record in _stories(outs):
        if record.merged_into:
            final[record.story_id] = record.merged_into
    places = []
    for item, written in zip(items, outs, strict=True):
        value = next(out.value for out in written if out.topic == topics.CLUSTERED)
        story = _clustered(value or b"").story
        if story is None:
            raise RuntimeError(f"no story for {item.url}; is the article empty?")
        shift = len(item.headline) + 1
        links = tuple(
            Link(
                final.get(embed.story_id, embed.story_id),
                tuple((at.start - shift, at.end - shift) for at in embed.spans),
            )
            for embed in story.embeds
        )
        places.append(Grouped(final.get(story.story_id, story.story_id), links))
    return places


def new_by_redelivery(items: Sequence[Item]) -> int:
    """Stories that come into being when everything is sent a second time."""
    dedup, articles = Dedup(), clean_articles(items)
    known = {record.story_id for record in _stories(handle_all(dedup, records(articles)))}
    again = [
        msgspec.structs.replace(one, raw=RawRef(topics.RAW, 0, len(items) + at)) for at, one in enumerate(articles)
    ]
    return len({record.story_id for record in _stories(handle_all(dedup, records(again)))} - known)


def _stories(outs: Sequence[Sequence[Out]]) -> Iterator[StoryRecord]:
    for written in outs:
        yield from (_story(out.value) for out in written if out.topic == topics.STORIES and out.value is not None)


def _time(hour: float) -> str:
    return (BEGIN + timedelta(hours=hour)).isoformat(timespec="milliseconds").replace("+00:00", "Z")

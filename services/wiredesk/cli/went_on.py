"""Articles that went on with ``errors``: a language stage failed on them, so its block is empty and the rest there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

import msgspec

from wiredesk.cli.letters import Wanted
from wiredesk.cli.reading import reading
from wiredesk.contracts.article import Source, StageError
from wiredesk.contracts.topics import ENRICHED


class WentOn(msgspec.Struct, kw_only=True):
    """An enriched article with the errors of the stages that failed on it, and where it stands."""

    article_id: str
    version: int
    source: Source
    errors: list[StageError]
    place: str = ""
    time: int = -1


def read_went_on(bootstrap: str, since: datetime | None, wanted: Wanted) -> list[WentOn]:
    """The articles whose newest version has errors, among what was written ``since`` then."""
    with reading(bootstrap, ENRICHED, since, from_beginning=True) as topic:
        return list(went_on(topic.to_the_end(), wanted))


def went_on(records: Iterable[Any], wanted: Wanted) -> Iterator[WentOn]:
    """Those of ``records`` that are the last of their article and have the errors that are wanted."""
    found: dict[bytes, WentOn] = {}
    for record in records:
        key = record.key or b""
        found.pop(key, None)
        if record.value is None:
            continue
        try:
            article = msgspec.json.decode(record.value, type=WentOn)
        except (msgspec.DecodeError, UnicodeDecodeError):
            continue  # a stranger's
        article.place, article.time = f"{record.topic}/{record.partition}/{record.offset}", record.timestamp
        if article.errors and _is_wanted(article, wanted):
            found[key] = article
    yield from found.values()


def _is_wanted(article: WentOn, wanted: Wanted) -> bool:
    return (
        any(wanted.stage in (None, error.stage) and wanted.error in (None, error.class_) for error in article.errors)
        and (wanted.until is None or article.time < wanted.until.timestamp() * 1000)
        and (wanted.places is None or article.place in wanted.places)
        and wanted.is_of(article.source.name)
    )

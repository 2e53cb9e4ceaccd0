"""Warming up: every kernel is called once, so that none is compiled while a message waits and heartbeats are due.

On a fresh machine that takes some seven seconds, later the fifth of one (``kernel``).
"""

from __future__ import annotations

import hashlib

import msgspec

from wiredesk.contracts import topics
from wiredesk.contracts.article import CleanArticle, Feed, Part, Source
from wiredesk.contracts.record import RawRef, Record
from wiredesk.dedup.handler import Dedup

_WORDS = [f'"word{number}"' if number % 40 == 7 else f"Word{number}" for number in range(200)]


def warm() -> None:
    """Sends an article, a copy, one that carries half of it and a later one through a stage that is thrown away."""
    stage = Dedup(window_hours=1)
    whole, half, own = " ".join(_WORDS), " ".join(_WORDS[50:150]), " ".join(f"own{number}" for number in range(200))
    for day, text in enumerate((whole, f"{whole} More.", f"{own} {half}", own.upper()), start=1):
        hour = 0 if day < 4 else 9
        article = _article(str(day), text, f"2026-01-01T{hour:02}:00:00Z")
        stage.handle(Record(topics.CLEAN, 0, day, None, b"", msgspec.json.encode(article)))


def _article(name: str, text: str, time: str) -> CleanArticle:
    return CleanArticle(
        article_id=name,
        status="usable",
        url=None,
        source=Source(name=name),
        feed=Feed(),
        raw=RawRef(topics.RAW, 0, int(name)),
        received_at=time,
        headline=None,
        byline=None,
        dateline=None,
        credit=None,
        slug=None,
        keywords=[],
        language=None,
        published_at=time,
        text=text,
        text_sha256=hashlib.sha256(text.encode()).hexdigest(),
        parts=[Part("body", 0, len(text))],
        rights=None,
        provenance=[],
        extra={},
        errors=[],
        timings={},
        trace=None,
        produced_by={},
    )

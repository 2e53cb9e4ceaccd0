"""Labelled articles: who said what, as people marked it, one JSON object a line."""

from __future__ import annotations

import sys
from pathlib import Path

import orjson
from msgspec import Struct, json

from bench.quality.words import Extent


class Attribution(Struct):
    """One labelled attribution; ``speaker_mentions`` are all the words by which the article names the speaker."""

    sources: list[Extent]
    cue: list[Extent]
    contents: list[Extent]
    speaker_mentions: list[str] = []


class Labelled(Struct):
    """One labelled article; all extents are offsets into ``text``, in code points."""

    id: str
    text: str
    attributions: list[Attribution] = []
    publisher: str | None = None

    def raw(self) -> bytes:
        """The article as a feed would send it."""
        source = {"name": self.publisher or "Wikinews", "id": self.id}
        url = f"https://example.org/{self.id}"
        return orjson.dumps({"source": source, "url": url, "body": self.text})


def labelled_articles(path: Path) -> list[Labelled]:
    """The articles of the file; ends the program with a hint when it is missing or holds none with attributions."""
    if not path.exists():
        sys.exit(f"{path} is not there; name a file of labelled articles (see docs/quality.md)")
    lines = [line for line in path.read_bytes().splitlines() if line.strip()]
    articles = [json.decode(line, type=Labelled) for line in lines]
    if not any(article.attributions for article in articles):
        sys.exit(f"{path} has no labelled attributions; quotations cannot be scored on it")
    return articles

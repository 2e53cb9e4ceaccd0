"""Base texts: the true articles that republications are made of, no two of them alike.

Press releases from ``$WIREDESK_DATA`` (default ``../shared/data``), or the newsroom of ``seeds/`` where they are
missing. Releases repeat each other, wholly or by a paragraph, and a label that calls two such texts different would be
wrong: of texts that share a passage the first is kept. What the others have of their own serves as local paragraphs.
"""

from __future__ import annotations

import os
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple

import orjson
import xxhash

from wiredesk.contracts.shipped import shipped

Half = Literal["dev", "test"]

FEWEST_WORDS = 60
GRAM = 6
"""Words in a gram; texts are alike by the grams that both have."""
SHARED = 30
"""Grams in common from which two texts are alike: a paragraph of 35 words, which an embed could not be told from."""
SHARED_PART = 0.1
"""Part of the grams of the shorter text, in common, from which two texts are alike."""
PASSAGE_WORDS = 20
"""Words of a local paragraph at least."""
_WORD = re.compile(r"\w+")
_SENTENCE_END = re.compile(r"(?<=[.!?\u201d\"])\s+(?=[A-Z\u201c\"])")


class Base(NamedTuple):
    """A true article: its own id, its title, its paragraphs, one a line; every line has words."""

    id: str
    title: str
    text: str

    @property
    def paragraphs(self) -> list[str]:
        """The lines."""
        return self.text.split("\n")


class Supply(NamedTuple):
    """What one half of a stream is made of: articles, and paragraphs that stand in none of them nor twice."""

    articles: list[Base]
    passages: list[str]


def data() -> Path:
    """Where the press releases are, if they are there."""
    return Path(os.environ.get("WIREDESK_DATA", "../shared/data")) / "congress.jsonl"


def supply(half: Half) -> Supply:
    """The base texts of one half; the halves have no text and no passage in common."""
    articles, passages = _all()
    return Supply([one for one in articles if _half(one.id) == half], [one for one in passages if _half(one) == half])


@cache
def _all() -> Supply:
    kept, apart = distinct(list(_loaded()))
    known = {gram for one in kept for gram in grams(one.text)}
    return Supply(kept, list(_passages(apart, known)))


def distinct(texts: list[Base]) -> tuple[list[Base], list[Base]]:
    """``texts`` of which no two are alike, and those that were set apart because an earlier one is like them."""
    kept: list[Base] = []
    apart: list[Base] = []
    having: defaultdict[int, list[int]] = defaultdict(list)
    sizes: list[int] = []
    for one in texts:
        own = grams(one.text)
        hits = Counter(at for gram in own for at in having.get(gram, ()))
        if any(shared >= SHARED or shared > SHARED_PART * min(len(own), sizes[at]) for at, shared in hits.items()):
            apart.append(one)
            continue
        for gram in own:
            having[gram].append(len(kept))
        sizes.append(len(own))
        kept.append(one)
    return kept, apart


def grams(text: str) -> set[int]:
    """The hashes of all runs of six words of ``text``, free of case and marks."""
    words = _WORD.findall(text.lower())
    return {xxhash.xxh3_64_intdigest(" ".join(words[at : at + GRAM]).encode()) for at in range(len(words) - GRAM + 1)}


def _passages(texts: list[Base], known: set[int]) -> Iterator[str]:
    """Runs of sentences of ``texts`` without a gram that is ``known`` or stood in an earlier one."""
    for one in texts:
        for passage in (passage for paragraph in one.paragraphs for passage in _runs(paragraph)):
            own = grams(passage)
            if not own & known:
                known |= own
                yield passage


def _runs(paragraph: str) -> Iterator[str]:
    """The sentences of ``paragraph``, put together until each run is long enough."""
    run: list[str] = []
    for sentence in sentences(paragraph):
        run.append(sentence)
        if sum(len(one.split()) for one in run) >= PASSAGE_WORDS:
            yield " ".join(run)
            run = []


def sentences(paragraph: str) -> list[str]:
    """``paragraph`` parted where a sentence seems to end: good enough to cut and to drop."""
    return _SENTENCE_END.split(paragraph)


def _loaded() -> Iterator[Base]:
    path = data()
    if path.exists():
        for line in path.read_bytes().splitlines():
            piece = orjson.loads(line)
            if len(piece["text"].split()) >= FEWEST_WORDS:
                yield Base(piece["id"], piece["title"], _lines(piece["text"]))
        return
    for number, line in enumerate(shipped("seeds", "corpus.jsonl").read_bytes().splitlines()):
        piece = orjson.loads(line)
        if len(piece.get("body", "").split()) >= FEWEST_WORDS and "<" not in piece["body"]:
            yield Base(f"seed-{number}", piece.get("headline", ""), _lines(piece["body"]))


def _lines(text: str) -> str:
    return "\n".join(line.strip() for line in text.split("\n") if _WORD.search(line))


def _half(identity: str) -> Half:
    return "dev" if xxhash.xxh3_64_intdigest(identity.encode()) % 2 else "test"

"""The documents that are on ``articles.enriched.v1``: which version of which article, on disk, looked up in passes.

Compaction leaves one record an article, so their number grows with the log. 12 bytes each go to a file without a name;
of these at most four million at a time are sorted in memory, by the hash of the article.
"""

from __future__ import annotations

import tempfile
from array import array
from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import xxhash
from numpy.typing import NDArray

ANY_VERSION = 0xFFFFFFFF
"""The version of a tombstone that names none: the article is gone, whatever its version was."""
_ROW = np.dtype([("article", "<u8"), ("version", "<u4")])
_BUFFERED = 65_536


def hash_of(article_id: bytes) -> int:
    """The 64 bits by which articles are told apart: two of a hundred million share them once in 3,700 ledgers."""
    return xxhash.xxh3_64_intdigest(article_id)


class Documents:
    """The versions that were seen of each article."""

    def __init__(self, at_once: int = 4_000_000) -> None:
        self._at_once = at_once
        self._file = tempfile.TemporaryFile(prefix="wiredesk-ledger-")  # noqa: SIM115 - closed with this
        self._articles, self._versions = array("Q"), array("I")
        self._written = 0

    def add(self, article: int, version: int) -> None:
        """Notes a document, or a tombstone, of the article with this hash."""
        self._articles.append(article)
        self._versions.append(min(version, ANY_VERSION))
        if len(self._articles) >= _BUFFERED:
            self._flush()

    def passes(self) -> Iterator[Pass]:
        """All of them, a part of the hashes at a time."""
        self._flush()
        number = max(1, -(-self._written // self._at_once))
        edges = [(1 << 64) * part // number for part in range(number + 1)]
        for low, behind in pairwise(edges):
            yield self._pass(low, behind - 1)

    def close(self) -> None:
        """Gives the disk back."""
        self._file.close()

    def _pass(self, low: int, high: int) -> Pass:
        parts = [np.empty(0, _ROW)]
        self._file.seek(0)
        while content := self._file.read(_BUFFERED * _ROW.itemsize):
            rows = np.frombuffer(content, _ROW)
            parts.append(rows[(rows["article"] >= np.uint64(low)) & (rows["article"] <= np.uint64(high))])
        rows = np.concatenate(parts)
        rows = rows[np.lexsort((rows["version"], rows["article"]))]
        return Pass(low, high, rows["article"].copy(), rows["version"].copy())

    def _flush(self) -> None:
        rows = np.empty(len(self._articles), _ROW)
        rows["article"], rows["version"] = self._articles, self._versions
        self._file.seek(0, 2)
        self._file.write(rows.tobytes())
        self._written += len(rows)
        self._articles, self._versions = array("Q"), array("I")


class Pass:
    """The documents of the articles whose hashes are in a range."""

    def __init__(self, low: int, high: int, articles: NDArray[np.uint64], versions: NDArray[np.uint32]) -> None:
        self._low, self._high = np.uint64(low), np.uint64(high)
        self._articles, self._versions = articles, versions

    def lacks(self, articles: NDArray[np.uint64], versions: NDArray[np.uint32]) -> NDArray[np.bool_]:
        """For each article of the range: whether neither that version nor a later one is there; False for others."""
        mine: NDArray[np.bool_] = (articles >= self._low) & (articles <= self._high)
        if not len(self._articles):
            return mine
        last = np.searchsorted(self._articles, articles, side="right") - 1  # of its versions the newest
        there = (self._articles[last] == articles) & (last >= 0) & (self._versions[last] >= versions)
        mine &= ~there
        return mine

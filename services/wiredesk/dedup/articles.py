"""Articles as the writer keeps them: one row of a few numbers, the packed record, and, of references, the sketch.

A million articles are a million rows: as Python objects they would take several kilobytes each, packed they take a few
hundred bytes. What is asked often (time, story) stands in arrays; the rest is unpacked when it is asked for.
"""

from __future__ import annotations

from array import array
from collections import OrderedDict
from collections.abc import Mapping
from typing import Any

import numpy as np
import xxhash
from msgspec.structs import replace
from numpy.typing import NDArray

from wiredesk.dedup.lookup import Lookup
from wiredesk.dedup.packed import lengths_of, named, packed, under, unpacked
from wiredesk.dedup.records import ArticleState
from wiredesk.dedup.shrunk import grown, shrunk
from wiredesk.dedup.sketch import Sketch, unpack

NOWHERE = 0
"""The story of an article that is in none."""
_KEPT_UNPACKED = 1024
_FEW = 16


class Articles:
    """Rows of articles; a row that was freed is used again."""

    def __init__(self) -> None:
        self._records: list[bytes] = []
        self._sketches: list[bytes] = []
        self._segments = array("I")
        self._stories = array("I")
        self._outlets = array("I")
        self._live = bytearray()
        self._free = array("I")
        self._by_id = Lookup()
        self._by_words = Lookup()
        self._by_url = Lookup()
        self._unpacked: OrderedDict[int, ArticleState] = OrderedDict()
        self._sketched: OrderedDict[int, Sketch] = OrderedDict()

    def __len__(self) -> int:
        return len(self._by_id)

    def row(self, article_id: str) -> int | None:
        """The row of an article; None for one that has none."""
        rows = self._by_id.find(_id_hash(article_id))
        return rows[0] if rows else None

    def record(self, row: int) -> ArticleState:
        """What is known of the article in ``row``; its sketch is asked for with ``sketch``."""
        found = self._unpacked.get(row)
        if found is None:
            found = self._unpacked[row] = grown(self._records[row])
            if len(self._unpacked) > _KEPT_UNPACKED:
                self._unpacked.popitem(last=False)
        else:
            self._unpacked.move_to_end(row)
        return found

    def whole(self, row: int) -> ArticleState:
        """The record in ``row`` as it stands in the state topic, sketch and all."""
        return replace(self.record(row), sketch=self._sketches[row])

    def has_sketch(self, row: int) -> bool:
        """Whether the article can be compared with others."""
        return bool(self._sketches[row])

    def sketch(self, row: int) -> Sketch:
        """The sketch of the article in ``row``, which is a reference."""
        found = self._sketched.get(row)
        if found is None:
            found = unpack(self._sketches[row])
            self._remember(row, found)
        else:
            self._sketched.move_to_end(row)
        return found

    def _remember(self, row: int, sketch: Sketch) -> None:
        self._sketched[row] = sketch
        if len(self._sketched) > _KEPT_UNPACKED:
            self._sketched.popitem(last=False)

    def segment(self, row: int) -> int:
        """The segment of event time in which the article was last decided on."""
        return self._segments[row]

    def live(self, row: int) -> bool:
        """Whether the article is in the window."""
        return bool(self._live[row])

    def story(self, row: int) -> int:
        """The number of the article's story; ``NOWHERE`` for none."""
        return self._stories[row]

    def outlet(self, row: int) -> int:
        """The hash of the article's outlet."""
        return self._outlets[row]

    def same_words(self, words: int) -> list[int]:
        """Rows in the window whose words have this hash, in the order in which they came; a few show as much as all."""
        return self._by_words.find(words, _FEW)

    def same_url(self, url: int) -> list[int]:
        """Rows in the window that gave this URL, in the order in which they came; a few show as much as all."""
        return self._by_url.find(url, _FEW)

    def put(self, record: ArticleState, segment: int, sketch: Sketch | None = None) -> int:
        """A new row for an article that has none. Its story is set apart from this.

        ``sketch`` is the one in the record, if somebody has it at hand.
        """
        if self._free:
            row = self._free.pop()
        else:
            row = len(self._records)
            self._records.append(b"")
            self._sketches.append(b"")
            self._segments.append(0)
            self._stories.append(NOWHERE)
            self._outlets.append(0)
            self._live.append(0)
        self._by_id.add(_id_hash(record.article_id), row)
        self._segments[row] = segment
        self._outlets[row] = outlet_hash(record.outlet)
        self._live[row] = 1
        self._sketches[row] = record.sketch
        if record.sketch and sketch is not None:
            self._remember(row, sketch)
        self.rewrite(row, record)
        if record.words is not None:
            self._by_words.add(record.words, row)
        if record.url is not None:
            self._by_url.add(record.url, row)
        return row

    def rewrite(self, row: int, record: ArticleState) -> None:
        """Puts another record in the place of the one in ``row``; time, words and sketch stay."""
        self._records[row] = shrunk(replace(record, sketch=b""))
        self._unpacked.pop(row, None)

    def touch(self, row: int, segment: int) -> None:
        """Notes that the article was decided on again."""
        self._segments[row] = segment

    def move(self, row: int, story: int) -> None:
        """Notes that the article is in the story of this number now."""
        self._stories[row] = story

    def hide(self, row: int) -> None:
        """Takes the article out of the window: nobody finds it by its words or its URL any more."""
        if not self._live[row]:
            return
        self._live[row] = 0
        record = self.record(row)
        if record.words is not None:
            self._by_words.discard(record.words, row)
        if record.url is not None:
            self._by_url.discard(record.url, row)

    def free(self, row: int) -> None:
        """Forgets the article, which is hidden."""
        self._by_id.discard(_id_hash(self.record(row).article_id), row)
        self._unpacked.pop(row, None)
        self._sketched.pop(row, None)
        self._records[row] = self._sketches[row] = b""
        self._stories[row] = NOWHERE
        self._free.append(row)

    def snapshot(self) -> dict[str, NDArray[Any]]:
        """All of it, as named arrays."""
        return {
            "records": packed(self._records),
            "record_lengths": lengths_of(self._records),
            "sketches": packed(self._sketches),
            "sketch_lengths": lengths_of(self._sketches),
            "segments": np.array(self._segments, dtype=np.uint32),
            "stories": np.array(self._stories, dtype=np.uint32),
            "outlets": np.array(self._outlets, dtype=np.uint32),
            "live": np.frombuffer(bytes(self._live), dtype=np.uint8),
            "free": np.array(self._free, dtype=np.uint32),
            **named("by_id", self._by_id.arrays()),
            **named("by_words", self._by_words.arrays()),
            **named("by_url", self._by_url.arrays()),
        }

    def restore(self, parts: Mapping[str, NDArray[Any]]) -> None:
        """Takes up what ``snapshot`` gave."""
        self._records = unpacked(parts["records"], parts["record_lengths"])
        self._sketches = unpacked(parts["sketches"], parts["sketch_lengths"])
        self._live = bytearray(parts["live"].tobytes())
        for name in ("segments", "stories", "outlets", "free"):
            setattr(self, f"_{name}", array("I", np.asarray(parts[name]).tobytes()))
        self._by_id = Lookup.restore(under("by_id", parts))
        self._by_words = Lookup.restore(under("by_words", parts))
        self._by_url = Lookup.restore(under("by_url", parts))


def outlet_hash(outlet: str) -> int:
    """The hash by which outlets are told apart (32 bits)."""
    return xxhash.xxh3_64_intdigest(outlet.encode()) >> 32


def _id_hash(article_id: str) -> int:
    return xxhash.xxh3_64_intdigest(article_id.encode())

"""The model: spaCy's English named entity recogniser (en_core_web_md), loaded in the process that works.

Only its ``ner`` is loaded, which has its own token vectors: the same entities as with all of it, twice as fast.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import msgspec
import xxhash

from wiredesk.text.english import load_english, model_version

_LEFT_OUT = ["tok2vec", "tagger", "parser", "senter", "attribute_ruler", "lemmatizer"]
_KEPT = frozenset(("PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "PRODUCT", "EVENT", "LAW", "WORK_OF_ART"))
_BATCH = 64


class Found(NamedTuple):
    """A name that the model found in a passage: half-open code point offsets into it, and the model's label."""

    start: int
    end: int
    label: str


class Model:
    """The recogniser. Made without cost; the first ``analyse`` loads it (about 2 s, 300 MB)."""

    def __init__(self) -> None:
        self._nlp: Any = None

    def load(self) -> None:
        """Loads the model if it is not."""
        if self._nlp is None:
            self._nlp = load_english(without=_LEFT_OUT)

    def analyse(self, given: Sequence[str]) -> list[list[Found]]:
        """The names in each of ``given``, in one batch."""
        if not given:
            return []
        self.load()
        with self._nlp.memory_zone():  # otherwise each new word would stay in memory for good
            return [
                [Found(e.start_char, e.end_char, e.label_) for e in doc.ents if e.label_ in _KEPT]
                for doc in self._nlp.pipe(given, batch_size=_BATCH)
            ]


def memo_key(given: str) -> bytes:
    """What a passage's result is remembered by: a digest of what the model is given and of the model."""
    return xxhash.xxh3_128_digest(f"{model_version()}\n{given}".encode())


def pack(found: Sequence[Found]) -> bytes:
    """A passage's result as it is remembered."""
    return msgspec.msgpack.encode(found)


def unpack(packed: bytes) -> list[Found]:
    """A passage's result from what was remembered."""
    return msgspec.msgpack.decode(packed, type=list[Found])

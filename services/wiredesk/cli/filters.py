"""Filters: which messages of a topic belong to a story, a source, a language.

By the key and the headers where these say it, which costs no decoding; else by the value, whatever topic it is of.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import orjson


class Filter(NamedTuple):
    """What is wanted; None takes everything. A message must meet all of them."""

    story: str | None = None
    """A story id."""
    source: str | None = None
    """The name of an outlet, in any case."""
    language: str | None = None
    """A BCP 47 tag or the beginning of one: ``en`` takes ``en-GB`` too."""

    def takes(self, record: Any) -> bool:
        """Whether ``record``, as a consumer gives it, is wanted."""
        headers = _texts(record.headers)
        value = _Value(record.value)
        return (
            (self.source is None or self._of_source(headers.get("ce_articlesource"), value))
            and (self.language is None or self._in_language(headers.get("ce_language"), value))
            and (self.story is None or self._in_story(record.key, value))
        )

    def _of_source(self, header: str | None, value: _Value) -> bool:
        names = value.sources() if header is None else [header]
        return _folded(self.source) in map(_folded, names)

    def _in_language(self, header: str | None, value: _Value) -> bool:
        tag = _folded(value.decoded().get("language") if header is None else header).replace("_", "-")
        wanted = _folded(self.language).replace("_", "-")
        return tag == wanted or tag.startswith(f"{wanted}-")

    def _in_story(self, key: bytes | None, value: _Value) -> bool:
        """Keys begin with the story where it is the key: ``story`` or ``story/article``, tombstones included."""
        wanted = self.story or ""
        if (key or b"").partition(b"/")[0] == wanted.encode():
            return True
        return wanted in value.stories()


class _Value:
    """A value, decoded when it is first asked."""

    def __init__(self, value: bytes | None) -> None:
        self._bytes = value
        self._decoded: dict[str, Any] | None = None

    def decoded(self) -> dict[str, Any]:
        """The JSON object; empty when it is none."""
        if self._decoded is None:
            try:
                found = orjson.loads(self._bytes or b"")
            except orjson.JSONDecodeError:
                found = None
            self._decoded = found if isinstance(found, dict) else {}
        return self._decoded

    def sources(self) -> Iterator[Any]:
        """The outlet of a document (``source.name``), of a record or an outcome (``source``), of all it lists."""
        for part in self._parts():
            source = part.get("source")
            yield source.get("name") if isinstance(source, dict) else source

    def stories(self) -> Iterator[Any]:
        """The stories of a document, a record, and all it lists; and that into which a story was merged."""
        for part in self._parts():
            yield part.get("story_id")
            yield part.get("merged_into")
            if isinstance(part.get("story"), dict):
                yield part["story"].get("story_id")

    def _parts(self) -> Iterator[dict[str, Any]]:
        """The object itself, then the members of a story, the carriers of an utterance."""
        value = self.decoded()
        yield value
        for name in ("members", "carriers"):
            listed = value.get(name)
            yield from (part for part in (listed if isinstance(listed, list) else []) if isinstance(part, dict))


def _texts(headers: Iterable[tuple[str, bytes | None]]) -> dict[str, str]:
    """The headers that are text, the first of each name."""
    found: dict[str, str] = {}
    for name, value in headers:
        try:
            found.setdefault(name, (value or b"").decode())
        except UnicodeDecodeError:
            continue
    return found


def _folded(name: Any) -> str:
    return " ".join(name.split()).casefold() if isinstance(name, str) else ""

"""What the tests of intake share: raw articles made of a few fields, and intake's answer as a typed document."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
import orjson
import pytest

from wiredesk.contracts.article import CleanArticle
from wiredesk.contracts.record import Record
from wiredesk.contracts.topics import RAW
from wiredesk.intake.handler import make

BROKER_TIME = 1_442_600_000_000  # 2015-09-18T18:13:20Z

Cleaned = Callable[..., CleanArticle]


def record_of(value: bytes | None, time: int | None = BROKER_TIME, offset: int = 7) -> Record:
    return Record(RAW, 0, offset, time, None, value)


def raw_of(**fields: Any) -> bytes:
    return orjson.dumps({"source": {"name": "Eastwick Chronicle"}, "body": "Rain fell on Friday.", **fields})


@pytest.fixture
def record() -> Callable[..., Record]:
    """A record of the raw topic with the given bytes."""
    return record_of


@pytest.fixture
def raw() -> Callable[..., bytes]:
    """A raw article with the given fields, as JSON; source and body have defaults."""
    return raw_of


@pytest.fixture
def clean() -> Cleaned:
    """What intake makes of a raw article with the given fields."""

    def cleaned(time: int | None = BROKER_TIME, **fields: Any) -> CleanArticle:
        (out,) = make()(record_of(raw_of(**fields), time))
        assert out.value is not None
        return msgspec.json.decode(out.value, type=CleanArticle)

    return cleaned


@pytest.fixture
def labelled(clean: Cleaned) -> Callable[..., list[tuple[str, str]]]:
    """The parts that intake finds in a body, each with its words."""

    def parts(body: str, **fields: Any) -> list[tuple[str, str]]:
        article = clean(body=body, **fields)
        return [(part.kind, article.text[part.start : part.end]) for part in article.parts]

    return parts


@pytest.fixture
def provenance(clean: Cleaned) -> Callable[..., set[tuple[str, str]]]:
    """The (role, name) pairs that intake finds in a body."""

    def pairs(body: str = "Rain fell on Friday.", **fields: Any) -> set[tuple[str, str]]:
        return {(entry.role, entry.name) for entry in clean(body=body, **fields).provenance}

    return pairs

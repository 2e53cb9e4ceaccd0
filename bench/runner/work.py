"""The work that every contender does: the same 2 KB message, read, changed in one field, and written again."""

from __future__ import annotations

import time
from typing import NamedTuple

import orjson

SIZE = 2_000
"""Bytes of a message: a short wire story with its fields."""

FEEDS = 20

_BODY = "The council voted on Tuesday to close the old harbour road to cars from next spring. " * 30


def message(number: int) -> tuple[bytes, bytes]:
    """Key and value of message ``number``, as a feed would send it, with the time of sending in it."""
    feed = f"Feed {number % FEEDS}"
    fields = {"source": {"name": feed, "id": str(number)}, "sent": time.time(), "body": ""}
    fields["body"] = _BODY[: SIZE - len(orjson.dumps(fields))]
    return f"{feed}:{number}".encode(), orjson.dumps(fields)


def changed(value: bytes) -> bytes:
    """``value`` decoded, with one field changed, and encoded."""
    document = orjson.loads(value)
    document["headline"] = "Harbour road to close"
    return orjson.dumps(document)


def sent_at(value: bytes) -> float:
    """When the message was sent, in seconds since 1970."""
    return float(orjson.loads(value)["sent"])


class Place(NamedTuple):
    """Where a contender works; its command line, in this order."""

    bootstrap: str
    group: str
    reads: str
    writes: str

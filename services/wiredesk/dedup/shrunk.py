"""Records as they are kept in memory: MessagePack, compressed against a specimen.

All records have the same bones. A specimen as dictionary takes these out of every one: 320 bytes become 210, for 14 us
when a record is put and 1.5 us when it is asked for (measured on generated republications).
"""

from __future__ import annotations

import zlib

import msgspec

from wiredesk.contracts import topics
from wiredesk.dedup.records import ArticleState, Membership, Order, Shown, Version

_TIME = 1_790_000_000_000
_SPECIMEN = ArticleState(
    article_id="00000000-0000-0000-0000-000000000000",
    seq=70_000,
    clock=_TIME,
    source="The Herald",
    outlet="theherald.example.com",
    seen_at="2026-09-13T01:55:05.269Z",
    story_id="00000000-0000-0000-0000-000000000000",
    versions=[
        Version(
            number=1,
            raw=(topics.RAW, 0, 70_000),
            order=Order(feed_version=None, updated=None, received=_TIME, offset=70_000),
            content=2**31,
            shown=Shown(None, "original", None, 1.0, "first", "", None, None, None, None, [], []),
        )
    ],
    member=Membership(70_000, 70_000, "original", 1.0, opens=True, reference=True),
    url=2**62,
    words=2**62,
)
_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(ArticleState).decode
_DICTIONARY = _encode(_SPECIMEN)
_BITS = -10  # a window of 1 KiB, and no header
_FAST, _LITTLE = 1, 4
_begun = zlib.compressobj(_FAST, zlib.DEFLATED, _BITS, _LITTLE, zlib.Z_DEFAULT_STRATEGY, _DICTIONARY)


def shrunk(record: ArticleState) -> bytes:
    """``record`` in few bytes."""
    deflate = _begun.copy()
    return deflate.compress(_encode(record)) + deflate.flush()


def grown(kept: bytes) -> ArticleState:
    """The record that ``shrunk`` was given."""
    return _decode(zlib.decompressobj(_BITS, _DICTIONARY).decompress(kept))

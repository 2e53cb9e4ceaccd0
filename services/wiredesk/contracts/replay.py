"""Replays: a dead letter that is sent again to the topic it was read from, and how that is marked.

The message goes out as it was, with two headers more. ``replay_of`` names the dead letter; it comes back on another
dead letter, should the message fail again. ``replay_received`` is on raw messages: when the broker first took the
message. Without it a replay would be the article's latest arrival, and an old version of a feed that counts none would
be put over newer ones.

In the same transaction a mark goes to ``articles.dead.v1``, with the key of the letter (else the message's place) and
no value; whoever replays reads the marks first, so no message is replayed twice. It names the message by where that
stood when it failed: after a crash there may be two letters of one.
"""

from __future__ import annotations

from datetime import datetime

from msgspec import structs

from wiredesk.contracts.envelope import header
from wiredesk.contracts.record import Record

REPLAY_OF = "replay_of"
REPLAY_RECEIVED = "replay_received"

REPLAYED = "dead_replayed"
"""On a mark: the message that was replayed, by topic/partition/offset where it failed."""
REPLAYED_TO = "dead_replayed_to"
"""On a mark: where the message stands since."""
REPLAYED_AT = "dead_replayed_at"
"""On a mark: when that was done, RFC 3339."""


def as_first_received(record: Record) -> Record:
    """``record`` with the time when its message was first received, if it is a replay.

    A time that is not earlier than the broker's own changes nothing, so a feed that sets the header can only make its
    message older.
    """
    said = header(record, REPLAY_RECEIVED)
    if said is None or record.time is None:
        return record
    try:
        first = datetime.fromisoformat(said)
    except ValueError:
        return record
    if first.tzinfo is None:
        return record
    return structs.replace(record, time=max(0, min(record.time, int(first.timestamp() * 1000))))

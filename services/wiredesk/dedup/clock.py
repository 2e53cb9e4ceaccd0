"""Event time: the clock of the window, which only articles move.

The largest ``received_at`` seen so far; without a broker, ``published_at`` counts. An article belongs to the segment
of the time at which it was decided, so segments come in order whatever dates the articles bear, and are dropped
whole.
"""

from __future__ import annotations

from datetime import datetime

from wiredesk.contracts.article import CleanArticle

SEGMENT_MS = 600_000
"""Ten minutes: at 10 articles a second 6,000 leave the window at once, which holds the next one up for .2 s."""
JUMP_SHARE = 12
"""Without a broker one article moves the clock by a twelfth of the window at most: a wild date must not empty it."""


def milliseconds(time: str | None) -> int | None:
    """An RFC 3339 time in milliseconds since 1970; None for None and for what cannot be read."""
    if time is None:
        return None
    try:
        moment = datetime.fromisoformat(time)
    except ValueError:
        return None
    return None if moment.tzinfo is None else int(moment.timestamp() * 1000)


def clock_after(clock: int, article: CleanArticle, window_ms: int) -> int:
    """The event time once ``article`` is seen; it never goes back. 0 stands for no time seen yet."""
    received = milliseconds(article.received_at)
    if received is not None:
        return max(clock, received)
    published = milliseconds(article.published_at)
    if published is None or published <= clock:
        return clock
    return published if clock == 0 else min(published, clock + window_ms // JUMP_SHARE)


def segment(clock: int) -> int:
    """The segment that event time ``clock`` falls into."""
    return clock // SEGMENT_MS


def first_segment(clock: int, window_ms: int) -> int:
    """The oldest segment that is still in the window."""
    return segment(clock - window_ms)

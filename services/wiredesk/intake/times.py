"""Times: RFC 3339 in UTC, and none that lies after the message itself."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from wiredesk.contracts.errors import BadMessage

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def time_of(milliseconds: int | None) -> str | None:
    """A broker's time stamp, in milliseconds since 1970, as RFC 3339."""
    return None if milliseconds is None else _written(_EPOCH + timedelta(milliseconds=milliseconds))


def rfc3339(moment: datetime | None, latest: int | None = None) -> str | None:
    """``moment`` in UTC ("2015-09-18T17:04:00Z"), at most ``latest`` (milliseconds since 1970).

    Parts of a second only where there are some. A moment that UTC has no year for is a BadMessage.
    """
    if moment is None:
        return None
    try:
        moment = moment.astimezone(UTC)
    except (OverflowError, ValueError) as wrong:
        raise BadMessage(f"the time {moment.isoformat()} is outside the years 1 to 9999 in UTC; mend it") from wrong
    return _written(moment if latest is None else min(moment, _EPOCH + timedelta(milliseconds=latest)))


def _written(moment: datetime) -> str:
    return moment.isoformat().replace("+00:00", "Z")

"""Times on the command line: those that people give, and those of Kafka shown to them."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Annotated

import typer

_DURATION = re.compile(r"(\d{1,9}(?:\.\d{1,9})?)\s*([smhdw])")
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


def moment(said: str) -> datetime:
    """The moment that ``said`` names: RFC 3339 with an offset, or how long ago (90s, 30m, 2h, 1d, 1w)."""
    duration = _DURATION.fullmatch(said.strip())
    try:
        if duration is not None:
            return datetime.now(UTC) - timedelta(**{_UNITS[duration[2]]: float(duration[1])})
        found = datetime.fromisoformat(said.strip())
        if found.tzinfo is not None:
            return found.astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    raise typer.BadParameter(
        f"{said!r} is neither a time with an offset (2026-09-14T12:00:00Z) nor a duration (2h, 7d)"
    )


Since = Annotated[
    datetime | None,
    typer.Option(
        parser=moment,
        metavar="TIME",
        help="Only what came since then: RFC 3339 (2026-09-14T12:00:00Z), or how long ago (30m, 2h, 7d).",
    ),
]


def shown(milliseconds: int) -> str | None:
    """A time stamp of Kafka as RFC 3339; None when the broker gave none (-1)."""
    if milliseconds < 0:
        return None
    return datetime.fromtimestamp(milliseconds / 1000, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")

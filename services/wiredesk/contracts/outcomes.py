"""The outcome: what became of one message on ``articles.raw.v1``. The receipt for its feed and the ledger for ops."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct

from wiredesk.contracts.record import RawRef

PRECEDENCE = ("enriched", "withdrawn", "overtaken", "redelivered", "dead")
"""Should a replay have given a message two outcomes, the one that stands earlier here counts."""


class OutcomeError(Struct, kw_only=True, rename={"class_": "class"}):
    """Why a message is dead: where it failed, with which error, and what to do."""

    stage: str
    class_: str
    message: str


class Outcome(Struct, kw_only=True):
    """What became of one raw message. ``article_id``, ``version`` and ``source`` are None when it could not be read."""

    raw: RawRef
    outcome: Annotated[str, Meta(description="open enumeration: " + ", ".join(PRECEDENCE))]
    article_id: str | None = None
    version: int | None = None
    source: str | None = None
    error: OutcomeError | None = None

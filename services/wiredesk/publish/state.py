"""The state of ``publish``, as it stands in its topic: one record an article, one an utterance.

``article/<article_id>``: the version floor and, while the article is in the window, what was decided of it.
``utterance/<quote_id>``: the utterance with what the matching needs; a tombstone when it is over or carried no more.
"""

from __future__ import annotations

from msgspec import Struct

from wiredesk.contracts.utterances import Carrier
from wiredesk.publish.speakers import Voice

ARTICLE, UTTERANCE = "article/", "utterance/"

DECISIONS_KEPT = 16
"""Of one article. A replay goes back over the messages in flight, hardly over so many versions of one article."""


class Decision(Struct, frozen=True, array_like=True):
    """What became of one raw message; ``raw`` is its place in its topic, None where there is no broker.

    ``left``: the utterances that the version before carried and this one does not (True: nobody else carried them).
    """

    raw: str | None
    version: int
    outcome: str
    left: dict[str, bool] = {}


class ArticleState(Struct, frozen=True, omit_defaults=True):
    """What was decided of an article.

    ``clock`` is the event time of all that was decided so far (seconds), so that the last record of the topic has the
    latest, whichever article it is about. ``decided``: the newest last. ``given``: the quote ids of the newest version
    by the quotation's own id; ``known``: those of them that the version before carried too. When the article leaves the
    window only ``version`` and ``clock`` remain.
    """

    version: int
    clock: int
    decided: list[Decision] = []
    given: dict[str, str] = {}
    known: list[str] = []

    def decision(self, raw: str | None) -> Decision | None:
        """What was decided of the raw message, the newest first."""
        return next((one for one in reversed(self.decided) if one.raw == raw), None)


class Reference(Struct, frozen=True, omit_defaults=True):
    """A wording that others are compared with."""

    text: str
    kind: str
    form: str


class Listed(Struct, frozen=True, omit_defaults=True):
    """One of the first carriers, and how it has the utterance."""

    carrier: Carrier
    kind: str
    form: str
    voice: Voice | None = None


class UtteranceState(Struct, frozen=True, omit_defaults=True):
    """One utterance.

    ``references``: the wording that counts as its text, then longer ones that contain it. ``first`` is the first
    carrier that still stands. ``since``: event time in seconds of its first carrier. ``by``: the article version that
    wrote this record, so that a decision that was cut short in the middle of its records does not count twice.
    """

    quote_id: str
    references: list[Reference]
    first: Carrier
    count: int
    listed: list[Listed]
    variants: list[str]
    since: int
    by: str

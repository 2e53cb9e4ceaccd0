"""dedup: which version of an article a message is, and its story (articles.clean.v1 -> articles.clustered.v1)."""

from __future__ import annotations

import msgspec

from wiredesk.contracts import topics
from wiredesk.contracts.article import CleanArticle
from wiredesk.contracts.document import Document
from wiredesk.contracts.record import Out, Record
from wiredesk.dedup.decide import decide
from wiredesk.dedup.outputs import accepted, refused
from wiredesk.dedup.state import State
from wiredesk.dedup.versions import Kind

_HOUR_MS = 3_600_000


class Dedup:
    """The one writer of stories.

    ``handle`` decides, applies the record of the decision to the state and gives it first, so that whoever is fed these
    records, in order, has the same state. ``window_hours``: how long decisions and fingerprints are remembered.
    """

    def __init__(self, window_hours: float = 72) -> None:
        self.state = State(int(window_hours * _HOUR_MS))

    def handle(self, record: Record) -> list[Out]:
        """What one clean article leads to: its state record, then document, stories and members, or a receipt."""
        document = Document(record.value, "dedup")
        article = document.view(CleanArticle)
        standing, changed = decide(self.state, article)
        outs: list[Out] = []
        if changed is not None:
            value = msgspec.json.encode(changed)
            self.apply(article.article_id, value)
            outs.append(Out(topics.DEDUP_STATE, article.article_id, value))
        if standing.kind in (Kind.REDELIVERED, Kind.OVERTAKEN):
            return outs + refused(article, standing.kind.value, standing.number)
        versions = self.state.articles[article.article_id].versions
        version = next(each for each in versions if each.number == standing.number)
        return outs + accepted(self.state, document, article, version)

    def apply(self, key: str, value: bytes | None) -> None:
        """Takes up one record of the state topic."""
        self.state.apply(key, value)

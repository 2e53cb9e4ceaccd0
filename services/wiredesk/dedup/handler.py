"""dedup: which version of an article a message is, and its story (articles.clean.v1 -> articles.clustered.v1).

Editors' decisions on stories stand between the articles and are carried out in the same order.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
from numpy.typing import NDArray

from wiredesk.contracts import topics
from wiredesk.contracts.article import CleanArticle
from wiredesk.contracts.document import Document
from wiredesk.contracts.edits import is_edit, key_of, read_edit
from wiredesk.contracts.errors import Refused
from wiredesk.contracts.record import Out, Record
from wiredesk.dedup.decide import decide
from wiredesk.dedup.edits import decide_edit, edit_outs
from wiredesk.dedup.outputs import accepted, refused
from wiredesk.dedup.state import State
from wiredesk.dedup.versions import Kind, Standing

_HOUR_MS = 3_600_000
_OUTWORN_AT_ONCE = 4


class Dedup:
    """The one writer of stories.

    ``handle`` decides, applies the record of the decision to the state and gives it first, so that whoever is fed these
    records, in order, has the same state. ``window_hours``: how long decisions and fingerprints are remembered.
    """

    def __init__(self, window_hours: float = 72) -> None:
        self.state = State(int(window_hours * _HOUR_MS))

    def handle(self, record: Record) -> list[Out]:
        """What one message leads to: its state record, then document, stories and members, or a receipt."""
        if is_edit(record):
            return self._edited(record)
        document = Document(record.value, "dedup")
        article = document.view(CleanArticle)
        standing, changed, sketch = decide(self.state, article)
        outs: list[Out] = []
        if changed is not None:
            self.state.take(article.article_id, changed, sketch)
            outs.append(Out(topics.DEDUP_STATE, article.article_id, msgspec.json.encode(changed)))
            outs += self._outworn()
        try:
            return outs + self._told(document, article, standing)
        except Exception as error:
            # The decision is part of the state by now: its record goes out even if nothing else can.
            raise Refused(f"{type(error).__name__}: {error}", outs) from error

    def _told(self, document: Document, article: CleanArticle, standing: Standing) -> list[Out]:
        if standing.kind in (Kind.REDELIVERED, Kind.OVERTAKEN):
            return refused(article, standing.kind.value, standing.number)
        known = self.state.known(article.article_id)
        if known is None:
            raise RuntimeError(f"the decision on {article.article_id} changed nothing")
        version = next(each for each in known.versions if each.number == standing.number)
        return accepted(self.state, document, article, known, version)

    def _edited(self, record: Record) -> list[Out]:
        """What an editor's decision leads to; the same decision again changes nothing more.

        Refused for one that cannot be carried out.
        """
        edit = read_edit(record.value)
        key = key_of(edit)
        decided = self.state.edits.get(key)
        outs: list[Out] = []
        if decided is None:
            decided = decide_edit(self.state, edit)
            value = msgspec.json.encode(decided)
            self.apply(key, value)
            outs.append(Out(topics.DEDUP_STATE, key, value))
        if decided.refused is not None:
            raise Refused(decided.refused, outs)
        return [*outs, *edit_outs(self.state, decided)]

    def apply(self, key: str, value: bytes | None) -> None:
        """Takes up one record of the state topic."""
        self.state.apply(key, value)

    def snapshot(self) -> dict[str, NDArray[Any]]:
        """The whole state, as named arrays."""
        return self.state.snapshot()

    def restore(self, parts: Mapping[str, NDArray[Any]]) -> None:
        """Takes up what ``snapshot`` gave, in place of the state so far."""
        self.state.restore(parts)

    def _outworn(self) -> list[Out]:
        """Short records in place of long ones that have left the window: a few at a time, so that nothing waits."""
        outs = []
        for key, value in self.state.outworn_records(_OUTWORN_AT_ONCE):
            self.apply(key, value)
            outs.append(Out(topics.DEDUP_STATE, key, value))
        return outs

"""Language work: entities and quotes, one after the other in the same child process.

In their own processes the two stages have a topic between them. Where everything runs in one process, a child does both
on an article, so that the document crosses the process boundary once.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import structs

from wiredesk.contracts.document import Document
from wiredesk.contracts.errors import WorkFailed
from wiredesk.contracts.record import Out, PooledHandler, Record, Worked
from wiredesk.contracts.topics import ENTITIES
from wiredesk.entities.handler import Entities
from wiredesk.line.hop import received
from wiredesk.quotes.handler import Quotes


class LanguageWork:
    """From ``articles.clustered.v1`` to ``articles.quoted.v1``. A stage that fails leaves its own block empty only."""

    def __init__(self, entities: PooledHandler | None = None, quotes: PooledHandler | None = None) -> None:
        self._entities = entities or Entities()
        self._quotes = quotes or Quotes()

    def warm(self) -> None:
        """Loads the models of both."""
        self._entities.warm()
        self._quotes.warm()

    def wanted(self, record: Record) -> list[bytes]:
        """The keys of the paragraphs that either stage may know already.

        What quotes wants depends on the text and not on the entities, so it can be asked before there are any.
        """
        document = Document(record.value, "entities")
        document.put("entities", [])
        bare = structs.replace(record, topic=ENTITIES, value=document.encode())
        return [*self._entities.wanted(record), *self._quotes.wanted(bare)]

    def work(self, record: Record, known: Mapping[bytes, bytes]) -> Worked:
        """The document with both blocks."""
        outs, learned = _work(self._entities, record, known)
        sent: list[Out] = []
        for out in outs:
            sent.append(out)
            if out.topic == ENTITIES:
                quoted, more = _work(self._quotes, received(out, record, "entities"), known)
                sent += quoted
                learned |= more
        return Worked(sent, learned)

    def without(self, record: Record, error: BaseException) -> list[Out]:
        """The document with both blocks empty: the child died or took too long, in which of the two nobody knows."""
        sent: list[Out] = []
        for out in self._entities.without(record, error):
            sent.append(out)
            if out.topic == ENTITIES:
                sent += self._quotes.without(received(out, record, "entities"), error)
        return sent


def _work(handler: PooledHandler, record: Record, known: Mapping[bytes, bytes]) -> Worked:
    try:
        return handler.work(record, known)
    except Exception as error:  # named as the pool of a stage's own process names it
        return Worked(handler.without(record, WorkFailed(f"{type(error).__name__}: {error}")), {})

"""publish: the last stage. It gives every quotation its utterance, and writes the final document and the outcome.

The first state record of a decision is the article's: it says all that was decided. The records of the utterances
follow from it. If the process dies before they are all written, the message comes again and they are made up for;
nothing else can have been written after them. That holds while the article is in the window, so for all that a crash
can bring again.
"""

from __future__ import annotations

from wiredesk.contracts.document import Document
from wiredesk.contracts.record import Out, Record
from wiredesk.publish.desk import Desk
from wiredesk.publish.memory import Memory
from wiredesk.publish.reading import ReadArticle
from wiredesk.publish.records import (
    article_state_out,
    carrier_out,
    document_out,
    left_out,
    outcome_outs,
    over_out,
    utterance_out,
    utterance_state_out,
    withdrawal_out,
)
from wiredesk.publish.state import DECISIONS_KEPT, ArticleState, Decision

STAGE = "publish"
WITHDRAWN = "withdrawn"

SWEPT = 64
"""State records that one message may clear away of what left the window: more than an article adds, and no burst."""


class Publish:
    """The handler of the stage. ``window_hours``: event time for which utterances are remembered."""

    def __init__(self, window_hours: float = 72) -> None:
        self._memory = Memory(window_hours * 3600)

    def apply(self, key: str, value: bytes | None) -> None:
        """Takes in one record of the state topic."""
        self._memory.apply(key, value)

    def handle(self, record: Record) -> list[Out]:
        """The messages for one quoted article: state first, the outcome last."""
        document = Document(record.value, STAGE)
        article = document.view(ReadArticle)
        kept = self._memory.article(article.article_id)
        raw = None if article.raw is None else str(article.raw)
        clock = max(self._memory.window.clock, article.event_time)
        newest = kept.decided[-1] if kept else None
        again = kept is not None and newest is not None and (newest.raw, newest.version) == (raw, article.version)
        former = [] if kept is None else kept.known if again else list(kept.given.values())
        desk = Desk(self._memory, article, former, clock)
        if article.version < self._memory.floors.of(article.article_id):
            return _below_floor(desk, kept, kept.decision(raw) if kept and raw else None)

        if again and kept is not None and newest is not None:
            state, decision = kept, newest
            complete = self._memory.latest != article.article_id
            desk.give_again(kept.given, complete)
            desk.leave_again(newest.left, complete)
        else:
            state, decision = _decide(desk, kept, raw)
        changes = [
            article_state_out(article.article_id, state),
            *(utterance_state_out(quote_id, utterance) for quote_id, utterance in desk.states.items()),
            *(utterance_state_out(quote_id, None) for quote_id, over in decision.left.items() if over),
        ]
        document_or_none = (
            withdrawal_out(document, article)
            if decision.outcome == WITHDRAWN
            else document_out(document, article, state.given)
        )
        outs = [document_or_none, *_utterance_outs(desk, decision), *outcome_outs(article, decision.outcome)]
        return [*self._applied(changes), *self._applied(self._swept(len(changes))), *outs]

    def _applied(self, changes: list[Out]) -> list[Out]:
        for out in changes:
            self._memory.apply(out.key, out.value)
        return changes

    def _swept(self, changed: int) -> list[Out]:
        return list(self._memory.sweep(max(SWEPT, 2 * changed)))


def _decide(desk: Desk, kept: ArticleState | None, raw: str | None) -> tuple[ArticleState, Decision]:
    """What a version that was not decided before makes of the article and of its utterances."""
    withdrawn = desk.article.status == WITHDRAWN
    given = {} if withdrawn else desk.give()
    former = dict.fromkeys(kept.given.values()) if kept else {}
    left = desk.leave([quote_id for quote_id in former if quote_id not in desk.carriers])
    decision = Decision(raw, desk.article.version, WITHDRAWN if withdrawn else "enriched", left)
    decided = [*(kept.decided if kept else []), decision][-DECISIONS_KEPT:]
    known = [quote_id for quote_id in former if quote_id in desk.carriers]
    return ArticleState(decision.version, desk.clock, decided, given, known), decision


def _below_floor(desk: Desk, kept: ArticleState | None, decision: Decision | None) -> list[Out]:
    """The answer to a version older than the newest: overtaken, or what was decided of this very message before that.

    The document does not go back to it. But what it ended is ended again: a newer version knows only what it ended.
    """
    if kept is None or decision is None:
        return outcome_outs(desk.article, "overtaken")
    given = set(kept.given.values())
    ended = Decision(
        decision.raw,
        decision.version,
        decision.outcome,
        {quote_id: over for quote_id, over in decision.left.items() if quote_id not in given},
    )
    desk.leave_again(ended.left, complete=True)
    return [*_utterance_outs(desk, ended), *outcome_outs(desk.article, decision.outcome)]


def _utterance_outs(desk: Desk, decision: Decision) -> list[Out]:
    """The utterances and carriers that a decision made, changed or ended."""
    return [
        *(utterance_out(utterance) for utterance in desk.states.values()),
        *(over_out(quote_id) for quote_id, over in decision.left.items() if over),
        *(carrier_out(quote_id, carrier) for quote_id, carrier in desk.carriers.items()),
        *(left_out(quote_id, desk.article.article_id) for quote_id in decision.left),
    ]

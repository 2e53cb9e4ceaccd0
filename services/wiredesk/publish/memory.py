"""The memory of ``publish``: version floors, the articles and utterances of the window, and the index of their words.

It changes only by ``apply``, record by record of the state topic, so the same records always make the same memory.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

import msgspec

from wiredesk.contracts.errors import BadMessage
from wiredesk.contracts.record import Out
from wiredesk.publish.floors import Floors
from wiredesk.publish.index import Index
from wiredesk.publish.keys import new_keys
from wiredesk.publish.records import article_state_out, utterance_state_out
from wiredesk.publish.state import ARTICLE, UTTERANCE, ArticleState, UtteranceState
from wiredesk.publish.window import Window

_ARTICLE = msgspec.json.Decoder(ArticleState)
_UTTERANCE = msgspec.json.Decoder(UtteranceState)


class Memory:
    """What is known, as of the last record that was applied."""

    def __init__(self, window_seconds: float) -> None:
        self.floors = Floors()
        self.window = Window(window_seconds)
        self.index = Index()
        self.latest: str | None = None
        """The article that was decided last; the utterances of all decisions before it are complete."""
        self._over: dict[str, None] = {}

    def article(self, article_id: str) -> ArticleState | None:
        """What was decided of the article; None when it was never seen or has left the window."""
        value = self.window.get(ARTICLE + article_id)
        return None if value is None else _ARTICLE.decode(value)

    def utterance(self, quote_id: str, clock: int) -> UtteranceState | None:
        """The utterance; None when there is none or its time is over at ``clock``."""
        value = self.window.get(UTTERANCE + quote_id)
        if value is None:
            return None
        state = _UTTERANCE.decode(value)
        return state if self.window.alive(state.since, clock) else None

    def apply(self, key: str, value: bytes | None) -> None:
        """Takes in one record of the state topic; BadMessage when it is none of ours."""
        try:
            if key.startswith(UTTERANCE):
                self._apply_utterance(key, value)
            elif key.startswith(ARTICLE) and value is not None:
                self._apply_article(key, value)
            else:
                raise BadMessage(
                    f"no state of publish has the key {key[:80]!r}; is another program writing to its topic?"
                )
        except (msgspec.DecodeError, UnicodeDecodeError) as wrong:
            raise BadMessage(f"the state record {key[:80]!r} cannot be read: {wrong}") from wrong

    def sweep(self, limit: int) -> Iterable[Out]:
        """State records for at most ``limit`` of what left the window: tombstones, and bare version floors."""
        for key in list(islice(self._over, limit)):
            if key.startswith(UTTERANCE):
                yield utterance_state_out(key.removeprefix(UTTERANCE), None)
            else:
                article_id = key.removeprefix(ARTICLE)
                yield article_state_out(article_id, ArticleState(self.floors.of(article_id), self.window.clock))

    def _apply_utterance(self, key: str, value: bytes | None) -> None:
        quote_id = key.removeprefix(UTTERANCE)
        self._over.pop(key, None)
        if value is None:
            self.window.drop(key)
            self.index.discard(quote_id)
            return
        state = _UTTERANCE.decode(value)
        held = self.window.get(key)
        keys = new_keys(None if held is None else _UTTERANCE.decode(held), state)
        self.window.put(key, value, state.since)
        if keys:
            self.index.add(quote_id, keys)

    def _apply_article(self, key: str, value: bytes) -> None:
        state = _ARTICLE.decode(value)
        self.floors.raise_to(key.removeprefix(ARTICLE), state.version)
        self._over.pop(key, None)
        if state.decided:
            if value != self.window.get(key):  # else it was only shown again
                self.latest = key.removeprefix(ARTICLE)
            self.window.put(key, value, state.clock)
        else:
            self.window.drop(key)
        for old in self.window.advance(state.clock):
            self._over[old] = None
            if old.startswith(UTTERANCE):
                self.index.discard(old.removeprefix(UTTERANCE))

"""The desk: one decision at work. Which utterance each quotation of an article is, and what becomes of the utterances.

It reads the memory and changes nothing in it: what it finds is handed back as new states.
"""

from __future__ import annotations

from collections import Counter, defaultdict

from msgspec import structs

from wiredesk.contracts.ids import utterance_id
from wiredesk.contracts.utterances import Carrier
from wiredesk.publish.keys import exact_keys, scopes_of
from wiredesk.publish.matching import likeness
from wiredesk.publish.memory import Memory
from wiredesk.publish.reading import ReadArticle, ReadQuote
from wiredesk.publish.speakers import voice_of
from wiredesk.publish.state import Listed, UtteranceState
from wiredesk.publish.utterances import (
    also,
    carrier_in,
    entry_of,
    has_decision,
    hushed,
    joined,
    opened,
    place,
    voice,
    without,
    wordings,
)
from wiredesk.publish.wording import Wording, wording_of

QUOTES_KEPT = 500
"""Quotations of one article that become utterances. More is not news but a transcript; they keep ``quote_id`` null.

So do those that were not uttered ("would not say whether ..."): nobody may be counted as having said them.
"""

CANDIDATES = 6
"""Utterances that are compared word by word with a quotation: those that share most keys with it."""

DEEPEST = 8


class Desk:
    """The utterances that one version of an article touches, as they are at ``clock`` (event time, seconds)."""

    def __init__(self, memory: Memory, article: ReadArticle, former: list[str], clock: int) -> None:
        """``former``: the utterances that the article's version before carried."""
        self.states: dict[str, UtteranceState] = {}
        """The touched utterances that go on."""
        self.carriers: dict[str, Carrier] = {}
        """The article as a carrier, by quote id."""
        self.article, self.clock = article, clock
        self.writer = f"{article.article_id}/{article.version}"
        self._memory = memory
        self._quotes = [quote for quote in article.quotes if quote.asserted][:QUOTES_KEPT]
        self._lines = _lines(self._quotes)
        self._types = {entity.id: entity.type for entity in article.entities}
        self._former = set(former)
        self._seen: dict[str, UtteranceState | None] = {}
        self._own: dict[str, list[str]] = defaultdict(list)
        self._fresh: dict[int, list[str]] = defaultdict(list)

    def give(self) -> dict[str, str]:
        """Finds or opens the utterance of each quotation: quote ids by the quotation's own id, in order."""
        for former_id in sorted(self._former):
            state = self._load(former_id)
            if state is not None:
                self._seen[former_id] = hushed(state, self.article.article_id)
                for wording in wordings(state):
                    self._own[wording.whole].append(former_id)
        inner: dict[str, set[str]] = defaultdict(set)
        given: dict[str, str] = {}
        for quote in self._inner_first():
            entry = self._entry(quote)
            quote_id = self._match(entry, inner[quote.id]) or self._own_id(quote)
            self._put(quote_id, entry)
            given[quote.id] = quote_id
            for outer in self._lines[quote.id]:
                inner[outer].add(quote_id)
        return {quote.id: given[quote.id] for quote in self._quotes}

    def give_again(self, given: dict[str, str], complete: bool) -> None:
        """Does or shows once more what was decided before; an utterance whose time is over stays as it was published.

        ``complete``: the states hold all of it, and may have gone on since. If not, the process may have died before
        it had written them, and nothing was written after them: what is missing is made up for.
        """
        for quote in self._inner_first():
            quote_id = given.get(quote.id)
            state = self._load(quote_id) if quote_id is not None else None
            if quote_id is None or (state is None and (complete or quote_id != self._own_id(quote))):
                continue
            entry = self._entry(quote)
            if state is not None and quote_id not in self.carriers and (complete or has_decision(state, self.writer)):
                self.states[quote_id] = state
                self.carriers[quote_id] = carrier_in(state, entry)
            elif not complete:
                self._put(quote_id, entry)

    def leave(self, quote_ids: list[str]) -> dict[str, bool]:
        """Takes the article out of utterances that it carries no more: by quote id, whether nobody else carries it."""
        left: dict[str, bool] = {}
        for quote_id in quote_ids:
            state = self._load(quote_id)
            rest = state and without(state, self.article.article_id, self.writer)
            left[quote_id] = state is not None and rest is None
            if rest is not None:
                self.states[quote_id] = rest
        return left

    def leave_again(self, left: dict[str, bool], complete: bool) -> None:
        """The utterances that go on without the article; ``complete`` as above."""
        ongoing = [quote_id for quote_id, over in left.items() if not over]
        if not complete:
            self.leave(ongoing)
            return
        for quote_id in ongoing:
            state = self._load(quote_id)
            if state is not None:
                self.states[quote_id] = state

    def _inner_first(self) -> list[ReadQuote]:
        """The quotations in order, but each after those inside it."""
        return sorted(self._quotes, key=lambda quote: -len(self._lines[quote.id]))

    def _own_id(self, quote: ReadQuote) -> str:
        """The id of the utterance if this quotation is the first of it."""
        return utterance_id(self.article.article_id, self.article.version, quote.id)

    def _entry(self, quote: ReadQuote) -> Listed:
        who = quote.speaker
        if who is None:
            return entry_of(self.article, quote, None)
        said_by = voice_of(who.entity_id, who.name, self._types)
        if said_by is not None and who.resolved_by == "collective":
            said_by = structs.replace(said_by, person=False)  # "U.S. officials" do not contradict the one who is named
        return entry_of(self.article, quote, said_by)

    def _load(self, quote_id: str) -> UtteranceState | None:
        if quote_id not in self._seen:
            self._seen[quote_id] = self._memory.utterance(quote_id, self.clock)
        return self._seen[quote_id]

    def _match(self, entry: Listed, barred: set[str]) -> str | None:
        """The utterance that the entry is most like; of equals the article's own, then the oldest."""
        wording = wording_of(entry.carrier.text, entry.kind, entry.form)
        best: tuple[float, bool, int, str] | None = None
        for quote_id in self._candidates(wording, entry):
            state = None if quote_id in barred else self._load(quote_id)
            if state is None:
                continue
            alike = self._likeness(wording, entry, state)
            if alike is not None:
                own = quote_id in self._former or quote_id in self.carriers
                rank = (-alike, not own, state.since, quote_id)
                best = rank if best is None else min(best, rank)
        return None if best is None else best[3]

    def _candidates(self, wording: Wording, entry: Listed) -> list[str]:
        exact = exact_keys(wording, scopes_of(entry.carrier.story_id, entry.voice))
        hits: Counter[str] = Counter()
        if exact or wording.grams:
            hits = self._memory.index.find(exact, wording.grams)
            for gram in wording.grams & self._fresh.keys():
                hits.update(self._fresh[gram])
        shared = sorted(hits, key=lambda quote_id: (-hits[quote_id], quote_id))[:CANDIDATES]
        return [*dict.fromkeys([*self._own.get(wording.whole, ())[:CANDIDATES], *shared])]

    def _likeness(self, wording: Wording, entry: Listed, state: UtteranceState) -> float | None:
        story = entry.carrier.story_id
        found = (
            likeness(
                wording,
                other,
                (entry.voice, voice(state)),
                same_article=state.quote_id in self._former or place(state, entry.carrier.article_id) is not None,
                same_story=story is not None and any(one.carrier.story_id == story for one in state.listed),
                indirect="indirect" in (entry.kind, reference.kind),
            )
            for reference, other in zip(state.references, wordings(state), strict=True)
        )
        return max((alike for alike in found if alike is not None), default=None)

    def _put(self, quote_id: str, entry: Listed) -> None:
        state = self._load(quote_id)
        if quote_id in self.carriers and state is not None:
            state = also(state, entry)
        elif state is not None:
            state, self.carriers[quote_id] = joined(state, entry, known=quote_id in self._former)
        else:
            state = opened(quote_id, entry, self.clock)
            self.carriers[quote_id] = entry.carrier
        new = wordings(state)[0]
        if quote_id not in self._own[new.whole]:
            self._own[new.whole].append(quote_id)
        self._fresh_note(quote_id, state)
        self._seen[quote_id] = self.states[quote_id] = state

    def _fresh_note(self, quote_id: str, state: UtteranceState) -> None:
        """Notes the grams of an utterance that this very article opened, which the index cannot know yet."""
        if self._seen.get(quote_id) is None:
            for gram in wordings(state)[0].grams:
                if len(self._fresh[gram]) < CANDIDATES:
                    self._fresh[gram].append(quote_id)


def _lines(quotes: list[ReadQuote]) -> dict[str, list[str]]:
    """The ids of the quotations around each one, from the inside out."""
    parents = {quote.id: quote.parent_id for quote in quotes}
    lines: dict[str, list[str]] = {}
    for quote in quotes:
        line: list[str] = []
        outer = quote.parent_id
        while outer is not None and outer != quote.id and outer not in line and len(line) < DEEPEST:
            line.append(outer)
            outer = parents.get(outer)
        lines[quote.id] = line
    return lines

"""Candidates: the few stories that an article could belong to, and the judgement on each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from wiredesk.dedup.compare import SUBSTANTIAL, weighed
from wiredesk.dedup.judge import Verdict, judge
from wiredesk.dedup.sketch import Sketch
from wiredesk.dedup.state import State
from wiredesk.dedup.story import StoryState

MOST_STORIES = 6
LEAST_HITS = 2
"""Fingerprints that a story must share: one in forty finds a story by chance, two find the same by chance never."""
EXACT_LEAST = 12
"""Words from which the same words are the same story; fewer are a formula ("The market is closed today.")."""


class Subject(NamedTuple):
    """The article whose story is looked for. ``outlet``: domain, else name; ``url``: hash; ``clock``: event time."""

    article_id: str
    outlet: str
    url: int | None
    sketch: Sketch
    clock: int


class Judged(NamedTuple):
    """A story, the judgement on one of its members, and which."""

    story: StoryState
    verdict: Verdict
    against: str

    @property
    def strength(self) -> float:
        """How much speaks for it, from 0 to 1."""
        if self.verdict.rule == "exact":
            return 1.0
        return self.verdict.match.containment if self.verdict.match else 0.0


def judgements(state: State, subject: Subject) -> list[Judged]:
    """The members that ``subject`` is the same as or carries paragraphs of, at most a few a story."""
    return [*_exact(state, subject), *_by_text(state, subject), *_same_url(state, subject)]


def _by_text(state: State, subject: Subject) -> Iterator[Judged]:
    own = state.story_of(subject.article_id)
    stories = _by_prints(state, subject)
    if own is not None and state.in_window(own, subject.clock) and all(own.at != story.at for story in stories):
        stories.append(own)
    text = weighed(subject.sketch, state.clusters.rarity)
    for story in stories:
        only_source = (own is None or story.at != own.at) and story.only_from(subject.outlet)
        for other in story.texts():
            verdict = judge(text, weighed(other.sketch, state.clusters.rarity), only_source=only_source)
            if other.first and other.article_id != subject.article_id and not _substantial(verdict):
                break  # the story's text is its first member's; what is shared with a copy is what that put in
            if verdict.same or (verdict.embeds and other.first):
                yield Judged(story, verdict, other.article_id)


def _substantial(verdict: Verdict) -> bool:
    return verdict.match is not None and verdict.match.longest >= SUBSTANTIAL


def _exact(state: State, subject: Subject) -> Iterator[Judged]:
    if len(subject.sketch) < EXACT_LEAST:
        return
    for article_id in state.same_words(subject.sketch.words_hash):
        story = state.story_of(article_id)
        if story is not None and state.in_window(story, subject.clock):
            yield Judged(story, Verdict(True, False, "exact", 1.0, None), article_id)


def _by_prints(state: State, subject: Subject) -> list[StoryState]:
    counts: Counter[int] = Counter()
    numbers, hits = state.clusters.index.count(subject.sketch.prints)
    for number, count in zip(numbers.tolist(), hits.tolist(), strict=True):
        counts[state.clusters.stories.final(number)] += count
    opened = state.clusters.stories.opened
    found = sorted((-count, opened(at), at) for at, count in counts.items() if count >= LEAST_HITS)
    stories = (state.clusters.numbered(at) for _, _, at in found)
    return list(islice((story for story in stories if state.in_window(story, subject.clock)), MOST_STORIES))


def _same_url(state: State, subject: Subject) -> Iterator[Judged]:
    """The story of another outlet's article with this URL; a URL that stands in several stories identifies nothing."""
    if subject.url is None:
        return
    stories: dict[str, Judged] = {}
    for article_id in state.same_url(subject.url):
        story = state.story_of(article_id)
        if story is None or not state.in_window(story, subject.clock):
            continue
        if state.outlet_of(article_id) != subject.outlet:
            stories[story.story_id] = Judged(story, Verdict(True, False, "url", 0.0, None), article_id)
    if len(stories) == 1:
        yield from stories.values()

"""Candidates: the few stories that an article could belong to, and the judgement on each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

import numpy as np

from wiredesk.dedup.clock import first_segment, segment
from wiredesk.dedup.judge import Verdict, judge
from wiredesk.dedup.sketch import Sketch
from wiredesk.dedup.state import State
from wiredesk.dedup.stories import StoryState

MOST_STORIES = 6
LEAST_HITS = 3
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
    if own is not None and own not in stories:
        stories.append(own)
    for story in stories:
        # The story's own text is its first member's: what a copy put in is not the story's to be embedded.
        only_source = story is not own and story.only_outlet() == subject.outlet
        for other in _compared(state, story, subject):
            verdict = judge(subject.sketch, state.sketch(other), state.rarity, only_source=only_source)
            if verdict.same or (verdict.embeds and other == story.first):
                yield Judged(story, verdict, other)


def _compared(state: State, story: StoryState, subject: Subject) -> list[str]:
    """The members that the subject is compared with; its own last version is one of them.

    Where all references are about to leave the window, the first member that stays stands for them, as it will then.
    """
    chosen = story.compared
    if subject.article_id in story.members and subject.article_id not in chosen:
        chosen = [*chosen, subject.article_id]
    present = [article_id for article_id in chosen if _in_window(state, article_id, subject.clock)]
    return present or list(islice((each for each in story.in_order() if _in_window(state, each, subject.clock)), 1))


def _in_window(state: State, article_id: str, clock: int) -> bool:
    known = state.articles.get(article_id)
    return known is not None and segment(known.clock) >= first_segment(clock, state.window_ms)


def _exact(state: State, subject: Subject) -> Iterator[Judged]:
    if len(subject.sketch) < EXACT_LEAST:
        return
    for article_id in state.same_words(subject.sketch.words_hash):
        story = state.story_of(article_id)
        if story is not None and _in_window(state, article_id, subject.clock):
            yield Judged(story, Verdict(True, False, "exact", 1.0, None), article_id)


def _by_prints(state: State, subject: Subject) -> list[StoryState]:
    numbers, hits = np.unique(state.index.find(subject.sketch.prints), return_counts=True)
    counts: Counter[str] = Counter()
    for number, count in zip(numbers.tolist(), hits.tolist(), strict=True):
        story = state.numbered(number)
        if story is not None:
            counts[story.story_id] += count
    enough = [(count, state.stories[story_id]) for story_id, count in counts.items() if count >= LEAST_HITS]
    enough.sort(key=lambda each: (-each[0], each[1].number))
    return [story for _, story in enough[:MOST_STORIES]]


def _same_url(state: State, subject: Subject) -> Iterator[Judged]:
    """The story of another outlet's article with this URL; a URL that stands in several stories identifies nothing."""
    if subject.url is None:
        return
    stories: dict[str, Judged] = {}
    for article_id in state.same_url(subject.url):
        story = state.story_of(article_id)
        if story is None or not _in_window(state, article_id, subject.clock):
            continue
        if story.members[article_id].outlet != subject.outlet:
            stories[story.story_id] = Judged(story, Verdict(True, False, "url", 0.0, None), article_id)
    if len(stories) == 1:
        yield from stories.values()

"""Clustering: from the judgements on the candidates to the article's place in a story, and why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from wiredesk.contracts.article import Embed, Story, StoryEvidence
from wiredesk.contracts.ids import story_id
from wiredesk.dedup.alignment import END, START, Passages
from wiredesk.dedup.candidates import Judged, Subject, judgements
from wiredesk.dedup.judge import EMBED_LEAST, EMBED_RUN
from wiredesk.dedup.passages import longest, spans_of, stretches_of
from wiredesk.dedup.records import Left, Membership
from wiredesk.dedup.relation import relation
from wiredesk.dedup.state import State
from wiredesk.dedup.story import StoryState
from wiredesk.dedup.tokens import Flags, Tokens

LEAST_REFERENCES, MOST_REFERENCES = 2, 8
"""A story is known by a second text that is not word for word the first, should the first be withdrawn."""
MOST_EMBED_PASSAGES = 20
OWN_LEAST = 12
"""Words below which versions of an article cannot be compared; it then stays in its story."""
_PRIORITY = ("exact", "update", "cut", "extended", "near")


class Placement(NamedTuple):
    """Where an article belongs. ``absorbed``: the stories that it proves one with its own, which are all younger."""

    story: Story
    member: Membership
    left: Left | None
    absorbed: list[str]


class Kinship(NamedTuple):
    """The relation of an article to its story, the score, and the judgement that shows it."""

    relation: str
    score: float
    judged: Judged | None


def place(state: State, subject: Subject, tokens: Tokens, text: str, version: int) -> Placement:
    """The place of ``subject``, which is about to become ``version`` of its article, by all that is known now."""
    judged = judgements(state, subject)
    same = [each for each in judged if each.verdict.same]
    own = state.story_of(subject.article_id)
    homes = _homes(state, subject, same, own)
    embeds = _embeds(state, [each for each in judged if each.story.story_id not in homes], same, subject, tokens, text)
    left = None
    if own is not None and own.story_id not in homes:
        left = Left(own.story_id, emptied=len(own) == 1)
    seq = state.seq + 1
    if not homes:
        return _opened(subject, version, seq, embeds, left)
    home, *younger = homes.values()
    joined = seq if own is None or left is not None else state.joined(subject.article_id) or seq
    kinship = _kinship(state, subject, home, same)
    shown = kinship.judged.verdict if kinship.judged else None
    match = shown.match if shown else None
    evidence = StoryEvidence(
        rule=shown.rule if shown else "first" if kinship.relation == "original" else "own",
        against=kinship.judged.against if kinship.judged else None,
        shared=match.shared if match else None,
        containment=_rounded(match.containment) if match else None,
        anchors=_rounded(match.anchors) if match else None,
        threshold=shown.threshold if match and shown else None,
        spans=spans_of(text, tokens, longest(match.passages)) if match else [],
    )
    story = Story(
        story_id=home.story_id,
        relation=kinship.relation,
        canonical_article_id=home.first or subject.article_id,
        score=kinship.score,
        evidence=evidence,
        embeds=embeds,
    )
    member = Membership(
        opened=home.number,
        joined=joined,
        relation=kinship.relation,
        score=kinship.score,
        opens=kinship.relation == "original",
        reference=kinship.relation == "original" or _differs(state, subject, home, same),
        pinned=own is not None and left is None and state.pinned(subject.article_id),
    )
    return Placement(story, member, left, [story.story_id for story in younger])


def _homes(state: State, subject: Subject, same: Sequence[Judged], own: StoryState | None) -> dict[str, StoryState]:
    """The stories that the subject is of, oldest first. Where an editor decided, the decision holds."""
    if own is not None and (state.pinned(subject.article_id) or (not same and len(subject.sketch) < OWN_LEAST)):
        return {own.story_id: own}
    found: dict[str, StoryState] = {}
    for each in sorted(same, key=lambda each: -each.strength) if state.edits else same:
        if not any(state.kept_apart(each.story.story_id, other) for other in found):
            found.setdefault(each.story.story_id, each.story)
    return dict(sorted(found.items(), key=lambda item: item[1].number))


def _opened(subject: Subject, version: int, seq: int, embeds: list[Embed], left: Left | None) -> Placement:
    """A story of its own."""
    new = story_id(subject.article_id, version)
    story = Story(
        story_id=new,
        relation="original",
        canonical_article_id=subject.article_id,
        score=1.0,
        evidence=StoryEvidence(rule="first"),
        embeds=embeds,
    )
    member = Membership(opened=seq, joined=seq, relation="original", score=1.0, opens=True, reference=True)
    return Placement(story, member, left, [])


def _kinship(state: State, subject: Subject, home: StoryState, same: Sequence[Judged]) -> Kinship:
    """The strongest relation to any member but the subject itself."""
    if home.first == subject.article_id:
        return Kinship("original", 1.0, None)
    found = [_related(state, subject, home, each) for each in same if each.against != subject.article_id]
    if not found:
        own = next((each for each in same if each.against == subject.article_id), None)
        return Kinship("near", _rounded(own.strength) if own else 0.0, own)
    return min(found, key=lambda each: (_PRIORITY.index(each.relation), -each.score))


def _related(state: State, subject: Subject, home: StoryState, judged: Judged) -> Kinship:
    if judged.verdict.rule == "exact":
        return Kinship("exact", 1.0, judged)
    if judged.verdict.match is None:
        return Kinship("near", _rounded(judged.strength), judged)
    same_outlet = home.another_from(subject.outlet, subject.article_id)
    others = len(state.sketch(judged.against))
    name = relation(judged.verdict.match, len(subject.sketch), others, same_outlet=same_outlet)
    return Kinship(name, _rounded(judged.strength), judged)


def _differs(state: State, subject: Subject, home: StoryState, same: Sequence[Judged]) -> bool:
    """Whether later articles may match this text and not the references that the story has."""
    matches = [each for each in same if each.against != subject.article_id]
    if len(home.references) >= MOST_REFERENCES or any(each.verdict.rule == "exact" for each in matches):
        return False
    held = max((each.verdict.match.own_words for each in matches if each.verdict.match), default=0.0)
    longest = max((len(state.sketch(each.against)) for each in matches if each.verdict.match), default=0)
    return len(home.references) < LEAST_REFERENCES or held < 0.8 or len(subject.sketch) >= 1.25 * longest


def _embeds(
    state: State, judged: Sequence[Judged], same: Sequence[Judged], subject: Subject, tokens: Tokens, text: str
) -> list[Embed]:
    """The stories of which the subject carries paragraphs; a paragraph counts for one story only.

    What the article shares with its own story is not another's, and of two that have a paragraph it is taken for the
    one of which more is carried: so copies of one wire in several stories do not all count as embedded.
    """
    if not judged:
        return []
    free = np.ones(len(subject.sketch), dtype=np.bool_)
    for each in same:
        if each.verdict.match is not None:
            _take(free, each.verdict.match.passages)
    embeds: dict[str, Embed] = {}
    for each in sorted(judged, key=lambda each: (-_carried(each), each.story.number)):
        match = each.verdict.match
        if match is None or each.story.story_id in embeds:
            continue
        carried = _free_ones(match.passages, free)
        if (carried[:, END] - carried[:, START]).sum() < EMBED_LEAST:
            continue
        shown = longest(carried, MOST_EMBED_PASSAGES)
        embeds[each.story.story_id] = Embed(
            story_id=each.story.story_id,
            spans=spans_of(text, tokens, shown),
            article_id=each.against,
            there=stretches_of(state.sketch(each.against), shown),
        )
        _take(free, match.passages)
    return list(embeds.values())


def _free_ones(passages: Passages, free: Flags) -> Passages:
    """The ``passages`` of ``EMBED_RUN`` words or more that are ``free`` for the most part."""
    chosen = [end - start >= EMBED_RUN and free[start:end].mean() > 0.5 for start, end in passages[:, [START, END]]]
    return passages[np.array(chosen, dtype=np.bool_)]


def _take(free: Flags, passages: Passages) -> None:
    for row in passages:
        free[row[START] : row[END]] = False


def _carried(judged: Judged) -> float:
    return judged.verdict.match.other_words if judged.verdict.match else 0.0


def _rounded(share: float) -> float:
    return round(min(1.0, share), 4)

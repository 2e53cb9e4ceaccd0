"""The story block as the state keeps it: without what follows from the rest, and without the words of its spans.

A record is kept for every article of the window, so each byte of it counts a million times.
"""

from __future__ import annotations

from collections.abc import Sequence

from wiredesk.contracts.article import Embed, Story, StoryEvidence, Stretch
from wiredesk.contracts.spans import Span, span_of
from wiredesk.dedup.records import Carried, Shown


def shown_of(story: Story, article_id: str) -> Shown:
    """What is kept of the block ``story`` of the article, which is about to be a member of that story."""
    evidence = story.evidence
    return Shown(
        story_id=None,
        relation=story.relation,
        canonical=None if story.canonical_article_id == article_id else story.canonical_article_id,
        score=story.score,
        rule=evidence.rule,
        against=None if evidence.against == story.canonical_article_id else evidence.against or "",
        shared=evidence.shared,
        containment=evidence.containment,
        anchors=evidence.anchors,
        threshold=evidence.threshold,
        spans=_places(evidence.spans),
        embeds=[
            Carried(each.story_id, each.article_id, _places(each.spans), _places(each.there)) for each in story.embeds
        ],
    )


def block_of(shown: Shown, article_id: str, story_id: str, text: str) -> Story:
    """The block as it went out with the article of this ``text``; spans that reach beyond ``text`` are left out."""
    canonical = article_id if shown.canonical is None else shown.canonical
    return Story(
        story_id=shown.story_id or story_id,
        relation=shown.relation,
        canonical_article_id=canonical,
        score=shown.score,
        evidence=StoryEvidence(
            rule=shown.rule,
            against=canonical if shown.against is None else shown.against or None,
            shared=shown.shared,
            containment=shown.containment,
            anchors=shown.anchors,
            threshold=shown.threshold,
            spans=_spans(shown.spans, text),
        ),
        embeds=[
            Embed(
                story_id=each.story_id,
                spans=_spans(each.spans, text),
                article_id=each.article_id,
                there=[Stretch(start, end) for start, end in _pairs(each.there)],
            )
            for each in shown.embeds
        ],
    )


def _places(spans: Sequence[Span] | Sequence[Stretch]) -> list[int]:
    return [place for span in spans for place in (span.start, span.end)]


def _pairs(places: Sequence[int]) -> zip[tuple[int, int]]:
    return zip(places[::2], places[1::2], strict=True)


def _spans(places: Sequence[int], text: str) -> list[Span]:
    return [span_of(text, start, end) for start, end in _pairs(places) if end <= len(text)]

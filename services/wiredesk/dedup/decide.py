"""The decision on one article: a pure function of the state and the article, given as the article's new record.

The record is the decision. Nothing is changed here: the handler applies the record and sends it, in this order.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

import xxhash
from msgspec.structs import replace

from wiredesk.contracts.article import CleanArticle
from wiredesk.dedup.candidates import Subject
from wiredesk.dedup.clock import clock_after
from wiredesk.dedup.cluster import place
from wiredesk.dedup.floors import version_of
from wiredesk.dedup.origin import origin_signs
from wiredesk.dedup.records import ArticleState, Left, Merge, Refusal, Version, in_story, place_of
from wiredesk.dedup.shown import shown_of
from wiredesk.dedup.sketch import Sketch, sketch_of
from wiredesk.dedup.state import State
from wiredesk.dedup.versions import RECENT, Kind, Standing, content_hash, order_of, standing

_PAGE = re.compile(r"(?:[a-zA-Z][\w+.-]*:)?(?://)?[^/?#]*([^#]*)")
"""What of a URL names a page of a site: path and query (RFC 3986, appendix B)."""


class Decision(NamedTuple):
    """What was decided: the standing of the message, and the record that makes it so (None: nothing changes).

    ``sketch`` is the one in the record, where there is one, not packed.
    """

    standing: Standing
    record: ArticleState | None
    sketch: Sketch | None = None


def decide(state: State, article: CleanArticle) -> Decision:
    """The decision on ``article``, the next one that arrived."""
    known = _known(state, article)
    found = standing(article, known)
    if found.kind is Kind.REPLAY:
        return Decision(found, None)
    clock = clock_after(state.clock, article, state.window_ms)
    if found.kind is Kind.VERSION:
        if article.status == "withdrawn":
            return Decision(found, _withdrawn(state, article, known, found.number, clock))
        return Decision(found, *_published(state, article, known, found.number, clock))
    known, raw = state.known(article.article_id), place_of(article.raw)
    if known is None or raw is None or any(each.raw == raw for each in known.refusals):
        return Decision(found, None)  # a floor, or a replay, refuses the same message again by itself
    refusal = Refusal(raw, found.kind.value, found.number)
    refusals = [*known.refusals, refusal][-RECENT:]
    return Decision(found, replace(known, seq=state.seq + 1, clock=clock, refusals=refusals))


def _known(state: State, article: CleanArticle) -> ArticleState | None:
    """What is known of the article; of one that left the window, its floor alone."""
    known = state.known(article.article_id)
    floor = None if known is not None else state.floors.get(article.article_id)
    if floor is None:
        return known
    return ArticleState(
        article_id=article.article_id,
        seq=0,
        clock=state.clock,
        source=article.source.name,
        outlet=_outlet(article),
        seen_at=None,
        story_id=floor.story_id,
        versions=[version_of(floor)],
    )


def _published(
    state: State, article: CleanArticle, known: ArticleState | None, number: int, clock: int
) -> tuple[ArticleState, Sketch]:
    sketch, tokens = sketch_of(article.text, article.parts)
    url = url_hash(article.url)
    subject = Subject(article.article_id, _outlet(article), url, sketch, clock)
    placed = place(state, subject, tokens, article.text, number)
    version = Version(
        number=number,
        raw=place_of(article.raw),
        order=order_of(article),
        content=content_hash(article),
        shown=shown_of(placed.story, article.article_id),
        left=placed.left or _left_behind(state, article.article_id, known),
        absorbed=placed.absorbed,
    )
    home = placed.story.story_id
    record = ArticleState(
        article_id=article.article_id,
        seq=state.seq + 1,
        clock=clock,
        source=article.source.name,
        outlet=subject.outlet,
        seen_at=article.received_at or article.published_at,
        story_id=home,
        versions=_recent(known, version, home),
        refusals=known.refusals if known else [],
        member=placed.member,
        merges=[
            *(known.merges if known else []),
            *(Merge(younger, home, placed.member.opened) for younger in placed.absorbed),
        ],
        origins=origin_signs(article),
        url=url,
        words=sketch.words_hash,
        sketch=sketch.pack() if placed.member.reference else b"",
    )
    return record, sketch


def _withdrawn(
    state: State, article: CleanArticle, known: ArticleState | None, number: int, clock: int
) -> ArticleState:
    own = state.story_of(article.article_id)
    last = known.newest if known else None
    left = _left_behind(state, article.article_id, known)
    if own is not None:
        left = Left(own.story_id, emptied=len(own) == 1)
    version = Version(
        number=number,
        raw=place_of(article.raw),
        order=order_of(article),
        content=content_hash(article),
        withdrawn=True,
        shown=last.shown if last else None,
        left=left,
    )
    return ArticleState(
        article_id=article.article_id,
        seq=state.seq + 1,
        clock=clock,
        source=article.source.name,
        outlet=_outlet(article),
        seen_at=article.received_at or article.published_at,
        story_id=known.story_id if known else None,
        versions=_recent(known, version, known.story_id if known else None),
        refusals=known.refusals if known else [],
        merges=known.merges if known else [],
    )


def _left_behind(state: State, article_id: str, known: ArticleState | None) -> Left | None:
    """The membership that was written for an article whose story has left the window since."""
    if known is None or known.story_id is None or known.newest.withdrawn or state.story_of(article_id) is not None:
        return None
    return Left(known.story_id, emptied=False)


def _recent(known: ArticleState | None, version: Version, home: str | None) -> list[Version]:
    """The versions with the new one; those before name their story where it is not the article's any more."""
    before: Sequence[Version] = known.versions if known else []
    if known is not None and known.story_id != home:
        before = [in_story(each, known.story_id) for each in before]
    return [*before, version][-RECENT:]


def _outlet(article: CleanArticle) -> str:
    return article.source.domain or article.source.name


def url_hash(url: str | None) -> int | None:
    """The hash of a URL that names a page (63 bits); None for the front page of a site, which names none."""
    if not url:
        return None
    page = _PAGE.match(url)
    if page is None or not page[1].strip("/?"):
        return None
    return xxhash.xxh3_64_intdigest(url.encode()) >> 1

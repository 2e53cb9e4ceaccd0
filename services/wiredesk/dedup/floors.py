"""Floors: the newest version of every article that has left the window. They never expire.

Without them an old version that arrives late would bring back what was corrected or withdrawn.
"""

from __future__ import annotations

from typing import NamedTuple

from wiredesk.dedup.records import ArticleState, Order, Version


class Floor(NamedTuple):
    """What is left of an article when its decisions are dropped."""

    number: int
    order: Order
    content: int
    withdrawn: bool
    story_id: str | None


def floor_of(article: ArticleState) -> Floor:
    """The floor of ``article``."""
    last = article.newest
    return Floor(last.number, last.order, last.content, last.withdrawn, article.story_id)


def version_of(floor: Floor) -> Version:
    """The floor as the last known version of its article, its raw message and its decision forgotten."""
    return Version(number=floor.number, raw=None, order=floor.order, content=floor.content, withdrawn=floor.withdrawn)

"""Versions: what a message is to the article that it is about: new, a redelivery, overtaken, or a replay.

Newer is decided by what both sides said: the feed's own count, then its time of update, then the broker's time and
place. Without any of these the later arrival is the newer.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from typing import NamedTuple

import xxhash

from wiredesk.contracts.article import CleanArticle
from wiredesk.contracts.record import RawRef
from wiredesk.dedup.clock import milliseconds
from wiredesk.dedup.records import ArticleState, Order, Refusal, Version, place_of

RECENT = 16
"""Versions, and refused messages, that are remembered of an article inside the window."""


class Kind(Enum):
    """What a message is to its article."""

    VERSION = "version"
    REPLAY = "replay"
    REDELIVERED = "redelivered"
    OVERTAKEN = "overtaken"


class Standing(NamedTuple):
    """``number``: the version given, replayed, or (for a refusal) the newest that the article has."""

    kind: Kind
    number: int


def content_hash(article: CleanArticle) -> int:
    """The hash by which two messages say the same: of the text and the headline.

    32 bits, as many as a floor keeps: two versions of one article agree by chance once in four billion times.
    """
    return xxhash.xxh3_64_intdigest(f"{article.text_sha256}\n{article.headline or ''}".encode()) & 0xFFFFFFFF


def order_of(article: CleanArticle) -> Order:
    """What ``article`` says of its age.

    A time of update counts up to the moment in which the message came: one from the future would hold against every
    correction until then.
    """
    updated = milliseconds(article.feed.updated_at)
    received = milliseconds(article.received_at) if article.raw else None
    return Order(
        feed_version=article.feed.version,
        updated=updated if updated is None or received is None else min(updated, received),
        received=received,
        offset=article.raw.offset if article.raw else None,
    )


def declared_newer(one: Order, two: Order) -> bool | None:
    """Whether ``one`` is newer than ``two`` by what the feed said of both; None when that does not tell them apart."""
    one, two = _alike(one, two)
    for a, b in ((one.feed_version, two.feed_version), (one.updated, two.updated)):
        if a is not None and b is not None and a != b:
            return a > b
    return None


def newer(one: Order, two: Order) -> bool:
    """Whether ``one``, which arrived later, is newer than ``two``.

    Where ``two`` is a floor, which has no offset, what was received in the same second is not newer: it can only be an
    old message that is read again (floors.py).
    """
    declared = declared_newer(one, two)
    if declared is not None:
        return declared
    one, two = _alike(one, two)
    if one.received is None or two.received is None:
        return True
    if one.received == two.received:
        return one.offset is not None and two.offset is not None and one.offset > two.offset
    return one.received > two.received


def _alike(one: Order, two: Order) -> tuple[Order, Order]:
    """Both cut to the second, as floors are, if one of them may be one: it has no offset."""
    if one.offset is not None and two.offset is not None:
        return one, two
    return to_the_second(one), to_the_second(two)


def to_the_second(order: Order) -> Order:
    """``order`` as far as a floor keeps it: whole seconds, no offset."""
    updated, received = order.updated, order.received
    return Order(
        feed_version=order.feed_version,
        updated=None if updated is None else updated // 1000 * 1000,
        received=None if received is None else received // 1000 * 1000,
        offset=None,
    )


def standing(article: CleanArticle, known: ArticleState | None) -> Standing:
    """What ``article`` is to the versions that are ``known`` of it."""
    if known is None:
        return Standing(Kind.VERSION, 1)
    last = known.newest
    replayed = _replay(article.raw, known.versions, known.refusals)
    if replayed is not None:
        return replayed
    order = order_of(article)
    if _says_nothing_new(article, order, known.versions):
        return Standing(Kind.REDELIVERED, last.number)
    if not newer(order, last.order):
        return Standing(Kind.OVERTAKEN, last.number)
    return Standing(Kind.VERSION, last.number + 1)


def _replay(raw: RawRef | None, versions: Sequence[Version], refusals: Sequence[Refusal]) -> Standing | None:
    place = place_of(raw)
    if place is None:
        return None
    for version in versions:
        if version.raw == place:
            return Standing(Kind.REPLAY, version.number)
    for refusal in refusals:
        if refusal.raw == place:
            return Standing(Kind(refusal.outcome), refusal.version)
    return None


def _says_nothing_new(article: CleanArticle, order: Order, versions: Sequence[Version]) -> bool:
    """Whether the article is, or lately was, what this message says it is.

    A withdrawal repeats only a withdrawal that still holds. What was withdrawn comes back with the same words only
    where the feed itself says that it is newer than the withdrawal: a repeated old message must not undo it.
    """
    last = versions[-1]
    if article.status == "withdrawn":
        return last.withdrawn and declared_newer(order, last.order) is not True
    content = content_hash(article)
    if not any(version.content == content and not version.withdrawn for version in versions):
        return False
    return not last.withdrawn or declared_newer(order, last.order) is not True

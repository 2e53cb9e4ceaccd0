"""Speakers: whether two attributions can mean the same person.

Precision first: only what names somebody can contradict or confirm; an organisation does not contradict the official
who speaks for it ("the Pentagon", "Peter Cook").
"""

from __future__ import annotations

from enum import Enum, auto
from functools import lru_cache

from msgspec import Struct

from wiredesk.text.words import words


class Voice(Struct, frozen=True):
    """Whom a carrier names as the speaker. ``person``: whether that is a human being, None when it is not known."""

    entity_id: str | None
    name: str | None
    person: bool | None = None


class Standing(Enum):
    """How two attributions stand to each other."""

    SAME = auto()
    OPEN = auto()
    CONTRADICT = auto()


def voice_of(entity_id: str | None, name: str | None, types: dict[str, str]) -> Voice | None:
    """The voice that a quotation names, with its entity's type from ``types`` (by id); None when it names nobody."""
    if not (entity_id or name):
        return None
    kind = types.get(entity_id) if entity_id else None
    return Voice(entity_id, name, None if kind is None else kind == "PER")


def standing(one: Voice | None, other: Voice | None) -> Standing:
    """SAME: equal id or name, or of two people one name within the other ("Carter", "Ash Carter").

    CONTRADICT: two names that may both be people's and have no word in common. All else is OPEN.
    """
    if one is None or other is None:
        return Standing.OPEN
    if one.entity_id and one.entity_id == other.entity_id:
        return Standing.SAME
    a, b = name_words(one.name), name_words(other.name)
    if not a or not b:
        return Standing.OPEN
    things = one.person is False or other.person is False
    if a == b or (not things and (set(a) <= set(b) or set(b) <= set(a))):
        return Standing.SAME
    if things or set(a) & set(b):
        return Standing.OPEN
    return Standing.CONTRADICT


@lru_cache(maxsize=8192)
def name_words(name: str | None) -> tuple[str, ...]:
    """The words of a name as they are compared."""
    return tuple(word.removesuffix("'s") for _, _, word in words(name or ""))

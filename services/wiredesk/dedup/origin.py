"""The origin of a story: the wire that its text comes from, inferred from what its members say.

Outlets change words, not credits: each member votes for the wires that its dateline, credit or byline names, with the
confidence of that reading; the first carrier, which had the text before anybody could copy it, has half a vote more.
Where nobody names a wire, the first carrier is the best guess as soon as another outlet carries the same.
"""

from __future__ import annotations

from collections.abc import Sequence

from wiredesk.contracts.article import CleanArticle, Part, Provenance
from wiredesk.contracts.stories import Origin
from wiredesk.dedup.records import ArticleState, OriginSign

EVIDENCE_SHOWN = 5
_FIRST_VOTES = 1.5
_UNNAMED = 0.5
"""How sure it is that a first carrier whom nobody credits is the origin: as likely it was the first to be read."""
_SUREST = 0.99
_LONGEST = 120


def origin_signs(article: CleanArticle) -> list[OriginSign]:
    """The wires that ``article`` names as its origin, each once, with the words or the field that show it best."""
    signs: dict[str, OriginSign] = {}
    for sign in sorted(article.provenance, key=lambda sign: -sign.confidence):
        if sign.role == "origin":
            signs.setdefault(sign.name, OriginSign(sign.name, _shown(sign, article.parts), sign.confidence))
    return list(signs.values())


def _shown(sign: Provenance, parts: Sequence[Part]) -> str:
    if sign.evidence is None:
        return f"field: {sign.field or 'unknown'}"
    at = sign.evidence
    kind = next((part.kind for part in parts if part.start <= at.start < part.end), "text")
    return f"{kind}: {at.exact.strip()[:_LONGEST]}"


def origin_of(members: Sequence[ArticleState]) -> Origin | None:
    """The wire that the ``members`` (first seen first) come from; None when nothing shows it."""
    votes: dict[str, float] = {}
    doubts: dict[str, float] = {}
    shown: dict[str, dict[str, None]] = {}
    for place, member in enumerate(members):
        for sign in member.origins:
            weight = sign.confidence * (_FIRST_VOTES if place == 0 else 1)
            votes[sign.name] = votes.get(sign.name, 0.0) + weight
            doubts[sign.name] = doubts.get(sign.name, 1.0) * (1 - sign.confidence)
            shown.setdefault(sign.name, {})[sign.evidence] = None
    if not votes:
        return _first_carrier(members)
    name = max(votes, key=lambda each: votes[each])  # the first of the largest
    share = votes[name] / sum(votes.values())
    confidence = min(_SUREST, round((1 - doubts[name]) * share, 2))
    return Origin(name=name, evidence=list(shown[name])[:EVIDENCE_SHOWN], confidence=confidence)


def _first_carrier(members: Sequence[ArticleState]) -> Origin | None:
    if len({member.outlet for member in members}) < 2:
        return None
    first = members[0]
    return Origin(name=first.source, evidence=[f"first carrier: {first.source}"], confidence=_UNNAMED)

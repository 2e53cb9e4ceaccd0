"""The origin of a story: the wire that its members credit.

Outlets change words, not credits: the wire that most members name is the origin, the one named first where two are
level.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from wiredesk.contracts.article import CleanArticle, Part, Provenance
from wiredesk.contracts.stories import Origin
from wiredesk.dedup.records import OriginSign

EVIDENCE_SHOWN = 5
_LONGEST = 120


def origin_signs(article: CleanArticle) -> list[OriginSign]:
    """The wires that ``article`` names as its origin, each once, with the words or the field that show it."""
    signs: dict[str, OriginSign] = {}
    for sign in article.provenance:
        if sign.role == "origin":
            signs.setdefault(sign.name, OriginSign(sign.name, _shown(sign, article.parts)))
    return list(signs.values())


def _shown(sign: Provenance, parts: Sequence[Part]) -> str:
    if sign.evidence is None:
        return f"field: {sign.field or 'unknown'}"
    at = sign.evidence
    kind = next((part.kind for part in parts if part.start <= at.start < part.end), "text")
    return f"{kind}: {at.exact.strip()[:_LONGEST]}"


def origin_of(members: Iterable[Sequence[OriginSign]]) -> Origin | None:
    """The wire that most of the ``members`` (first seen first) name; None when none names any."""
    votes: Counter[str] = Counter()
    shown: dict[str, dict[str, None]] = {}
    for signs in members:
        for sign in signs:
            votes[sign.name] += 1
            shown.setdefault(sign.name, {})[sign.evidence] = None
    if not votes:
        return None
    name = max(votes, key=lambda each: votes[each])  # the first of the largest
    return Origin(name=name, evidence=list(shown[name])[:EVIDENCE_SHOWN])

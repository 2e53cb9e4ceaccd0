"""Links: entities of registers outside wiredesk: countries by name, nationalities by their country (ISO 3166-1).

All else stays unlinked: abstaining beats guessing.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import cache

from wiredesk.contracts.article import Link
from wiredesk.entities.people import Cluster
from wiredesk.entities.tables import rows

_NAMED, _DEMONYM, _UNSURE = 0.98, 0.97, 0.85
"""Country names alone were right .976 on web news with gold links; the lower value, for "Jordan", is an estimate."""


def link_of(cluster: Cluster, named: Collection[str]) -> Link | None:
    """The country that a cluster names or belongs to; None for all else, and for a namesake that may be meant instead.

    ``named`` are the names of all clusters of the document.
    """
    if cluster.country is None or (cluster.type == "LOC" and not _is_meant(cluster.country, named)):
        return None
    sure = all(name.entry is None or name.entry.sure for name in cluster.names)
    method, confidence = ("country name", _NAMED) if cluster.type == "LOC" else ("demonym", _DEMONYM)
    return Link(
        id=f"iso:{cluster.country}",
        label=_names()[cluster.country],
        method=method,
        confidence=confidence if sure else _UNSURE,
    )


def _is_meant(country: str, named: Collection[str]) -> bool:
    """Whether a country with a namesake (Georgia) is spoken of: something speaks for it and nothing against it."""
    sides = _namesakes().get(country)
    return sides is None or (not sides[0].isdisjoint(named) and sides[1].isdisjoint(named))


@cache
def _namesakes() -> dict[str, tuple[frozenset[str], frozenset[str]]]:
    split = (row.split("|") for row in rows("namesakes.txt"))
    return {country: (frozenset(pro.split(";")), frozenset(contra.split(";"))) for country, pro, contra in split}


@cache
def _names() -> dict[str, str]:
    return {country: name.rstrip("?") for country, name, *_ in (row.split("|") for row in rows("countries.txt"))}

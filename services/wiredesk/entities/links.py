"""Links: what an entity is called outside wiredesk: countries, other places, people and organisations; or nothing.

Abstaining beats guessing: an entity without a link keeps an id of its own (``find``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from functools import cache

from wiredesk.contracts.article import Link
from wiredesk.entities.geography import place_links
from wiredesk.entities.lexicon import country_names
from wiredesk.entities.names import Reading
from wiredesk.entities.namesakes import organisation_link, person_link
from wiredesk.entities.people import Cluster
from wiredesk.entities.tables import rows
from wiredesk.entities.titles import Titles

_NAMED, _DEMONYM, _UNSURE = 0.98, 0.97, 0.85
"""Country names alone were right .976 on web news with gold links; the lower value, for "Jordan", is an estimate."""


def links_of(
    reading: Reading, clusters: Sequence[Cluster], shown: Callable[[Cluster], list[str]], titles: Titles | None
) -> list[Link | None]:
    """The link of each of ``clusters``, None where there is none that is sure. ``shown`` gives a cluster's forms."""
    named = {shown(cluster)[0] for cluster in clusters}
    links = place_links(reading, clusters, [_country_link(cluster, named) for cluster in clusters])
    foremost = _foremost(clusters)
    for i, cluster in enumerate(clusters):
        if cluster.type == "PER" and titles is not None:
            links[i] = person_link(titles, cluster, shown(cluster))
        elif cluster.type == "ORG":
            links[i] = organisation_link(titles, cluster, shown(cluster), foremost)
    return links


def _foremost(clusters: Sequence[Cluster]) -> str | None:
    """The country that a document names most, by itself or its people; None without any."""
    counts: Counter[str] = Counter()
    for cluster in clusters:
        if cluster.country is not None:
            counts[cluster.country] += len(cluster.names)
    return max(counts, key=lambda country: counts[country]) if counts else None


def _country_link(cluster: Cluster, named: Collection[str]) -> Link | None:
    """The country that a cluster names or belongs to; None for all else, and for a namesake that may be meant instead.

    ``named`` are the names of all clusters of the document.
    """
    if cluster.country is None or (cluster.type == "LOC" and not _is_meant(cluster.country, named)):
        return None
    sure = all(name.entry is None or name.entry.sure for name in cluster.names)
    method, confidence = ("country name", _NAMED) if cluster.type == "LOC" else ("demonym", _DEMONYM)
    return Link(
        id=f"iso:{cluster.country}",
        label=country_names()[cluster.country],
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

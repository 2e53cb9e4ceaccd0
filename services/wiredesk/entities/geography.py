"""Geography: which place of the gazetteer a name means, by what stands beside it, the countries spoken of, and size.

"Irving, Texas" says it itself; "Birmingham" in an article on Alabama is that one; without a hint the largest wins if it
is much larger than the next. Where two stay close, or the only candidate is a small town that nothing speaks for, there
is no answer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from math import exp, log10

from wiredesk.contracts.article import Link
from wiredesk.entities.gazetteer import Place, gazetteer
from wiredesk.entities.lexicon import country_names, entry_of
from wiredesk.entities.names import Name, Reading
from wiredesk.entities.people import Cluster
from wiredesk.entities.tables import folded

_DIVISION, _CAPITAL, _ALIAS = 5.6, 1.0, -0.6
"""A division counts like a city of 400,000 (its people are not in the data); a city in it of its name goes before."""
_BESIDE, _BESIDE_OTHER = 4.0, -3.0
_TOWN, _COUNTRY_TOWN = 50_000, 0.8
"""A town needs its division or what stands beside it: a country that is spoken of has many of the name."""
_COUNTRY, _DATELINE, _DIVISION_NAMED = 1.5, 0.8, 1.2
_INFERRED = 0.2
_LEAST, _MARGIN = 5.0, 0.5
"""A city of 100,000 needs no support; ten times the people, or as much support, beats another of the name by 1."""
_SLOPE = 2.0
_BY_SIZE = "the largest place of the name"


@dataclass
class _Context:
    """What the document says of geography: countries by weight (1 together), the dateline's, divisions by name.

    ``inferred`` are the countries of places that were found, with the numbers of their clusters.
    """

    countries: dict[str, float] = field(default_factory=dict)
    datelines: set[str] = field(default_factory=set)
    divisions: set[tuple[str, str]] = field(default_factory=set)
    inferred: dict[str, set[int]] = field(default_factory=dict)

    def weight(self, country: str, asking: int) -> float:
        """How much is spoken of a country: by name, else by places other than the one that asks."""
        others = self.inferred.get(country, set()) - {asking}
        return self.countries.get(country, _INFERRED if others else 0.0)


def place_links(reading: Reading, clusters: Sequence[Cluster], links: Sequence[Link | None]) -> list[Link | None]:
    """``links`` (of countries, one for each of ``clusters``) with those of other places added."""
    context = _context(reading, clusters, links)
    at = {name.start: cluster for cluster in clusters if cluster.type == "LOC" for name in cluster.names}
    wanted = [cluster.type == "LOC" and link is None for cluster, link in zip(clusters, links, strict=True)]
    found = list(links)
    for _ in range(2):  # what the first round is sure of is context for the second
        for i, cluster in enumerate(clusters):
            if not wanted[i]:
                continue
            candidates = _candidates(cluster)
            if candidates:
                best = _meant(cluster, candidates, context, i, _neighbours(reading, cluster, at))
                found[i] = _link(*best) if best is not None else None
                if best is not None and best[1] > 1:
                    place = best[0]
                    context.inferred.setdefault(place.country, set()).add(i)
                    if place.kind == "division":
                        context.divisions.add((place.country, place.division))
    return found


def _context(reading: Reading, clusters: Sequence[Cluster], links: Sequence[Link | None]) -> _Context:
    context = _Context()
    counts: Counter[str] = Counter()
    ends = [(part.start, part.end) for part in reading.parts if part.kind == "dateline"]
    for cluster, link in zip(clusters, links, strict=True):
        if link is None or cluster.country is None:
            continue
        counts[cluster.country] += min(3, len(cluster.names))
        if any(start <= name.start < end for name in cluster.names for start, end in ends):
            context.datelines.add(cluster.country)
    total = sum(counts.values())
    context.countries = {country: count / total for country, count in counts.items()}
    for cluster in clusters:
        if cluster.type == "LOC":
            for place in _candidates(cluster):
                if place.kind == "division" and not place.alias:
                    context.divisions.add((place.country, place.division))
    return context


def _candidates(cluster: Cluster) -> list[Place]:
    """The places that all forms of the cluster may be called; of its name at the lexicon first."""
    if all(word.casefold() in folded("generic_words.txt") for word in cluster.names[0].words):
        return []  # "Southern District"
    forms = list(dict.fromkeys([cluster.canonical, *(" ".join(name.words) for name in cluster.names)]))
    for form in forms:
        listed = gazetteer().named(form.removesuffix(" (US)")) if form is not None else []
        listed = [place for place in listed if place.kind != "country" or cluster.canonical is None]
        if listed:
            return listed
    return []


def _neighbours(reading: Reading, cluster: Cluster, at: dict[int, Cluster]) -> list[tuple[str, str | None]]:
    """What stands beside the cluster's names as the larger place: its name, and its country if it is one."""
    beside = []
    for name in cluster.names:
        other = at.get(name.end + 2) if reading.text.startswith(", ", name.end) else None
        if other is not None and other is not cluster:
            beside.append((other.canonical or " ".join(other.names[0].words), other.country))
        beside += _abbreviated(reading, name)
    return beside


def _abbreviated(reading: Reading, name: Name) -> list[tuple[str, str | None]]:
    """The state of "Flint, Mich." where nothing found it as a name."""
    if not reading.text.startswith(", ", name.end):
        return []
    word = reading.text[name.end + 2 : name.end + 8].split(" ")[0].rstrip(",;:)")
    entry = entry_of(word) if word.endswith(".") or word.isupper() else None
    return [(entry.name, entry.country)] if entry is not None and entry.type == "LOC" else []


def _meant(
    cluster: Cluster,
    candidates: Sequence[Place],
    context: _Context,
    asking: int,
    beside: Sequence[tuple[str, str | None]],
) -> tuple[Place, float, str] | None:
    """The place meant, by how much it leads (in powers of ten of people), and what shows it; None when unsure."""
    regions = {
        (place.country, place.division)
        for name, country in beside
        if country is None
        for place in gazetteer().named(name.removesuffix(" (US)"))
        if place.kind == "division"
    }
    countries = {country for _, country in beside if country is not None}

    def inside(place: Place) -> bool:
        """Whether the larger place beside the name is one that this one lies in; in a list of places none is."""
        within = place.kind != "division" and (place.country, place.division) in regions
        return within or (place.kind != "country" and place.country in countries)

    cities = {(place.country, place.division) for place in candidates if place.kind in ("city", "capital")}
    beside_one = any(map(inside, candidates))
    scored: list[tuple[float, int, Place, str]] = []
    for place in candidates:
        score = log10(max(1000, place.people)) if place.kind != "division" else _DIVISION
        if place.kind == "division" and (place.country, place.division) in cities:
            score -= 1.5  # "Aleppo" is the city before it is its governorate
        score += (_CAPITAL if place.kind == "capital" else 0.0) + (_ALIAS if place.alias else 0.0)
        shown = _BY_SIZE
        if beside_one:
            score += _BESIDE if inside(place) else _BESIDE_OTHER
            shown = f"stands beside {beside[0][0]}" if inside(place) else shown
        else:
            weight = context.weight(place.country, asking)
            if place.kind == "division" and place.alias and not weight:
                continue  # "Northern Border" is not the Saudi province in an article that does not speak of it
            most = _COUNTRY if place.people > _TOWN or place.kind == "division" else _COUNTRY_TOWN
            score += most * min(1.0, 2 * weight) + (_DATELINE if place.country in context.datelines else 0.0)
            if place.kind != "division" and (place.country, place.division) in context.divisions:
                score += _DIVISION_NAMED
            if weight > 0:
                shown = f"{country_names().get(place.country, place.country)} is spoken of"
        scored.append((score, -len(scored), place, shown))
    if not scored:
        return None
    scored.sort(reverse=True)
    score, _, place, shown = scored[0]
    rivals = [each for each in scored[1:] if each[2].geonames != place.geonames]
    margin = min(score - max(_LEAST - 1.0, rivals[0][0] if rivals else 0.0), 4.0)
    if cluster.country is not None and shown == _BY_SIZE:
        return None  # "Georgia" alone may be the country
    return None if score < _LEAST or margin < _MARGIN else (place, margin, shown)


def _link(place: Place, margin: float, shown: str) -> Link:
    confidence = round(1 - 0.5 * exp(-_SLOPE * margin), 2)
    if place.kind == "country":
        return Link(id=f"iso:{place.country}", label=place.name, method="country name", confidence=confidence)
    return Link(
        id=f"geonames:{place.geonames}",
        label=place.name,
        method="gazetteer, by size" if shown == _BY_SIZE else "gazetteer, by context",
        confidence=min(0.98, confidence),
        evidence=f"{shown}: {place.name}, {place.country}",
    )

"""Finding: a document's entities from its text, its parts and what the model found in its passages.

The document pass, each step in a module of its own: gather -> equipment -> persons -> margins -> acronyms ->
institutions -> vote -> titles -> propagate -> keep -> teams -> people and groups -> roles, links, descriptions, scores.
It runs anew for every document, also where the memo had the passages.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from wiredesk.contracts.article import Entity, Link, Mention, Part
from wiredesk.contracts.ids import document_entity_id, local_entity_id
from wiredesk.entities.acronyms import introduced, spelled_out
from wiredesk.entities.descriptions import described
from wiredesk.entities.equipment import with_equipment
from wiredesk.entities.gather import gather
from wiredesk.entities.groups import groups
from wiredesk.entities.institutions import with_institutions
from wiredesk.entities.keep import kept
from wiredesk.entities.lexicon import hits
from wiredesk.entities.links import links_of
from wiredesk.entities.margins import from_margins, signed
from wiredesk.entities.model import Found
from wiredesk.entities.names import Cover, Name, Reading, in_order
from wiredesk.entities.passages import Passage
from wiredesk.entities.people import Cluster, people
from wiredesk.entities.persons import complete
from wiredesk.entities.propagate import propagate
from wiredesk.entities.roles import inside_titles, roles_of
from wiredesk.entities.scoreboards import clubs, from_scoreboards
from wiredesk.entities.scores import confidence, salience
from wiredesk.entities.teams import from_score_lines, is_sports, name_teams
from wiredesk.entities.titles import Titles
from wiredesk.entities.vote import vote


def find_entities(
    article_id: str,
    text: str,
    parts: Sequence[Part],
    passages: Sequence[Passage],
    found: Sequence[Sequence[Found]],
    titles: Titles | None = None,
) -> list[Entity]:
    """The entities of a document in the order of their first mention. ``found`` is the model's, passage by passage.

    Without ``titles`` nobody is linked to Wikipedia but curated organisations.
    """
    reading = Reading(text, parts, passages)
    names, short = _names(reading, found)
    headline_end = max((passage.end for passage in passages if passage.kind == "headline"), default=0)
    clusters = [
        *people([name for name in names if name.type == "PER"], headline_end),
        *groups([name for name in names if name.type != "PER"], short),
    ]
    cover = Cover(names)
    for cluster in clusters:
        if cluster.type == "PER":
            _give_roles(reading, cluster, cover)
    clusters.sort(key=lambda cluster: cluster.names[0].start)
    taken: set[str] = set()
    clusters, links = _joined(clusters, links_of(reading, clusters, lambda cluster: _forms(text, cluster), titles))
    nominal = described(reading, clusters, cover)
    most = max((len(cluster.names) for cluster in clusters), default=0)
    return [
        Entity(
            id=_id(article_id, cluster, link, taken),
            type=cluster.type,
            name=_shown(text, cluster),
            aliases=_aliases(text, cluster),
            link=link,
            roles=cluster.roles,
            confidence=confidence(cluster, link),
            salience=salience(cluster, len(text), headline_end, most),
            mentions=sorted([*_mentions(text, cluster), *nominal.get(number, ())], key=lambda mention: mention.start),
        )
        for number, (cluster, link) in enumerate(zip(clusters, links, strict=True))
    ]


def _mentions(text: str, cluster: Cluster) -> list[Mention]:
    return [Mention(name.start, name.end, text[name.start : name.end]) for name in cluster.names]


def _joined(clusters: list[Cluster], links: list[Link | None]) -> tuple[list[Cluster], list[Link | None]]:
    """``clusters`` with those that are linked to the same thing made one: "Kyiv" and "Kiev"."""
    first: dict[tuple[str, str], Cluster] = {}
    kept: list[Cluster] = []
    kept_links: list[Link | None] = []
    for cluster, link in zip(clusters, links, strict=True):
        same = first.setdefault((cluster.type, link.id), cluster) if link is not None else cluster
        if same is cluster or link is None or cluster.type == "NORP":
            kept.append(cluster)
            kept_links.append(link)
        else:
            same.names = sorted([*same.names, *cluster.names], key=lambda name: name.start)
            same.roles += [role for role in cluster.roles if role not in same.roles]
    return kept, kept_links


def _names(
    reading: Reading, found: Sequence[Sequence[Found]]
) -> tuple[list[Name], dict[tuple[str, ...], tuple[str, ...]]]:
    known = hits(reading.seen, reading.tokens)
    names = gather(reading, found, known)
    names = with_equipment(reading, names, known)
    names = complete(reading, names)
    names = signed(reading, in_order([*names, *from_margins(reading)]))
    sports = is_sports(reading)
    if sports:
        names = from_scoreboards(reading, in_order([*from_score_lines(reading), *names]))
    names, short = introduced(reading, spelled_out(reading, names))
    names = with_institutions(reading, names)
    vote(reading, names)
    names = inside_titles(reading, names)
    names = kept(reading, propagate(reading, names))
    if sports:
        name_teams(reading, names)
        clubs(reading, names)
    return names, short


def _give_roles(reading: Reading, cluster: Cluster, cover: Cover) -> None:
    seen = set()
    for name in cluster.names:
        for role in roles_of(reading, name, cover):
            key = (role.title.casefold(), (role.organisation or "").casefold())
            if key not in seen:
                seen.add(key)
                cluster.roles.append(role)


def _id(article_id: str, cluster: Cluster, link: Link | None, taken: set[str]) -> str:
    """The link's id, else one by type and name; one that holds in this article only for who is known by one name."""
    spelled = _spelled(cluster)
    if link is not None and cluster.type != "NORP":  # a people is not its country
        found = link.id
    elif cluster.full:
        found = local_entity_id(cluster.type, spelled)
    else:
        found = document_entity_id(article_id, cluster.type, spelled)
    if found in taken:
        found = document_entity_id(article_id, cluster.type, f"{spelled} at {cluster.names[0].start}")
    taken.add(found)
    return found


def _spelled(cluster: Cluster) -> str:
    """The name that the id is made from: the listed one, else for a person the shortest full form, else the longest."""
    if cluster.canonical is not None:
        return cluster.canonical
    forms = sorted({name.words for name in cluster.names}, key=lambda words: (len(words), words))
    if cluster.type == "PER" and cluster.full:
        return " ".join(next((words for words in forms if len(words) > 1), forms[0]))
    return " ".join(forms[-1])


def _shown(text: str, cluster: Cluster) -> str:
    """The listed name, else the fullest form in the text, the most frequent of equals, one not in capitals if any."""
    if cluster.canonical is not None:
        return cluster.canonical
    counts = Counter(" ".join(text[name.start : name.end].split()) for name in cluster.names)
    shown = max(counts, key=lambda form: (not _shouted(form), len(form.split()), len(form) > 4, counts[form], form))
    return shown.title() if _shouted(shown) and cluster.type in ("PER", "LOC") else shown


def _shouted(form: str) -> bool:
    return form.isupper() and len(form) > 4


def _aliases(text: str, cluster: Cluster) -> list[str]:
    return _forms(text, cluster)[1:]


def _forms(text: str, cluster: Cluster) -> list[str]:
    """The name shown, and the other forms in the text in their order."""
    forms = (" ".join(text[each.start : each.end].split()) for each in cluster.names)
    return list(dict.fromkeys([_shown(text, cluster), *forms]))

"""Groups: which names mean the same organisation, place, nationality or other thing that is no person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from wiredesk.entities.acronyms import initials, is_acronym
from wiredesk.entities.heads import without_suffix
from wiredesk.entities.institutions import INSTITUTIONS
from wiredesk.entities.lexicon import Entry, forms
from wiredesk.entities.names import Name
from wiredesk.entities.people import Cluster

_Key = tuple[str, tuple[str, ...]]  # the type and the words that names of one thing share
_ABBREVIATED = frozenset(("ORG", "LAW", "EVENT"))


def groups(names: Sequence[Name], short: Mapping[tuple[str, ...], tuple[str, ...]]) -> list[Cluster]:
    """The things among ``names`` (no PER, in order). ``short`` are the acronyms that the article introduces."""
    clusters: dict[_Key, Cluster] = {}
    for name in names:
        entry = name.entry or (_listed(name.words) if name.type == "ORG" else None)
        if entry is not None and entry.type != name.type:
            entry = None  # a team under a place's name
        words = _canonical(name) if entry is None else (f"={entry.name}",)
        cluster = clusters.get((name.type, words))
        if cluster is None:
            cluster = clusters[name.type, words] = Cluster(name.type, [])
            if entry is not None:
                cluster.canonical, cluster.country = entry.name, entry.country
        cluster.names.append(name)
    _merge_short(clusters, short)
    _merge_first_word(clusters)
    _merge_institutions(clusters)
    for cluster in clusters.values():
        cluster.names.sort(key=lambda name: name.start)
    return list(clusters.values())


def _listed(words: tuple[str, ...]) -> Entry | None:
    """The listed organisation of a name, its legal form or its state apart: "United States Department of Defense"."""
    words = without_suffix(words)
    rest = words[2:] if words[:2] == ("United", "States") else words[1:] if words[0] == "US" else ()
    return forms().get(words) or forms().get(rest)


def _canonical(name: Name) -> tuple[str, ...]:
    words = without_suffix(name.words) if name.type == "ORG" else name.words
    return tuple(word.casefold() for word in words)


def _merge_short(clusters: dict[_Key, Cluster], short: Mapping[tuple[str, ...], tuple[str, ...]]) -> None:
    """Acronyms join what they were introduced for, or the one name whose initials they are."""
    places: dict[tuple[str, ...], _Key] = {}
    full: dict[str, set[_Key]] = {}
    for key, cluster in clusters.items():
        for words in {name.words for name in cluster.names}:
            places.setdefault(words, key)
            if cluster.type in _ABBREVIATED and len(words) > 1:
                for acronym in initials(words):
                    full.setdefault(acronym, set()).add(key)
    for key, cluster in list(clusters.items()):
        words = cluster.names[0].words
        target = places.get(short[words]) if words in short and cluster.country is None else None
        short_form = len(words) == 1 and words[0].isupper() and len(words[0]) == 2 and key[0] == "ORG"
        single = is_acronym(words) or short_form  # "the AU"
        if target is None and cluster.canonical is None and single and len(full.get(words[0], ())) == 1:
            (target,) = full[words[0]]
        if target is not None and target in clusters and target != key and target[0] == key[0]:
            _merge(clusters, key, target)


def _merge_first_word(clusters: dict[_Key, Cluster]) -> None:
    """An organisation's first word joins its full name: "Goldman" after "Goldman Sachs", if no other begins so."""
    begins: dict[str, list[_Key]] = {}
    for key in clusters:
        if key[0] == "ORG" and len(clusters[key].names[0].words) > 1:
            begins.setdefault(clusters[key].names[0].words[0].casefold(), []).append(key)
    for key, cluster in list(clusters.items()):
        if key[0] != "ORG" or len(key[1]) != 1 or cluster.canonical is not None:
            continue
        longer = begins.get(key[1][0], [])
        if len(longer) == 1 and clusters[longer[0]].names[0].start < cluster.names[0].start:
            _merge(clusters, key, longer[0])


def _merge_institutions(clusters: dict[_Key, Cluster]) -> None:
    """ "The Church" joins "Church of Scientology" where that is the only full name with the word."""
    for key, cluster in list(clusters.items()):
        word = cluster.names[0].words[0]
        if key[0] != "ORG" or len(key[1]) != 1 or word not in INSTITUTIONS or cluster.canonical is not None:
            continue
        full = [
            other
            for other, each in clusters.items()
            if other[0] == "ORG" and any(len(name.words) > 1 and word in name.words for name in each.names)
        ]
        if len(full) == 1:
            _merge(clusters, key, full[0])


def _merge(clusters: dict[_Key, Cluster], key: _Key, into: _Key) -> None:
    gone = clusters.pop(key)
    clusters[into].names += gone.names
    clusters[into].canonical = clusters[into].canonical or gone.canonical

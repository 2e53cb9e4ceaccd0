"""People: which names mean the same person. A wrong merge costs more than a missed one.

Full names with equal first and last name are one person unless their middle names differ; "Tom" and "Carter" go to the
one person introduced before who is so called; between two of a surname only a title, or a use already settled, decides.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from wiredesk.contracts.article import Role
from wiredesk.entities.heads import given_names, short_forms
from wiredesk.entities.names import Name
from wiredesk.entities.persons import ENDINGS, PARTICLES
from wiredesk.entities.vote import surname


@dataclass(slots=True, eq=False)
class Cluster:
    """Names of one thing. ``full`` is False for a person known by a surname or a first name only."""

    type: str
    names: list[Name]
    full: bool = True
    roles: list[Role] = field(default_factory=list)
    canonical: str | None = None  # the name at its register or list, None: the fullest form in the text
    country: str | None = None
    middles: set[str] = field(default_factory=set)
    titles: set[str] = field(default_factory=set)
    given: set[str] = field(default_factory=set)
    lone_uses: int = 0


def people(names: Sequence[Name], headline_end: int) -> list[Cluster]:
    """The persons among ``names`` (all of type PER, in order). Names before ``headline_end`` may refer forward."""
    clusters: list[Cluster] = []
    by_ends: dict[tuple[str, str], list[Cluster]] = defaultdict(list)
    by_last: dict[str, list[Cluster]] = defaultdict(list)
    by_first: dict[str, list[Cluster]] = defaultdict(list)
    lone: list[Name] = []
    for name in names:
        words = _core(name.words)
        if len(words) < 2:
            lone.append(name)
            continue
        cluster = _same_full_name(words, by_ends, by_last)
        if cluster is None:
            cluster = Cluster("PER", [])
            clusters.append(cluster)
            by_last[words[-1]].append(cluster)
        if words[0] not in cluster.given:
            by_ends[words[0], words[-1]].append(cluster)
            for each in _called(words[0]) - cluster.given:
                by_first[each].append(cluster)
            if len(words) == 3 and len(words[1]) > 2 and cluster not in by_first[words[1]]:
                by_first[words[1]].append(cluster)  # "Faki" of "Moussa Faki Mahamat"
            cluster.given |= _called(words[0])
        cluster.names.append(name)
        cluster.middles |= set(words[1:-1])
        if name.title is not None:
            cluster.titles.add(name.title)
    strays: dict[str, Cluster] = {}
    for name in lone:
        word = surname(_core(name.words) or name.words)
        found = _referred(name, by_last.get(word, []), headline_end)
        if found is None and word not in by_last and not name.titled:
            found = _referred(name, by_first.get(word, []), headline_end)
        if found is None:
            found = strays.get(word)
            if found is None:
                found = strays[word] = Cluster("PER", [], full=False)
                clusters.append(found)
        found.names.append(name)
        found.lone_uses += 1
    for cluster in clusters:
        cluster.names.sort(key=lambda name: name.start)
    return clusters


def _core(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words that tell persons apart: without particles and endings, "al-Assad" is "Assad"."""
    kept = tuple(word for word in words if word.casefold() not in PARTICLES and word not in ENDINGS)
    return kept or words


def _called(given: str) -> frozenset[str]:
    """What somebody of this given name is called by it: the name itself, what it is short for, what is short for it."""
    return given_names().get(given, frozenset()) | short_forms().get(given, frozenset()) | {given}


def _same_full_name(
    words: tuple[str, ...],
    by_ends: dict[tuple[str, str], list[Cluster]],
    by_last: dict[str, list[Cluster]],
) -> Cluster | None:
    middles = set(words[1:-1])
    exact = [each for each in by_ends.get((words[0], words[-1]), []) if _agree(each.middles, middles)]
    if exact:
        return exact[0] if len(exact) == 1 else None
    namesakes = by_last.get(words[-1], [])
    if len(namesakes) > _MANY:
        return None
    usual = given_names().get(words[0], frozenset((words[0],)))
    near = [
        each
        for each in namesakes
        if _agree(each.middles, middles)
        and any(_same_given(words[0], usual, _core(name.words)[0]) for name in each.names if len(_core(name.words)) > 1)
    ]
    return near[0] if len(near) == 1 else None


def _agree(one: set[str], other: set[str]) -> bool:
    """Whether middle names allow one person: one has none, or each initial or name of the smaller is in the larger."""
    small, large = sorted((one, other), key=len)
    return all(any(a.startswith(b) or b.startswith(a) for b in large) for a in small)


def _same_given(word: str, usual: frozenset[str], other: str) -> bool:
    if len(word) == 1 or len(other) == 1:
        return word[0] == other[0]
    return bool(usual & given_names().get(other, frozenset((other,))))


def _referred(name: Name, candidates: Sequence[Cluster], headline_end: int) -> Cluster | None:
    """Whom a surname or first name means: who alone bears its title, or was introduced before it, or is settled.

    Authors are meant only where the text names them too.
    """
    if len(candidates) > _MANY:
        return None
    candidates = [each for each in candidates if not all("byline" in other.signals for other in each.names)]
    if len(candidates) > 1 and name.title is not None:
        titled = [each for each in candidates if name.title in each.titles]
        if len(titled) == 1:
            return titled[0]
    titled = [each for each in candidates if each.titles]
    if len(titled) == 1 and titled[0] is candidates[0] and name.title is None:
        return titled[0]  # "President Donald Trump", then "Melania Trump": "Trump" is the president
    if name.start < headline_end:
        return candidates[0] if len(candidates) == 1 else None
    before = [each for each in candidates if each.names and each.names[0].start < name.start]
    if len(before) == 1:
        return before[0]
    if len(before) > 1:
        settled = [each for each in before if each.lone_uses > 0]
        newest = max(before, key=lambda each: each.names[0].start)
        if len(settled) == 1 and settled[0] is not newest and name.start - newest.names[0].start > _RECENT:
            return settled[0]
        return None
    return candidates[0] if len(candidates) == 1 else None


_MANY = 50
"""Namesakes beyond which nobody is told apart: comparing all with all takes the square of the time."""

_RECENT = 500
"""Code points, about two paragraphs: so long after a namesake appears a lone surname is left open."""

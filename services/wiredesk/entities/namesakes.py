"""Namesakes: whether the Wikipedia article under a name is about the person or organisation that the text names.

Why not take every title: for people it is right 85 to 95 times in 100, and the rest are private persons and pages that
list namesakes. What tells them apart is how common the words of the name are (``Title.namesakes``) against how much is
spoken of the article's subject (``Title.redirects``): "John Smith" needs a lot, "Rishi Sunak" nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from math import exp, log

from wiredesk.contracts.article import Link
from wiredesk.entities.gazetteer import gazetteer
from wiredesk.entities.heads import is_head
from wiredesk.entities.lexicon import entry_of
from wiredesk.entities.people import Cluster
from wiredesk.entities.tables import columns, folded, rows
from wiredesk.entities.titles import Title, Titles, as_title
from wiredesk.entities.tokens import words_of

_RARE, _RARE_CHANGED = 0.1, 0.05
"""Namesakes that a title without redirects may have; half of that where the redirect changes the first name."""
_ROLE = 3.0
"""How many times as many for a person with an office: those have articles more often than others."""
_THREE_WORDS = 10.0
_CURATED = 0.97
_TOWN = 50_000


def person_link(titles: Titles, cluster: Cluster, forms: Sequence[str]) -> Link | None:
    """The article on a person known by a full name. ``forms`` are the name's forms in the text, the fullest first."""
    if not cluster.full or all("byline" in name.signals for name in cluster.names):
        return None  # authors are seldom in Wikipedia, their namesakes are
    for form in (*forms, *map(_without_initials, forms)):
        words = words_of(form)
        title = titles.find(form) if len(words) > 1 else None
        if title is None or not _same_person(title, form):
            continue
        changed = _plain(title.title)[0] != _plain(form)[0]
        allowed = _RARE_CHANGED if changed else _RARE * (_ROLE if cluster.roles else 1.0)
        allowed *= (1 + title.redirects) * (_THREE_WORDS if len(words) > 2 else 1.0)
        if title.namesakes > allowed:
            return None
        return _link(title, form, _sure(allowed, title.namesakes))
    return None


def organisation_link(
    titles: Titles | None, cluster: Cluster, forms: Sequence[str], foremost: str | None
) -> Link | None:
    """The article on an organisation: by the curated list, else of a name of two words or more that is no common noun.

    ``foremost`` is the country that the document speaks of most: "the Supreme Court" is that country's.
    """
    if cluster.canonical is not None:
        return _curated_link(cluster.canonical, foremost)
    if titles is None:
        return None
    for form in forms:
        words = words_of(form)
        entry = entry_of(form)
        if len(words) < 2 or form.isupper() or words[:2] == ("Government", "of") or _is_generic(words):
            continue
        if (entry is not None and entry.type != "ORG") or any(
            place.people > _TOWN for place in gazetteer().named(form)
        ):
            continue  # "New York" as a team
        title = titles.find(form) or titles.find(f"the {form}")
        if title is not None and (not title.redirected or _shares_word(title, words)):
            return _link(title, form, 0.9 if title.redirects or len(words) > 2 else 0.85)
    return None


def _curated_link(name: str, foremost: str | None) -> Link | None:
    title, country = _curated().get(name, (name, ""))
    if not title or (country and country != foremost):
        return None
    return Link(
        id=f"enwiki:{title.replace(' ', '_')}",
        label=title,
        method="curated list",
        confidence=_CURATED,
        evidence=f"{name} is on the list of organisations" + (f", in an article on {country}" if country else ""),
    )


def _link(title: Title, form: str, confidence: float) -> Link:
    shown = _cased(title.title, form)
    others = f", as {title.redirects} other names do" if title.redirects > 1 else ""
    return Link(
        id=f"enwiki:{shown.replace(' ', '_')}",
        label=shown,
        method="redirect" if title.redirected else "title",
        confidence=confidence,
        evidence=f"{form!r} leads there{others}",
    )


def _sure(allowed: float, namesakes: float) -> float:
    """.93 where the name is as common as is allowed, .99 where it is rarer by far."""
    return round(0.99 - 0.06 * exp(-log(max(1.0, allowed / max(namesakes, 1e-3)))), 2)


def _same_person(title: Title, form: str) -> bool:
    """Whether a redirect stays with the person: it keeps the surname, or all words but for their spelling."""
    if not title.redirected:
        return True
    there, here = _plain(title.title), _plain(form)
    if here[-1] in there[1:] or here[0] == there[-1]:
        return True
    return len(there) == len(here) and all(a[:2] == b[:2] for a, b in zip(there, here, strict=True))


def _without_initials(form: str) -> str:
    """A full name without the initials inside: "Frederica S. Wilson" is "Frederica Wilson"."""
    first, *middle, last = form.split() if form.count(" ") else (form, "")
    return " ".join((first, *(word for word in middle if len(word.rstrip(".")) > 1), last))


def _shares_word(title: Title, words: tuple[str, ...]) -> bool:
    there = set(_plain(title.title))
    own = {
        word.casefold() for word in words if not is_head(word) and word.casefold() not in folded("generic_words.txt")
    }
    return not own.isdisjoint(there) or {word.casefold() for word in words} <= there


def _is_generic(words: tuple[str, ...]) -> bool:
    """Whether a name is all common words, and many bear it: "Labour Party", "Supreme Court"."""
    return all(word.casefold() in folded("generic_words.txt") or is_head(word) for word in words)


def _plain(name: str) -> list[str]:
    return as_title(name).replace("-", "_").replace(".", "").split("_")


def _cased(title: str, form: str) -> str:
    """A title in its usual case, as far as the text shows it: small words inside stay small."""
    known = {word.casefold(): word for word in form.split()}
    small = set(columns("name_words.txt", "small")) | set(columns("name_words.txt", "particle"))
    words = title.split("_")
    return " ".join(
        known.get(word) or (word if i and word in small else word[:1].upper() + word[1:])
        for i, word in enumerate(words)
    )


@cache
def _curated() -> dict[str, tuple[str, str]]:
    """Title and country of curated organisations that are not linked under the name on the list alone."""
    split = ((*row.split("|"), "")[:3] for row in rows("organisation_titles.txt"))
    return {name: (title, country) for name, title, country in split}

"""The vote: one type for a string in a document, by everything that speaks for it at any of its places.

The best single idea on newswire (3.7 points of F1): the model calls "Shoigu" a person here and an organisation there,
and an article does not.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import cache

from wiredesk.entities.cues import cues
from wiredesk.entities.gazetteer import gazetteer
from wiredesk.entities.heads import begins_place, given_names, kind_by_words
from wiredesk.entities.names import Name, Reading
from wiredesk.entities.persons import ENDINGS, PARTICLES
from wiredesk.entities.tables import columns
from wiredesk.entities.tokens import form

_PLACED = frozenset(
    ("in", "near", "outside", "across", "throughout", "northern", "southern", "eastern", "western", "central")
)
_SURE, _UNSURE, _HEAD, _TITLED, _GIVEN, _SURNAME, _PLACE, _ACRONYM, _TOWN, _CUE = (
    3.0,
    1.0,
    3.0,
    2.0,
    1.5,
    1.5,
    0.5,
    0.6,
    1.2,
    1.2,
)
"""What each kind of evidence weighs against one finding of the model, which weighs 1. Set on GUM news and re3d."""


def vote(reading: Reading, names: Sequence[Name]) -> None:
    """Sets ``type`` (and ``title``) of each name; full names first, because they decide over surnames."""
    groups: dict[str, list[Name]] = defaultdict(list)
    for name in names:
        name.title = title_before(reading, name)
        groups[name.key].append(name)
    countries: set[str | None] = {
        name.entry.country for name in names if name.entry is not None and name.entry.country is not None
    }
    surnames: set[str] = set()
    firms: set[str] = set()  # first words of organisations: "Skarvold" of "Skarvold Cable ASA"
    for several in (True, False):
        for listed in groups.values():
            if (len(listed[0].words) > 1) is several:
                _decide(reading, listed, surnames, firms, countries)
                if several and listed[0].type == "PER":
                    surnames |= {listed[0].words[0], surname(listed[0].words), *_middle(listed[0].words)}
                elif several and listed[0].type == "ORG" and listed[0].entry is None:
                    firms.add(listed[0].words[0])


def surname(words: tuple[str, ...]) -> str:
    """The last word of a person's name that is no ending: "Smith" of "John Smith Jr."."""
    return next((word for word in reversed(words) if word not in ENDINGS), words[-1])


def _middle(words: tuple[str, ...]) -> tuple[str, ...]:
    """The middle name of three, by which some are called: "Moussa Faki Mahamat" is "Faki"."""
    return words[1:2] if len(words) == 3 and len(words[1]) > 2 and words[1][0].isupper() else ()


def _decide(
    reading: Reading, listed: list[Name], surnames: set[str], firms: set[str], countries: set[str | None]
) -> None:
    weights: defaultdict[str, float] = defaultdict(float)
    words, entry = listed[0].words, next((name.entry for name in listed if name.entry is not None), None)
    for name in listed:
        if "model" in name.signals or "pattern" in name.signals:
            weights[name.type] += 2.0 if "pattern" in name.signals else 1.0
        if name.titled:
            weights["PER"] += _TITLED
        if name.entry is None:
            for kind in cues(reading, name):
                weights[kind] += _CUE
        if _is_placed(reading, name) and name.type in ("LOC", "ORG", "PER"):
            weights["LOC"] += _PLACE
    if entry is not None:
        unlike = not entry.sure and words[0] in surnames  # "Paris" in an article on Valeska Paris
        weights[entry.type] += 0 if unlike else (_SURE if entry.sure else _UNSURE) * (1 + 0.5 * len(listed))
    head = kind_by_words(words)
    surname_like = (words[0] in given_names() and len(words[0]) > 2) or (
        head in ("LOC", "EVENT") and not begins_place(words)
    )
    doubted = weights["PER"] > 0 and surname_like  # "Charlotte Church", "Marc Hill"
    if head is not None and not doubted:
        weights[head] += _HEAD * len(listed)
    elif len(words) > 1 and entry is None and _like_a_person(words):
        weights["PER"] += _GIVEN * len(listed)
    if len(words) == 1 and words[0] in surnames:
        weights["PER"] += _SURNAME * len(listed)
    elif len(words) == 1 and words[0] in firms and weights["LOC"] + weights["NORP"] == 0:
        weights["ORG"] += _SURNAME * len(listed)
    elif entry is None and words[0] not in given_names() and weights["PER"] and _is_town(words, countries):
        weights["LOC"] += _TOWN * len(listed)
    if len(words) == 1 and len(words[0]) > 2 and words[0].isupper():
        weights["ORG"] += _ACRONYM * len(listed)
    best = max(weights, key=lambda kind: (weights[kind], kind))
    for name in listed:
        name.type = best
        if entry is not None and entry.type == best:
            name.entry = entry
        elif name.entry is not None and name.entry.type != best:
            name.entry = None


def _is_town(words: tuple[str, ...], countries: set[str | None]) -> bool:
    """Whether a name that may be a person's is a place in a country that is spoken of ("Tal Afar")."""
    if any(len(word) < 2 or not word[0].isupper() for word in words) or ("US" in countries and len(words) == 1):
        return False  # too many American towns are surnames
    return any(
        place.country in countries and place.people > 0 and place.country not in _ENGLISH
        for place in gazetteer().named(" ".join(words))
    )


_ENGLISH = frozenset(("US", "GB", "CA", "AU", "NZ", "IE"))
"""Countries whose towns are namesakes of the people in the news."""


def _like_a_person(words: tuple[str, ...]) -> bool:
    return (
        len(words) <= 4
        and words[0] in given_names()
        and all(
            (word[0].isupper() and not (word.isupper() and len(word) > 2)) or word in PARTICLES for word in words[1:]
        )
    )


def title_before(reading: Reading, name: Name) -> str | None:
    """The last word of the title or address right before a name: "President" in "Vice President Pence", else None."""
    i = reading.token_at(name.start)
    if i == 0 or not reading.begins_token(name.start) or reading.gap_before(i) not in (" ", ". "):
        return None
    before = reading.tokens[i - 1].word
    return before if before in _titles() and (reading.gap_before(i) == " " or len(before) <= 4) else None


def _is_placed(reading: Reading, name: Name) -> bool:
    i = reading.token_at(name.start)
    return i > 0 and reading.gap_before(i) == " " and reading.tokens[i - 1].word.casefold() in _PLACED


@cache
def _titles() -> frozenset[str]:
    ranks = [word for each in ("address", "rank") for word in columns("titles.txt", each)]
    offices = [word.title() for word in columns("titles.txt", "office")]
    return frozenset(form(title.split()[-1].rstrip(".")) for title in (*ranks, *offices)) - {"Head", "Chair", "House"}

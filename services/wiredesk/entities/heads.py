"""Head words: what the words of a name say of its type ("... Ministry", "Lake ...", "... Inc.")."""

from __future__ import annotations

from functools import cache

from wiredesk.entities.tables import columns, rows
from wiredesk.entities.tokens import form

_INNER = frozenset(("of", "for", "in", "on", "and", "de", "du"))


def kind_by_words(words: tuple[str, ...]) -> str | None:
    """ORG, LOC, LAW or EVENT when a word of a name of two words or more decides it, else None."""
    if len(words) < 2:
        return None
    kind = _last_words().get(words[-1])
    if kind in ("ORG", "LAW", "EVENT"):
        return kind
    if words[0] in columns("head_words.txt", "operation"):
        return "EVENT"
    for i, word in enumerate(words[1:], 1):
        if word in _INNER and _last_words().get(words[i - 1]) == "ORG":
            return "ORG"
    return "LOC" if kind == "LOC" or begins_place(words) else None


def begins_place(words: tuple[str, ...]) -> bool:
    """Whether a name begins like a place: "Lake Victoria", "Mount Hermon"."""
    return len(words) > 1 and words[0] in _first_words()


def without_suffix(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words of a company's name without its legal form: "Apple Inc" is "Apple"."""
    while len(words) > 1 and words[-1] in _suffixes():
        words = words[:-1]
    return words


def is_organisation_word(word: str) -> bool:
    """Whether ``word`` is the head of organisations' names."""
    return _last_words().get(word) == "ORG"


def is_head(word: str) -> bool:
    """Whether ``word`` is a head of any kind: alone it is a common noun ("the Ministry")."""
    return word in _last_words()


@cache
def given_names() -> dict[str, frozenset[str]]:
    """Each given name, with the names it is short for and itself: "Tom" is ("Thomas", "Tom")."""
    table: dict[str, set[str]] = {}
    for row in rows("given_names.txt"):
        usual, *short = row.split(";")
        for each in (usual, *short):
            table.setdefault(each, {each}).add(usual)
    return {name: frozenset(full) for name, full in table.items()}


@cache
def short_forms() -> dict[str, frozenset[str]]:
    """Each usual given name, with the names that are short for it: "Thomas" has ("Tom", "Tommy")."""
    listed = (row.split(";") for row in rows("given_names.txt"))
    return {usual: frozenset(short) for usual, *short in listed}


@cache
def _last_words() -> dict[str, str]:
    table: dict[str, str] = {}
    for column, kind in (("head", "ORG"), ("suffix", "ORG"), ("law", "LAW"), ("event", "EVENT"), ("place_last", "LOC")):
        for each in columns("head_words.txt", column):
            table.setdefault(form(each.split()[-1]), kind)
    return table


@cache
def _first_words() -> frozenset[str]:
    return frozenset(form(each.split()[0]) for each in columns("head_words.txt", "place_first")) - {"Port"}


@cache
def _suffixes() -> frozenset[str]:
    return frozenset(form(each) for each in columns("head_words.txt", "suffix"))

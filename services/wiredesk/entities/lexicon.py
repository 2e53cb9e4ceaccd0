"""The lexicon: names known beforehand, with type, canonical name and country, found by one scan over the words.

Forms marked "?" in the tables are also ordinary words or other people's names; they come back as not ``sure`` and count
only where something else supports them.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from wiredesk.entities.tables import rows
from wiredesk.entities.tokens import Token, is_joined, words_of

_FILES = (("organisations.txt", "ORG"), ("places.txt", "LOC"), ("peoples.txt", "NORP"), ("equipment.txt", "PRODUCT"))


class Entry(NamedTuple):
    """What a form stands for. ``country`` is ISO 3166-1 alpha-2, None where the thing is no country and no demonym."""

    type: str
    name: str
    country: str | None
    sure: bool
    tail: str  # what must follow the last word: "." of "Calif." (which also needs a comma before it), "'s" of "Moody's"
    comma: bool  # "Washington, D.C."


class Hit(NamedTuple):
    """A form of the lexicon in the text; ``first`` and ``last`` number its tokens, both inclusive."""

    start: int
    end: int
    first: int
    last: int
    entry: Entry


def hits(text: str, tokens: Sequence[Token]) -> list[Hit]:
    """The longest forms of the lexicon in ``tokens``, from left to right, none overlapping."""
    found: list[Hit] = []
    by_first = _by_first()
    i = 0
    while i < len(tokens):
        hit = None
        for words, entry in by_first.get(tokens[i].word, ()):
            hit = _match(text, tokens, i, words, entry)
            if hit is not None:
                break
        if hit is None:
            i += 1
        else:
            found.append(hit)
            i = hit.last + 1
    return found


def entry_of(name: str) -> Entry | None:
    """What ``name`` as a whole stands for, None when the lexicon does not have it."""
    return forms().get(words_of(name))


@cache
def country_names() -> dict[str, str]:
    """Each country's name by its ISO code."""
    return {country: name.rstrip("?") for country, name, *_ in (row.split("|") for row in rows("countries.txt"))}


def _match(text: str, tokens: Sequence[Token], i: int, words: tuple[str, ...], entry: Entry) -> Hit | None:
    last = i + len(words) - 1
    if last >= len(tokens):
        return None
    for k in range(i + 1, last + 1):
        if tokens[k].word != words[k - i]:
            return None
        left, right = tokens[k - 1].end, tokens[k].start
        if not is_joined(text, left, right) and not (entry.comma and text[left:right] == ", "):
            return None
    start, end = tokens[i].start, tokens[last].end
    if entry.tail:
        if text[end : end + len(entry.tail)].replace("\u2019", "'") != entry.tail:
            return None
        if entry.tail == "." and text[max(0, start - 2) : start] != ", ":
            return None
        end += len(entry.tail)
    return Hit(start, end, i, last, entry)


@cache
def forms() -> dict[tuple[str, ...], Entry]:
    """All forms by their words; of two entries for the same form the one read first counts."""
    table: dict[tuple[str, ...], Entry] = {}
    for row in rows("countries.txt"):
        country, name, others, demonyms = (*row.split("|"), "", "")[:4]
        _add(table, "LOC", [name, *others.split(";")], country)
        _add(table, "NORP", demonyms.split(";"), country)
    for file, kind in _FILES:
        for row in rows(file):
            name, _, listed = row.rpartition("=")
            _add(table, kind, listed.split(";"), None, name or None)
    return table


@cache
def _by_first() -> dict[str, list[tuple[tuple[str, ...], Entry]]]:
    table: dict[str, list[tuple[tuple[str, ...], Entry]]] = {}
    for words, entry in forms().items():
        table.setdefault(words[0], []).append((words, entry))
    for listed in table.values():
        listed.sort(key=lambda item: -len(item[0]))
    return table


def _add(
    table: dict[tuple[str, ...], Entry], kind: str, listed: list[str], country: str | None, name: str | None = None
) -> None:
    name = name or listed[0].rstrip("?")
    for each in listed:
        plain = each.rstrip("?")
        if not plain:
            continue
        tail = "." if plain.endswith(".") and plain[:-1].replace(" ", "").isalpha() else ""
        tail = "'s" if plain.endswith("'s") else tail
        entry = Entry(kind, name, country, plain == each, tail, "," in plain)
        words = words_of(plain)
        table.setdefault(words, entry)
        if words[0] in ("the", "The") and len(words) > 2:
            table.setdefault(words[1:], entry)

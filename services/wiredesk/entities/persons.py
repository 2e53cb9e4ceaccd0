"""Persons: names completed by particles, endings and first names ("von der Leyen", "Jr."), or found by a given name."""

from __future__ import annotations

import re

from wiredesk.entities.heads import given_names, is_organisation_word, kind_by_words
from wiredesk.entities.lexicon import entry_of
from wiredesk.entities.names import Cover, Name, Reading, in_order
from wiredesk.entities.tables import columns, folded
from wiredesk.entities.tokens import begins_sentence, form, is_joined, words_of

PARTICLES = frozenset(columns("name_words.txt", "particle"))
ENDINGS = frozenset(columns("name_words.txt", "ending"))
_ENDING = re.compile(r",? (?:Jr\.?|Sr\.?|III|II|IV)(?![^\W_])")
_PARTICLES_AFTER = re.compile(
    r" (?:(?:von|van|der|den|de|del|della|di|da|do|das|dos|bin|ibn|al|el|du|ter|ten)[ -]){1,3}"
    r"[A-Z\u00c0-\u00de][\w\u2019'-]*\w"
)
_TITLES = [title for kind in ("address", "rank", "office") for title in columns("titles.txt", kind)]
_NO_FIRST_NAMES = frozenset(
    [form(word).rstrip(".") for title in _TITLES for word in (title.split()[-1], title.split()[-1].title())]
    + [plural.title() for title in _TITLES for plural in (f"{title}s", f"{title[:-1]}ies")]
    + [word.title() for kind in ("small", "opener") for word in columns("name_words.txt", kind)]
)
_SENTENCE_OPENER = re.compile(r"(?:ing|ed|ly|wise|while)$")
_NAME_FOLLOWS = re.compile(r", |'s\b|\u2019s\b| (?:said|says|told|added|was|is|has|had|who)\b")
_AMBIGUOUS_GIVEN = frozenset(columns("name_words.txt", "also_given"))


def complete(reading: Reading, names: list[Name]) -> list[Name]:
    """``names`` with the persons' particles and endings, halves joined, and persons known by their given name added."""
    cover = Cover(names)
    for name in names:
        if name.type == "PER":
            _extend(reading, name)
            _extend_given(reading, name, cover)
    names = _join(reading, in_order(names))
    return in_order([*names, *_by_given_name(reading, names)])


def _extend(reading: Reading, name: Name) -> None:
    i = reading.token_at(name.start)
    start = name.start
    while (
        i > 0 and reading.tokens[i - 1].word in PARTICLES and is_joined(reading.seen, reading.tokens[i - 1].end, start)
    ):
        if reading.tokens[i - 1].word in ("la", "le", "de", "du") and not reading.is_capital(i - 2):
            break
        i -= 1
        start = reading.tokens[i].start
    if (
        i > 0
        and reading.tokens[i - 1].word in ("Al", "El", "Bin", "Van", "Von", "De", "Abu", "Mac")
        and is_joined(reading.seen, reading.tokens[i - 1].end, start)
    ):
        start = reading.tokens[i - 1].start
    after = _PARTICLES_AFTER.match(reading.seen, name.end) if len(name.words) == 1 else None
    if after is not None:  # "Ursula" of "Ursula von der Leyen"
        name.end = after.end()
    ending = _ENDING.match(reading.seen, name.end)
    end = name.end if ending is None else ending.end()
    if (start, end) != (name.start, name.end) or after is not None:
        name.start, name.end, name.words = start, end, words_of(reading.seen[start:end])


def _extend_given(reading: Reading, name: Name, cover: Cover) -> None:
    """Takes in the first name that the model left out before a surname: "Getachew" of "Getachew Reda"."""
    i = reading.token_at(name.start)
    if len(name.words) != 1 or not reading.begins_token(name.start) or reading.gap_before(i) != " ":
        return
    token = reading.tokens[i - 1]
    known = token.word in given_names()
    word = token.word.casefold()
    if (
        not token.word[0].isupper()
        or len(word) < 3
        or token.word.isupper()
        or not cover.free(token.start, token.end)
        or word in reading.lower
        or word in folded("not_names.txt")
        or word in folded("office_words.txt")
        or token.word in _NO_FIRST_NAMES
        or is_organisation_word(token.word)
        or entry_of(token.word) is not None
        or (i > 1 and reading.is_capital(i - 2) and reading.gap_before(i - 1) == " ")
    ):
        return
    starts = begins_sentence(reading.seen, reading.tokens[i - 2].end if i > 1 else 0, token.start)
    if starts and not known and (_SENTENCE_OPENER.search(word) or not _NAME_FOLLOWS.match(reading.seen, name.end)):
        return
    name.start, name.words = token.start, words_of(reading.seen[token.start : name.end])


def _join(reading: Reading, names: list[Name]) -> list[Name]:
    """A person and a name with only particles between them are one, whatever the model calls the second."""
    joined: list[Name] = []
    for name in names:
        last = joined[-1] if joined else None
        if last is not None and last.type == "PER" and len(last.words) == 1 and _only_particles(reading, last, name):
            joined[-1] = reading.name(last.start, name.end, "PER", *last.signals, *name.signals)
        else:
            joined.append(name)
    return joined


def _only_particles(reading: Reading, left: Name, right: Name) -> bool:
    if reading.seen[left.end : left.end + 1] != " ":
        return False
    between = reading.seen[left.end : right.start].replace("-", " ").split()
    if not between:
        return right.type == "PER" and right.words[0] in PARTICLES
    return len(between) <= 3 and "\n" not in reading.seen[left.end : right.start] and PARTICLES.issuperset(between)


def _by_given_name(reading: Reading, names: list[Name]) -> list[Name]:
    """A known given name and a capitalised word that no other name has taken: the model missed it."""
    cover, known, common = Cover(names), given_names(), folded("not_names.txt")
    found = []
    for i, token in enumerate(reading.tokens[:-1]):
        after = reading.tokens[i + 1]
        word = after.word
        if (
            token.word in known
            and token.word not in _AMBIGUOUS_GIVEN
            and reading.seen[token.end : after.start] == " "
            and word[0].isupper()
            and len(word) > 2
            and not word.isupper()
            and word.casefold() not in common
            and word.casefold() not in reading.lower
            and not is_organisation_word(word)
            and kind_by_words((token.word, word)) is None
            and not reading.is_capital_joined(i + 1)
            and cover.free(token.start, after.end)
        ):
            found.append(reading.name(token.start, after.end, "PER", "pattern"))
    return found

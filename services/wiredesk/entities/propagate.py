"""Propagation: a name found at one place is found at its other places too, and the surnames of full names with it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from wiredesk.entities.names import Cover, Name, Reading, in_order
from wiredesk.entities.persons import PARTICLES
from wiredesk.entities.tables import columns, folded
from wiredesk.entities.tokens import begins_sentence
from wiredesk.entities.vote import surname

_OPENERS = frozenset(columns("name_words.txt", "opener"))
_SPREAD = frozenset(("PER", "ORG", "LOC", "NORP", "PRODUCT"))


def propagate(reading: Reading, names: Sequence[Name]) -> list[Name]:
    """``names`` with their untagged places added, in order."""
    known = _known(reading, names)
    lengths: dict[str, list[int]] = defaultdict(list)  # of the names that begin with a word, the longest first
    for words in sorted(known, key=len, reverse=True):
        if len(words) not in lengths[words[0]]:
            lengths[words[0]].append(len(words))
    cover, added, i = Cover(names), [], 0
    while i < len(reading.tokens):
        found = _at(reading, i, known, lengths)
        if found is None:
            i += 1
            continue
        start, end = reading.tokens[i].start, reading.tokens[i + len(found) - 1].end
        pattern = known[found]
        if cover.free(start, end) and _stands_alone(reading, i, len(found), pattern.type, cover):
            added.append(reading.name(start, end, pattern.type, "propagated", entry=pattern.entry))
        i += len(found)
    return in_order([*names, *added])


def _known(reading: Reading, names: Sequence[Name]) -> dict[tuple[str, ...], Name]:
    counts = Counter(name.words for name in names)
    known: dict[tuple[str, ...], Name] = {}
    for name in names:
        if name.type not in _SPREAD or not name.words:
            continue
        if len(name.words) > 1 or _may_spread(reading, name.words[0], counts[name.words], name):
            known.setdefault(name.words, name)
        if name.type == "PER" and len(name.words) > 1:
            for word in (surname(name.words), name.words[0]):
                if len(word) > 2 and _may_spread(reading, word, 2, name) and word not in PARTICLES:
                    known.setdefault((word,), reading.name(name.start, name.end, "PER"))
    return known


def _may_spread(reading: Reading, word: str, count: int, name: Name) -> bool:
    return (
        word[0].isupper()
        and len(word) > 1
        and (count > 1 or name.entry is not None or "pattern" in name.signals or word.isupper() or name.titled)
        and word.casefold() not in reading.lower
        and word.casefold() not in folded("not_names.txt")
    )


def _at(
    reading: Reading, i: int, known: Mapping[tuple[str, ...], Name], lengths: Mapping[str, list[int]]
) -> tuple[str, ...] | None:
    """The longest known name that begins with token ``i``."""
    for length in lengths.get(reading.tokens[i].word, ()):
        words = tuple(token.word for token in reading.tokens[i : i + length])
        if len(words) == length and words in known and all(reading.is_next(k) for k in range(i + 1, i + length)):
            return words
    return None


def _stands_alone(reading: Reading, i: int, length: int, kind: str, cover: Cover) -> bool:
    """Whether no untagged neighbour makes it a piece of another name ("Rosalynn Carter", "Carter Center")."""
    after, before = i + length, i - 1
    if length == 1 and kind == "PER" and reading.is_capital(after) and reading.gap_before(after) == " ":
        token = reading.tokens[after]
        if cover.free(token.start, token.end) and token.word.casefold() not in reading.lower:
            return False
    if kind != "PER" or not reading.is_capital(before) or reading.gap_before(i) != " ":
        return True
    token = reading.tokens[before]
    starts = begins_sentence(reading.seen, reading.tokens[before - 1].end if before else 0, token.start)
    return (
        (starts and token.word in _OPENERS)
        or len(token.word) <= 3
        or token.word.casefold() in reading.lower
        or token.word.casefold() in folded("not_names.txt")
    )

"""Keeping: which names are left in the end. Common words, lone titles and the model's weakest finds go."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from wiredesk.entities.boundaries import is_common
from wiredesk.entities.heads import kind_by_words
from wiredesk.entities.names import Name, Reading
from wiredesk.entities.vote import surname

_LOOSE = frozenset(("EVENT", "LAW", "WORK"))


def kept(reading: Reading, names: Sequence[Name]) -> list[Name]:
    """The names that something speaks for."""
    counts = Counter(name.words for name in names)
    people = {surname(name.words) for name in names if name.type == "PER" and len(name.words) > 1}
    return [name for name in names if _is_surname(name, people) or _is_kept(reading, name, counts[name.words])]


def _is_surname(name: Name, people: set[str]) -> bool:
    """Whether the model found the surname of somebody whom the article names in full: then "May" is no month."""
    return name.type == "PER" and len(name.words) == 1 and name.words[0] in people and "model" in name.signals


def _is_amount(word: str) -> bool:
    """Whether a word is a sum or a size: "GBP604"."""
    return sum(map(str.isdigit, word)) > 1


def _is_kept(reading: Reading, name: Name, count: int) -> bool:
    if not name.words or not name.type:
        return False
    if "pattern" in name.signals:
        return True
    word = name.words[0]
    single = len(name.words) == 1
    if name.entry is not None and name.entry.sure:
        return True
    if not single and all(len(word) <= 2 and word.isupper() for word in name.words):
        return False  # "W L", the head of a table
    if is_common(reading.seen[name.start : name.end]):
        return False
    if name.type in _LOOSE:
        return not single and sum(word[0].isupper() for word in name.words) >= 2
    if name.type == "PRODUCT":
        return name.entry is not None or any(map(str.isdigit, name.key)) or count > 1
    if (name.type == "PER" and any(map(str.isdigit, name.key))) or (single and name.entry is None and _is_amount(word)):
        return False
    if single and name.entry is None and not name.titled:
        if len(word) < 2 or word.isdigit():
            return False
        if not word.isupper() and word.casefold() in reading.lower:
            return False  # "Coalition" where the article also writes "coalition"
    return kind_by_words(name.words) is not None or any(part[0].isupper() for part in name.words)

"""Cues: the word right before or after a name that says of what kind it is ("Zorbex shares", "retailer Zorbex")."""

from __future__ import annotations

import re
from functools import cache

from wiredesk.entities.names import Name, Reading
from wiredesk.entities.tables import columns

_AGE = re.compile(r", (?:1[4-9]|[2-9]\d)(?=,)")
_KINDS = ("PER", "ORG", "LOC")


def cues(reading: Reading, name: Name) -> list[str]:
    """The types that the words around ``name`` speak for, each as often as it has a cue."""
    if not reading.begins_token(name.start):
        return []
    found = []
    i, after = reading.token_at(name.start), reading.token_at(name.end)
    gap = reading.gap_before(after)
    before = reading.tokens[i - 1].word if reading.gap_before(i) == " " else ""
    following = reading.tokens[after].word if gap in (" ", ", ", "'s ", "\u2019s ") else ""
    for kind in _KINDS:
        found += [kind] * (before in _words(f"{kind} before"))
        if (
            following in _words(f"{kind} after")
            and (kind == "PER" or gap != ", ")
            and not _is_other(kind, name, before)
        ):
            found.append(kind)
    if reading.seen.startswith("-based", name.end):
        found += ["LOC", "LOC"]
    if _AGE.match(reading.seen, name.end):
        found.append("PER")
    return found


def _is_other(kind: str, name: Name, before: str) -> bool:
    """Whether "who" is said of a people, or of the members before: "New Yorkers who ...", "members of Zorbex, who"."""
    return kind == "PER" and (name.words[-1].endswith("s") or before == "of")


@cache
def _words(which: str) -> frozenset[str]:
    return frozenset(columns("cues.txt", which))

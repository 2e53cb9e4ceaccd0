"""Lines of names: what bylines and credits have in common, and what tells them from a sentence.

A line of names has capitals, offices ("staff writer") and the small words that join them; a sentence has a verb.
"""

from __future__ import annotations

import re
from functools import cache

from wiredesk.intake.wordlists import sections, word_set

_JOINING = word_set(
    """
    and by of the for in with from at to & | / - – — · • de del della der den di da do dos du la le van von bin ibn
    al el y e additional further reporting writing editing edited compiled translation translated graphics research
    """
)
_PARTICLE = re.compile(r"(?:al|el|d|l|van|de)['’-]|dpa\b|epd\b")
_MARKS = ",.;:()[]|/“”\"'’"


def names_only(line: str) -> bool:
    """Whether ``line`` has nothing but names, offices and what joins them, and at least one name."""
    names = 0
    for token in line.split():
        word = token.strip(_MARKS)
        if not word or word in _JOINING or "@" in word or word.casefold() in office_words():
            continue
        if not (word[0].isupper() or word[0].isdigit() or _PARTICLE.match(word)):
            return False
        names += 1
    return names > 0


@cache
def offices() -> frozenset[str]:
    """What writers are called ("staff writer", "correspondent"), in lower case."""
    return frozenset(sections("credits.txt")["titles"])


@cache
def office_words() -> frozenset[str]:
    """The single words of :func:`offices`."""
    return frozenset(word for office in offices() for word in office.split())

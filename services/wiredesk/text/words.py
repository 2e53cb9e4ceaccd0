"""Words: what is compared when texts are compared, free of case, marks and the shape of apostrophes."""

from __future__ import annotations

import re

WORD = re.compile(r"[^\W_]+(?:['\u2019.-][^\W_]+)*")
"""A word: letters and digits, inner apostrophes, hyphens and points ("Assad's", "U.S", "1,000" is two)."""


def normal(word: str) -> str:
    """``word`` as it is compared: case folded, the apostrophe straight."""
    return word.casefold().replace("\u2019", "'")


def words(text: str) -> list[tuple[int, int, str]]:
    """The (start, end, normal form) of every word of ``text``, in code points."""
    return [(found.start(), found.end(), normal(found[0])) for found in WORD.finditer(text)]

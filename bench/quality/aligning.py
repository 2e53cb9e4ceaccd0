"""Aligning: where a span of the document stands in the labelled text. They differ in white space and little else."""

from __future__ import annotations

import re
from collections.abc import Callable
from difflib import SequenceMatcher

from bench.quality.words import Extent

_LONGEST_CHANGE = 60
"""Words; a longer stretch that differs is not aligned letter by letter."""


def aligner(labelled: str, document: str) -> Callable[[Extent], Extent | None]:
    """A function from spans of ``document`` to spans of ``labelled``; None for what is not in it."""
    here = [found.span() for found in re.finditer(r"\S+", labelled)]
    there = [found.span() for found in re.finditer(r"\S+", document)]
    places: dict[int, int] = {}
    words = SequenceMatcher(None, [labelled[a:b] for a, b in here], [document[a:b] for a, b in there], autojunk=False)
    for kind, low, high, from_, to in words.get_opcodes():
        if kind == "equal":
            for (start, end), (at, _) in zip(here[low:high], there[from_:to], strict=True):
                places.update({at + n: start + n for n in range(end - start)})
        elif kind == "replace" and max(high - low, to - from_) < _LONGEST_CHANGE:
            start, at = here[low][0], there[from_][0]
            letters = SequenceMatcher(
                None, labelled[start : here[high - 1][1]], document[at : there[to - 1][1]], autojunk=False
            )
            for match in letters.get_matching_blocks():
                places.update({at + match.b + n: start + match.a + n for n in range(match.size)})

    def place(span: Extent) -> Extent | None:
        found = [places[at] for at in range(*span) if at in places]
        return (min(found), max(found) + 1) if found else None

    return place

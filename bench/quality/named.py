"""Named spans: what is compared of people, organisations and places, by the definitions of the data's own scorer."""

from __future__ import annotations

import re

from bench.quality.words import Extent

TYPE = {"PER": "PER", "PERSON": "PER", "ORG": "ORG", "LOC": "LOC", "GPE": "LOC", "FAC": "LOC"}
TYPE |= {"Person": "PER", "Organisation": "ORG", "Location": "LOC"}
"""The types that are compared, by the names that label sets and models give them."""

_ARTICLE = re.compile(r"(?i)(the|a|an)\s+")
_POSSESSIVE = re.compile(r"\s*(['\u2019]s|['\u2019])$")


def trim(text: str, start: int, end: int) -> Extent:
    """The span without an article before and a possessive ending after it."""
    article = _ARTICLE.match(text[start:end])
    if article is not None and article.end() < end - start:
        start += article.end()
    possessive = _POSSESSIVE.search(text[start:end])
    return start, start + possessive.start() if possessive is not None and possessive.start() else end

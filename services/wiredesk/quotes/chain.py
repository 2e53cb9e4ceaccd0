"""The chain: the outlets and media that words came through, the outermost first.

"The AP says: 'Konashenkov issued a statement noting that ...'" came from Konashenkov by way of a statement and the AP.
"""

from __future__ import annotations

import re

from msgspec import Struct

from wiredesk.contracts.article import Entity, Provenance, Via
from wiredesk.contracts.spans import span_of
from wiredesk.quotes.found import Extent, Found
from wiredesk.quotes.lexicon import bare, outlet_words, outlets, platforms, speech_nouns

_OF_TWO = frozenset({"conference", "release", "call", "post", "order"})
"""Media that only their first noun tells: "a news conference", "a press release"."""
_FIRST_OF_TWO = frozenset({"news", "press", "media", "phone", "conference", "video", "blog", "court", "executive"})
_MEDIUM_AFTER = frozenset({"in", "on", "during", "at", "via", "through", "from"})
_OUTLET_AFTER = frozenset({"", "to", "with", "by", "on", "at"})
_NEAR = 8
"""Quotations that pass on or hold one another stand this near in the order of the text; keeps the search linear."""
_WORD = re.compile(r"[^\W_]+(?:['\u2019-][^\W_]+)*")


class Outlet(Struct, frozen=True):
    """An outlet as the article names it."""

    name: str
    entity_id: str | None


class Outlets:
    """What counts as an outlet in one article: the list, its provenance, and organisations named like papers."""

    def __init__(self, text: str, entities: list[Entity], provenance: list[Provenance]) -> None:
        self._text = text
        self._names = {
            bare(item.name): item.name for item in provenance if item.role in ("cited", "origin", "contributor")
        }
        self._names |= {
            bare(item.evidence.exact): item.name
            for item in provenance
            if item.evidence is not None and item.role == "cited" and len(item.evidence.exact) < 40
        }
        self._at = {(m.start, m.end): entity for entity in entities if entity.type == "ORG" for m in entity.mentions}
        self._by_name = {bare(alias): e for e in entities if e.type == "ORG" for alias in (e.name, *e.aliases)}

    @property
    def names(self) -> frozenset[str]:
        """The names that provenance gives, lower case."""
        return frozenset(self._names)

    def at(self, extent: Extent) -> Outlet | None:
        """The outlet that the words ``extent`` name; None when they name something else."""
        words = self._text[slice(*extent)]
        key = bare(words)
        entity = self._by_name.get(key)
        name = outlets().get(key) or self._names.get(key)
        if name is None and entity is not None and words.split()[-1] in outlet_words():
            name = entity.name
        named = words.removeprefix("the ")
        if name is None and " " in named and named.split()[-1] in outlet_words() and named[0].isupper():
            name = named
        return None if name is None else Outlet(entity.name if entity else name, entity.id if entity else None)


def own_steps(found: Found, text: str, known: Outlets) -> list[Via]:
    """The outlets and media that the attribution of ``found`` itself names, outlets first."""
    steps: list[Via] = []
    media: list[Via] = []
    for beside in found.beside:
        words = text[slice(*beside.extent)]
        outlet = known.at(beside.extent) if beside.preposition in _OUTLET_AFTER else None
        if outlet is not None:
            steps.append(Via(name=outlet.name, entity_id=outlet.entity_id, evidence=span_of(text, *beside.extent)))
        elif beside.preposition in _MEDIUM_AFTER and (name := medium_name(words, beside.noun)) is not None:
            media.append(Via(name=name, entity_id=None, evidence=span_of(text, *beside.extent), kind="medium"))
    if found.source is not None and speech_nouns().get(found.source.noun) == "medium":
        words = text[slice(*found.source.extent)]
        name = medium_name(words, found.source.noun) or found.source.noun
        media.append(Via(name=name, entity_id=None, evidence=span_of(text, *found.source.extent), kind="medium"))
    return steps + media


def medium_name(words: str, noun: str) -> str | None:
    """What a medium is called: "statement" for "a written statement", "news conference", "Twitter"; None for others."""
    platform = next((name for name in platforms() if re.search(rf"\b{re.escape(name)}\b", words)), None)
    if platform is not None:
        return platform
    if speech_nouns().get(noun) != "medium":
        return None
    parts = _WORD.findall(words)
    at = next((n for n, part in enumerate(parts) if part.lower() == noun), 0)
    named = noun in _OF_TWO and at > 0 and parts[at - 1].lower() in _FIRST_OF_TWO
    return f"{parts[at - 1].lower()} {noun}" if named else noun


def link(every: list[Found], text: str, known: Outlets) -> list[Found]:
    """Puts each quotation under the one that reports it, and makes "according to the AP" a step of what it passes on.

    ``parent`` is set where a quotation, its cue included, stands in the content of another. Returns those that remain.
    """
    kept = []
    every = sorted(every, key=lambda f: (f.start, -f.end))
    for nth, found in enumerate(every):
        if found.rule == "according" and found.source is not None and known.at(found.source.extent) is not None:
            near = every[max(0, nth - _NEAR) : nth + _NEAR]
            others = [f for f in near if f is not found and _same_words(found, f)]
            if others:
                for other in others:
                    other.via.append(found.source.extent)
                continue
        kept.append(found)
    stack: list[Found] = []
    for found in kept:
        while stack and stack[-1].end <= found.start:
            stack.pop()
        if found.parent is None:
            found.parent = next((f for f in reversed(stack[-_NEAR:]) if _reports(f, found)), None)
        stack.append(found)
    return kept


def _same_words(passing: Found, other: Found) -> bool:
    """Whether ``other``, which has a cue of its own, is what ``passing`` passes on."""
    if other.cue is None or other.rule == "according" or passing.cue is None:
        return False
    inside = any(a <= other.start and other.end <= b for a, b in passing.spans)
    same = any(a <= passing.start < b for a, b in other.spans)
    return inside or same


def _reports(outer: Found, inner: Found) -> bool:
    if inner.cue is None or inner.source is None or outer is inner:
        return False
    at = inner.cue[0]
    whole = any(a <= at < b for a, b in outer.spans)
    return whole and outer.start <= inner.start and inner.end <= outer.end


def chain_of(found: Found, text: str, known: Outlets, depth: int = 0) -> list[Via]:
    """The steps between the speaker of ``found`` and the reader, those of the quotation around it first."""
    steps: list[Via] = []
    if found.parent is not None and depth < 4:
        outer = found.parent
        steps += chain_of(outer, text, known, depth + 1)
        outlet = known.at(outer.source.extent) if outer.source is not None else None
        if outlet is not None and outer.source is not None:
            evidence = span_of(text, *outer.source.extent)
            steps.append(Via(name=outlet.name, entity_id=outlet.entity_id, evidence=evidence))
    for extent in found.via:
        outlet = known.at(extent)
        if outlet is not None:
            steps.append(Via(name=outlet.name, entity_id=outlet.entity_id, evidence=span_of(text, *extent)))
    return steps + own_steps(found, text, known)

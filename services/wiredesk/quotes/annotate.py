"""From an article and the parses of its blocks to its quotations, as the contract has them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import NamedTuple

from wiredesk.contracts.article import EntitiesArticle, Entity, Mention, Quote, Speaker
from wiredesk.contracts.spans import span_of
from wiredesk.quotes.antecedents import Who
from wiredesk.quotes.blocks import Piece
from wiredesk.quotes.chain import Outlets, chain_of, link
from wiredesk.quotes.flow import find
from wiredesk.quotes.found import Extent, Found
from wiredesk.quotes.parse import Parse
from wiredesk.quotes.resolve import Resolver

_WORD = re.compile(r"[^\W_]+(?:['\u2019.-][^\W_]+)*")


_TRAILING = ' \t\u00a0,;:"\u201c\u201d\u201e\u00ab\u00bb\u2018`'
_LEADING = ' \t\u00a0,;:"\u201c\u201d\u201e\u00ab\u00bb'


MAX_QUOTES = 1000
"""Quotations of one article; a long one has a tenth of that."""
_MAX_CONTENT = 400_000
"""Characters in all contents together, so that nested contents cannot make a message that no broker takes."""


class Annotated(NamedTuple):
    """The quotations, and the pronouns that were resolved on the way: (entity id, mention)."""

    quotes: list[Quote]
    pronouns: list[tuple[str, Mention]]


def annotate(article: EntitiesArticle, pieces: list[Piece], parses: dict[str, Parse]) -> Annotated:
    """The quotations of ``article``; ``parses`` has the parse of every reduced text of ``pieces``."""
    text = article.text
    names = Resolver(text, article.entities)
    every, blocks = find(pieces, parses, names.names_somebody)
    known = Outlets(text, article.entities, article.provenance)
    kept = link(_bounded(every), text, known)
    subjects = frozenset(at for block in blocks for at in block.subjects)
    marked = [
        (p.start + b.start, p.end + b.start) for b in blocks for n, p in enumerate(b.passages) if n not in b.terms
    ]
    groups = [group for block in blocks for group in block.groups]
    issued = [issue for block in blocks for issue in block.issued]
    resolver = Resolver(text, article.entities, subjects, groups, marked, issued)
    who: dict[int, Who] = {}
    for found in sorted(kept, key=lambda f: f.at):
        who[id(found)] = resolver.resolve(found)
    ids = {id(found): f"q{n}" for n, found in enumerate(sorted(kept, key=lambda f: (f.start, -f.end)), start=1)}
    content = _Content(text, marked, article.entities)
    quotes = []
    for found in sorted(kept, key=lambda f: (f.start, -f.end)):
        speaker = None
        if found.source is not None:
            found_who = who[id(found)]
            speaker = Speaker(
                entity_id=found_who.entity.id if found_who.entity else None,
                name=found_who.name,
                mention=span_of(text, *found.source.extent),
                resolved_by=found_who.by,
            )
        spans = [span_of(text, *_tidy(text, *span)) for span in found.spans]
        kind = content.kind(found)
        quotes.append(
            Quote(
                id=ids[id(found)],
                kind=kind,
                form="passage" if kind == "direct" and found.form == "clause" else found.form,
                spans=spans,
                text=" ".join(span.exact for span in spans),
                cue=span_of(text, *found.cue) if found.cue else None,
                speaker=speaker,
                via=chain_of(found, text, known),
                parent_id=ids.get(id(found.parent)) if found.parent else None,
                about=content.about(found),
                asserted=found.asserted,
                part=found.part,
                confidence=max(0.0, min(1.0, found.confidence)),
            )
        )
    return Annotated(quotes, [(entity.id, mention) for entity, mention in resolver.pronouns])


def _bounded(every: list[Found]) -> list[Found]:
    """The first of ``every``, in order of the text, within the two limits; a quotation goes with the one around it."""
    kept: list[Found] = []
    there: set[int] = set()
    total = 0
    for found in sorted(every, key=lambda f: (f.start, -f.end)):
        total += sum(end - start for start, end in found.spans)
        if len(kept) >= MAX_QUOTES or total > _MAX_CONTENT:
            break
        if found.parent is None or id(found.parent) in there:
            kept.append(found)
            there.add(id(found))
    return kept


def _tidy(text: str, start: int, end: int) -> Extent:
    """The span without the commas, spaces and marks that end it, which are the sentence's and not the speaker's."""
    stop = end
    while stop > start and text[stop - 1] in _TRAILING:
        stop -= 1
    while start < stop and text[start] in _LEADING:
        start += 1
    return (start, stop) if start < stop else (start, end)


class _Content:
    """What stands in the content of a quotation: words in marks or not, and entities."""

    def __init__(self, text: str, marked: list[Extent], entities: list[Entity]) -> None:
        self._text = text
        self._marked = sorted(marked)
        self._starts = [start for start, _ in self._marked]
        self._mentions = sorted((m.start, m.end, e.id) for e in entities for m in e.mentions if m.kind == "named")
        self._mention_starts = [start for start, _, _ in self._mentions]

    def kind(self, found: Found) -> str:
        """Direct: all words in marks; mixed: some; indirect: none. A transcript's turn, a post and a block set
        apart are direct without marks."""
        if found.rule in ("transcript", "posted", "set apart"):
            return "direct"
        inside = outside = 0
        for start, end in found.spans:
            for word in _WORD.finditer(self._text, start, end):
                nth = bisect_right(self._starts, word.start()) - 1
                if nth >= 0 and word.start() < self._marked[nth][1]:
                    inside += 1
                else:
                    outside += 1
        if found.parent is not None and found.parent.form == "passage" and found.quoted is False:
            return "indirect"
        return "indirect" if not inside else "mixed" if outside else "direct"

    def about(self, found: Found) -> list[str]:
        ids: dict[str, None] = {}
        for start, end in found.spans:
            low, high = bisect_left(self._mention_starts, start), bisect_left(self._mention_starts, end)
            for _, stop, entity in self._mentions[low:high]:
                if stop <= end:
                    ids[entity] = None
        return list(ids)

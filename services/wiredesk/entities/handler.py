"""The handler of ``entities``: articles.clustered.v1 in, the same documents with the block ``entities`` out."""

from __future__ import annotations

from collections.abc import Mapping

from wiredesk.contracts.article import ClusteredArticle, Entity
from wiredesk.contracts.document import Document
from wiredesk.contracts.record import Out, Record, Worked
from wiredesk.contracts.topics import ENTITIES
from wiredesk.entities.find import find_entities
from wiredesk.entities.gazetteer import gazetteer
from wiredesk.entities.model import Model, memo_key, pack, unpack
from wiredesk.entities.passages import Passage, passages
from wiredesk.entities.tables import DATA
from wiredesk.entities.titles import PACKAGE, package_version
from wiredesk.entities.wikipedia import wikipedia
from wiredesk.text.english import model_version


class Entities:
    """Finds who and what an article names. Made without cost: the process that works loads the model and the tables."""

    def __init__(self) -> None:
        self._model = Model()

    def warm(self) -> None:
        """Loads the model and the tables, which otherwise the first article waits for."""
        self._model.load()
        gazetteer()
        wikipedia()

    def wanted(self, record: Record) -> list[bytes]:
        """The memo's keys of the passages to analyse, each once, in order."""
        article = Document(record.value, "entities").view(ClusteredArticle)
        return list(dict.fromkeys(memo_key(passage.given) for passage in _read(article)))

    def work(self, record: Record, known: Mapping[bytes, bytes]) -> Worked:
        """The document with its entities; only passages that are not ``known`` go through the model, in one batch."""
        document = Document(record.value, "entities")
        article = document.view(ClusteredArticle)
        read = _read(article)
        keys = [memo_key(passage.given) for passage in read]
        new = {key: passage.given for key, passage in zip(keys, read, strict=True) if key not in known}
        learned = dict(zip(new, map(pack, self._model.analyse(list(new.values()))), strict=True))
        found = [unpack(known[key] if key in known else learned[key]) for key in keys]
        titles = wikipedia() if read else None
        entities = find_entities(article.article_id, article.text, article.parts, read, found, titles)
        return Worked([_out(document, article, entities)], learned)

    def without(self, record: Record, error: BaseException) -> list[Out]:
        """The document with an empty block and the error noted."""
        document = Document(record.value, "entities")
        document.failed(error)
        return [_out(document, document.view(ClusteredArticle), [])]


def _data() -> str:
    """The word lists, and the titles where they are used, as documents report them."""
    release = package_version()
    return DATA if release is None else f"{DATA}, {PACKAGE} {release}"


def _read(article: ClusteredArticle) -> list[Passage]:
    """What is read for names: nothing in a withdrawal, nor where the language is known and not English.

    Tables and scoreboards have too little language to be known ("und").
    """
    english = article.language is None or article.language.casefold().startswith(("en", "und"))
    return passages(article.text, article.parts) if english and article.status != "withdrawn" else []


def _out(document: Document, article: ClusteredArticle, entities: list[Entity]) -> Out:
    document.put("entities", entities)
    key = article.story.story_id if article.story is not None else article.article_id
    return Out(ENTITIES, key=key, value=document.encode(model=model_version(), data=_data()), facts=document.facts())

"""Ids: the same input gives the same id, on every machine and in every replay.

UUIDv5 (RFC 9562) over the parts, length-prefixed so that no two lists of parts can be mistaken for each other.
"""

from __future__ import annotations

from uuid import UUID, uuid5

_NAMESPACE = UUID("6f1d3a52-9a0b-5e55-8a3e-2f3f6f1c7a10")


def stable_id(kind: str, *parts: str) -> str:
    """The id of the thing of ``kind`` that ``parts`` identify, as a UUID string."""
    return str(uuid5(_NAMESPACE, "".join(f"{len(part)}:{part}" for part in (kind, *parts))))


def article_id(source: str, own_id: str | None, url: str | None, content: str) -> str:
    """The id of an article: within its source (domain, else name), by its own id, else canonical URL, else content.

    Never across sources: nobody can overwrite another's article by naming its URL.
    """
    if own_id:
        return stable_id("article", source, "id", own_id)
    if url:
        return stable_id("article", source, "url", url)
    return stable_id("article", source, "content", content)


def story_id(first_article: str, first_version: int) -> str:
    """The id of the story that this version of this article opened."""
    return stable_id("story", first_article, str(first_version))


def split_story_id(edit: str) -> str:
    """The id of the story that an editor's decision to split made."""
    return stable_id("story", "edit", edit)


def utterance_id(first_article: str, first_version: int, quote: str) -> str:
    """The id of the utterance that was seen first as quotation ``quote`` of this version of this article."""
    return stable_id("utterance", first_article, str(first_version), quote)


def local_entity_id(kind: str, name: str) -> str:
    """The id of an entity that no register knows: a hash of its type and its canonical name."""
    return "local:" + stable_id("entity", kind, name.casefold())


def document_entity_id(article: str, kind: str, name: str) -> str:
    """The id of an entity known by too little to be told from its namesakes: it holds within one article only."""
    return "local:" + stable_id("entity", article, kind, name.casefold())

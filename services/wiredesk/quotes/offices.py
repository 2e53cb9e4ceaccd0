"""Offices: which people and bodies of an article a noun such as "the minister" or "the agency" may stand for."""

from __future__ import annotations

import re

from wiredesk.contracts.article import Entity
from wiredesk.quotes.lexicon import roles

_WORD = re.compile(r"[^\W_]+(?:['\u2019.-][^\W_]+)*")


def described(text: str, entities: list[Entity]) -> dict[str, list[Entity]]:
    """Nouns of office to the entities that they describe: by role, by the words before a name and behind it."""
    found: dict[str, list[Entity]] = {}

    def note(word: str, entity: Entity) -> None:
        bearers = found.setdefault(word, [])
        if entity not in bearers:
            bearers.append(entity)

    for entity in entities:
        if entity.type == "PER":
            words = {w for role in entity.roles for w in _WORD.findall(role.title.lower())}
            for mention in (m for m in entity.mentions[:20] if m.kind == "named"):
                segments = re.split(r"[,.;:!?\"\u201c]", text[max(0, mention.start - 50) : mention.start])
                before = segments[-1]
                if not before.strip() and len(segments) > 1:  # "the senator, Jane Roe"
                    before = segments[-2].rpartition(" ")[2]
                after = re.match(
                    r",\s+(?:an? |the )?([^,.;:!?\"\u201c]{3,60})[,.]", text[mention.end : mention.end + 80]
                )
                words |= set(_WORD.findall(before.lower())[-4:])
                words |= set(_WORD.findall(after[1].lower())) if after else set()
            for word in words & roles():
                note(word, entity)
        elif entity.type == "ORG":
            for word in set(_WORD.findall(entity.name.lower())) & roles():
                note(word, entity)
    return found

"""The gender of a person as the article shows it: by a title, a noun of kinship or office, or a telling first name.

For pronouns only: it rules out antecedents, is not written anywhere, and stays open where the signs disagree.
"""

from __future__ import annotations

import re

from wiredesk.contracts.article import Entity
from wiredesk.quotes.lexicon import first_names, titles

_WORD = re.compile(r"[^\W\d_]+\.?")
_PRONOUNS = {"he": "m", "him": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "hers": "f", "herself": "f"}


def gender_of(entity: Entity, text: str) -> str | None:
    """ "m", "f", or None when nothing tells or the signs disagree."""
    signs: set[str] = set()
    for role in entity.roles:
        signs |= {titles()[word] for word in map(str.lower, _WORD.findall(role.title)) if word in titles()}
    for mention in entity.mentions[:12]:
        if mention.kind == "pronoun":
            signs |= {_PRONOUNS[mention.exact.lower()]} if mention.exact.lower() in _PRONOUNS else set()
            continue
        near = _WORD.findall(text[max(0, mention.start - 24) : mention.start].rpartition(",")[2])[-2:]
        if near and near[-1].islower():
            near = near[-1:]  # "his wife Jane Roe", but not "her husband and Jane Roe"
        signs |= {titles()[word] for word in map(str.lower, near) if word in titles()}
        first = _WORD.findall(mention.exact)[:1]
        signs |= {titles()[word] for word in map(str.lower, first) if word in titles()}
    if len(signs) == 1:
        return signs.pop()
    for name in (entity.name, *entity.aliases):
        words = name.split()
        if len(words) > 1:
            given = next((w for w in words if w.lower().rstrip(".") not in titles() and len(w.rstrip(".")) > 1), "")
            found = first_names().get(given.lower()) or first_names().get(given.lower().partition("-")[0])
            if found:
                return found
    return None


def gender_of_pronoun(pronoun: str) -> str | None:
    return _PRONOUNS.get(pronoun.lower())

"""Descriptions: "the minister", "the company" where only one in the article can be meant; these mentions are nominal.

Only right after the article's one holder of the office, or one body of the kind, was named; never where the text also
speaks of "a minister" or "ministers", where words follow that say which ("the minister of finance"), or for two.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from wiredesk.contracts.article import Mention
from wiredesk.entities.heads import is_organisation_word, without_suffix
from wiredesk.entities.names import Cover, Reading
from wiredesk.entities.people import Cluster
from wiredesk.entities.tables import columns
from wiredesk.entities.tokens import words_of

_LIMITS = frozenset(("of", "for", "at", "in", "who", "whose", "which", "that"))
_OTHERS = frozenset(("a", "an", "another", "each", "every", "no", "any", "some", "one", "other", "former"))
_NOT_ALONE = frozenset(("press", "post", "news", "police", "force", "forces", "team", "capital"))
_COMPANY = ("company", "firm")


def described(reading: Reading, clusters: Sequence[Cluster], cover: Cover) -> dict[int, list[Mention]]:
    """The nominal mentions by the number of their cluster, in order. ``cover`` are the named ones."""
    holders: dict[str, set[int]] = defaultdict(set)
    for number, cluster in enumerate(clusters):
        for noun in _nouns(cluster):
            holders[noun].add(number)
    for noun in {token.word for i, token in enumerate(reading.tokens) if _speaks_of_others(reading, i)}:
        holders.pop(noun, None)
        holders.pop(noun.removesuffix("s"), None)
        holders.pop(noun.removesuffix("ies") + "y", None)
    found: dict[int, list[Mention]] = defaultdict(list)
    for i in range(1, len(reading.tokens)):
        token, article = reading.tokens[i], reading.tokens[i - 1]
        numbers = holders.get(token.word, ())
        if len(numbers) != 1 or article.word not in ("the", "The") or reading.gap_before(i) != " ":
            continue
        (number,) = numbers
        start, end = article.start, token.end
        if clusters[number].names[0].start < start and cover.free(start, end) and not _is_limited(reading, i):
            found[number].append(Mention(start, end, reading.text[start:end], "nominal"))
    return found


def _nouns(cluster: Cluster) -> set[str]:
    """What a person of these offices, or a body of this name, is called: "secretary", "ministry", "company"."""
    if cluster.type == "PER":
        offices = set(columns("titles.txt", "office"))
        titles = (role.title.casefold().replace("-", " ").split(" of ")[0] for role in cluster.roles)
        return {title.split()[-1] for title in titles if title} & offices
    if cluster.type != "ORG":
        return set()
    nouns: set[str] = set()
    for words in {words_of(cluster.canonical or ""), *(name.words for name in cluster.names)}:
        if len(words) < 2:
            continue
        heads = [words[-1], *(words[i - 1] for i in range(1, len(words)) if words[i] in ("of", "for"))]
        nouns |= {head.casefold() for head in heads if is_organisation_word(head)} - _NOT_ALONE
        if without_suffix(words) != words:
            nouns |= set(_COMPANY)
    return nouns


def _speaks_of_others(reading: Reading, i: int) -> bool:
    """Whether token ``i`` is a noun of others of the kind: "ministers", "a minister"."""
    word = reading.tokens[i].word
    if word.islower() and word.endswith("s") and not word.endswith("ss"):
        return True
    return i > 0 and word.islower() and reading.tokens[i - 1].word.casefold() in _OTHERS


def _is_limited(reading: Reading, i: int) -> bool:
    """Whether what follows says which one is meant, or that the noun only begins a longer one."""
    if i + 1 >= len(reading.tokens) or reading.gap_before(i + 1) not in (" ", "-"):
        return False
    following = reading.tokens[i + 1].word
    if following in _LIMITS or following in columns("titles.txt", "office"):
        return True
    return following[0].isupper() or reading.gap_before(i + 1) == "-"

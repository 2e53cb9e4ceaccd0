"""Scores: how likely an entity is what it is said to be, and how much the article is about it."""

from __future__ import annotations

from collections.abc import Mapping
from math import exp, log, log1p

from wiredesk.contracts.article import Link
from wiredesk.entities.heads import given_names, kind_by_words
from wiredesk.entities.people import Cluster

_EVIDENCE: Mapping[str, Mapping[str, float]] = {
    "PER": {
        "any": 0.4, "full": 1.1, "titled": 1.3, "given": 1.5, "linked": 0.6, "parsed": 1.5, "again": 0.6, "else": -2.0,
    },
    "ORG": {
        "any": 0.0, "listed": 1.8, "head": 1.4, "several": 0.6, "parsed": 0.6, "again": 0.7, "else": -0.3,
    },
    "LOC": {
        "any": 0.8, "listed": 1.6, "head": 1.0, "several": 0.8, "linked": 1.1, "parsed": 1.5, "else": -1, "unseen": -0.7
    },
}  # fmt: skip
"""Log odds that each kind of evidence adds, by type: fitted by logistic regression on GUM news and, people and
organisations, on re3d (849 entities), then rounded. Bylines and datelines ("parsed") are set after newswire, where they
are right 98 times in 100. "again" counts for four times the mentions; "else" is the share of the model's findings that
have another type.
"""

_NATIONALITY, _VOUCHED, _LOOSE_TWICE, _LOOSE = 0.97, 0.93, 0.74, 0.60
"""Listed nationalities and equipment are right so often; for events, laws and works these are estimates."""


def confidence(cluster: Cluster, link: Link | None) -> float:
    """The probability that name and type are right, from what speaks for them."""
    weights = _EVIDENCE.get(cluster.type)
    if weights is None:
        return _of_other_kind(cluster)
    names = cluster.names
    signals = set().union(*(name.signals for name in names))
    guesses = [name.guess for name in names if name.guess]
    holds = {
        "any": 1.0,
        "full": cluster.full,
        "titled": bool(cluster.roles) or any(name.titled for name in names),
        "given": any(len(name.words) > 1 and name.words[0] in given_names() for name in names),
        "listed": any(name.entry is not None for name in names),
        "head": any(kind_by_words(name.words) == cluster.type for name in names),
        "several": any(len(name.words) > 1 for name in names),
        "linked": link is not None and all(name.entry is None for name in names),
        "parsed": ("byline" if cluster.type == "PER" else "pattern") in signals,
        "unseen": not guesses and "pattern" not in signals,
        "again": log(min(len(names), _MANY), 4),
        "else": sum(guess != cluster.type for guess in guesses) / max(1, len(guesses)),
    }
    return round(1 / (1 + exp(-sum(weight * holds[evidence] for evidence, weight in weights.items()))), 2)


_MANY = 8
"""Mentions beyond which another one says nothing more."""


def _of_other_kind(cluster: Cluster) -> float:
    if cluster.type == "NORP":
        return _NATIONALITY if any(name.entry is not None for name in cluster.names) else _LOOSE_TWICE
    if cluster.type == "PRODUCT":
        return _VOUCHED if any({"lexicon", "pattern"} & name.signals for name in cluster.names) else _LOOSE
    return _LOOSE_TWICE if len(cluster.names) > 1 else _LOOSE


def salience(cluster: Cluster, length: int, headline_end: int, most: int) -> float:
    """0 to 1: where it first stands, how often against the most frequent, and whether the headline has it.

    ``length`` of the text in code points, ``headline_end`` where the headline ends (0 without one), ``most`` the
    mentions of the most frequent entity.
    """
    first = cluster.names[0].start
    headline = first < headline_end
    body = max(0, first - headline_end) / max(1, length - headline_end)
    place = 1.0 if headline else exp(-3 * body)
    frequency = log1p(len(cluster.names)) / log1p(max(1, most))
    return round(min(1.0, 0.35 * place + 0.45 * frequency + (0.2 if headline else 0.0)), 3)

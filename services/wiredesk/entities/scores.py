"""Scores: how likely an entity is what it is said to be, and how much the article is about it."""

from __future__ import annotations

from math import exp, log1p

from wiredesk.entities.heads import kind_by_words
from wiredesk.entities.people import Cluster

_PATTERN, _BOTH, _LEXICON, _TITLED, _OFTEN, _HEAD, _TWICE, _FULL_NAME, _ONCE, _WEAK = (
    0.98,  # read by pattern: 98 measured on newswire
    0.97,  # model and lexicon: 85-98
    0.93,  # lexicon only
    0.93,  # a title before or after
    0.92,  # the model, three times or more
    0.90,  # the model, and a word like "Ministry"
    0.89,  # the model, twice: 89
    0.88,  # the model, once, first and last name
    0.74,  # the model, once: 74
    0.60,  # events, laws, works seen once: an estimate
)
"""Precision by signal. Where a figure is given it was measured on recent newswire; the others are set between those."""


def confidence(cluster: Cluster) -> float:
    """The precision of the strongest signal that any of the cluster's names has."""
    signals = set().union(*(name.signals for name in cluster.names))
    known = any(name.entry is not None for name in cluster.names)
    found = sum("model" in name.signals for name in cluster.names)
    if cluster.type in ("EVENT", "LAW", "WORK"):
        return _WEAK if not known and len(cluster.names) == 1 else _ONCE
    if "pattern" in signals and (cluster.type != "PER" or "model" in signals or len(signals) == 1):
        return _PATTERN
    if known:
        return _BOTH if found else _LEXICON
    if cluster.type == "PRODUCT":
        return _WEAK
    if cluster.type in ("ORG", "LOC") and any(kind_by_words(name.words) == cluster.type for name in cluster.names):
        return _HEAD
    if cluster.roles or any(name.titled for name in cluster.names):
        return _TITLED
    if found > 2:
        return _OFTEN
    if len(cluster.names) > 1:
        return _TWICE
    return _FULL_NAME if cluster.type == "PER" and cluster.full else _ONCE


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

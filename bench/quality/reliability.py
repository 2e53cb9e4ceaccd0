"""Reliability: of the entities that say .9, how many are right; and the picture of it for the documentation.

An entity is right if most of its named mentions overlap a gold name of its type. The calibration error is the mean
distance between what is said and what is right, over bins of equal width in log odds, weighted by their entities (ECE).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from bench.quality.aligning import aligner
from bench.quality.named import TYPE, trim
from bench.quality.naming import overlaps
from bench.quality.recognisers import Article, gold_names

_EDGES = (0.0, 0.6, 0.75, 0.85, 0.9, 0.95, 0.975, 1.01)
_SIZE, _MARGIN = 320, 44


class Bin(NamedTuple):
    """Entities of like confidence: how many, what they say and what is right."""

    count: int
    said: float
    right: float


def judged(article: Article, document: Article) -> list[tuple[float, bool]]:
    """(confidence, right) of each person, organisation and place of a document."""
    gold, place = gold_names(article), aligner(article["text"], document["text"])
    found = []
    for entity in document["entities"]:
        if entity["type"] not in TYPE:
            continue
        theirs = {extent for extent, (kind, _) in gold.items() if kind == TYPE[entity["type"]]}
        named = [place((each["start"], each["end"])) for each in entity["mentions"] if each["kind"] == "named"]
        hits = [overlaps(trim(article["text"], *extent), theirs) for extent in named if extent is not None]
        if hits:
            found.append((entity["confidence"], 2 * sum(hits) > len(hits)))
    return found


def bins(pairs: Sequence[tuple[float, bool]]) -> list[Bin]:
    """The bins that are not empty, from unsure to sure."""
    found = []
    for low, high in pairwise(_EDGES):
        here = [(said, right) for said, right in pairs if low <= said < high]
        if here:
            count = len(here)
            found.append(Bin(count, sum(said for said, _ in here) / count, sum(right for _, right in here) / count))
    return found


def calibration_error(found: Sequence[Bin]) -> float:
    """The expected calibration error."""
    return sum(each.count * abs(each.said - each.right) for each in found) / max(1, sum(each.count for each in found))


def picture(found: Sequence[Bin], to: Path) -> None:
    """Writes the reliability plot as SVG: a dot a bin, its area the number of entities, the diagonal is perfect."""
    least = 0.4

    def at(value: float) -> float:
        return (max(least, value) - least) / (1 - least) * (_SIZE - 2 * _MARGIN)

    def point(said: float, right: float) -> tuple[float, float]:
        return _MARGIN + at(said), _SIZE - _MARGIN - at(right)

    low, high = point(least, least), point(1, 1)
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_SIZE} {_SIZE}"',
        '  font-family="sans-serif" font-size="11">',
        "<title>Confidence of entities: said against right</title>",
        f'<rect width="{_SIZE}" height="{_SIZE}" fill="#fff"/>',
        f'<path d="M{low[0]} {high[1]}V{low[1]}H{high[0]}" fill="none" stroke="#333"/>',
        f'<path d="M{low[0]} {low[1]}L{high[0]} {high[1]}" stroke="#999" stroke-dasharray="4 3"/>',
    ]
    for tick in (0.4, 0.6, 0.8, 1.0):
        x, y = point(tick, tick)
        lines.append(f'<text x="{x:.0f}" y="{low[1] + 16}" text-anchor="middle">{tick}</text>')
        lines.append(f'<text x="{low[0] - 8}" y="{y + 4:.0f}" text-anchor="end">{tick}</text>')
    for number, each in enumerate(found):
        x, y = point(each.said, each.right)
        radius = 2 + each.count**0.5 / 2
        beside, below, anchor = (x - radius - 3, y - 5, "end") if number % 2 else (x + radius + 3, y + 12, "start")
        lines.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" fill="#1f6feb" fill-opacity=".7"/>')
        lines.append(f'<text x="{beside:.1f}" y="{below:.1f}" text-anchor="{anchor}" fill="#555">{each.count}</text>')
    middle = _SIZE / 2
    lines.append(f'<text x="{middle}" y="{_SIZE - 8}" text-anchor="middle">confidence said</text>')
    lines.append(f'<text transform="translate(12 {middle}) rotate(-90)" text-anchor="middle">share right</text></svg>')
    to.write_text("\n".join(lines) + "\n", "utf-8")

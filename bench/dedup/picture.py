"""The picture: quality against cost, as SVG."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple
from xml.sax.saxutils import escape

WIDTH, HEIGHT = 760, 440
LEFT, RIGHT, TOP, BOTTOM = 64, 24, 40, 56
_NEAR = 14
"""Pixels that labels keep between them."""


class Spot(NamedTuple):
    """A point: what it is, microseconds an article, pairwise F1; ours are filled."""

    name: str
    cost: float
    quality: float
    ours: bool = False


def picture(spots: Sequence[Spot]) -> str:
    """An SVG with ``spots``: cost on a logarithmic scale to the right, quality upwards, so the best are top left."""
    low = 10 ** math.floor(math.log10(min(spot.cost for spot in spots)))
    high = 10 ** math.ceil(math.log10(max(spot.cost for spot in spots)))

    def right(cost: float) -> float:
        return LEFT + (WIDTH - LEFT - RIGHT) * math.log(cost / low) / math.log(high / low)

    def up(quality: float) -> float:
        return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * quality

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
        _text(LEFT, 22, "Quality against cost: up is better, left is cheaper", size=15),
    ]
    for tenth in range(0, 11, 2):
        y = up(tenth / 10)
        parts += [_line(LEFT, y, WIDTH - RIGHT, y), _text(LEFT - 8, y + 4, f"{tenth / 10:.1f}", "end")]
    for cost in _ticks(low, high):
        x = right(cost)
        parts += [_line(x, TOP, x, HEIGHT - BOTTOM), _text(x, HEIGHT - BOTTOM + 18, f"{cost:,.0f}", "middle")]
    middle = (LEFT + WIDTH - RIGHT) / 2
    parts.append(_text(middle, HEIGHT - 14, "microseconds of one core an article", "middle"))
    parts.append(_text(LEFT, TOP - 4, "pairwise F1", "start"))
    taken: list[tuple[float, float]] = []
    for spot in sorted(spots, key=lambda one: -one.quality):
        x, y = right(spot.cost), up(spot.quality)
        fill = "#0b6e4f" if spot.ours else "#fff"
        parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="5" fill="{fill}" stroke="#0b6e4f" stroke-width="1.5"/>')
        at, label = y + 4, f"{spot.name} {spot.quality:.3f}"
        end = x + 10 + 7 * len(label) > WIDTH - RIGHT
        while any(abs(at - other) < _NEAR and abs(x - beside) < 160 for beside, other in taken):
            at += _NEAR
        taken.append((x, at))
        parts.append(_text(x - 10 if end else x + 10, at, label, "end" if end else "start"))
    return "\n".join([*parts, "</svg>"]) + "\n"


def _ticks(low: float, high: float) -> list[float]:
    decades = range(round(math.log10(low)), round(math.log10(high)) + 1)
    return [step * 10.0**decade for decade in decades for step in (1, 2, 5) if step * 10.0**decade <= high]


def _line(x1: float, y1: float, x2: float, y2: float) -> str:
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="#ddd"/>'


def _text(x: float, y: float, text: str, anchor: str = "start", size: int = 13) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="{size}" fill="#222">{escape(text)}</text>'

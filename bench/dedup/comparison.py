"""The comparison: quality, speed and memory of wiredesk and of every library that is installed, in one run."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from bench.dedup import ours
from bench.dedup.contenders import OURS, STAGE, best_threshold, theirs
from bench.dedup.contenders import ours as our_contenders
from bench.dedup.growth import grow
from bench.dedup.libraries import LIBRARIES, Library, group
from bench.dedup.quality import Grouped, Quality, assess
from bench.dedup.speed import Speed, speeds
from bench.dedup.stream import Item, shuffled, stream

MEMORY_AT = 20_000
"""Articles after which memory is read."""
_PATIENCE = 600.0
_BASELINE = "datasketch"


class Row(NamedTuple):
    """One line of the table. ``speedup``: median, least and most against datasketch; ``bytes_each``: an article."""

    name: str
    setting: str
    quality: Quality
    speed: Speed
    speedup: tuple[float, float, float] | None
    bytes_each: float | None


class Comparison(NamedTuple):
    """The table, what wiredesk does when articles come in no order or twice, and the libraries that were missing."""

    rows: list[Row]
    articles: int
    words: float
    shuffled: Quality
    new_by_redelivery: int
    missing: list[Library]

    @property
    def ours(self) -> Quality:
        """wiredesk on the stream in order of time."""
        return self.rows[0].quality


def compare(rounds: int) -> Comparison:
    """Thresholds chosen on the dev half, everything else measured on the test half, speed in ``rounds`` rounds."""
    dev, test = stream("dev"), stream("test")
    installed = [one for one in LIBRARIES if one.installed]
    thresholds = {one.name: best_threshold(one, dev) for one in installed}
    mine = assess(test, ours.group(test))
    quality = {OURS: mine, STAGE: mine}
    for one in installed:
        quality[one.name] = assess(test, _grouped(one, thresholds[one.name], test))
    contenders = [*our_contenders(), *(theirs(one, thresholds[one.name]) for one in installed)]
    taken = speeds(contenders, test, rounds)
    mixed = shuffled(test)
    return Comparison(
        rows=[
            Row(
                one.name,
                f"{thresholds[one.name]:g}" if one.name in thresholds else "",
                quality[one.name],
                taken[one.name],
                taken[one.name].against(taken[_BASELINE]) if _BASELINE in taken else None,
                _memory(one.name, thresholds.get(one.name, 0)) if one.streams and one.name != STAGE else None,
            )
            for one in contenders
        ],
        articles=len(test),
        words=sum(len(item.text.split()) for item in test) / len(test),
        shuffled=assess(mixed, ours.group(mixed)),
        new_by_redelivery=ours.new_by_redelivery(test),
        missing=[one for one in LIBRARIES if not one.installed],
    )


def _grouped(library: Library, threshold: float, items: Sequence[Item]) -> list[Grouped]:
    return [Grouped(label) for label in group(library, threshold, [item.text for item in items])]


def _memory(name: str, threshold: float) -> float | None:
    points = grow(name, threshold, _PATIENCE, [MEMORY_AT])
    return points[-1].bytes_each if points else None

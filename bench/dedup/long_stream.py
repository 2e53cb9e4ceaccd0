"""A stream of any length: the stream again and again, in other words each time, so that no story comes twice.

In each lap the words of four letters and more change places with words that are about as frequent. So a copy stays a
copy, common words stay common, and two laps share little but the small words.
"""

from __future__ import annotations

import pickle
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from random import Random

from bench.dedup.stream import ARTICLE_HOURS, Item, stream

CHUNK = 500
"""Articles that are handed over at a time."""
NEIGHBOURS = 64
"""Words among which each finds its substitute."""
_WORDS = re.compile(r"([A-Za-z]{4,})")


def long_stream(items: Sequence[Item], count: int) -> Iterator[Item]:
    """``count`` articles in 60 hours, in order of time, made of ``items`` over and over."""
    pieces = [_WORDS.split(item.text) for item in items]
    counts = Counter(word.lower() for each in pieces for word in each[1::2])
    by_frequency = [word for word, _ in sorted(counts.items(), key=lambda one: (-one[1], one[0]))]
    for number in range(count):
        lap, at = divmod(number, len(items))
        if at == 0:
            instead = _substitutes(by_frequency, Random(lap)) if lap else {}
        item = items[at]
        words = pieces[at].copy()
        words[1::2] = [_cased(instead.get(word.lower(), word), word) for word in words[1::2]] if lap else words[1::2]
        yield item._replace(
            hour=number * ARTICLE_HOURS / count,
            text="".join(words),
            url=f"{item.url}-{lap}",
            story=f"{item.story}-{lap}",
            embeds=(),
        )


@contextmanager
def fed(count: int) -> Iterator[Iterator[list[Item]]]:
    """The stream from dev in chunks, made by a process of its own: memory here is measured."""
    command = [sys.executable, "-m", "bench.dedup.long_stream", str(count)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as feeder:
        try:
            yield _chunks(feeder)
        finally:
            feeder.kill()


def _chunks(feeder: subprocess.Popen[bytes]) -> Iterator[list[Item]]:
    assert feeder.stdout is not None
    while True:
        try:
            yield pickle.load(feeder.stdout)
        except EOFError:
            return


def _substitutes(by_frequency: Sequence[str], rng: Random) -> dict[str, str]:
    instead: dict[str, str] = {}
    for at in range(0, len(by_frequency), NEIGHBOURS):
        block = by_frequency[at : at + NEIGHBOURS]
        instead.update(zip(block, rng.sample(block, len(block)), strict=True))
    return instead


def _cased(word: str, like: str) -> str:
    return word.capitalize() if like[0].isupper() else word


if __name__ == "__main__":
    articles = long_stream(stream("dev"), int(sys.argv[1]))
    while chunk := list(islice(articles, CHUNK)):
        pickle.dump(chunk, sys.stdout.buffer)

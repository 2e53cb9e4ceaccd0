"""The labelled stream: an invented two and a half days of copies, cuts, updates, embeds, templates and other articles.

The same half, count and seed give the same stream on every machine. Every base text is used once: as a wire, as the
piece around an embed or a quotation, or as an article of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from random import Random
from typing import NamedTuple

from bench.dedup.base import Base, Half, supply
from bench.dedup.newsroom import Outlet, agencies, outlets, templates
from bench.dedup.republish import Editor, quotations

COUNT = 3200
WIRES = 0.125
"""Wires for each article of the stream: 400 in 3,200."""
REPUBLISHED = 0.50
"""Articles that are wires or carry one as their own."""
UPDATES, EMBEDS, QUOTES, TEMPLATES = 0.04, 0.035, 0.03, 0.14
CARRIERS = 15
MANY_CARRIERS = 40
WIRE_WORDS = 120
"""Words of a wire at least: a quarter of less is a brief that could be anybody's."""
ARTICLE_HOURS, WIRE_HOURS = 60.0, 48.0
LINKED_WORDS = 60
"""Words from which an embedded passage is to be found."""
_VOCABULARY = re.compile(r"\b[a-z]{4,}\b")


class Passage(NamedTuple):
    """The paragraphs of a wire that stand in another article: (start, end) in the texts of the two, and their words."""

    story: str
    host: tuple[int, int]
    wire: tuple[int, int]
    words: int


class Item(NamedTuple):
    """One article of the stream, and the truth about it.

    ``hour`` counts from the beginning. ``slug`` is what agencies give. ``story`` is equal for all that tell one wire's
    text. ``kind`` is wire, copy, update, embed, quotes, template or own; ``alterations`` says what was done to a copy.
    """

    hour: float
    outlet: Outlet
    headline: str
    text: str
    url: str
    slug: str | None
    story: str
    kind: str
    alterations: tuple[str, ...] = ()
    embeds: tuple[Passage, ...] = ()


class _Wire(NamedTuple):
    story: str
    agency: Outlet
    hour: float
    base: Base
    slug: str


def stream(half: Half, count: int = COUNT, seed: int = 1) -> list[Item]:
    """``count`` articles in order of time, or as many as the base texts of ``half`` allow."""
    from_base = WIRES + EMBEDS + QUOTES + (1 - REPUBLISHED - UPDATES - EMBEDS - QUOTES - TEMPLATES)
    base = supply(half)
    count = min(count, int((len(base.articles) - 3) / from_base))  # each kind is rounded by itself
    return sorted(_Newsroom(Random(seed), base.articles, base.passages).articles(count), key=lambda item: item.hour)


def shuffled(items: list[Item], seed: int = 5) -> list[Item]:
    """``items`` in an order of arrival that has nothing to do with time."""
    return Random(seed).sample(items, len(items))


class _Newsroom:
    def __init__(self, rng: Random, base: list[Base], passages: list[str]) -> None:
        self._rng = rng
        self._texts = rng.sample(base, len(base))
        words = [word for one in base[:300] for word in _VOCABULARY.findall(one.text)]
        self._editor = Editor(rng, words, iter(rng.sample(passages, len(passages))))
        self._pages = 0

    def articles(self, count: int) -> Iterator[Item]:
        """``count`` articles, by kind."""
        wires = [self._wire(number) for number in range(max(1, round(WIRES * count)))]
        made = 0
        for item in self._derived(wires, count):
            made += 1
            yield item
        for number in range(count - made):
            text = self._texts.pop()
            hour = self._rng.uniform(0, ARTICLE_HOURS)
            yield self._item(hour, self._outlet(), text.title, text.text, f"own-{number}", "own")

    def _derived(self, wires: list[_Wire], count: int) -> Iterator[Item]:
        yield from (self._sent(wire) for wire in wires)
        yield from self._copies(wires, round(REPUBLISHED * count) - len(wires))
        yield from (self._update(self._rng.choice(wires)) for _ in range(round(UPDATES * count)))
        with_paragraphs = [wire for wire in wires if len(wire.base.paragraphs) > 2] or wires
        for number in range(round(EMBEDS * count)):
            yield self._embed(self._rng.choice(with_paragraphs), f"embed-{number}")
        with_quotations = [wire for wire in wires if quotations(wire.base)] or wires
        for number in range(round(QUOTES * count)):
            yield self._quotes(self._rng.choice(with_quotations), f"quotes-{number}")
        for number in range(round(TEMPLATES * count)):
            yield self._template(number)

    def _wire(self, number: int) -> _Wire:
        at = next(at for at, one in enumerate(self._texts) if len(one.text.split()) >= WIRE_WORDS)
        base = self._texts.pop(at)
        slug = "-".join(re.findall(r"[A-Za-z]{4,}", base.title)[:3]).lower()
        return _Wire(f"wire-{number}", self._rng.choice(agencies()), self._rng.uniform(0, WIRE_HOURS), base, slug)

    def _sent(self, wire: _Wire) -> Item:
        return self._item(wire.hour, wire.agency, wire.base.title, wire.base.text, wire.story, "wire", slug=wire.slug)

    def _copies(self, wires: list[_Wire], count: int) -> Iterator[Item]:
        for wire, carriers in zip(wires, self._carriers(len(wires), count), strict=True):
            for outlet in self._rng.sample(outlets(), carriers):
                copy = self._editor.republish(wire.base, outlet)
                hour = wire.hour + self._rng.expovariate(1 / 4)
                yield self._item(hour, outlet, copy.headline, copy.text, wire.story, "copy")._replace(
                    alterations=copy.alterations
                )

    def _carriers(self, wires: int, count: int) -> list[int]:
        """How many outlets carry each wire, ``count`` in all: mostly few, one wire in a hundred 40."""
        many = wires // 100
        carriers = [MANY_CARRIERS] * many + [1] * (wires - many)
        left = count - sum(carriers)
        open_ones = list(range(many, wires))
        weights = {at: self._rng.expovariate(1) for at in open_ones}
        while left > 0 and open_ones:
            at = self._rng.choices(open_ones, [weights[one] for one in open_ones])[0]
            carriers[at] += 1
            left -= 1
            if carriers[at] == CARRIERS:
                open_ones.remove(at)
        return carriers

    def _update(self, wire: _Wire) -> Item:
        copy = self._editor.update(wire.base)
        hour = wire.hour + self._rng.uniform(0.5, 3)
        return self._item(hour, wire.agency, copy.headline, copy.text, wire.story, "update", slug=wire.slug)

    def _embed(self, wire: _Wire, story: str) -> Item:
        """A piece of its own that carries one to five paragraphs of ``wire``, half at most, in its second half."""
        host = self._texts.pop()
        paragraphs = wire.base.paragraphs
        length = max(1, min(self._rng.randint(1, 5), len(paragraphs) // 2))
        first = self._rng.randint(0, len(paragraphs) - length)
        taken = "\n".join(paragraphs[first : first + length])
        own = host.paragraphs
        at = self._rng.randint(max(1, len(own) // 2), len(own))
        before = "\n".join(own[:at]) + "\n"
        text = "\n".join([before + taken, *own[at:]])
        there = wire.base.text.find(taken)
        passage = Passage(
            wire.story, (len(before), len(before) + len(taken)), (there, there + len(taken)), len(taken.split())
        )
        hour = wire.hour + self._rng.uniform(1, 10)
        return self._item(hour, self._outlet(), host.title, text, story, "embed")._replace(embeds=(passage,))

    def _quotes(self, wire: _Wire, story: str) -> Item:
        """A piece of its own that has only what ``wire`` quotes."""
        host = self._texts.pop()
        paragraphs = host.paragraphs
        for quotation in quotations(wire.base):
            cue = self._rng.choice(["the statement said.", "he added.", "she told reporters.", "the office said."])
            paragraphs.insert(self._rng.randint(1, len(paragraphs)), f"{quotation} {cue}")
        hour = wire.hour + self._rng.uniform(-2, 10)
        return self._item(max(0.0, hour), self._outlet(), host.title, "\n".join(paragraphs), story, "quotes")

    def _template(self, number: int) -> Item:
        form = templates()[number % len(templates())]
        headline, text = form.fill(self._rng)
        outlet = self._rng.choice(agencies()) if self._rng.random() < 0.2 else self._outlet()
        hour = self._rng.uniform(0, ARTICLE_HOURS)
        return self._item(hour, outlet, headline, text, f"template-{number}", "template")

    def _outlet(self) -> Outlet:
        return self._rng.choice(outlets())

    def _item(
        self, hour: float, outlet: Outlet, headline: str, text: str, story: str, kind: str, slug: str | None = None
    ) -> Item:
        self._pages += 1
        page = "-".join(re.findall(r"[a-z]+", headline.lower())[:6])
        url = f"https://{outlet.domain}/2026/09/{13 + int(hour // 24)}/{page}-{self._pages}"
        return Item(hour, outlet, headline, text, url, slug, story, kind)

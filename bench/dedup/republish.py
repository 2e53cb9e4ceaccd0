"""What outlets do to the copy of an agency, and what becomes of a wire in other articles.

The shares are those of ``ALTERED``; an article that is not carried word for word may have several of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from random import Random
from typing import NamedTuple

from bench.dedup.base import Base, sentences
from bench.dedup.newsroom import Outlet, house_style

VERBATIM = 0.25
"""Part of the copies that are carried word for word."""
ALTERED = {
    "cut": 0.50,
    "lede": 0.40,
    "few words": 0.50,
    "many words": 0.08,
    "restyled": 0.40,
    "dropped": 0.30,
    "local": 0.30,
    "reordered": 0.15,
    "marks": 0.50,
    "boilerplate": 0.70,
}
"""Parts of the other copies; "few words" and "many words" exclude each other."""
KEPT_BY_CUT = (0.25, 0.75)
FEW = (0.01, 0.04)
MANY = 0.10
DROPPED_SENTENCES = 0.15
LEDE_WORDS = (15, 35)
_WORD = re.compile(r"[A-Za-z]{3,}|\d+")
_QUOTATION = re.compile(r"\u201c[^\u201d\n]{30,400}\u201d")


class Copy(NamedTuple):
    """An article that was made from a wire: headline, text, and what was done to it."""

    headline: str
    text: str
    alterations: tuple[str, ...]


class Editor:
    """The desk of all outlets: alters copy by chance. ``passages`` gives local paragraphs, each one once."""

    def __init__(self, rng: Random, words: Sequence[str], passages: Iterator[str]) -> None:
        self._rng = rng
        self._words = words
        self._passages = passages

    def republish(self, wire: Base, outlet: Outlet) -> Copy:
        """``wire`` as ``outlet`` carries it."""
        if self._rng.random() < VERBATIM:
            return Copy(wire.title, wire.text, ("verbatim",))
        done = self._drawn()
        paragraphs = wire.paragraphs
        if "cut" in done:
            paragraphs = cut(paragraphs, self._rng.uniform(*KEPT_BY_CUT))
        if "lede" in done:
            paragraphs[0] = self._new_lede(paragraphs[0])
        if "few words" in done or "many words" in done:
            share = MANY if "many words" in done else self._rng.uniform(*FEW)
            paragraphs = [self.change_words(one, share) for one in paragraphs]
        if "restyled" in done:
            paragraphs = [restyle(one) for one in paragraphs]
        if "dropped" in done:
            paragraphs = self._drop_sentences(paragraphs)
        if "local" in done:
            self.insert_passage(paragraphs)
        if "reordered" in done:
            paragraphs[1:] = self._rng.sample(paragraphs[1:], len(paragraphs) - 1)
        text = "\n".join(paragraphs)
        if "marks" in done:
            text = other_marks(text, single=self._rng.random() < 0.2)
        if "boilerplate" in done:
            text += "\n" + self._rng.choice(outlet.boilerplate)
        return Copy(self._new_headline(wire.title, paragraphs[0]), text, done)

    def update(self, wire: Base) -> Copy:
        """``wire`` as its agency sends it an hour later: some words corrected, and a paragraph more."""
        paragraphs = [self.change_words(one, 0.02) for one in wire.paragraphs]
        self.insert_passage(paragraphs)
        return Copy(wire.title, "\n".join(paragraphs), ("update",))

    def change_words(self, text: str, share: float) -> str:
        """``text`` with ``share`` of its words replaced."""
        return _WORD.sub(lambda word: self._other(word[0]) if self._rng.random() < share else word[0], text)

    def insert_passage(self, paragraphs: list[str]) -> None:
        """Puts a local paragraph after one of ``paragraphs``."""
        passage = next(self._passages, None)
        if passage is not None:
            paragraphs.insert(self._rng.randint(1, len(paragraphs)), passage)

    def _drawn(self) -> tuple[str, ...]:
        rest = {name: share for name, share in ALTERED.items() if not name.endswith(" words")}
        done = {name for name, share in rest.items() if self._rng.random() < share}
        chance = self._rng.random()
        if chance < ALTERED["few words"]:
            done.add("few words")
        elif chance < ALTERED["few words"] + ALTERED["many words"]:
            done.add("many words")
        return tuple(name for name in ALTERED if name in done)

    def _new_lede(self, paragraph: str) -> str:
        passage = next(self._passages, None)
        if passage is None:
            return paragraph
        lede = " ".join(passage.split()[: self._rng.randint(*LEDE_WORDS)]).rstrip(".,;:") + "."
        return " ".join([lede, *sentences(paragraph)[1:]])

    def _drop_sentences(self, paragraphs: list[str]) -> list[str]:
        kept = [[one for one in sentences(each) if self._rng.random() >= DROPPED_SENTENCES] for each in paragraphs]
        return [" ".join(each) for each in kept if each] or paragraphs

    def _other(self, word: str) -> str:
        if word.isdigit():
            return str(self._rng.randint(1, 10 ** len(word)))
        other = self._rng.choice(self._words)
        return other.capitalize() if word[0].isupper() else other

    def _new_headline(self, title: str, lede: str) -> str:
        chance = self._rng.random()
        if chance < 0.4:
            return title
        source = title if chance < 0.7 else lede
        return " ".join(source.split()[: self._rng.randint(6, 10)]).rstrip(".,;:")


def cut(paragraphs: Sequence[str], share: float) -> list[str]:
    """The first ``share`` of the words of ``paragraphs``, up to the end of a sentence."""
    left = share * sum(len(one.split()) for one in paragraphs)
    kept: list[str] = []
    for paragraph in paragraphs:
        run: list[str] = []
        for sentence in sentences(paragraph):
            if left <= 0:
                break
            run.append(sentence)
            left -= len(sentence.split())
        if run:
            kept.append(" ".join(run))
    return kept


def restyle(text: str) -> str:
    """``text`` in another house style."""
    for wire, house in house_style():
        text = text.replace(wire, house)
    return text


def other_marks(text: str, single: bool) -> str:
    """``text`` with straight quotation marks, or single ones, for curly ones."""
    if single:
        return text.replace("\u201c", "\u2018").replace("\u201d", "\u2019")
    for curly, straight in (("\u201c", '"'), ("\u201d", '"'), ("\u2018", "'"), ("\u2019", "'")):
        text = text.replace(curly, straight)
    return text


def quotations(wire: Base) -> list[str]:
    """What ``wire`` quotes directly, marks included: at most three passages of 30 to 400 characters."""
    return _QUOTATION.findall(wire.text)[:3]

"""The parse of a block as the rules see it: plain columns, small enough to be remembered for the next copy.

Why not spaCy's ``Doc``: a memo must hold bytes, and rules over plain data can be read and tested without the model.
"""

from __future__ import annotations

from functools import cached_property

import msgspec
from msgspec import Struct

from wiredesk.quotes.reduce import Reduced
from wiredesk.text.marks import Passage

_WH = frozenset({"who", "which", "that", "whom", "whose"})


class Parse(Struct, array_like=True, frozen=True):
    """Tokens of a reduced block, a column each: offsets, tags (Penn), dependencies, heads (itself for a root)."""

    starts: list[int]
    ends: list[int]
    tags: list[str]
    deps: list[str]
    heads: list[int]

    def encode(self) -> bytes:
        return msgspec.msgpack.encode(self)

    @staticmethod
    def decode(value: bytes) -> Parse:
        return msgspec.msgpack.decode(value, type=Parse)


class Tree:
    """A parse with its words, as the rules walk it. Tokens are their indices; offsets are into the block.

    ``passage[token]`` is the outer passage in marks that the token stands in, -1 outside of any. A token of a clause
    that stands for a whole passage (``slots[token] >= 0``) has the offsets of that passage.
    """

    def __init__(self, reduced: Reduced, parse: Parse, passages: list[Passage]) -> None:
        self.tags, self.deps, self.heads = parse.tags, parse.deps, parse.heads
        self.words = [reduced.text[a:b] for a, b in zip(parse.starts, parse.ends, strict=True)]
        self.lower = [word.lower() for word in self.words]
        pieces = [reduced.piece(start) for start in parse.starts]
        self.slots = [piece.slot for piece in pieces]
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.passage: list[int] = []
        nth = 0
        for start, word, piece in zip(parse.starts, self.words, pieces, strict=True):
            if piece.slot >= 0:
                begin, end = passages[piece.slot].start, passages[piece.slot].end
            else:
                begin = piece.source + start - piece.at
                end = begin + len(word)
            while nth < len(passages) and passages[nth].end <= begin:
                nth += 1
            inside = nth < len(passages) and passages[nth].start <= begin
            self.starts.append(begin)
            self.ends.append(end)
            self.passage.append(nth if inside else -1)

    def __len__(self) -> int:
        return len(self.words)

    @cached_property
    def children(self) -> list[list[int]]:
        found: list[list[int]] = [[] for _ in self.heads]
        for token, head in enumerate(self.heads):
            if head != token:
                found[head].append(token)
        return found

    @cached_property
    def sentences(self) -> list[int]:
        """For each token the number of its sentence: sentences begin where no arc crosses."""
        numbers, reach, number = [], -1, -1
        roots = self.roots
        for token in range(len(self)):
            if roots[token] != reach:
                reach, number = roots[token], number + 1
            numbers.append(number)
        return numbers

    @cached_property
    def roots(self) -> list[int]:
        found = [-1] * len(self)
        for token in range(len(self)):
            path = []
            at = token
            while found[at] < 0 and self.heads[at] != at:
                path.append(at)
                at = self.heads[at]
            root = at if found[at] < 0 else found[at]
            for step in [*path, at]:
                found[step] = root
        return found

    def subtree(self, token: int, without: frozenset[int] = frozenset()) -> list[int]:
        """``token`` and all below it, in order, leaving out what is below any of ``without``."""
        found, stack = [], [token]
        while stack:
            at = stack.pop()
            if at not in without:
                found.append(at)
                stack += self.children[at]
        return sorted(found)

    def child(self, token: int, *deps: str) -> int | None:
        """The first child of ``token`` with one of these dependencies."""
        return next((c for c in self.children[token] if self.deps[c] in deps), None)

    def is_verb(self, token: int) -> bool:
        return self.tags[token].startswith("VB")

    def phrase(self, noun: int) -> tuple[int, int]:
        """The noun phrase around ``noun``, from its first word before the noun on, and with what "of" adds after it.

        Appositions, relative clauses and what stands after a comma are no part of it.
        """
        first = last = noun
        for child in self.children[noun]:
            if child < noun and self.deps[child] in _LEFT:
                first = min(first, self.subtree(child)[0])
            elif child > noun and self.deps[child] in ("prep", "nummod", "compound") and self.words[child] != ",":
                below = self.subtree(child)
                if below[0] == last + 1 and self.lower[child] in ("of", "for", "at", "from", "in", "with", "on", "to"):
                    last = self._before_clause(below)
        while first < noun and self.words[first] in (",", "-", "\u2013", "\u2014", ":", ";"):
            first += 1
        return first, last

    def _before_clause(self, tokens: list[int]) -> int:
        """The last of ``tokens`` before a comma or a relative clause begins."""
        last = tokens[0]
        for token in tokens:
            if self.words[token] in (",", ":", ";", "(") or self.lower[token] in _WH or self.deps[token] == "relcl":
                break
            last = token
        return last

    def extent(self, first: int, last: int) -> tuple[int, int]:
        """The offsets into the block of the tokens from ``first`` to ``last``."""
        return self.starts[first], self.ends[last]


_LEFT = frozenset(
    {"det", "amod", "compound", "nmod", "poss", "nummod", "quantmod", "predet", "advmod", "npadvmod", "case", "punct"}
)

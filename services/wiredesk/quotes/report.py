"""A report: one attribution as the parse shows it, and the runs of text that its tokens make."""

from __future__ import annotations

from msgspec import Struct

from wiredesk.quotes.lexicon import CueVerb
from wiredesk.quotes.parse import Tree
from wiredesk.quotes.subject import Source

Extent = tuple[int, int]
_RELATIVE = frozenset({"which", "who", "that", "what", "whom"})


class Beside(Struct, frozen=True):
    """A phrase beside the cue that may name a medium or an outlet: "in a statement", "told the AP"."""

    preposition: str  # "" for an object
    noun: str
    extent: Extent


class Report(Struct):
    """One attribution in a block. All extents are offsets into the block.

    ``content`` are the runs of the reported words, empty when the verb has no clause of its own ("told reporters");
    ``tokens`` are the same as tokens.
    """

    cue: Extent
    verb: CueVerb
    token: int
    source: Source | None
    content: list[Extent]
    tokens: list[int]
    beside: list[Beside]
    asserted: bool = True
    phrase: bool = False  # the content is no clause but an object, an infinitive or the like
    noun: bool = False  # a noun makes it ("his claim that ...") and no verb


def trim(tree: Tree, tokens: list[int]) -> list[int]:
    """``tokens`` without punctuation, conjunctions and bare relative words at either end."""
    low, high = 0, len(tokens)
    while low < high and _droppable(tree, tokens[low], first=True):
        low += 1
    while high > low and _droppable(tree, tokens[high - 1], first=False):
        high -= 1
    return tokens[low:high]


def _droppable(tree: Tree, token: int, first: bool) -> bool:
    if tree.passage[token] >= 0:
        return False
    word = tree.words[token]
    if not any(c.isalnum() for c in word):
        return word not in ("$", "\u00a3", "\u20ac", "#", "(", "[") if first else word not in ("%", ")", "]")
    return tree.deps[token] == "cc" and (first or tree.tags[token] == "CC")


def runs(tree: Tree, tokens: list[int]) -> list[Extent]:
    """``tokens`` (sorted) as runs of text: split where words of others stand between, not where punctuation does."""
    found: list[list[int]] = []
    for token in tokens:
        word = tree.words[token]
        if found and all(not any(c.isalnum() for c in tree.words[t]) for t in range(found[-1][-1] + 1, token)):
            found[-1].append(token)
        elif any(c.isalnum() for c in word):
            found.append([token])
    kept = [trim(tree, run) for run in found]
    return [
        (min(tree.starts[t] for t in run), max(tree.ends[t] for t in run))
        for run in kept
        if run and not (len(run) == 1 and tree.lower[run[0]] in _RELATIVE)
    ]

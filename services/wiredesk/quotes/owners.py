"""Ownership: which report each passage in marks belongs to.

The order matters: a cue right before it, reports whose clause holds it, the clause that ends just before it, the verb
that governs it, and last the nearest cue of the sentence.
"""

from __future__ import annotations

from wiredesk.quotes.block import Block, slots_of, word_count
from wiredesk.quotes.parse import Tree
from wiredesk.quotes.report import Report
from wiredesk.text.marks import Passage

GAP = 8
"""Tokens between a reported clause and words in marks that still belong to it, though the parser saw otherwise."""
_THROUGH = frozenset({"xcomp", "conj", "pcomp"})
"""The verbs that words in marks may hang on below the verb that reports them; a whole quotation may hang on more."""
_THROUGH_WHOLE = _THROUGH | {"acl", "advcl"}


def owners(block: Block, tree: Tree, known: list[Report]) -> dict[int, list[int]]:
    """For each passage the reports that it belongs to, both by index, the innermost first.

    In "Kerry said Obama believes it is 'a step'" the words in marks belong to both.
    """
    owner: dict[int, list[int]] = {}
    slots = slots_of(tree)
    for nth, passage in enumerate(block.passages):
        if nth in block.terms:
            continue
        tokens = [t for t in range(len(tree)) if tree.passage[t] == nth] if nth not in slots else []
        tokens = tokens or [t for t in range(len(tree)) if tree.slots[t] == nth]
        if not tokens:
            continue
        if (leading := _leading(tree, known, tokens[0])) is not None:
            owner[nth] = [leading]
            continue
        holding = [
            (len(report.tokens), r)
            for r, report in enumerate(known)
            if 2 * len(set(tokens).intersection(report.tokens)) >= len(tokens) and _may_hold(report, nth in slots)
        ]
        clauses = [(size, r) for size, r in holding if not known[r].phrase]
        holding = clauses or holding
        if holding:
            owner[nth] = [r for _, r in sorted(holding)][: 1 if nth in slots else 3]
            continue
        near = None if nth in slots else _before(tree, known, tokens[0])
        if near is None:
            near = _governing(tree, known, tokens, nth in slots)
        if near is None and nth in slots:
            near = _nearest(tree, known, tokens, passage, block.text)
        if near is not None and (nth in slots or word_count(block.text, passage) >= 2):
            owner[nth] = [near]
    return owner


def _leading(tree: Tree, known: list[Report], token: int) -> int | None:
    """The report whose cue stands right before the passage that begins with ``token``, with a colon between."""
    if token < 2 or tree.words[token - 1] != ":":
        return None
    return next(
        (
            r
            for r, report in enumerate(known)
            if report.token == token - 2 and report.source is not None and "q" in report.verb.takes
        ),
        None,
    )


def _may_hold(report: Report, whole: bool) -> bool:
    return not (whole and report.verb.sense == "belief")


def _before(tree: Tree, known: list[Report], token: int) -> int | None:
    """The report whose clause ends shortly before ``token``, in the same sentence and with no other report between."""
    near = [
        (token - report.tokens[-1], r)
        for r, report in enumerate(known)
        if report.tokens
        and not report.phrase
        and report.verb.sense != "belief"
        and report.token < report.tokens[0] <= report.tokens[-1] < token
        and tree.sentences[report.tokens[-1]] == tree.sentences[token]
    ]
    if not near or min(near)[0] > GAP + 1:
        return None
    distance, nth = min(near)
    between = range(token - distance + 1, token)
    return None if any(report.token in between for report in known) else nth


def _governing(tree: Tree, known: list[Report], tokens: list[int], whole: bool) -> int | None:
    """The report whose verb stands above the passage in the parse, with no other verb of its own between."""
    by_token = {report.token: r for r, report in enumerate(known)}
    inside = set(tokens)
    for top in (t for t in tokens if tree.heads[t] not in inside and tree.deps[t] != "punct"):
        at = top
        for _ in range(8):
            at = tree.heads[at]
            if at in by_token:
                report = known[by_token[at]]
                return by_token[at] if report.source is not None and report.verb.sense != "belief" else None
            if tree.is_verb(at) and tree.deps[at] not in (_THROUGH_WHOLE if whole else _THROUGH):
                break
    return None


def _nearest(tree: Tree, known: list[Report], tokens: list[int], passage: Passage, text: str) -> int | None:
    """The nearest cue of the same sentence, or of the one before when that ends with a colon."""
    sentence = tree.sentences[tokens[0]]
    colon = text[: passage.start].rstrip(" \"'\u201c\u2018\u201e\u00ab`").endswith(":")
    reach = {sentence, sentence - 1} if colon else {sentence}
    near = [
        (abs(report.token - tokens[0]), r)
        for r, report in enumerate(known)
        if tree.sentences[report.token] in reach and report.source is not None and "q" in report.verb.takes
    ]
    return min(near)[1] if near else None

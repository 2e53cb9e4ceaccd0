"""Attribution within one block: which report each passage in marks belongs to, and what is reported without marks.

The order matters: reports whose clause holds the passage, then the verb that governs it, then the nearest cue of the
sentence, then the speaker who goes on. Passages that only their cue divides are one quotation.
"""

from __future__ import annotations

from wiredesk.quotes.block import WORD, Block, slots_of, sorted_spans, word_count
from wiredesk.quotes.continuation import FEW, go_on, subject_in
from wiredesk.quotes.found import Extent, Found
from wiredesk.quotes.parse import Tree
from wiredesk.quotes.report import Report
from wiredesk.quotes.reports import reports
from wiredesk.quotes.subject import Source
from wiredesk.quotes.terms import is_term
from wiredesk.text.marks import Passage


def attribute(block: Block) -> None:
    """Fills ``found``, ``loose``, ``terms`` and ``sources`` of ``block``."""
    tree = block.tree
    block.terms = frozenset(
        n
        for n, p in enumerate(block.passages)
        if not (tree is not None and n in slots_of(tree)) and is_term(block.text, p.start, p.end)
    )
    if tree is None:
        return
    known = reports(tree)
    block.subjects = frozenset(
        tree.starts[t] for t in range(len(tree)) if tree.deps[t] in ("nsubj", "nsubjpass") and tree.slots[t] < 0
    )
    owner = _owners(block, tree, known)
    attributed: dict[int, Found] = {}  # passage -> its quotation
    by_report: dict[int, Found] = {}
    for nth, report in enumerate(known):
        if report.source is not None:
            block.sources.append((report.cue[0], report.source))
        held = [p for p, owners in owner.items() if nth in owners]
        found = _quotation(block, tree, report, held)
        if found is not None:
            by_report[nth] = found
            attributed |= {p: found for p in held if owner[p][0] == nth}
    go_on(block, tree, attributed)
    every = {id(f): f for f in [*by_report.values(), *attributed.values()]}
    block.found = sorted(every.values(), key=lambda f: (f.start, -f.end))
    block.loose = [n for n in range(len(block.passages)) if n not in attributed and n not in block.terms]
    block.last_subject = _last_subject(tree)


def _owners(block: Block, tree: Tree, known: list[Report]) -> dict[int, list[int]]:
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
        near = _governing(tree, known, tokens)
        if near is None and nth in slots:
            near = _nearest(tree, known, tokens, passage, block.text)
        if near is not None and (nth in slots or word_count(block.text, passage) >= 2):
            owner[nth] = [near]
    return owner


def _may_hold(report: Report, whole: bool) -> bool:
    return not (whole and report.verb.sense == "belief")


def _governing(tree: Tree, known: list[Report], tokens: list[int]) -> int | None:
    """The report whose verb stands above the passage in the parse, with no other verb of its own between."""
    by_token = {report.token: r for r, report in enumerate(known)}
    inside = set(tokens)
    for top in (t for t in tokens if tree.heads[t] not in inside):
        at = top
        for _ in range(8):
            at = tree.heads[at]
            if at in by_token:
                report = known[by_token[at]]
                return by_token[at] if report.source is not None and report.verb.sense != "belief" else None
            if tree.is_verb(at) and tree.deps[at] not in ("pcomp", "acl", "xcomp", "conj", "advcl"):
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


def _quotation(block: Block, tree: Tree, report: Report, held: list[int]) -> Found | None:
    """The quotation of ``report`` with the passages that it holds; None when it is no reported speech."""
    slots = slots_of(tree)
    whole = [p for p in held if p in slots]
    spans = list(report.content)
    rule = "according" if report.verb.lemma == "according" else report.verb.sense
    if report.phrase:
        return _phrase(block, report, held)
    if whole:
        spans = [(block.passages[p].start, block.passages[p].end) for p in held]
        form, confidence = "passage", 0.95
    elif held and not set(held).issubset(_held_by(tree, report.tokens)):
        spans = [(block.passages[p].start, block.passages[p].end) for p in held]
        form = "passage" if sum(word_count(block.text, block.passages[p]) for p in held) > FEW else "phrase"
        confidence = 0.75
    elif held:
        spans = _completed(block, spans, held)
        spans = [_without_that(block, span, held) for span in spans]
        form, confidence = "clause", 0.9
        if all(any(_covers(block.passages[p], span) for p in held) for span in spans):
            form = "passage"
    else:
        if not spans or report.verb.sense in ("belief", "manner") or report.source is None:
            return None
        if sum(len(WORD.findall(block.text, a, b)) for a, b in spans) < 2:
            return None
        form, confidence = "clause", 0.85
    if report.hedged:
        confidence -= 0.2
    if report.source is None:
        confidence -= 0.3
    return Found(
        sorted_spans(spans),
        form,
        rule,
        round(confidence, 2),
        report.source,
        report.cue,
        report.verb.lemma,
        list(report.beside),
        bool(held),
    )


def _phrase(block: Block, report: Report, held: list[int]) -> Found | None:
    """A quotation whose content is a phrase: its words in marks alone when they are the greater part of it."""
    spans = list(report.content)
    if not spans or report.source is None or report.verb.sense == "belief":
        return None
    total = sum(len(WORD.findall(block.text, a, b)) for a, b in spans)
    marked = sum(word_count(block.text, block.passages[p]) for p in held)
    if total < 2 and not held:
        return None
    form = "phrase"
    if held and (2 * marked >= total or marked > FEW):
        spans = [(block.passages[p].start, block.passages[p].end) for p in held]
        form = "passage" if marked > FEW else "phrase"
    confidence = (0.75 if held else 0.5) - (0.2 if report.hedged else 0.0)
    lemma, beside = report.verb.lemma, list(report.beside)
    return Found(
        sorted_spans(spans), form, "phrase", confidence, report.source, report.cue, lemma, beside, quoted=bool(held)
    )


def _without_that(block: Block, span: Extent, held: list[int]) -> Extent:
    """``span`` without a "that" in front of words that are all in marks."""
    for p in held:
        passage = block.passages[p]
        between = WORD.findall(block.text, span[0], passage.start)
        if span[0] < passage.start and passage.end >= span[1] and [w.lower() for w in between] == ["that"]:
            return passage.start, span[1]
    return span


def _held_by(tree: Tree, tokens: list[int]) -> set[int]:
    return {tree.passage[t] for t in tokens if tree.passage[t] >= 0}


def _covers(passage: Passage, span: Extent) -> bool:
    return passage.start <= span[0] and span[1] <= passage.end


def _completed(block: Block, spans: list[Extent], held: list[int]) -> list[Extent]:
    """``spans`` carried to the marks of the passages that they begin or end in."""
    done = []
    for start, end in spans:
        for p in held:
            passage = block.passages[p]
            if passage.start < end <= passage.end or passage.start <= start < passage.end:
                start, end = min(start, passage.start), max(end, passage.end)
        done.append((start, end))
    missing = [p for p in held if not any(a <= block.passages[p].start < b for a, b in done)]
    return done + [(block.passages[p].start, block.passages[p].end) for p in missing]


def _last_subject(tree: Tree) -> Source | None:
    return subject_in(tree, tree.sentences[-1]) if len(tree) else None

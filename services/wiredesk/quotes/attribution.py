"""Attribution within one block: which report each passage in marks belongs to, and what is reported without marks.

What no report owns goes to the speaker who goes on. Passages that only their cue divides are one quotation.
"""

from __future__ import annotations

from collections.abc import Iterator

from wiredesk.quotes.block import WORD, Block, slots_of, sorted_spans, word_count
from wiredesk.quotes.continuation import FEW, go_on, subject_in
from wiredesk.quotes.found import Extent, Found
from wiredesk.quotes.lexicon import speech_nouns
from wiredesk.quotes.owners import GAP, owners
from wiredesk.quotes.parse import Tree
from wiredesk.quotes.report import Report
from wiredesk.quotes.reports import reports
from wiredesk.quotes.subject import Source, source_at, subject_of
from wiredesk.quotes.terms import is_term
from wiredesk.text.marks import Passage

_FEWEST_BESIDE = 4
"""Words of a clause beside a whole quotation that make the two one mixed quotation; "that" and an adverb do not."""


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
    block.groups = [source_at(tree, t).extent for t in range(len(tree)) if _is_group(tree, t)]
    block.issued = list(_issued(tree))
    owner = owners(block, tree, known)
    attributed: dict[int, Found] = {}  # passage -> its quotation
    by_report: dict[int, Found] = {}
    for nth, report in enumerate(known):
        aside = report.noun or (report.phrase and tree.deps[report.token] in ("acl", "relcl"))
        if report.source is not None and not aside:
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


def _issued(tree: Tree) -> Iterator[tuple[str, Source]]:
    """The documents that somebody puts out here: ("letter", Lee) for "Lee sent a letter to the president"."""
    for token in range(len(tree)):
        if tree.deps[token] == "dobj" and speech_nouns().get(tree.lower[token]) == "medium":
            source = subject_of(tree, tree.heads[token])
            if source is not None and source.noun not in speech_nouns():
                yield tree.lower[token], source


def _is_group(tree: Tree, token: int) -> bool:
    """Whether ``token`` is a subject in the plural, or of several."""
    if tree.deps[token] not in ("nsubj", "nsubjpass") or tree.slots[token] >= 0:
        return False
    return tree.tags[token] in ("NNS", "NNPS") or (tree.tags[token] == "NNP" and tree.child(token, "conj") is not None)


# The confidences are those of the rules on labelled news (docs/quality.md), rounded; where labels do not reach, below.
def _quotation(block: Block, tree: Tree, report: Report, held: list[int]) -> Found | None:
    """The quotation of ``report`` with the passages that it holds; None when it is no reported speech."""
    slots = slots_of(tree)
    whole = [p for p in held if p in slots]
    spans = list(report.content)
    rule = "according" if report.verb.lemma == "according" else report.verb.sense
    if report.phrase:
        return _phrase(block, report, held)
    if whole and not _has_words_beside(tree, report):
        spans = [(block.passages[p].start, block.passages[p].end) for p in held]
        form, confidence = "passage", 0.95
    elif held and not spans:
        spans = [(block.passages[p].start, block.passages[p].end) for p in held]
        form = "passage" if sum(word_count(block.text, block.passages[p]) for p in held) > FEW else "phrase"
        confidence = 0.75
    elif held:
        spans = _completed(block, spans, held)
        spans = [_without_that(block, span, held) for span in spans]
        form, confidence = "clause", 0.95
        if all(any(_covers(block.passages[p], span) for p in held) for span in spans):
            form = "passage"
    else:
        others = report.tokens and all(tree.slots[t] >= 0 for t in report.tokens)
        if not spans or others or report.verb.sense in ("belief", "manner"):
            return None
        if sum(len(WORD.findall(block.text, a, b)) for a, b in spans) < 2:
            return None
        form, confidence = "clause", 0.6 if report.noun else 0.9
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
        asserted=report.asserted,
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
    if held and 2 * marked >= total:
        spans = [(block.passages[p].start, block.passages[p].end) for p in held]
        form = "passage" if marked > FEW else "phrase"
    return Found(
        sorted_spans(spans),
        form,
        "phrase",
        0.75 if held else 0.5,
        report.source,
        report.cue,
        report.verb.lemma,
        list(report.beside),
        bool(held),
        asserted=report.asserted,
    )


def _has_words_beside(tree: Tree, report: Report) -> bool:
    """Whether the clause behind the cue has words of its own beside a whole quotation ("that, then, 'it rained'")."""
    tokens = report.tokens
    beside = [t for t in tokens if tree.passage[t] < 0 and tree.slots[t] < 0 and tree.words[t][:1].isalnum()]
    if len(beside) < _FEWEST_BESIDE or len(beside) == len(tokens) or beside[0] < report.token:
        return False
    return tree.lower[beside[0]] == "that" or any(tree.tags[t] in ("VBD", "VBZ", "VBP", "MD") for t in beside)


def _without_that(block: Block, span: Extent, held: list[int]) -> Extent:
    """``span`` without a "that" in front of words that are all in marks."""
    for p in held:
        passage = block.passages[p]
        between = WORD.findall(block.text, span[0], passage.start)
        if span[0] < passage.start and passage.end >= span[1] and [w.lower() for w in between] == ["that"]:
            return passage.start, span[1]
    return span


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
    for passage in (block.passages[p] for p in sorted(held)):
        if any(a <= passage.start < b for a, b in done):
            continue
        start, end = max((span for span in done if span[1] <= passage.start), default=(-1, -1))
        if start >= 0 and len(WORD.findall(block.text, end, passage.start)) <= GAP:
            done[done.index((start, end))] = (start, passage.end)
        else:
            done.append((passage.start, passage.end))
    return done


def _last_subject(tree: Tree) -> Source | None:
    return subject_in(tree, tree.sentences[-1]) if len(tree) else None

"""Continuation: passages that nothing attributes belong to whoever spoke last in the paragraph, or speaks next.

Passages that only their attribution divides ("We go," he said. "Now.") are one quotation.
"""

from __future__ import annotations

from wiredesk.quotes.block import Block, slots_of, sorted_spans, word_count
from wiredesk.quotes.found import Found
from wiredesk.quotes.lexicon import roles, speech_nouns
from wiredesk.quotes.parse import Tree
from wiredesk.quotes.subject import Source, source_at, subject_of
from wiredesk.text.marks import Passage

_OPENING = " \"'\u201c\u2018\u201e\u00ab`"
FEW = 4
"""A fragment that no verb governs is taken for words of the speaker when it has more words than this."""


def go_on(block: Block, tree: Tree, attributed: dict[int, Found]) -> None:
    """Gives what nothing attributes to the speaker who spoke last in the paragraph, or who speaks next."""
    slots = slots_of(tree)
    open_ones = [n for n in range(len(block.passages)) if n not in attributed and n not in block.terms]
    for nth in open_ones:
        passage = block.passages[nth]
        if passage.continues or (nth not in slots and word_count(block.text, passage) <= FEW):
            continue  # what goes on from the paragraph before is that paragraph's speaker's
        before = max((p for p in attributed if p < nth), default=None)
        after = min((p for p in attributed if p > nth), default=None)
        if before is not None:
            one = attributed[before]
            if (nth in slots and _only_cue_between(block, tree, one, passage)) or _resumes(block, one, passage):
                one.spans = sorted_spans([*one.spans, (passage.start, passage.end)])
                attributed[nth] = one
            else:
                attributed[nth] = _like(one, passage, 0.8 if nth in slots else 0.6)
        elif after is not None and nth in slots and block.passages[after].start - passage.end <= 6:
            one = attributed[after]
            one.spans = sorted_spans([(passage.start, passage.end), *one.spans])
            attributed[nth] = one
        elif (source := _said_before(block, tree, passage)) is not None:
            attributed[nth] = Found(
                [(passage.start, passage.end)], "passage", "continued", 0.65, source, None, quoted=True
            )
        elif after is not None and nth in slots:
            attributed[nth] = _like(attributed[after], passage, 0.6)


def _like(one: Found, passage: Passage, confidence: float) -> Found:
    """A further quotation of the speaker of ``one``."""
    return Found(
        [(passage.start, passage.end)],
        "passage",
        "continued",
        min(confidence, one.confidence),
        one.source,
        None,
        one.lemma,
        [],
        True,
    )


def _only_cue_between(block: Block, tree: Tree, one: Found, passage: Passage) -> bool:
    """Whether nothing but the attribution of ``one`` stands between it and ``passage``."""
    between = block.text[one.end : passage.start]
    if not any(c.isalnum() for c in between):
        return True
    if one.cue is None or not one.end <= one.cue[0] < passage.start:
        return False
    tokens = [t for t in range(len(tree)) if one.end <= tree.starts[t] < passage.start and tree.passage[t] < 0]
    return len({tree.sentences[t] for t in tokens if any(c.isalnum() for c in tree.words[t])}) <= 1


def _resumes(block: Block, one: Found, passage: Passage) -> bool:
    """Whether ``passage`` goes on in the middle of the sentence that the attribution of ``one`` interrupts."""
    if one.cue is None or not one.end <= one.cue[0] < passage.start or one.form != "passage":
        return False
    stopped = block.text[one.end - 1] in ",-\u2013\u2014" or block.text[one.end : one.end + 1] == ","
    speaks = [at for at, _ in block.sources if one.cue[0] < at < passage.start]
    return stopped and block.text[passage.start].islower() and not speaks


def _said_before(block: Block, tree: Tree, passage: Passage) -> Source | None:
    """Whoever reports, or else is the subject of, the sentence before ``passage`` in the same paragraph."""
    earlier = [source for at, source in block.sources if at < passage.start]
    if earlier:
        return earlier[-1]
    tokens = [t for t in range(len(tree)) if tree.starts[t] < passage.start and tree.passage[t] < 0]
    if not tokens:
        return None
    if (
        block.text[: passage.start].rstrip(_OPENING).endswith(":")
        and (said := _in_medium(tree, tokens[-1])) is not None
    ):
        return said
    return subject_in(tree, tree.sentences[tokens[-1]])


def _in_medium(tree: Tree, token: int) -> Source | None:
    """Whose words "Roe's tweet was blunt:" leads to: Roe's, or the tweet's if it is nobody's."""
    earlier = [t for t in range(token) if tree.sentences[t] == tree.sentences[token] and tree.slots[t] < 0]
    noun = next((t for t in reversed(earlier) if tree.deps[t] == "nsubj"), None)
    if noun is None or speech_nouns().get(tree.lower[noun]) is None:
        return None
    owner = tree.child(noun, "poss")
    return source_at(tree, noun if owner is None else owner)


def subject_in(tree: Tree, sentence: int) -> Source | None:
    """The subject of a sentence, when it may speak by its form: a name, an office, he or she."""
    root = next((t for t in range(len(tree)) if tree.sentences[t] == sentence and tree.heads[t] == t), None)
    if root is None:
        return None
    source = subject_of(tree, root)
    if source is None or source.tag not in ("NNP", "NNPS", "PRP", "NN"):
        return None
    person = source.tag != "PRP" or source.noun in ("he", "she")
    return source if person and (source.tag != "NN" or source.noun in roles()) else None

"""According to: the reports that have no verb of speech ("according to X", "in the words of X")."""

from __future__ import annotations

from wiredesk.quotes.lexicon import CueVerb, speech_nouns
from wiredesk.quotes.parse import Tree
from wiredesk.quotes.report import Report, runs, trim
from wiredesk.quotes.subject import source_at

_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
ACCORDING = CueVerb("according", "state", frozenset("qc"))
_NO_SOURCES = frozenset(
    {"plan", "schedule", "procedure", "procedures", "need", "needs", "size", "age", "rank", "tradition"}
)
_WORDS = CueVerb("words", "manner", frozenset("q"))


def according(tree: Tree, token: int) -> Report | None:
    to = next((t for t in range(token + 1, min(token + 3, len(tree))) if tree.lower[t] == "to"), None)
    if to is None:
        return None
    noun = tree.child(to, "pobj")
    if noun is None:
        noun = next((t for t in range(to + 1, min(to + 9, len(tree))) if _ends_name(tree, t)), None)
    if noun is None or tree.slots[noun] >= 0 or tree.lower[noun] in _NO_SOURCES:
        return None
    noun = _without_comma(tree, to + 1, noun)
    tokens = trim(tree, _told_by(tree, token, noun))
    first = tree.child(token, "mark", "advmod")
    cue = tree.extent(token if first is None or first > token else first, to)
    return Report(cue, ACCORDING, token, source_at(tree, noun), runs(tree, tokens), tokens, [])


def in_the_words_of(tree: Tree, token: int) -> Report | None:
    """The report of "in the words of Roe" and "in Roe's words"; what was said is the passage near it."""
    if tree.lower[token] != "words" or tree.lower[tree.heads[token]] != "in":
        return None
    noun = tree.child(token, "poss")
    if noun is None:
        of = next((c for c in tree.children[token] if tree.lower[c] == "of"), None)
        noun = None if of is None else tree.child(of, "pobj")
    if noun is None or tree.slots[noun] >= 0:
        return None
    return Report(tree.extent(token, token), _WORDS, token, source_at(tree, noun), [], [], [])


def _told_by(tree: Tree, token: int, noun: int) -> list[int]:
    """What "according to X" says it of: its clause, or, at the head of the sentence, all that follows."""
    sentence = [t for t in range(len(tree)) if tree.sentences[t] == tree.sentences[token]]
    if not any(any(c.isalnum() for c in tree.words[t]) for t in sentence if t < token):
        commas = [t for t in sentence if t > noun and tree.words[t] in (",", ":")]
        while len(commas) > 1 and _is_apposition(tree, noun, commas[0] + 1, commas[1]):
            commas.pop(0)
        if commas and not any(tree.tags[t] in _FINITE for t in range(noun + 1, commas[0])):
            return [t for t in sentence if t > commas[0]]
        return [t for t in sentence if t > tree.phrase(noun)[1]]
    head = tree.heads[token]
    while tree.heads[head] != head and not tree.is_verb(head) and tree.slots[head] < 0:
        head = tree.heads[head]
    return [] if head == token else tree.subtree(head, frozenset({token}))


def _without_comma(tree: Tree, start: int, noun: int) -> int:
    """The end of the source in "according to Roe the house was sold", which the parser takes for one noun phrase."""
    for token in range(start + 1, noun):
        if tree.tags[token] in ("DT", "PRP$") and tree.tags[token - 1] in ("NNP", "NNPS", "NNS"):
            return token - 1
    return noun


def _ends_name(tree: Tree, token: int) -> bool:
    """Whether ``token`` is a noun with no further noun behind it."""
    return tree.tags[token].startswith("NN") and not (
        token + 1 < len(tree) and tree.tags[token + 1].startswith(("NN", "POS", "CD"))
    )


def _is_apposition(tree: Tree, noun: int, start: int, end: int) -> bool:
    """Whether what stands between commas describes ``noun``: "X, the coach,", "the coach, X,", "a note, seen by X,"."""
    if end - start > 8 or end <= start:
        return False
    first, named = tree.tags[start], tree.tags[noun] in ("NNP", "NNPS")
    if first in ("VBN", "CD"):
        return True
    if named:
        return first in ("DT", "NN", "WP", "JJ") and not any(tree.tags[t] in ("VBD", "MD") for t in range(start, end))
    return first == "NNP" and tree.tags[noun] == "NN" and tree.lower[noun] not in speech_nouns()

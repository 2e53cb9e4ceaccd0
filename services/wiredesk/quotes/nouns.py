"""Speech nouns: reports that a noun makes: "his claim that ...", "issued a call for ...", "a warning from X that ...".

The light verb beside the noun says nothing by itself; whose words they are is told by a possessive, by "from" or "by",
or by the subject of the light verb. Claims that somebody else denies or faces are not his, and have no speaker here.
"""

from __future__ import annotations

from wiredesk.quotes.assertion import is_asserted
from wiredesk.quotes.lexicon import CueVerb, cue_verbs, light_verbs, speech_nouns
from wiredesk.quotes.parse import Tree
from wiredesk.quotes.report import Report, runs, trim
from wiredesk.quotes.subject import Source, source_at

_CALLS = frozenset({"call", "calls"})
"""Also a medium ("on a call"); what was said stands behind "for"."""
_OF = frozenset({"of"})
"""The preposition behind which the others have it ("chants of", "claims of")."""
_FROM = frozenset({"from", "by"})


def nominal_report(tree: Tree, noun: int) -> Report | None:
    """The report that the speech noun makes; None when it has no content or no speaker."""
    calls = tree.lower[noun] in _CALLS
    if not (calls or speech_nouns().get(tree.lower[noun]) == "said") or not tree.tags[noun].startswith("NN"):
        return None
    clause = next((c for c in tree.children[noun] if c > noun and _is_clause(tree, c)), None)
    tokens = tree.subtree(clause) if clause is not None else _phrase(tree, noun, frozenset({"for"}) if calls else _OF)
    tokens = trim(tree, tokens)
    source = _speaker(tree, noun)
    if not tokens or source is None or tree.starts[tokens[0]] <= source.head[0] <= tree.starts[tokens[-1]]:
        return None
    verb = CueVerb(tree.lower[noun], "state", frozenset("qc"))
    above = tree.heads[noun]
    asserted = not (tree.is_verb(above) and tree.deps[noun] == "dobj") or is_asserted(tree, above)
    cue = tree.extent(noun, noun)
    return Report(cue, verb, noun, source, runs(tree, tokens), tokens, [], asserted, clause is None, noun=True)


def _is_clause(tree: Tree, token: int) -> bool:
    """Whether ``token`` is the verb of "that ..."."""
    that = any(tree.lower[c] == "that" and tree.deps[c] == "mark" for c in tree.children[token])
    return that and tree.deps[token] in ("acl", "ccomp", "relcl")


def _phrase(tree: Tree, noun: int, leading: frozenset[str]) -> list[int]:
    """The object of a ``leading`` preposition behind the noun, or its infinitive."""
    for child in (c for c in tree.children[noun] if c > noun):
        if tree.deps[child] == "prep" and tree.lower[child] in leading:
            about = tree.child(child, "pobj", "pcomp")
            return [] if about is None else tree.subtree(about)
        if tree.deps[child] == "acl" and tree.tags[child] == "VB":
            return tree.subtree(child)
    return []


def _speaker(tree: Tree, noun: int) -> Source | None:
    owner = tree.child(noun, "poss")
    if owner is None:
        for child in tree.children[noun]:
            if tree.lower[child] in _FROM and (owner := tree.child(child, "pobj")) is not None:
                break
    if owner is None:
        verb = tree.heads[noun]
        if tree.deps[noun] != "dobj" or tree.lower[verb] not in light_verbs() or tree.lower[verb] in cue_verbs():
            return None
        owner = _subject_above(tree, verb)
    if owner is None or tree.slots[owner] >= 0 or tree.passage[owner] >= 0 or tree.tags[owner] in ("WDT", "WP", "EX"):
        return None
    return source_at(tree, owner)


def _subject_above(tree: Tree, verb: int) -> int | None:
    """The subject of a light verb, or of the verb that it is joined to ("came and made the claim")."""
    for _ in range(3):
        found = tree.child(verb, "nsubj")
        if found is not None:
            return found
        if tree.deps[verb] not in ("conj", "xcomp", "advcl") or tree.heads[verb] == verb:
            return None
        verb = tree.heads[verb]
    return None

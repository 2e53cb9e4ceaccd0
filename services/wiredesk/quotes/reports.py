"""Reports: the places of a block where a verb of speech, or "according to", has a speaker and a reported clause.

Found through the parse alone; what stands in marks takes part as the clause that replaced it, so that direct, indirect
and mixed speech are one case here.
"""

from __future__ import annotations

from collections.abc import Iterator

from wiredesk.quotes.according import according
from wiredesk.quotes.lexicon import CueVerb, cue_verbs, speech_nouns
from wiredesk.quotes.parse import Tree
from wiredesk.quotes.phrases import phrase_content
from wiredesk.quotes.report import Beside, Report, runs, trim
from wiredesk.quotes.subject import Source, subject_of

_PAST = frozenset({"said", "says", "told", "tells"})
_WH = frozenset({"which", "who", "that", "what", "whom"})
_SUBJECTS = ("nsubj", "nsubjpass", "expl", "csubj", "csubjpass")
_BESIDE = frozenset({"in", "on", "to", "during", "at", "via", "through", "from", "with", "by"})


def reports(tree: Tree) -> list[Report]:
    """Every report of the block, in order of its cue. A verb without speaker and without content is none."""
    found = []
    for token in range(len(tree)):
        if tree.slots[token] >= 0 or tree.passage[token] >= 0:
            continue
        report = according(tree, token) if tree.lower[token] == "according" else _verbal(tree, token)
        if report is not None:
            found.append(report)
    return found


def _verbal(tree: Tree, token: int) -> Report | None:
    verb = cue_verbs().get(tree.lower[token])
    if verb is None or not (tree.is_verb(token) or tree.lower[token] in _PAST):
        return None
    if "o" in verb.takes and not any(tree.lower[c] == "out" for c in tree.children[token]):
        return None
    source = subject_of(tree, token)
    tokens = _content(tree, token, verb, source)
    phrase = not tokens and source is not None
    if phrase:
        tokens = trim(tree, phrase_content(tree, token, verb))
    if source is None and not any(tree.passage[t] >= 0 for t in tokens):
        return None
    hedged = any(
        tree.deps[child] == "neg" or (tree.deps[child] == "aux" and tree.tags[child] == "MD" and child < token)
        for child in tree.children[token]
    )
    cue, beside = tree.extent(token, token), list(_beside(tree, token))
    return Report(cue, verb, token, source, runs(tree, tokens), tokens, beside, hedged, phrase and bool(tokens))


def _is_complement(tree: Tree, token: int) -> bool:
    """A reported clause, or a second one that "and that" adds."""
    if tree.deps[token] == "conj":
        return any(tree.deps[c] == "mark" and tree.lower[c] == "that" for c in tree.children[token])
    return tree.deps[token] == "ccomp" and _finite(tree, token)


def _finite(tree: Tree, token: int) -> bool:
    """Whether the clause at ``token`` is one that can be reported, and not "to go" or "going"."""
    if tree.slots[token] >= 0:
        return True
    if tree.tags[token] in ("VBD", "VBZ", "VBP", "MD"):
        return True
    kinds = {tree.deps[child] for child in tree.children[token]}
    return bool(kinds.intersection(_SUBJECTS)) or any(
        tree.tags[c] in ("MD", "VBD", "VBZ", "VBP") for c in tree.children[token] if tree.deps[c].startswith("aux")
    )


def _holds(tree: Tree, clause: int, source: Source | None) -> bool:
    """Whether the speaker stands in ``clause``, which the parser then took wrongly for what he says."""
    return source is not None and any(tree.starts[t] == source.head[0] for t in tree.subtree(clause))


def _content(tree: Tree, token: int, verb: CueVerb, source: Source | None) -> list[int]:
    """The tokens of the clause that ``token`` reports: its complement, or the sentence that it interrupts."""
    clauses = [c for c in tree.children[token] if _is_complement(tree, c) and not _holds(tree, c, source)]
    if not clauses and verb.sense == "ask":
        clauses = [
            c
            for c in tree.children[token]
            if tree.deps[c] == "advcl" and any(tree.lower[m] in ("if", "whether") for m in tree.children[c])
        ]
    behind = [c for c in clauses if c > token]
    if behind and source is not None and len(behind) < len(clauses):
        starts = [t for t in range(max(0, token - 40), token) if tree.starts[t] == source.extent[0]]
        if starts and starts[0] > 0 and tree.tags[starts[0] - 1] == "CC":
            clauses = behind  # "It began in May and Roe says it will go on": only the second is hers
    if clauses and "c" in verb.takes:
        tokens = [t for clause in clauses for t in tree.subtree(clause, _sources_named_after(tree, clause))]
    elif clauses:
        tokens = [t for clause in clauses for t in tree.subtree(clause) if tree.passage[t] >= 0]
    else:
        tokens = _interrupted(tree, token)
    return trim(tree, sorted(set(tokens)))


def _sources_named_after(tree: Tree, clause: int) -> frozenset[int]:
    """What names a further source in the clause, and is no part of it: "according to X", "..., which Y said ..."."""
    below = tree.subtree(clause)
    return frozenset(t for t in below if t > clause and (tree.lower[t] == "according" or _is_other_report(tree, t)))


def _is_other_report(tree: Tree, token: int) -> bool:
    """Whether ``token`` opens speech of its own: ", which Y said ...", or ", writing that ..." of the same speaker."""
    if tree.lower[token] not in cue_verbs():
        return False
    if tree.deps[token] == "advcl" and tree.tags[token] == "VBG" and tree.words[token - 1] == ",":
        return tree.child(token, "ccomp") is not None
    if tree.deps[token] != "relcl":
        return False
    noun, below = tree.child(token, "nsubj"), tree.subtree(token)
    if cue_verbs()[tree.lower[token]].sense == "belief":
        return False
    return noun is not None and tree.lower[noun] not in _WH and below[0] > 0 and tree.words[below[0] - 1] == ","


def _interrupted(tree: Tree, token: int) -> list[int]:
    """The sentence around a parenthetic cue: "X, Tom says, Y", "As Reuters notes: X"."""
    head, dep = tree.heads[token], tree.deps[token]
    if head == token:
        return []
    marked = any(tree.deps[c] in ("mark", "advmod") and tree.lower[c] == "as" for c in tree.children[token])
    if dep == "parataxis" or (dep in ("advcl", "prep") and marked) or (dep == "ccomp" and _set_off(tree, token, head)):
        # "The plan, said Roe, is good": what stands before may hang on "said" as if it were its subject
        own = [c for c in tree.children[token] if tree.deps[c] == "nsubj"]
        strayed = tree.subtree(own[0]) if len(own) > 1 and own[0] < token < own[1] else []
        return strayed + tree.subtree(head, frozenset({token}))
    return []


def _set_off(tree: Tree, token: int, head: int) -> bool:
    """Whether the cue stands behind its head, after a comma, with nothing that subordinates it."""
    below = tree.subtree(token)
    return (
        head < below[0]
        and tree.words[below[0] - 1] in (",", "-", "\u2013", "\u2014")
        and not any(tree.deps[c] == "mark" for c in tree.children[token])
        and len(below) <= 12
    )


def _beside(tree: Tree, token: int) -> Iterator[Beside]:
    """The phrases at the cue that may name a medium or an outlet."""
    for child in tree.children[token]:
        if tree.deps[child] in ("dobj", "dative", "iobj") and tree.slots[child] < 0:
            yield Beside("", tree.lower[child], tree.extent(*tree.phrase(child)))
        elif tree.deps[child] in ("prep", "agent", "dative") and tree.lower[child] in _BESIDE:
            noun = tree.child(child, "pobj")
            if noun is not None and tree.slots[noun] < 0:
                yield Beside(tree.lower[child], tree.lower[noun], tree.extent(*tree.phrase(noun)))
                for inner in tree.children[noun]:
                    if tree.lower[inner] in ("with", "to", "by", "for", "on") and (deep := tree.child(inner, "pobj")):
                        yield Beside(tree.lower[inner], tree.lower[deep], tree.extent(*tree.phrase(deep)))
    noun = tree.heads[token]
    if tree.deps[token] in ("acl", "relcl") and tree.lower[noun] in speech_nouns():
        yield Beside("in", tree.lower[noun], tree.extent(*tree.phrase(noun)))

"""Complements: the words that a verb of speech reports, as far as they are clauses, and where they end.

Another's speech inside the clause ends it: ", according to X", ", while Y complained", ", with Z saying that".
"""

from __future__ import annotations

from wiredesk.quotes.lexicon import CueVerb, cue_verbs, speech_nouns
from wiredesk.quotes.parse import Tree
from wiredesk.quotes.report import trim
from wiredesk.quotes.subject import Source

_BEING = frozenset({"is", "are", "was", "were", "be", "been", "has", "had", "have"})
_CONTRAST = frozenset({"while", "although", "though", "whereas"})
_REMARKED = frozenset({"line", "notion", "charge", "statement", "position", "view", "reference", "move"})
_SET_OFF = frozenset({",", "-", "--", "\u2013", "\u2014"})
_WH = frozenset({"which", "who", "that", "what", "whom"})
_SUBJECTS = ("nsubj", "nsubjpass", "expl", "csubj", "csubjpass")


def content(tree: Tree, token: int, verb: CueVerb, source: Source | None) -> list[int]:
    """The tokens of the clause that ``token`` reports: its complement, or the sentence that it interrupts."""
    clauses = [
        c
        for c in tree.children[token]
        if _is_complement(tree, c) and not _holds(tree, c, source) and not _speaks_for_itself(tree, c, token)
    ]
    if not clauses and (told := tree.child(token, "dobj", "dative")) is not None:
        clauses = [c for c in tree.children[told] if _is_told(tree, c)]
    if not clauses and verb.sense == "ask":
        clauses = [
            c
            for c in tree.children[token]
            if tree.deps[c] == "advcl" and any(tree.lower[m] in ("if", "whether") for m in tree.children[c])
        ]
    if not clauses and "c" in verb.takes:
        clauses = [c for c in tree.children[token] if _is_wh_clause(tree, token, c)]
    behind = [c for c in clauses if c > token]
    if behind and len(behind) < len(clauses) and any(tree.words[t] == ";" for t in range(clauses[0], token)):
        clauses = behind  # "Aides said it was over; some say it was not": only the second is theirs
    elif behind and source is not None and len(behind) < len(clauses):
        starts = [t for t in range(max(0, token - 40), token) if tree.starts[t] == source.extent[0]]
        if starts and starts[0] > 0 and tree.tags[starts[0] - 1] == "CC":
            clauses = behind  # "It began in May and Roe says it will go on": only the second is hers
    if clauses and "c" in verb.takes:
        tokens = [t for clause in clauses for t in tree.subtree(clause, _sources_named_after(tree, clause))]
    elif clauses:
        tokens = [t for clause in clauses for t in tree.subtree(clause) if tree.passage[t] >= 0]
    else:
        tokens = _interrupted(tree, token)
        if "c" not in verb.takes and not any(tree.passage[t] >= 0 for t in tokens):
            tokens = []  # "..., as the mayor continues to hope" reports nothing
    return trim(tree, sorted(set(tokens)))


def _is_complement(tree: Tree, token: int) -> bool:
    """A reported clause, or a second one that "and that" adds."""
    if tree.deps[token] == "conj":
        return any(tree.deps[c] == "mark" and tree.lower[c] == "that" for c in tree.children[token])
    return tree.deps[token] == "ccomp" and _finite(tree, token)


def _speaks_for_itself(tree: Tree, clause: int, cue: int) -> bool:
    """Whether a clause before the cue is a report beside it: '"It is late," Roe said, and Hill agreed'.

    Without a conjunction it is what is reported: "Roe has told them that it is late, her office said".
    """
    verb = cue_verbs().get(tree.lower[clause])
    says = any(tree.deps[c] == "ccomp" for c in tree.children[clause])
    if clause > cue or verb is None or verb.sense == "belief" or not says or tree.child(clause, "nsubj") is None:
        return False
    return any(tree.tags[t] == "CC" or tree.words[t] == ";" for t in range(tree.subtree(clause)[-1] + 1, cue))


def _is_wh_clause(tree: Tree, cue: int, clause: int) -> bool:
    """The clause of "would not say when he leaves", which the parser takes for an adjunct."""
    first = tree.subtree(clause)[0]
    return first == cue + 1 and tree.tags[first] == "WRB" and tree.child(clause, "nsubj", "nsubjpass") is not None


def _is_told(tree: Tree, clause: int) -> bool:
    """The clause of "telling an interviewer that ...", which the parser hangs on the interviewer."""
    that = any(tree.deps[c] == "mark" and tree.lower[c] == "that" for c in tree.children[clause])
    return that and tree.deps[clause] in ("acl", "ccomp", "relcl")


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


def _sources_named_after(tree: Tree, clause: int) -> frozenset[int]:
    """What names a further source in the clause, and is no part of it: "according to X", "..., which Y said ..."."""
    below = tree.subtree(clause)
    return frozenset(
        t
        for t in below
        if t > clause
        and (
            tree.lower[t] == "according"
            or _is_other_report(tree, t)
            or _is_with_report(tree, t)
            or _is_joined_report(tree, clause, t)
            or _is_remark(tree, t)
        )
    )


def _is_remark(tree: Tree, token: int) -> bool:
    """Whether ``token`` is what the article itself says of it: ", a claim that was rated false"."""
    if tree.lower[token] not in _REMARKED and speech_nouns().get(tree.lower[token]) != "said":
        return False
    first = tree.phrase(token)[0]
    return first > 0 and tree.words[first - 1] in _SET_OFF and tree.lower[first] in ("a", "an")


def _is_joined_report(tree: Tree, clause: int, token: int) -> bool:
    """Whether ``token`` is a verb of speech beside the cue: "said he was sorry and asked for privacy"."""
    if tree.deps[token] != "conj" or tree.heads[token] != clause or tree.lower[token] not in cue_verbs():
        return False
    cue, verb = tree.heads[clause], cue_verbs()[tree.lower[token]]
    be = tree.lower[clause] in _BEING or any(tree.deps[c] in ("aux", "auxpass") for c in tree.children[clause])
    own = any(tree.deps[c].startswith(("nsubj", "aux")) for c in tree.children[token])
    alike = tree.tags[token] == tree.tags[cue] or (tree.tags[token] == "VBN" and tree.tags[cue] == "VBD")
    return be and not own and verb.sense != "belief" and alike


def _is_with_report(tree: Tree, token: int) -> bool:
    """Whether ``token`` opens ", with X saying that ..."."""
    if tree.lower[token] != "with" or token == 0 or tree.words[token - 1] != ",":
        return False
    verb = tree.child(token, "pcomp")
    return verb is not None and tree.lower[verb] in cue_verbs() and tree.child(verb, "nsubj") is not None


def _is_other_report(tree: Tree, token: int) -> bool:
    """Whether ``token`` opens speech of its own: ", which Y said ...", or ", writing that ..." of the same speaker."""
    if tree.lower[token] not in cue_verbs():
        return False
    if tree.deps[token] == "advcl" and tree.tags[token] == "VBG" and tree.words[token - 1] == ",":
        return tree.child(token, "ccomp", "dobj") is not None
    if tree.deps[token] == "advcl" and tree.child(token, "nsubj") is not None:
        return any(tree.deps[c] == "mark" and tree.lower[c] in _CONTRAST for c in tree.children[token])
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
        return strayed + tree.subtree(head, frozenset({token}) | _sources_named_after(tree, head))
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

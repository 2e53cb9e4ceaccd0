"""Reports: the places of a block where a verb of speech, or "according to", has a speaker and a reported clause.

Found through the parse alone; what stands in marks takes part as the clause that replaced it, so that direct, indirect
and mixed speech are one case here.
"""

from __future__ import annotations

from collections.abc import Iterator

from wiredesk.quotes.according import according, in_the_words_of
from wiredesk.quotes.assertion import is_asserted
from wiredesk.quotes.complements import content
from wiredesk.quotes.lexicon import CueVerb, cue_verbs, speech_nouns
from wiredesk.quotes.nouns import nominal_report
from wiredesk.quotes.parse import Tree
from wiredesk.quotes.phrases import phrase_content, without_time
from wiredesk.quotes.report import Beside, Report, runs, trim
from wiredesk.quotes.subject import subject_of

_PARTICLES = {"o": "out", "b": "back", "t": "it"}
_STATIVE = frozenset({"is", "are", "was", "were", "has", "have", "had", "does", "do", "did", "means", "meant", "makes"})
_PAST = frozenset({"said", "says", "told", "tells"})
_BESIDE = frozenset({"in", "on", "to", "during", "at", "via", "through", "from", "with", "by"})


def reports(tree: Tree) -> list[Report]:
    """Every report of the block, in order of its cue. A verb without speaker and without content is none."""
    found = []
    for token in range(len(tree)):
        if tree.slots[token] >= 0 or tree.passage[token] >= 0:
            continue
        if tree.lower[token] == "according":
            report = according(tree, token)
        else:
            report = _verbal(tree, token) or nominal_report(tree, token) or in_the_words_of(tree, token)
        if report is not None:
            found.append(report)
    return [report for report in found if not (report.noun and any(_takes_in(other, report) for other in found))]


def _takes_in(verbal: Report, noun: Report) -> bool:
    """Whether the phrase of ``verbal`` is the noun itself: "repeated his call for a vote" is one report."""
    return verbal.phrase and not verbal.noun and noun.token in verbal.tokens


def _verbal(tree: Tree, token: int) -> Report | None:
    verb = cue_verbs().get(tree.lower[token])
    if verb is None:
        verb = _telling(tree, token)
    if verb is None or not (tree.is_verb(token) or tree.lower[token] in _PAST):
        return None
    particle = next((_PARTICLES[letter] for letter in verb.takes if letter in _PARTICLES), None)
    if particle is not None and not any(tree.lower[c] == particle for c in tree.children[token]):
        return None
    if _is_being_asked(tree, token, verb):
        return None
    source = subject_of(tree, token)
    if verb.sense == "belief" and source is not None and speech_nouns().get(source.noun) == "medium":
        verb = verb._replace(sense="state")  # "a poll found that ..."
    tokens = content(tree, token, verb, source)
    phrase = not tokens and source is not None
    if phrase:
        tokens = trim(tree, without_time(tree, phrase_content(tree, token, verb)))
    if source is None and not any(tree.passage[t] >= 0 for t in tokens) and not _impersonal(tree, token):
        return None
    cue, beside = tree.extent(token, token), list(_beside(tree, token))
    asserted = is_asserted(tree, token)
    return Report(cue, verb, token, source, runs(tree, tokens), tokens, beside, asserted, phrase and bool(tokens))


def _telling(tree: Tree, token: int) -> CueVerb | None:
    """Any verb whose clause is a whole quotation, as a cue: '"We go," he deadpanned'."""
    if tree.tags[token] not in ("VBD", "VBZ", "VBP", "VBG") or tree.lower[token] in _STATIVE:
        return None
    quoted = any(tree.deps[c] == "ccomp" and tree.slots[c] >= 0 for c in tree.children[token])
    speaks = any(tree.deps[c] == "nsubj" and tree.slots[c] < 0 for c in tree.children[token])
    return CueVerb(tree.lower[token], "manner", frozenset("q")) if quoted and speaks else None


def _impersonal(tree: Tree, token: int) -> bool:
    """Whether nobody in particular says it: "it was reported that"."""
    return any(tree.deps[c] == "nsubjpass" and tree.lower[c] == "it" for c in tree.children[token])


def _is_being_asked(tree: Tree, token: int, verb: CueVerb) -> bool:
    """Whether "asked" is a participle that the parser took for a finite verb: "Roe, asked whether ..., replied"."""
    if verb.sense != "ask" or token == 0 or tree.words[token - 1] != ",":
        return False
    later = [t for t in range(token + 1, len(tree)) if tree.sentences[t] == tree.sentences[token]]
    return any(tree.words[t - 1] == "," and tree.lower[t] in cue_verbs() and tree.tags[t] == "VBD" for t in later)


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

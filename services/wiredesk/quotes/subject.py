"""Sources: whose words a cue reports, by the subject of the verb, which may stand far above it.

"The minister issued a statement saying that ..." has the minister; "Smith, who said ..." has Smith; in "Smith attacked
the plan, calling it ..." the subject is inherited. Inherited subjects pay 3 points of F1 and 4 on passages.
"""

from __future__ import annotations

from msgspec import Struct

from wiredesk.quotes.lexicon import cue_verbs, roles, speech_nouns
from wiredesk.quotes.parse import Tree

Extent = tuple[int, int]
_RELATIVE = frozenset({"who", "which", "that"})
_BEHIND = frozenset({"nsubj", "dobj", "appos", "npadvmod", "oprd"})
_OF_PLACE = frozenset({"from", "of", "in", "at", "for"})
_SAYERS = frozenset({"first", "last", "one", "person", "man", "woman"})
_DEEPEST = 8
"""Subjects further up than this many steps do not occur; the bound keeps hostile chains linear."""


class Source(Struct, frozen=True):
    """The words of an attribution: the phrase, its head noun, and the name set beside it ("the coach, Jane Roe").

    ``plural``: several speakers ("Carter and Shoigu"), or a noun in the plural.
    """

    extent: Extent
    head: Extent
    noun: str
    tag: str
    beside: Extent | None = None
    plural: bool = False


def source_at(tree: Tree, noun: int) -> Source:
    """The source whose head is the token ``noun``."""
    first, last = tree.phrase(noun)
    plural = tree.tags[noun] in ("NNS", "NNPS")
    beside = None
    for child in tree.children[noun]:
        if tree.deps[child] == "conj" and child > last and tree.tags[child][:2] in ("NN", "PR"):
            begin, end = tree.phrase(child)
            if begin == last + 2 and tree.lower[begin - 1] in ("and", "or", "&"):
                last, plural = end, True
        elif tree.deps[child] == "appos" and tree.tags[child] in ("NNP", "NNPS") and beside is None:
            begin, end = tree.phrase(child)
            if begin > 0 and tree.words[begin - 1] != "(":
                beside = tree.extent(begin, end)
    if beside is None and tree.deps[noun] == "appos" and tree.tags[tree.heads[noun]] == "NNP":
        beside = tree.extent(*tree.phrase(tree.heads[noun]))
    return Source(tree.extent(first, last), tree.extent(noun, noun), tree.lower[noun], tree.tags[noun], beside, plural)


def subject_of(tree: Tree, verb: int) -> Source | None:
    """The source of what ``verb`` reports; None when it has no subject, or is told and does not tell."""
    noun = _subject(tree, verb)
    if noun is None and tree.child(verb, "auxpass", "nsubjpass") is None:
        noun = _leftmost(tree, verb)
    if noun is None or tree.slots[noun] >= 0 or tree.passage[noun] >= 0:
        return None
    if tree.tags[noun] in ("EX", "DT", "WDT") and tree.lower[noun] not in ("this", "that", "some", "others"):
        return None
    return source_at(tree, noun)


def _subject(tree: Tree, verb: int) -> int | None:
    if (inverted := _inverted(tree, verb)) is not None:
        return inverted
    if tree.tags[verb] == "VBN" and tree.deps[verb] in ("advcl", "acl"):
        agent = tree.child(verb, "agent")
        return None if agent is None else tree.child(agent, "pobj")  # "Asked by Roe whether ..., he said": Roe asks
    if _shares_passive(tree, verb):
        return None
    at = verb
    for _ in range(_DEEPEST):
        if tree.child(at, "auxpass", "nsubjpass") is not None and at == verb:
            agent = tree.child(at, "agent")
            return None if agent is None else tree.child(agent, "pobj")
        noun = tree.child(at, "nsubj", "nsubjpass")
        if noun is not None:
            relative = tree.lower[noun] in _RELATIVE and tree.deps[at] == "relcl"
            return _who(tree, tree.heads[at], tree.lower[noun]) if relative else noun
        dep, head = tree.deps[at], tree.heads[at]
        if head == at:
            return None
        if dep in ("acl", "relcl"):
            if tree.tags[at] == "VB" and not (tree.tags[head] == "NNP" or tree.lower[head] in _SAYERS | roles()):
                return None  # "no reason to say that ...", but "the first senator to say that ..."
            if tree.lower[head] in speech_nouns():
                owner = tree.child(head, "poss")
                if owner is not None:
                    return owner
                issuer = _issuer(tree, head)
                return head if issuer is None else issuer
            return _named_apposition(tree, head)
        if dep in ("conj", "xcomp", "advcl", "pcomp", "prep", "dep", "ccomp", "aux", "parataxis"):
            if dep == "ccomp" and tree.tags[verb] != "VBG":
                return None
            at = _above(tree, at, head)
        else:
            return None
    return None


def _shares_passive(tree: Tree, verb: int) -> bool:
    """Whether the passive of the verb before holds for ``verb`` too: in "was hauled in and told" he is told."""
    if tree.tags[verb] != "VBN" or tree.deps[verb] != "conj":
        return False
    own = any(tree.deps[c].startswith(("aux", "nsubj")) for c in tree.children[verb])
    return not own and tree.child(tree.heads[verb], "auxpass") is not None


def _above(tree: Tree, verb: int, head: int) -> int:
    """The verb whose subject ``verb`` inherits: ``head``, or for ", writing that ..." the one that reports ``head``."""
    trailing = tree.tags[verb] == "VBG" and tree.deps[verb] == "advcl" and verb > 0 and tree.words[verb - 1] == ","
    reporting = trailing and tree.deps[head] == "ccomp" and tree.lower[tree.heads[head]] in cue_verbs()
    return tree.heads[head] if reporting else head


def _inverted(tree: Tree, verb: int) -> int | None:
    """The name behind the verb in '"...," said Roe' and "X, said Roe, is ...", often taken for an object."""
    if verb == 0 or tree.words[verb - 1] not in (",", "-", "\u2014"):
        return None
    marked = verb > 1 and tree.passage[verb - 2] >= 0
    if not (marked or tree.lower[verb] in ("said", "says")):
        return None
    nouns = [c for c in tree.children[verb] if c > verb and tree.deps[c] in _BEHIND]
    noun = nouns[0] if nouns else None
    return noun if noun is not None and tree.tags[noun] == "NNP" and tree.phrase(noun)[0] == verb + 1 else None


def _leftmost(tree: Tree, verb: int) -> int | None:
    """The first subject of the sentence, when it stands before a finite ``verb`` that the parser gave none."""
    stands_alone = tree.heads[verb] == verb or (tree.deps[verb] == "ccomp" and tree.words[verb - 1] == ",")
    if tree.tags[verb] not in ("VBD", "VBZ", "VBP") or not stands_alone:
        return None
    at, first = verb, None
    while at > 0 and tree.sentences[at - 1] == tree.sentences[verb] and verb - at < 40:
        at -= 1
        if tree.deps[at] == "nsubj" and tree.passage[at] < 0 and tree.tags[at] not in ("WP", "WDT", "EX"):
            first = at
    return _behind_opening(tree, at, verb) if first is None else first


def _behind_opening(tree: Tree, start: int, verb: int) -> int | None:
    """The name in "In a talk with CBS News, Paul Ryan, the speaker, said", taken for one of the opening phrase."""
    for token in range(start + 1, verb):
        if tree.tags[token] == "NNP" and tree.deps[token] in ("conj", "appos") and tree.passage[token] < 0:
            first = tree.phrase(token)[0]
            if tree.words[first - 1] == "," and tree.heads[token] < first - 1:
                return token
    return None


def _who(tree: Tree, noun: int, relative: str) -> int:
    """Whom a relative word stands for; "a nurse from Toledo, who said" is not Toledo, which the parser may think."""
    above = tree.heads[noun]
    if relative == "who" and tree.deps[noun] == "pobj" and tree.tags[noun] == "NNP" and tree.lower[above] in _OF_PLACE:
        holder = tree.heads[above]
        if tree.tags[holder].startswith("NN"):
            noun = holder
    return _named_apposition(tree, noun)


def _named_apposition(tree: Tree, noun: int) -> int:
    """The noun that an apposition belongs to when only that one is a name ("Smith, a lawyer who said")."""
    if tree.deps[noun] == "appos" and tree.tags[noun] == "NN" and tree.tags[tree.heads[noun]] == "NNP":
        return tree.heads[noun]
    return noun


def _issuer(tree: Tree, noun: int) -> int | None:
    """Who put out the statement that is the object of a verb: "X issued a statement saying"; or "from X", "by X"."""
    for child in tree.children[noun]:
        if tree.lower[child] in ("from", "by") and (owner := tree.child(child, "pobj")) is not None:
            return owner
    at = noun
    for _ in range(_DEEPEST):
        if tree.is_verb(at):
            return tree.child(at, "nsubj") if at != noun and tree.child(at, "auxpass") is None else None
        if tree.deps[at] in ("nsubj", "nsubjpass", "ROOT"):
            return None
        at = tree.heads[at]
    return None

"""Phrases as contents: "called it a mistake", "criticised the plan", "called for a vote", "promised to pay".

Another kind of thing than a clause, and often not what a reader would call a quotation; so their form is marked and
their confidence is low. Where labels count them they pay 4 points of F1, and cost as much where labels do not.
"""

from __future__ import annotations

from wiredesk.quotes.lexicon import CueVerb, prepositions
from wiredesk.quotes.parse import Tree

_NAMING = frozenset({"call", "label", "brand", "dub"})
"""Verbs that only name when nothing stands between them and the name ("the group called the Sea Org")."""
_PRONOUNS = frozenset({"PRP", "WP", "WDT", "EX"})


def phrase_content(tree: Tree, token: int, verb: CueVerb) -> list[int]:
    """The tokens of the phrase that ``token``, a form of ``verb`` without a clause, reports; empty if there is none."""
    if tree.tags[token] == "VBN" and tree.deps[token] == "acl":
        return []  # "the group called the Sea Org": a name and no speech
    if "i" in verb.takes and (found := _infinitive(tree, token)):
        return found
    if (object_of := _prepositional(tree, token, verb)) is not None:
        return object_of
    return _nominal(tree, token, verb) if "n" in verb.takes else []


def _infinitive(tree: Tree, token: int) -> list[int]:
    """The infinitive of "vowed to fight" and of "urged them to fight", without the object."""
    for child in tree.children[token]:
        if tree.deps[child] in ("xcomp", "ccomp") and child > token and tree.tags[child] == "VB":
            to = next((c for c in tree.children[child] if tree.lower[c] == "to" and tree.deps[c] == "aux"), None)
            if to is not None:
                below = tree.subtree(child)
                return [t for t in below if t >= to]
    return []


def _prepositional(tree: Tree, token: int, verb: CueVerb) -> list[int] | None:
    wanted = prepositions().get(verb.lemma, frozenset())
    for child in tree.children[token]:
        if tree.deps[child] == "prep" and tree.lower[child] in wanted:
            noun = tree.child(child, "pobj", "pcomp")
            if noun is not None and tree.tags[noun] not in _PRONOUNS:
                return tree.subtree(noun)
    return None


def _nominal(tree: Tree, token: int, verb: CueVerb) -> list[int]:
    """The object of "cited the law"; for "called the law a mess" the object with what is said of it."""
    said = tree.child(token, "oprd", "acomp")
    about = tree.child(token, "dobj")
    if said is not None and said > token and (about is not None or verb.lemma not in _NAMING):
        whole = tree.subtree(said)
        if about is not None and tree.tags[about] not in _PRONOUNS and token < about < said:
            whole = tree.subtree(about) + whole
        return sorted(whole)
    described = next((c for c in tree.children[token] if tree.lower[c] == "as" and c > token), None)
    if described is not None:
        noun = tree.child(described, "pobj", "pcomp", "amod")
        return [] if noun is None else tree.subtree(noun)
    if verb.lemma in _NAMING or about is None or tree.tags[about] in _PRONOUNS:
        return []
    return tree.subtree(about)

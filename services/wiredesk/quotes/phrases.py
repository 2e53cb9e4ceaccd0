"""Phrases as contents: "called it a mistake", "criticised the plan", "called for a vote", "promised to pay".

Another kind of thing than a clause, and often not what a reader would call a quotation; so their form is marked and
their confidence is low. Where labels count them they pay 4 points of F1, and cost as much where labels do not.
"""

from __future__ import annotations

from wiredesk.quotes.lexicon import CueVerb, prepositions, roles, singular
from wiredesk.quotes.parse import Tree

_NAMING = frozenset({"call", "label", "brand", "dub"})
"""Verbs that only name when nothing stands between them and the name ("the group called the Sea Org")."""
_PRONOUNS = frozenset({"PRP", "WP", "WDT", "EX"})
_CITING = frozenset({"cite", "quote"})
_PEOPLE = frozenset({"person", "people", "source", "official"})
_DAYS = frozenset(["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "today", "yesterday"])
_UPON = frozenset({"on", "upon"})


def phrase_content(tree: Tree, token: int, verb: CueVerb) -> list[int]:
    """The tokens of the phrase that ``token``, a form of ``verb`` without a clause, reports; empty if there is none."""
    if tree.tags[token] == "VBN" and tree.deps[token] == "acl":
        return []  # "the group called the Sea Org": a name and no speech
    if tree.child(token, "auxpass") is not None:
        return _passive(tree, token, verb)
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
    """What a preposition leads to: "called for a vote", "called on them to vote", "accused the firm of fraud"."""
    wanted, behind = prepositions().get(verb.lemma, (frozenset(), frozenset()))
    about = tree.child(token, "dobj", "dative")
    for child in (c for c in tree.children[token] if c > token and tree.deps[c] in ("prep", "agent", "dative")):
        noun = tree.child(child, "pobj", "pcomp")
        if noun is None or tree.tags[noun] in ("WP", "WDT"):
            continue
        if verb.lemma == "call" and tree.lower[child] in _UPON:
            asked = next((c for c in tree.children[token] if c > noun and _is_infinitive(tree, c)), None)
            asked = asked or next((c for c in tree.children[noun] if _is_infinitive(tree, c)), None)
            return None if asked is None else sorted({*tree.subtree(noun), *tree.subtree(asked)})
        if about is not None and about < child and tree.lower[child] in behind:
            return sorted({*tree.subtree(about), *tree.subtree(child)})
        if about is None and tree.lower[child] in wanted and tree.tags[noun] not in _PRONOUNS:
            return tree.subtree(noun)
    return None


def _is_infinitive(tree: Tree, token: int) -> bool:
    return tree.tags[token] == "VB" and any(
        tree.lower[c] == "to" and tree.deps[c] == "aux" for c in tree.children[token]
    )


def _nominal(tree: Tree, token: int, verb: CueVerb) -> list[int]:
    """The object of "cited the law"; for "called the law a mess" the object with what is said of it."""
    about = tree.child(token, "dobj")
    said = tree.child(token, "oprd", "acomp")
    if said is not None and said > token and (about is not None or verb.lemma not in _NAMING):
        return sorted({*_object(tree, token, about, said), *tree.subtree(said)})
    described = next((c for c in tree.children[token] if tree.lower[c] == "as" and c > token), None)
    if described is not None:
        noun = tree.child(described, "pobj", "pcomp", "amod")
        if noun is None:
            return []
        return sorted({*_object(tree, token, about, described), *tree.subtree(described)})
    judged = next((c for c in tree.children[token] if c > token and _opens_with_as(tree, c)), None)
    if judged is not None:
        below = tree.subtree(judged)
        return sorted({*_object(tree, token, about, below[0]), *below})
    doing = next((c for c in tree.children[token] if tree.deps[c] == "xcomp" and tree.tags[c] == "VBG"), None)
    if doing is not None and about is None and verb.sense == "state":
        return tree.subtree(doing)  # "acknowledged having doubts"
    if verb.lemma in _NAMING or about is None or tree.tags[about] in _PRONOUNS or tree.slots[about] >= 0:
        return []
    if verb.lemma in _CITING and singular(tree.lower[about]) in _PEOPLE | roles():
        return []  # "citing two officials": they are its source
    return tree.subtree(about)


def _passive(tree: Tree, token: int, verb: CueVerb) -> list[int]:
    """What is said of the subject in "was accused by Roe of fraud", "was called a liar by Roe"."""
    agent = tree.child(token, "agent")
    if "n" not in verb.takes or agent is None:
        return []
    by = tree.child(agent, "pobj")
    said = tree.child(token, "oprd", "acomp")
    if said is not None:
        return tree.subtree(said)
    behind = prepositions().get(verb.lemma, (frozenset(), frozenset()))[1] | {"as"}
    near = [*tree.children[token], *(tree.children[by] if by is not None else [])]
    found = next((c for c in near if tree.lower[c] in behind and tree.deps[c] == "prep"), None)
    return [] if found is None else tree.subtree(found)


def without_time(tree: Tree, tokens: list[int]) -> list[int]:
    """``tokens`` up to a day that tells when it was said: "dismissed the criticism Sunday on NBC"."""
    for nth, token in enumerate(tokens[1:], start=1):
        if tree.lower[token] in _DAYS and tree.passage[token] < 0:
            return tokens[: nth - 1] if tree.lower[tokens[nth - 1]] == "on" else tokens[:nth]
    return tokens


def _opens_with_as(tree: Tree, token: int) -> bool:
    """Whether ``token`` is the adjective of "as deeply flawed", which the parser takes for a clause."""
    return tree.deps[token] in ("advcl", "acl", "amod") and tree.lower[tree.subtree(token)[0]] == "as"


def _object(tree: Tree, token: int, about: int | None, said: int) -> list[int]:
    """What is judged, when it stands between the verb and the judgement and is more than "it"."""
    if about is None or not token < about < said or tree.lower[about] == "it":
        return []
    return tree.subtree(about)

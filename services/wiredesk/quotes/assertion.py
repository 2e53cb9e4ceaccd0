"""Assertion: whether an article says that something was said, or that it was not, may be, or will be.

"Officials would not say whether ..." and "if he says that ..." report content without putting it into anybody's mouth;
a consumer who counts what a person said must be able to leave these out.
"""

from __future__ import annotations

from wiredesk.quotes.lexicon import unsaid_words
from wiredesk.quotes.parse import Tree

_FIRST_PERSON = frozenset({"i", "we"})
_CONDITIONS = frozenset({"if", "unless", "whether", "lest"})
_INSTEAD = frozenset({"without", "instead", "before"})
_DEEPEST = 4
_ONGOING = frozenset({"later", "also", "often", "then", "go"})
"""With these "would" tells of the past ("he would later say"), not of a condition."""


def is_asserted(tree: Tree, verb: int) -> bool:
    """Whether the speech of ``verb`` took place, as the article has it."""
    at = verb
    for _ in range(_DEEPEST):
        if _negated(tree, at) or _modal(tree, at) or _conditional(tree, at):
            return False
        head, dep = tree.heads[at], tree.deps[at]
        if head == at:
            return not _questioned(tree, at)
        if dep == "pcomp" and tree.lower[head] in _INSTEAD:
            return False
        infinitive = tree.tags[at] == "VB" and any(tree.lower[c] == "to" for c in tree.children[at] if c < at)
        if dep in ("xcomp", "ccomp") and infinitive:
            if tree.lower[head] in unsaid_words():
                return False
            at = head
        elif dep == "conj" and not any(tree.deps[c].startswith(("nsubj", "aux")) for c in tree.children[at]):
            if tree.tags[at] != "VB":
                return True  # "did not attend and said ...": the negation stays with the first
            at = head
        else:
            return True
    return True


def _negated(tree: Tree, verb: int) -> bool:
    return any(tree.deps[c] == "neg" or (tree.lower[c] == "never" and c < verb) for c in tree.children[verb])


def _modal(tree: Tree, verb: int) -> bool:
    modals = [c for c in tree.children[verb] if tree.deps[c] == "aux" and tree.tags[c] == "MD" and c < verb]
    if not modals:
        return False
    if any(tree.deps[c] == "nsubj" and tree.lower[c] in _FIRST_PERSON for c in tree.children[verb]):
        return False  # "I would say that ...": he says it
    return not any(tree.lower[c] in _ONGOING for c in tree.children[verb])


def _conditional(tree: Tree, verb: int) -> bool:
    return tree.deps[verb] in ("advcl", "ccomp") and any(
        tree.deps[c] == "mark" and tree.lower[c] in _CONDITIONS and c < verb for c in tree.children[verb]
    )


def _questioned(tree: Tree, root: int) -> bool:
    """Whether the sentence asks if it was said: "Did he say that ...?"."""
    inverted = any(tree.deps[c] == "aux" and tree.lower[c] in ("did", "does", "do") for c in tree.children[root])
    last = max(tree.subtree(root))
    return inverted and tree.words[last] == "?"

"""The word lists of quotations: cue verbs, speech nouns, media, outlets, names and titles, read once from ``data/``.

Why inflected here: without a lemmatiser a verb is known by its forms, and a table of forms costs nothing.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import NamedTuple

import xxhash

_DATA = files("wiredesk.quotes") / "data"
_FILES = (
    "cue_verbs",
    "speech_nouns",
    "platforms",
    "outlets",
    "outlet_words",
    "term_words",
    "titles",
    "first_names",
    "roles",
    "prepositions",
    "unsaid_words",
    "light_verbs",
)
_DOUBLED = frozenset({"quip", "brag", "sum", "beg", "blog", "chat", "dub", "slam", "admit", "snap", "plan"})
_WORD = re.compile(r"[A-Za-z][A-Za-z'-]*")


class CueVerb(NamedTuple):
    """A verb that introduces speech: its lemma, its sense, and what it takes (the letters of ``cue_verbs.txt``)."""

    lemma: str
    sense: str
    takes: frozenset[str]


def _lines(name: str) -> list[list[str]]:
    text = (_DATA / f"{name}.txt").read_text(encoding="utf-8")
    return [line.split("|") for line in text.splitlines() if line.strip() and not line.startswith("#")]


@cache
def data_version() -> str:
    """A digest of all the lists: what a message names as the data that its quotations were found with."""
    digest = xxhash.xxh3_64()
    for name in _FILES:
        digest.update((_DATA / f"{name}.txt").read_bytes())
    return digest.hexdigest()


def inflected(lemma: str) -> list[str]:
    """The regular forms of an English verb, itself first: admit, admits, admitted, admitting."""
    if lemma.endswith("e"):
        return [lemma, lemma + "s", lemma + "d", lemma[:-1] + "ing"]
    if lemma.endswith("y") and lemma[-2] not in "aeiou":
        return [lemma, lemma[:-1] + "ies", lemma[:-1] + "ied", lemma + "ing"]
    stem = lemma + lemma[-1] if lemma in _DOUBLED else lemma
    third = lemma + ("es" if lemma.endswith(("s", "sh", "ch", "x", "z")) else "s")
    return [lemma, third, stem + "ed", stem + "ing"]


@cache
def cue_verbs() -> dict[str, CueVerb]:
    """Every form of every cue verb, lower case."""
    found: dict[str, CueVerb] = {}
    for lemma, sense, takes, *irregular in _lines("cue_verbs"):
        verb = CueVerb(lemma, sense, frozenset(takes))
        forms = [lemma, lemma + "ing", *irregular[0].split()] if irregular else inflected(lemma)
        found |= dict.fromkeys(forms, verb)
    return found


@cache
def speech_nouns() -> dict[str, str]:
    """Nouns for something said, singular and plural, to their sense: "medium" or "said"."""
    found: dict[str, str] = {}
    for noun, sense in _lines("speech_nouns"):
        plural = noun if noun.endswith("s") else noun[:-1] + "ies" if noun.endswith(("ry", "ny")) else noun + "s"
        found |= {noun: sense, plural: sense}
    return found


@cache
def platforms() -> frozenset[str]:
    return frozenset(line[0] for line in _lines("platforms"))


@cache
def outlets() -> dict[str, str]:
    """Every form of an outlet's name, case folded and without "the", to the name it goes by here."""
    return {bare(form): names[0] for names in _lines("outlets") for form in names}


@cache
def outlet_words() -> frozenset[str]:
    return frozenset(line[0] for line in _lines("outlet_words"))


@cache
def term_words() -> frozenset[str]:
    return frozenset(line[0] for line in _lines("term_words"))


@cache
def titles() -> dict[str, str]:
    """Titles and nouns that tell a gender, lower case, to "m" or "f"."""
    return {line[0]: line[1] for line in _lines("titles")}


@cache
def first_names() -> dict[str, str]:
    """First names, lower case, to "m" or "f"."""
    return {line[0]: line[1] for line in _lines("first_names")}


@cache
def roles() -> frozenset[str]:
    """Nouns for one who may speak, singular, lower case: "minister", "spokesman"."""
    return frozenset(line[0] for line in _lines("roles"))


@cache
def prepositions() -> dict[str, tuple[frozenset[str], frozenset[str]]]:
    """The prepositions that lead to what is said, by the lemma of the verb: right behind it, and behind an object."""
    return {
        lemma: (frozenset(words.split()), frozenset(" ".join(behind).split()))
        for lemma, words, *behind in _lines("prepositions")
    }


@cache
def unsaid_words() -> frozenset[str]:
    """Words whose infinitive tells of speech that did not take place: "declined to say"."""
    return frozenset(line[0] for line in _lines("unsaid_words"))


@cache
def light_verbs() -> frozenset[str]:
    """Every form of the verbs that say only that the noun behind them was spoken: "made the claim"."""
    return frozenset(form for lemma, forms in _lines("light_verbs") for form in [lemma, *forms.split()])


def singular(noun: str) -> str:
    """A plural noun without its ending, as far as ``roles`` needs it: officials, ministries, police."""
    if noun.endswith("ies"):
        return noun[:-3] + "y"
    if noun.endswith("men"):
        return noun[:-3] + "man"
    return noun[:-1] if noun.endswith("s") and not noun.endswith("ss") else noun


def bare(name: str) -> str:
    """``name`` for comparison: case folded, without "the" and a possessive."""
    name = name.casefold().strip()
    name = name.removesuffix("'s").removesuffix("\u2019s")
    return name.removeprefix("the ").strip()


@cache
def _cue_words() -> frozenset[str]:
    """The words that may introduce speech without marks: not verbs of belief, of manner those with a preposition."""
    bare_ones = prepositions()
    verbs = {
        form
        for form, verb in cue_verbs().items()
        if verb.sense not in ("belief", "manner") or (verb.sense == "manner" and verb.lemma in bare_ones)
    }
    return frozenset(verbs | {"according"} | {noun for noun, sense in speech_nouns().items() if sense == "said"})


def has_cue(text: str) -> bool:
    """Whether any word of ``text`` may introduce speech; the cheap question before the costly parse."""
    return not _cue_words().isdisjoint(map(str.lower, _WORD.findall(text))) or "found that " in text

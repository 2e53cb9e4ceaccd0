"""The word lists, the terms, and what tells a gender."""

from __future__ import annotations

import msgspec
import pytest

from tests.unit.quotes.articles import entity
from wiredesk.contracts.article import Entity
from wiredesk.quotes.gender import gender_of
from wiredesk.quotes.lexicon import cue_verbs, data_version, has_cue, inflected, outlets, speech_nouns
from wiredesk.quotes.terms import is_term


@pytest.mark.parametrize(
    ("lemma", "forms"),
    [
        ("note", ["note", "notes", "noted", "noting"]),
        ("deny", ["deny", "denies", "denied", "denying"]),
        ("say", ["say", "says", "sayed", "saying"]),  # irregular past forms come from the list
        ("admit", ["admit", "admits", "admitted", "admitting"]),
        ("stress", ["stress", "stresses", "stressed", "stressing"]),
    ],
)
def test_inflection(lemma: str, forms: list[str]) -> None:
    assert inflected(lemma) == forms


@pytest.mark.parametrize(("form", "lemma"), [("said", "say"), ("told", "tell"), ("wrote", "write"), ("vowed", "vow")])
def test_forms_lead_to_their_verb(form: str, lemma: str) -> None:
    assert cue_verbs()[form].lemma == lemma


def test_every_verb_has_a_known_sense_and_takes() -> None:
    for verb in cue_verbs().values():
        assert verb.sense in {"state", "ask", "order", "judge", "manner", "belief"}
        assert verb.takes
        assert verb.takes <= set("qcinobt")


@pytest.mark.parametrize(
    ("text", "has"),
    [
        ("He said no.", True),
        ("According to police, it rained.", True),
        ("His claim was heard.", True),
        ("He spoke about the rain.", True),
        ("A study found that it rained.", True),
        ("He found the keys.", False),
        ("It rained in the hills.", False),
        ("", False),
    ],
)
def test_has_cue(text: str, has: bool) -> None:
    assert has_cue(text) is has


def test_lists_are_normalised_and_versioned() -> None:
    assert outlets()["associated press"] == outlets()["ap"] == "AP"
    assert speech_nouns()["statements"] == speech_nouns()["statement"] == "medium"
    assert len(data_version()) == 16


@pytest.mark.parametrize(
    ("block", "words", "term"),
    [
        ('known by the NATO designation "Flanker" have', "Flanker", True),
        ('the so-called "rebels" left', "rebels", True),
        ('on NBC\'s "Meet the Press," saying that', "Meet the Press,", True),
        ('appearing on "Fox News Sunday," called', "Fox News Sunday,", True),
        ('He hosts "The Steve Harvey Morning Show" daily', "The Steve Harvey Morning Show", True),
        ('Earvin "Magic" Johnson', "Magic", True),
        ('He described it as "a mess" twice', "a mess", False),
        ('She said "no" twice', "no", False),
        ('He said: "New York City."', "New York City.", False),
        ('called it "a warning that we have paid for in blood" and', "a warning that we have paid for in blood", False),
    ],
)
def test_is_term(block: str, words: str, term: bool) -> None:
    start = block.index(words)
    assert is_term(block, start, start + len(words)) is term


@pytest.mark.parametrize(
    ("text", "name", "aliases", "gender"),
    [
        ("Jane Roe spoke.", "Jane Roe", [], "f"),
        ("Peter Hill spoke.", "Peter Hill", [], "m"),
        ("Mr. Xyl spoke.", "Xyl", [], "m"),
        ("Spokeswoman Ari Xyl spoke.", "Ari Xyl", [], "f"),
        ("Ari Xyl spoke.", "Ari Xyl", [], None),
        ("Madam Xyl met Mr. Xyl.", "Xyl", [], None),
    ],
)
def test_gender(text: str, name: str, aliases: list[str], gender: str | None) -> None:
    assert gender_of(msgspec.convert(entity(name, "PER", text, *aliases), Entity), text) == gender

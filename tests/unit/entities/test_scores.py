"""Confidence and salience: how they compare, and that both stay within 0 to 1."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.unit.entities.marked import entities


def test_what_the_model_alone_saw_once_is_the_least_sure():
    once = entities("[ORG Zorbex] rose.")["Zorbex"]
    twice = entities("[ORG Zorbex] rose. [ORG Zorbex] fell.")["Zorbex"]
    known = entities("[ORG NATO] met.")["NATO"]
    assert once.confidence < twice.confidence < known.confidence


def test_a_title_makes_a_person_surer():
    bare, titled = entities("[PERSON Ann Lee] spoke."), entities("Mayor [PERSON Ann Lee] spoke.")
    assert bare["Ann Lee"].confidence < titled["Ann Lee"].confidence


def test_headline_first_place_and_frequency_make_salience():
    filler = "Nothing else of note happened on that day in any place at all. " * 5
    found = entities(
        ("headline", "[PERSON Ann Lee] wins again"),
        "[PERSON Ann Lee] won. [PERSON Bo Dahl] lost.",
        filler,
        "[PERSON Ann Lee] spoke.",
        "[PERSON Cy Ek] left.",
    )
    assert found["Ann Lee"].salience > found["Bo Dahl"].salience > found["Cy Ek"].salience


WORDS = st.sampled_from(
    [
        "President",
        "Ash",
        "Carter",
        "Smith",
        "of",
        "the",
        "in",
        "Syria",
        "Syrian",
        "U.S.",
        "NATO",
        "F-16",
        "ISIS",
        "(IAEA)",
        "al-",
        "-",
        ",",
        ".",
        "'",
        "’s",
        '"',
        "Inc.",
        "3-1",
        "match\n",
    ]
)
LABELS = st.sampled_from(["PERSON", "ORG", "GPE", "NORP", "FAC", "PRODUCT", "EVENT", "LAW", "WORK_OF_ART"])


@given(st.lists(st.tuples(WORDS, st.none() | LABELS), max_size=40))
def test_any_text_gives_exact_spans_unique_ids_and_scores_within_bounds(words):
    marked = " ".join(f"[{label} {word}]" if label and "\n" not in word else word for word, label in words)
    found = entities(*[line for line in marked.split("\n") if line.strip()])
    for entity in found.values():
        assert 0 <= entity.confidence <= 1
        assert 0 <= entity.salience <= 1
        assert entity.mentions
        starts = [mention.start for mention in entity.mentions]
        assert starts == sorted(set(starts))

"""Boundaries: the model's passage cut to the name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wiredesk.entities.boundaries import tidy


@pytest.mark.parametrize(
    ("passage", "label", "names"),
    [
        ("the Islamic State", "ORG", ["Islamic State"]),
        ("The Hague", "GPE", ["The Hague"]),
        ("anti-Islamic State", "NORP", ["Islamic State"]),
        ("Moscow-based", "GPE", ["Moscow"]),
        ("Assad\u2019s", "PERSON", ["Assad"]),
        ("Washington/Beijing", "GPE", ["Washington", "Beijing"]),
        ("the Mediterranean coast", "LOC", ["Mediterranean"]),
        ("Bashar al-Assad", "PERSON", ["Bashar al-Assad"]),
        ("Kwok Ka-ki", "PERSON", ["Kwok Ka-ki"]),
        ("Obama-era", "PERSON", ["Obama"]),
        ("Nathan Law of Demosisto", "PERSON", ["Nathan Law"]),
        ("Philip of Spain", "PERSON", ["Philip of Spain"]),
        ("Maj. Gen. Igor Konashenkov", "PERSON", ["Igor Konashenkov"]),
        ("Adams, Allred", "PERSON", ["Adams", "Allred"]),
        ("Donald Payne, Jr.", "PERSON", ["Donald Payne, Jr."]),
        ("Apple Inc.", "ORG", ["Apple Inc."]),
        ("the U.S.", "GPE", ["U.S."]),
        ("New York Post", "ORG", ["New York Post"]),
        ("Ministry of Foreign Affairs", "ORG", ["Ministry of Foreign Affairs"]),
        ("D.C.- Today", "GPE", ["D.C."]),
        ("R-Texas", "ORG", ["Texas"]),
        ("Senator", "ORG", []),
        ("the Ministry", "ORG", []),
        ("Monday", "ORG", []),
        ("president", "PERSON", []),
        ('"', "ORG", []),
    ],
)
def test_tidy(passage, label, names):
    assert [passage[start:end] for start, end in tidy(passage, 0, len(passage), label)] == names


def test_party_and_state_of_a_lawmaker_are_no_entity():
    text = "Ted Cruz (R-UT) and Mark Pocan (D-Wis.)"
    assert [tidy(text, text.index(each), text.index(each) + 4, "ORG") for each in ("R-UT", "D-Wi")] == [[], []]


@given(st.text(max_size=60), st.sampled_from(["PERSON", "ORG", "GPE", "WORK_OF_ART"]))
def test_names_are_in_order_inside_the_passage_and_not_empty(passage, label):
    at = 0
    for start, end in tidy(passage, 0, len(passage), label):
        assert at <= start < end <= len(passage)
        at = end

"""Equipment: designations, ships and vouched names are PRODUCT; what only looks like one is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.entities.marked import entities
from wiredesk.entities.equipment import is_designation


@pytest.mark.parametrize(
    ("text", "product"),
    [
        ("The Sukhoi jets landed.", "Sukhoi"),
        ('The jets, known as "Flanker", landed.', "Flanker"),
        ("Two F-16s flew.", "F-16s"),
        ("A Su-25 crashed.", "Su-25"),
        ("A Sukhoi Su-25 crashed.", "Sukhoi Su-25"),
        ("The USS Cole sailed.", "USS Cole"),
        ("An MQ-9 Reaper drone fell.", "MQ-9 Reaper"),
        ("Patriot missiles arrived.", "Patriot"),
        ("A Boeing 737 MAX 8 crashed.", "Boeing 737 MAX 8"),
        ("They fired [ORG HIMARS] rockets.", "HIMARS"),
        ("He held an AK-47.", "AK-47"),
    ],
)
def test_equipment(text, product):
    assert entities(text)[product].type == "PRODUCT"


@pytest.mark.parametrize(
    "text",
    [
        "The G-20 met.",
        "COVID-19 spread.",
        "An H-1B visa is needed.",
        "He drove down I-95 and the M25.",
        "A patriot spoke of the bear.",
        "The Patriot newspaper closed.",
        "Formula F1 racing.",
    ],
)
def test_what_is_no_equipment(text):
    assert not [entity for entity in entities(text).values() if entity.type == "PRODUCT"]


@given(st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=1, max_size=4), st.integers(0, 999))
def test_a_designation_needs_a_known_prefix(prefix, number):
    if is_designation(prefix, str(number), f"{prefix}-{number}"):
        assert entities(f"They saw the {prefix}-{number} there.")[f"{prefix}-{number}"].type == "PRODUCT"

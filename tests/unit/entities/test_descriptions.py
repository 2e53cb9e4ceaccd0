"""Descriptions: "the minister" and "the company" where only one can be meant."""

from __future__ import annotations

import pytest

from tests.unit.entities.marked import entities


def nominal(found):
    return [mention.exact for mention in found.mentions if mention.kind == "nominal"]


@pytest.mark.parametrize(
    ("text", "name", "described"),
    [
        ("Prime Minister [PERSON Ann Lee] met her cabinet. Later the minister resigned.", "Ann Lee", ["the minister"]),
        ("[ORG Acme Widgets Ltd] grew. The company hired.", "Acme Widgets Ltd", ["The company"]),
        ("The [ORG Defense Ministry] denied it; the ministry said so.", "Defense Ministry", ["the ministry"]),
    ],
)
def test_who_is_meant(text, name, described):
    assert nominal(entities(text)[name]) == described


@pytest.mark.parametrize(
    "text",
    [
        "The minister spoke before Prime Minister [PERSON Ann Lee] came.",
        "Finance Minister [PERSON Ann Lee] and Foreign Minister [PERSON Bo Dahl] met; the minister left.",
        "Finance Minister [PERSON Ann Lee] met a minister; the minister left.",
        "Finance Minister [PERSON Ann Lee] left; the minister of justice stayed.",
        "[ORG Acme Widgets Ltd] bought [ORG Zorbex Motors Inc]; the company grew.",
        "Finance Minister [PERSON Ann Lee] spoke before ministers; the minister left.",
    ],
)
def test_when_nobody_can_be_sure(text):
    assert not [each for found in entities(text).values() for each in nominal(found)]

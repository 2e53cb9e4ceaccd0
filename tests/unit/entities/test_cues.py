"""Cues: what stands beside a name outweighs one finding of the model."""

from __future__ import annotations

import pytest

from tests.unit.entities.marked import entities


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("The retailer [PERSON Zorbex] grew.", "Zorbex", "ORG"),
        ("[GPE Severn Trent] shares fell.", "Severn Trent", "ORG"),
        ("[PERSON Zorbex]'s shares fell.", "Zorbex", "ORG"),
        ("[ORG Vardun], 45, left.", "Vardun", "PER"),
        ("[GPE Vardun], who left, spoke.", "Vardun", "PER"),
        ("The town [PERSON Vardun] slept.", "Vardun", "LOC"),
        ("Members of [ORG Zorbex], who left, spoke.", "Zorbex", "ORG"),
        ("[PERSON Ann Vardun], chairman of the board, left.", "Ann Vardun", "PER"),
        ("[GPE Utahns] who rent", "Utahns", "LOC"),
    ],
)
def test_kind(text, name, kind):
    assert entities(text)[name].type == kind

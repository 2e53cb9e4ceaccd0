"""Speech that did not take place, or not yet, is told but not asserted."""

from __future__ import annotations

import pytest

from tests.unit.quotes.articles import said


@pytest.mark.parametrize(
    "text",
    [
        "Officials have not said that the team was denied visas.",
        "Officials never said that the team was denied visas.",
        "Officials may say that the team was denied visas.",
        "Officials would not say whether the team was denied visas.",
        "Officials declined to say whether the team was denied visas.",
        "Officials are expected to announce that the team was denied visas.",
        "If officials say that the team was denied visas, the match is off.",
        "Did officials say that the team was denied visas?",
        "Officials left without saying whether the team was denied visas.",
        "Officials have not said when the team was denied visas.",
    ],
)
def test_not_asserted(text: str) -> None:
    (quote,) = said(text)
    assert not quote.asserted


@pytest.mark.parametrize(
    "text",
    [
        "Officials said that the team was not denied visas.",
        "Officials denied that the team was denied visas.",
        "Officials would later say that the team was denied visas.",
        "I would say that the team was denied visas.",
        "Officials went on to say that the team was denied visas.",
        "Officials did not come to the match but said that the team was denied visas.",
        "Officials asked whether the team was denied visas.",
    ],
)
def test_asserted(text: str) -> None:
    assert [quote.asserted for quote in said(text) if quote.form != "phrase"] == [True]

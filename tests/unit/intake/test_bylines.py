"""Bylines: lines of names after "By", and sentences that begin with the same word."""

from __future__ import annotations

import pytest

from wiredesk.intake.bylines import is_office, is_same_byline, parse_byline, without_by


@pytest.mark.parametrize(
    ("paragraph", "who"),
    [
        ("By Jane Doe", "Jane Doe"),
        ("BY JANE DOE", "JANE DOE"),
        ("By Jane Doe, Staff Writer | Tribune", "Jane Doe, Staff Writer | Tribune"),
        ("By Jane Doe and John Roe", "Jane Doe and John Roe"),
        ("By Jane Doe in Beirut", "Jane Doe in Beirut"),
        ("By Jane Doe, Associated Press", "Jane Doe, Associated Press"),
        ("By Leila al-Shami, AFP", "Leila al-Shami, AFP"),
        ("By Marie de la Cruz for The Tribune", "Marie de la Cruz for The Tribune"),
        ("By Dr. Jane Doe Jr.", "Dr. Jane Doe Jr."),
        ("By The Associated Press", "The Associated Press"),
        ("By Our Correspondent", "Our Correspondent"),
        ("By staff and wire reports", "staff and wire reports"),
        ("By Jane Doe • Updated Sept. 3, 2015", "Jane Doe"),
        ("By Jane Doe | jdoe@trib.example", "Jane Doe | jdoe@trib.example"),
        ("Written by Jane Doe", "Jane Doe"),
        ("Analysis by Jane Doe", "Jane Doe"),
    ],
)
def test_bylines(paragraph: str, who: str) -> None:
    assert parse_byline(paragraph) == who


@pytest.mark.parametrize(
    "paragraph",
    [
        "By Friday, the troops had left.",
        "By Monday",
        "By law, it must be so.",
        "By contrast Germany",
        "By Any Means Necessary",
        "By far the biggest ship",
        "By Jane Doe's own account, it was late.",
        "By Jane Doe?",
        "Jane Doe",
        "Bylaws of the Union",
        "By ",
        "By " + "Jane Doe and " * 20 + "John Roe",
    ],
)
def test_sentences_are_no_bylines(paragraph: str) -> None:
    assert parse_byline(paragraph) is None


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("By Jane Doe", "Jane Doe"),
        ("by jane doe", "jane doe"),
        ("Jane Doe", "Jane Doe"),
        ("By ", None),
        ("Byron Roe", "Byron Roe"),
    ],
)
def test_a_field_loses_its_by(field: str, value: str | None) -> None:
    assert without_by(field) == value


def test_a_line_that_repeats_the_field_is_a_byline_in_any_case_of_letters() -> None:
    assert is_same_byline("MORWENNA STOATE", "Morwenna Stoate")
    assert is_same_byline("By Morwenna Stoate", "Morwenna Stoate")
    assert not is_same_byline("Morwenna Stoate left the room.", "Morwenna Stoate")
    assert not is_same_byline("Morwenna Stoate", None)


@pytest.mark.parametrize(
    ("line", "office"),
    [("Staff Writer", True), ("Associated Press", True), ("Reporter.", False), ("A writer left", False)],
)
def test_the_line_under_a_byline(line: str, office: bool) -> None:
    assert is_office(line) is office

"""Citations: an outlet counts when a citing phrase stands beside it, and not for its name alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wiredesk.intake.citations import citations
from wiredesk.text.paragraphs import paragraphs


def cited(text: str) -> list[tuple[str, str]]:
    return [(found.name, text[found.start : found.end]) for found in citations(text, paragraphs(text))]


@pytest.mark.parametrize(
    ("text", "name", "evidence"),
    [
        ("He left, according to The Associated Press.", "The Associated Press", "according to The Associated Press"),
        ('The AP says: "He left."', "The Associated Press", "The AP says"),
        ('As Reuters notes: "He left."', "Reuters", "As Reuters notes"),
        ("“No,” he told Reuters.", "Reuters", "told Reuters"),
        ("CNN reported on Monday that he left.", "CNN", "CNN reported"),
        ("Reuters has also reported it.", "Reuters", "Reuters has also reported"),
        ("He said in an interview with the BBC that he left.", "BBC", "in an interview with the BBC"),
        ("He was quoted as saying by Interfax.", "Interfax", "quoted as saying by Interfax"),
        ("He told Russian state news agency TASS so.", "TASS", "told Russian state news agency TASS"),
        (
            "He told Egypt's state-run Middle East News Agency so.",
            "MENA",
            "told Egypt's state-run Middle East News Agency",
        ),
        ("A memo obtained by The New York Times says no.", "The New York Times", "obtained by The New York Times"),
        ("He left, the Guardian newspaper reported.", "The Guardian", "the Guardian newspaper reported"),
        ("The New York Post’s reporting shows it.", "New York Post", "The New York Post’s reporting"),
        ("Two Reuters reporters saw it.", "Reuters", "Reuters reporters"),
        ("Time magazine reported it.", "Time", "Time magazine reported"),
        ("He told the Tallinn Ledger so.", "Tallinn Ledger", "told the Tallinn Ledger"),  # built like one
        ("It was set out by Continental News Service:", "Continental News Service", "by Continental News Service"),
        ("The Tallinn Ledger reported it.", "Tallinn Ledger", "Tallinn Ledger reported"),
    ],
)
def test_citing_phrases(text: str, name: str, evidence: str) -> None:
    assert cited(text) == [(name, evidence)]


@pytest.mark.parametrize(
    "text",
    [
        "The Pentagon said in a statement that he left.",
        "Pentagon press secretary Peter Cook said so.",
        "Reuters shares fell.",
        "Thomson Reuters reported a loss.",
        "Reuters reported revenue of $1 billion.",
        "He works for the BBC in London.",
        "according to the Reuters Institute",
        "Mr. Bloomberg said he would run.",
        "Bloomberg said he would run.",  # may be the mayor
        "He told PA voters so.",
        "He said in an interview that CNN was wrong.",
        "according to the Federal Register",
        "Time reported nothing",
        "He told reporters that the BBC was late.",
        "obtained by The Post",
    ],
)
def test_a_name_alone_is_no_citation(text: str) -> None:
    assert cited(text) == []


def test_a_name_that_is_also_a_surname_needs_a_strong_verb() -> None:
    assert cited("Bloomberg reported it.") == [("Bloomberg", "Bloomberg reported")]
    assert cited("He told Bloomberg News so.") == [("Bloomberg", "told Bloomberg News")]


def test_citations_do_not_reach_over_the_end_of_a_paragraph() -> None:
    assert cited("according to\nReuters\nreported") == []


@given(
    st.lists(
        st.sampled_from(
            ["told", "the", "Reuters", "AP", "reported", "CNN", ".", "Bloomberg", "\n", "by", "News Agency"]
        )
    )
)
def test_evidence_lies_in_one_paragraph_and_has_the_name_in_it(words: list[str]) -> None:
    text = " ".join(words)
    for found in citations(text, paragraphs(text)):
        assert 0 <= found.start < found.end <= len(text)
        assert "\n" not in text[found.start : found.end]
        assert 0 < found.confidence <= 1

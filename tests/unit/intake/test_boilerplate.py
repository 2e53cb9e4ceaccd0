"""Boilerplate: set phrases are found, reporting in the same words is not."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from wiredesk.intake.boilerplate import is_boilerplate


@pytest.mark.parametrize(
    "paragraph",
    [
        "Advertisement",
        "ADVERTISEMENT",
        "Story continues below advertisement",
        "Read more:",
        "Read more: How safe are the silos?",
        "Related: Three killed in blast",
        "More on Syria: what we know",
        "Follow us on Twitter",
        "Follow Jane Doe on Twitter at @janedoe.",
        "Sign up for our newsletter",
        "Sign up for The Morning newsletter here",
        "For more deals and dealers, sign up for our newsletter.",
        "Get the Herald’s morning briefing. Sign up for our newsletter.",
        "This story has been updated.",
        "This is a developing story. Check back for updates.",
        "Our Standards: The Thomson Reuters Trust Principles.",
        "Published Sept. 3, 2015 10:04 AM",
        "FOR IMMEDIATE RELEASE",
        "* * *",
        "###",
        "________",
        "—",
    ],
)
def test_furniture(paragraph: str) -> None:
    assert is_boilerplate(paragraph)


@pytest.mark.parametrize(
    "paragraph",
    [
        "Read more about it in the Times, he said, and laughed.",
        "Related charges were dropped.",
        "Sign up for health insurance ended on Friday.",
        "Also on Friday, police said two men died.",
        "Donate to the Red Cross, the mayor said.",
        "Recommended doses of the drug are low.",
        "By clicking on the link, users gave away their names.",
        "For more information, call the police.",
        "This story was updated to correct the age of Mr Smith.",
        "“Follow us on Twitter,” the mayor told the crowd.",
        "Share prices fell.",
        "Comment?",
        "3-1",
        "Visit us at the booth, the company said.",
        "To follow us on that road would be folly, said the mayor.",
    ],
)
def test_reporting(paragraph: str) -> None:
    assert not is_boilerplate(paragraph, top=True)


def test_a_date_alone_is_furniture_above_the_report_and_a_heading_below() -> None:
    assert is_boilerplate("Friday, July 21, 2017", top=True)
    assert is_boilerplate("3 min read", top=True)
    assert not is_boilerplate("Friday, July 21, 2017")


def test_long_paragraphs_are_never_furniture() -> None:
    assert not is_boilerplate("Advertisement " * 40)
    assert not is_boilerplate("“" * 100_000)


def test_little_of_the_press_releases_is_furniture() -> None:
    data = Path(os.environ.get("WIREDESK_DATA", Path(__file__).parents[4] / "shared" / "data")) / "congress.jsonl"
    if not data.exists():
        pytest.skip(f"no development data at {data}; set WIREDESK_DATA")
    with data.open(encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line, _ in zip(lines, range(1000), strict=False)]
    found = {paragraph for text in texts for paragraph in text.split("\n") if paragraph and is_boilerplate(paragraph)}
    worded = {paragraph for paragraph in found if sum(map(str.isalpha, paragraph)) > 3}
    assert len(worded) <= 10, sorted(worded)

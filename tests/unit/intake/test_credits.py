"""Credit lines: who had a hand in it, told from sentences in the same words."""

from __future__ import annotations

import pytest

from wiredesk.intake.credits import bare_credit, credit_at_end, credit_kind


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Reporting by A Smith in Beirut; Editing by C Jones", "reporting"),
        ("(Reporting by Lena Novak; Editing by Tom Ray)", "reporting"),
        ("Edited by Jane Doe", "reporting"),
        ("(Additional reporting by A in B and C in D; Writing by E; Editing by F and G)", "contributor"),
        ("Additional reporting by Meridian", "contributor"),
        ("With files from Reuters", "contributor"),
        ("AP writer Jane Roe in Cairo contributed to this report.", "contributor"),
        ("Associated Press writers A B in X and C D in Y contributed to this report.", "contributor"),
        ("Jane Doe contributed reporting from Beirut and Cairo.", "contributor"),
        ("Courier staff contributed to this report.", "contributor"),
        ("(AP)", "agency"),
        ("— Reuters", "agency"),
        ("AFP/xyz", "agency"),
        ("dpa", "agency"),
        ("Source: AFP", "agency"),
        ("(Reuters/AFP)", "agency"),
        ("This article was originally published by ProPublica.", "published"),
        ("Distributed by Tribune Content Agency, LLC.", "published"),
        ("Photo: Jane Doe", "photo"),
        ("Photo by John Roe/AP", "photo"),
        ("Image: NASA", "photo"),
    ],
)
def test_credit_lines(line: str, kind: str) -> None:
    assert credit_kind(line) == kind


@pytest.mark.parametrize(
    "sentence",
    [
        "China contributed to the decline.",
        "“I contributed to this report.”",
        "Photos show smoke rising over the city",
        "Reporting by the commission found that abuses continued",
        "Produced by Acme, the film won two awards.",
        "This story was originally published in 1998 and won a prize",
        "With agencies closed, nobody answered.",
        "The New York Times",  # an outlet that stands alone is no credit
        "Image",
        "Sources: Two officials",
        "(Smith)",
        "Reuters reported a loss.",
        "Reporting by " + "A" * 600,
    ],
)
def test_sentences_are_no_credit_lines(sentence: str) -> None:
    assert credit_kind(sentence) is None


@pytest.mark.parametrize(
    ("paragraph", "credit"),
    [
        ("He said so. (Reporting by A B; Editing by C)", "(Reporting by A B; Editing by C)"),
        ("“Yes,” he said. (dpa)", "(dpa)"),
        ("He said so. (AFP/xyz).", "(AFP/xyz)."),
        ("He joined the agency (AP)", None),  # inside a sentence
        ("He said so. (Smith)", None),
        ("He said so.", None),
    ],
)
def test_a_credit_at_the_end_of_a_paragraph(paragraph: str, credit: str | None) -> None:
    at = credit_at_end(paragraph)
    assert (None if at is None else paragraph[at:]) == credit


@pytest.mark.parametrize(
    ("line", "bare"),
    [
        ("(AP)", "AP"),
        ("— Reuters", "Reuters"),
        ("(Reporting by A; Editing by B)", "Reporting by A; Editing by B"),
        ("AP", "AP"),
    ],
)
def test_the_value_of_a_credit_has_no_brackets(line: str, bare: str) -> None:
    assert bare_credit(line) == bare

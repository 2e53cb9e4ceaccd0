"""Captions: words under a picture, by how they begin or whom they credit."""

from __future__ import annotations

import pytest

from wiredesk.intake.captions import is_caption


@pytest.mark.parametrize(
    "paragraph",
    [
        "FILE - In this 2014 photo, a jet lands.",
        "FILE – A jet lands.",
        "FILE PHOTO: A jet lands in Latakia",
        "A man walks. (Photo by Jane Doe/Getty Images)",
        "A man walks in Rome. (AP Photo/Jane Doe)",
        "A boat at sea. REUTERS/Jane Doe",
        "A boat at sea. Photo: Jane Doe / CNS",
        "The competition was held this week in Washington D.C. Image: United States Navy.",
        "A boat at sea (Jane Doe/AP)",
        "The bridge in 2011. (Courtesy of the Harbour Museum)",
    ],
)
def test_captions(paragraph: str) -> None:
    assert is_caption(paragraph)


@pytest.mark.parametrize(
    "paragraph",
    [
        "He filed a suit.",
        "FILES were lost.",
        "Profile - a man",
        "He sent the letter (image here).",
        "The filing said so (video)",
        "He took the photo by himself.",
        "The museum showed a photo by Jane Doe.",
        "The image: a boat, alone at sea.",
        "FILE - " + "a jet lands " * 100,
    ],
)
def test_reporting(paragraph: str) -> None:
    assert not is_caption(paragraph)

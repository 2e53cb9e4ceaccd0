"""Institutions called by their kind with a capital."""

from __future__ import annotations

import pytest

from tests.unit.entities.marked import entities, exact


def test_it_joins_the_one_full_name_with_the_word():
    found = entities("The [ORG Church of Scientology] sued. He left the Church in May.")
    assert exact(found["Church of Scientology"]) == ["Church of Scientology", "Church"]


def test_alone_it_is_a_body_of_its_own_when_it_comes_again():
    found = entities("On Monday the Coalition struck. A week before the Coalition had not.")
    assert exact(found["Coalition"]) == ["Coalition", "Coalition"]
    assert found["Coalition"].type == "ORG"


@pytest.mark.parametrize(
    "text",
    [
        "On Monday the Coalition struck.",
        "On Monday the Coalition struck. Later the Coalition, a loose coalition, met.",
        "Council members met. Council taxes rose.",
    ],
)
def test_once_or_written_small_elsewhere_it_is_no_name(text):
    assert not entities(text)

"""Datelines and bylines: their place, agency and authors, by pattern."""

from __future__ import annotations

import pytest

from tests.unit.entities.marked import entities, exact


@pytest.mark.parametrize(
    ("dateline", "names"),
    [
        ("BEIRUT (AP) \u2014 ", {("LOC", "Beirut"), ("ORG", "The Associated Press")}),
        ("WASHINGTON, April 14 (Reuters) - ", {("LOC", "Washington"), ("ORG", "Reuters")}),
        ("MOSCOW/KYIV (Reuters) - ", {("LOC", "Moscow"), ("LOC", "Kyiv"), ("ORG", "Reuters")}),
        ("SMALLVILLE, Kan. \u2013 ", {("LOC", "Smallville"), ("LOC", "Kansas")}),
        ("(Reuters) - ", {("ORG", "Reuters")}),
    ],
)
def test_dateline(dateline, names):
    found = entities(("dateline", dateline), "Nothing happened today.")
    assert {(entity.type, entity.name) for entity in found.values()} == names


@pytest.mark.parametrize(
    ("byline", "authors"),
    [
        ("By JOHN SMITH and Mary Jones, Associated Press", {"John Smith", "Mary Jones"}),
        ("By Ann Lee", {"Ann Lee"}),
        ("Ann Lee, Staff Writer", {"Ann Lee"}),
        ("By Staff and Wire Services", set()),
        ("By the Associated Press", set()),
        ("Reporting by Jan de Vries in Amsterdam", {"Jan de Vries"}),
    ],
)
def test_byline(byline, authors):
    found = entities(("byline", byline), "Nothing happened today.")
    assert {entity.name for entity in found.values() if entity.type == "PER"} == authors


@pytest.mark.parametrize(
    ("credit", "people", "places"),
    [
        (
            "(Reporting by Ann Lee in Beirut and Bo Dahl in Aden; Editing by Jan de Vries)",
            {"Ann Lee", "Bo Dahl", "Jan de Vries"},
            {"Beirut", "Aden"},
        ),
        (
            "Associated Press writer Todd Richmond in Madison contributed.",
            {"Todd Richmond"},
            {"Madison"},
        ),
        ("Photo: Getty Images", set(), set()),
    ],
)
def test_credit(credit, people, places):
    found = entities("Nothing happened today.", ("credit", credit)).values()
    assert {entity.name for entity in found if entity.type == "PER"} == people
    assert {entity.name for entity in found if entity.type == "LOC"} == places


def test_a_dateline_on_a_line_of_its_own():
    assert set(entities("TENNIS - RESULTS", "TORONTO 1996-08-21", "Nothing happened today.")) == {"Toronto"}


def test_dateline_and_body_name_one_place():
    found = entities(("dateline", "BEIRUT (AP) - "), "Shops closed in [GPE Beirut] on Friday.")
    assert exact(found["Beirut"]) == ["BEIRUT", "Beirut"]
    assert found["Beirut"].confidence >= 0.95


def test_an_author_has_no_role_from_the_body():
    found = entities(("byline", "By Ann Lee"), "Mayor of the town since 2010, he left.")
    assert found["Ann Lee"].roles == []


@pytest.mark.parametrize("line", ["A" * 100_000, "By " + "A " * 50_000, "ABC, " * 20_000])
def test_hostile_margins_cost_nothing(line):
    assert entities(("dateline", line), ("byline", line)) == {}


def test_a_signature_that_no_part_labels():
    found = entities("By [ORG JANE MORRISON Associated Press]", "Nothing happened today.")
    assert {(entity.type, entity.name) for entity in found.values()} == {
        ("PER", "Jane Morrison"),
        ("ORG", "The Associated Press"),
    }

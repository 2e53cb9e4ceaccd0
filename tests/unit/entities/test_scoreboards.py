"""Sports pages: when a text is one, its scoreboards, results and standings, and clubs."""

from __future__ import annotations

import time

import pytest

from tests.unit.entities.marked import entities, reading
from wiredesk.entities.teams import is_sports

SLUG = ("headline", "CRICKET-England v India scores")


@pytest.mark.parametrize(
    ("line", "people"),
    [
        ("Rohit Sharma c Stokes b Wood 131", {"Rohit Sharma", "Stokes", "Wood"}),
        ("Shubman Gill lbw b Hartley 0", {"Shubman Gill", "Hartley"}),
        ("Ravindra Jadeja not out 110", {"Ravindra Jadeja"}),
        ("Bowling: Anderson 19-5-51-0, Wood 17-2-69-3", {"Anderson", "Wood"}),
        ("Todd Woodbridge (Australia) beat Wayne Ferreira (South Africa) 6-2", {"Todd Woodbridge", "Wayne Ferreira"}),
    ],
)
def test_the_people_of_a_scoreboard(line, people):
    assert {entity.name for entity in entities(SLUG, line).values() if entity.type == "PER"} == people


@pytest.mark.parametrize(
    ("line", "teams"),
    [
        ("Texas 10 Cleveland 8 (10 innings)", {"Texas", "Cleveland"}),
        ("Seattle at Baltimore", {"Seattle", "Baltimore"}),
        ("Arsenal v Chelsea", {"Arsenal", "Chelsea"}),
        ("NEW YORK 73 53 .579 -", {"NEW YORK"}),
        ("[GPE Aston Villa] won.", {"Aston Villa"}),
    ],
)
def test_the_teams_of_results_and_standings(line, teams):
    assert {entity.name for entity in entities(SLUG, line).values() if entity.type == "ORG"} == teams


@pytest.mark.parametrize(
    ("lines", "sports"),
    [
        (["SOCCER-City win again", "They won."], True),
        (["Results", "Arsenal 2 Chelsea 1", "Everton 0 Fulham 3"], True),
        (["The minister won a match against inflation."], False),
        (["TRADE-Talks go on", "Sweden 2 Norway 1 on points, he joked."], False),
    ],
)
def test_what_is_a_sports_page(lines, sports):
    assert is_sports(reading(*lines)) is sports


def test_results_at_a_tournament_are_no_teams():
    found = entities(SLUG, "Results at Canadian Open")
    assert "Results" not in found


def test_outside_sports_a_club_is_whatever_the_text_makes_of_it():
    assert entities("[GPE Sherwood Forest] burned.")["Sherwood Forest"].type == "LOC"


@pytest.mark.parametrize(
    "line",
    ["A 1" + " 1" * 900 + "x", "Ann " * 500, "(ABC) " * 3000, "By " + "A" * 500 + "!", "By " + "A " * 900 + "!"],
)
def test_hostile_lines_cost_little(line):
    started = time.process_time()
    entities(SLUG, *[line] * 20)
    assert time.process_time() - started < 5

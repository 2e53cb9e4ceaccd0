"""Geography: which place is meant, by what stands beside it, countries spoken of, and size; and when nobody knows."""

from __future__ import annotations

import pytest

from tests.unit.entities.marked import entities

PARIS, PARIS_TEXAS = "geonames:2988507", "geonames:4717560"


@pytest.mark.parametrize(
    ("text", "name", "link"),
    [
        ("They met in [GPE Paris].", "Paris", PARIS),
        ("A tornado hit [GPE Paris], [GPE Texas].", "Paris", PARIS_TEXAS),
        ("It is in [GPE Irving], [GPE Texas].", "Irving", "geonames:4700168"),
        ("[GPE Lisbon] sleeps.", "Lisbon", "geonames:2267057"),
        ("[GPE Texas] votes.", "Texas", "geonames:4736286"),
        ("Shells fell on [GPE Aleppo] in [GPE Syria].", "Aleppo", "geonames:170063"),
        ("The mayor of [GPE Kiev], in [GPE Ukraine], spoke.", "Kyiv", "geonames:703448"),
        ("[GPE Georgia] voted in [GPE Atlanta].", "Georgia", "geonames:4197000"),
        ("A mill in [GPE Lebanon], Pa., closed.", "Lebanon", "geonames:5197517"),
        ("[GPE Birmingham] and [GPE Montgomery] in [GPE Alabama].", "Birmingham", "geonames:4049979"),
        ("[GPE Birmingham] in [GPE England] in the [GPE United Kingdom].", "Birmingham", "geonames:2655603"),
    ],
)
def test_the_place_that_is_meant(text, name, link):
    found = entities(text)[name]
    assert found.link is not None
    assert (found.link.id, found.id) == (link, link)
    assert found.link.evidence


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("A fire broke out in [GPE Springfield].", "Springfield"),
        ("They live in [GPE Mercer].", "Mercer"),
        ("[GPE Georgia] voted.", "Georgia"),
        ("[LOC Grand Hotel] burned.", "Grand Hotel"),
        ("[LOC the Northern Border] is closed.", "Northern Border"),
    ],
)
def test_without_a_hint_there_is_no_answer(text, name):
    found = entities(text)[name]
    assert found.link is None
    assert found.id.startswith("local:")


def test_a_list_of_places_is_no_place_inside_another():
    found = entities("Polls opened in [GPE Florida], [GPE Ohio] and [GPE Texas] in the [GPE United States].")
    assert {found[name].link.id for name in ("Florida", "Ohio")} == {"geonames:4155751", "geonames:5165418"}


def test_two_names_of_one_city_are_one_entity():
    found = entities("[GPE Kyiv] was hit. [GPE Kiev], the capital of [GPE Ukraine], burned.")
    assert [mention.exact for mention in found["Kyiv"].mentions] == ["Kyiv", "Kiev"]


def test_what_stands_beside_makes_surer_than_size():
    beside = entities("A tornado hit [GPE Paris], [GPE Texas].")["Paris"].link
    alone = entities("A fire in [GPE Jackson] in [GPE Mississippi].")["Jackson"].link
    assert beside is not None
    assert alone is None or beside.confidence >= alone.confidence

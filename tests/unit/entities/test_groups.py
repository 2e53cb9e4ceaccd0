"""Organisations, places, nationalities: aliases, acronyms, legal forms, and what must not be merged."""

from __future__ import annotations

import pytest

from tests.unit.entities.marked import entities, exact


@pytest.mark.parametrize(
    ("text", "name", "mentions"),
    [
        ("[ORG The Associated Press] reports. The [ORG AP] says.", "The Associated Press",
         ["The Associated Press", "AP"]),
        ("[ORG ISIS] fled. [ORG Daesh] lost. [ORG the Islamic State]'s men.", "Islamic State",
         ["ISIS", "Daesh", "Islamic State"]),
        ("The [GPE U.S.] agreed. The United States left.", "United States", ["U.S.", "United States"]),
        ("[ORG Apple Inc.] fell. [ORG Apple] rose.", "Apple", ["Apple Inc.", "Apple"]),
        ("[ORG Acme Widgets Ltd] fell. [ORG Acme] rose.", "Acme Widgets Ltd", ["Acme Widgets Ltd", "Acme"]),
        ("The [ORG Lisbon Harbour Authority] (LHA) spoke. The LHA left.", "Lisbon Harbour Authority",
         ["Lisbon Harbour Authority", "LHA", "LHA"]),
        ("[ORG Harbour Union] met. The [ORG HU] agreed.", "Harbour Union", ["Harbour Union", "HU"]),
        ("[ORG United States Department of Defense] spoke. The [ORG Pentagon] and the [ORG Defense Department] did.",
         "Defense Department", ["United States Department of Defense", "Defense Department"]),
        ("[ORG National Harbour Board] met. [ORG NHB] agreed.", "National Harbour Board",
         ["National Harbour Board", "NHB"]),
        ("[ORG Moody's] cut it. Moody\u2019s waited.", "Moody's", ["Moody's", "Moody\u2019s"]),
        ("[NORP Russian] jets. [NORP Russians] voted.", "Russian", ["Russian", "Russians"]),
        ("[GPE Washington] slept. In [GPE Washington, D.C.], rain.", "Washington", ["Washington", "Washington, D.C."]),
    ],
)  # fmt: skip
def test_one_thing_under_several_names(text, name, mentions):
    assert exact(entities(text)[name]) == mentions


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("[ORG Bank of China] and [ORG Bank of Japan] agreed.", {"Bank of China", "Bank of Japan"}),
        ("[ORG Acme Widgets] and [ORG Acme Motors] sued [ORG Acme].", {"Acme Widgets", "Acme Motors", "Acme"}),
        ("[GPE New York] voted. The [ORG New York Post] reported.", {"New York", "New York Post"}),
        ("[GPE North Korea] and [GPE South Korea] talked.", {"North Korea", "South Korea"}),
    ],
)
def test_different_things_stay_apart(text, names):
    assert set(entities(text)) == names


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("[PERSON Shoigu] met [PERSON Sergei Shoigu]. [ORG Shoigu] left.", "Sergei Shoigu", "PER"),
        ("[PERSON Kremlin] denied it.", "Kremlin", "ORG"),
        ("[GPE Defence Ministry] denied it.", "Defence Ministry", "ORG"),
        ("[PERSON Lake Victoria] rose.", "Lake Victoria", "LOC"),
        ("[ORG Clean Rivers Act] passed.", "Clean Rivers Act", "LAW"),
        ("[ORG Operation Bright Star] began.", "Operation Bright Star", "EVENT"),
        ("The [PERSON KCNA] agency. The [ORG KCNA] said.", "KCNA", "ORG"),
        ("[PERSON Marc Lamont Hill] spoke.", "Marc Lamont Hill", "PER"),
        ("[ORG Skarvold Cable] grew. [PERSON Skarvold] said so.", "Skarvold Cable", "ORG"),
    ],
)
def test_one_type_a_string(text, name, kind):
    assert entities(text)[name].type == kind


@pytest.mark.parametrize(
    ("text", "name", "link", "method"),
    [
        ("[GPE Syria] burns.", "Syria", "iso:SY", "country name"),
        ("[NORP Syrian] troops.", "Syrian", "iso:SY", "demonym"),
        ("[GPE Britain] votes.", "United Kingdom", "iso:GB", "country name"),
        ("[GPE Georgia] and [GPE Tbilisi] celebrate.", "Georgia", "iso:GE", "country name"),
        ("[GPE Georgia] voted.", "Georgia", None, None),
    ],
)
def test_a_country_is_linked_only_when_it_is_sure(text, name, link, method):
    found = entities(text)[name].link
    assert (found.id if found else None) == link
    assert (found.method if found else None) == method


def test_a_country_has_the_countrys_id_and_its_people_one_of_their_own():
    found = entities("[GPE Syria] and [NORP Syrian] troops.")
    assert found["Syria"].id == "iso:SY"
    assert found["Syrian"].id.startswith("local:")


def test_an_organisation_has_the_same_id_in_every_article_and_under_every_alias():
    assert entities("[ORG ISIL] fled.")["Islamic State"].id == entities("[ORG Daesh] won.")["Islamic State"].id


def test_places_that_play_are_teams_in_a_sports_report_and_places_after_in():
    found = entities(
        "[GPE Sweden] beat [GPE Norway] 2-1 in the match in [GPE Norway] on a late goal by the striker.",
        "The coach of the league champions praised the midfielder; [GPE Sweden] lead the standings.",
    )
    assert found["Sweden"].type == "ORG"
    assert found["Sweden"].link is None


def test_a_country_that_beats_inflation_is_no_team():
    assert entities("[GPE Sweden] beat forecasts as its economy grew, the ministry said.")["Sweden"].type == "LOC"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("[GPE Pakistan] [PERSON Tehreek-e-Insaf] (PTI) vowed to march.", "Pakistan Tehreek-e-Insaf"),
        (
            "The [ORG Council on American] - [ORG Islamic Relations] (CAIR) agreed.",
            "Council on American - Islamic Relations",
        ),
        ("[ORG FirstEnergy Corp. Householder] left.", "FirstEnergy Corp."),
    ],
)
def test_a_name_is_as_wide_as_what_stands_around_it_says(text, name):
    assert entities(text)[name].type == "ORG"


def test_initials_do_not_make_a_person_an_organisation():
    assert entities("[PERSON John Fitzgerald Kennedy] (JFK) spoke.")["John Fitzgerald Kennedy"].type == "PER"

"""Roles: office and rank before or after a name, with the organisation where it is evident."""

from __future__ import annotations

import pytest

from tests.unit.entities.marked import entities


@pytest.mark.parametrize(
    ("text", "name", "roles"),
    [
        ("Secretary of Defense [PERSON Ash Carter] called.", "Ash Carter", [("Secretary of Defense", None)]),
        ("Secretary of [ORG State] [PERSON John Kerry] called.", "John Kerry", [("Secretary of State", None)]),
        (
            "[ORG Pentagon] press secretary [PERSON Peter Cook] said so.",
            "Peter Cook",
            [("press secretary", "Pentagon")],
        ),
        (
            "[ORG Russian Defense Ministry] spokesman Maj. Gen. [PERSON Igor Konashenkov] said so.",
            "Igor Konashenkov",
            [("Maj. Gen.", None), ("spokesman", "Russian Defense Ministry")],
        ),
        ("[PERSON Jane Doe], mayor of [GPE Lisbon], spoke.", "Jane Doe", [("mayor of Lisbon", None)]),
        ("[PERSON Jane Doe], 44, a lawyer, spoke.", "Jane Doe", [("lawyer", None)]),
        (
            "[PERSON Ken Roth], executive director of [ORG Human Rights Watch], spoke.",
            "Ken Roth",
            [("executive director", "Human Rights Watch")],
        ),
        ("[ORG Pentagon] Correspondent [PERSON Tom Bowman] says so.", "Tom Bowman", [("Pentagon Correspondent", None)]),
        ("Attorney General [PERSON Merrick Garland] said.", "Merrick Garland", [("Attorney General", None)]),
        (
            "[ORG European Commission] President [PERSON Ursula von der Leyen] said.",
            "Ursula von der Leyen",
            [("President", "European Commission")],
        ),
        ("Ukraine's foreign minister, [PERSON Dmytro Kuleba], said.", "Dmytro Kuleba", [("foreign minister", None)]),
        ("Field Marshal [PERSON Asim Munir] said.", "Asim Munir", [("Field Marshal", None)]),
        ("Sens. [PERSON Tom Cotton] and others said.", "Tom Cotton", [("Sen.", None)]),
        ("Mr. [PERSON Ian Jones] said.", "Ian Jones", []),
        ("His counterpart, [PERSON Sergei Shoigu], agreed.", "Sergei Shoigu", []),
        ("They met the president, [PERSON John Smith] said.", "John Smith", []),
        ("They fought for rights. President [PERSON Joe Biden] agreed.", "Joe Biden", [("President", None)]),
    ],
)
def test_role(text, name, roles):
    found = entities(text)[name]
    assert [(role.title, role.organisation) for role in found.roles] == roles


def test_what_is_part_of_an_office_is_no_entity():
    assert set(entities("Secretary of [ORG State] [PERSON John Kerry] spoke.")) == {"John Kerry"}


def test_a_country_in_an_office_stays_one():
    found = entities("Ambassador to [GPE the United States] [PERSON Hamdullah Mohib] spoke.")
    assert [role.title for role in found["Hamdullah Mohib"].roles] == ["Ambassador to the United States"]
    assert found["United States"].id == "iso:US"


def test_a_role_is_listed_once():
    found = entities("President [PERSON Joe Biden] spoke.", "President [PERSON Biden] left.")
    assert len(found["Joe Biden"].roles) == 1

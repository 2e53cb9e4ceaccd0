from __future__ import annotations

import pytest

from wiredesk.publish.speakers import Standing, Voice, standing, voice_of

SAME, OPEN, CONTRADICT = Standing.SAME, Standing.OPEN, Standing.CONTRADICT


def person(name: str | None, id: str | None = None) -> Voice:  # noqa: A002
    return Voice(id, name, True)


def office(name: str) -> Voice:
    return Voice(None, name, False)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (person("Ash Carter", "enwiki:1"), person("Ashton B. Carter", "enwiki:1"), SAME),
        (person("Ash Carter"), person("Carter"), SAME),
        (person("Carter's"), person("Ash Carter"), SAME),
        (person("Ash Carter"), person("Jimmy Carter"), OPEN),
        (person("Ash Carter"), person("John Kerry"), CONTRADICT),
        (person("Ash Carter"), Voice(None, "Kerry", None), CONTRADICT),  # may be a person: do not risk it
        (person("Peter Cook"), office("the Pentagon"), OPEN),
        (office("World Bank"), office("World Bank"), SAME),
        (office("World Bank"), office("Bank"), OPEN),
        (office("Reuters"), office("AP"), OPEN),
        (person("Ash Carter"), None, OPEN),
        (None, None, OPEN),
        (person(None, "local:1"), person("Ash Carter", "local:2"), OPEN),
    ],
)
def test_how_attributions_stand_to_each_other(one, other, expected):
    assert standing(one, other) is expected
    assert standing(other, one) is expected


@pytest.mark.parametrize(
    ("entity_id", "name", "voice"),
    [
        ("p", "Ana Bell", Voice("p", "Ana Bell", True)),
        ("o", "Daily", Voice("o", "Daily", False)),
        ("x", "Ana Bell", Voice("x", "Ana Bell", None)),
        (None, "Ana Bell", Voice(None, "Ana Bell", None)),
        (None, None, None),
        (None, "", None),
    ],
)
def test_a_voice_knows_whether_it_is_a_person(entity_id, name, voice):
    assert voice_of(entity_id, name, {"p": "PER", "o": "ORG"}) == voice

"""People: one person is one entity, and two people are two."""

from __future__ import annotations

import pytest

from tests.unit.entities.marked import entities, exact


def test_surname_and_first_name_go_to_the_full_name():
    found = entities("[PERSON Tom Bowman] reports.", "[PERSON Tom] says so.", "[ORG Bowman] left.")
    assert exact(found["Tom Bowman"]) == ["Tom Bowman", "Tom", "Bowman"]
    assert found["Tom Bowman"].aliases == ["Tom", "Bowman"]


def test_an_untagged_surname_is_found():
    found = entities("[PERSON Sergei Shoigu] spoke.", "Later Shoigu left.")
    assert exact(found["Sergei Shoigu"]) == ["Sergei Shoigu", "Shoigu"]


@pytest.mark.parametrize("surname", ["May", "King", "Judge"])
def test_a_surname_that_is_a_common_word_counts_where_the_full_name_stands(surname):
    found = entities(f"[PERSON Theresa {surname}] won. It may rain.", f"[PERSON {surname}] left.")
    assert exact(found[f"Theresa {surname}"]) == [f"Theresa {surname}", surname]
    assert entities(f"[PERSON {surname}] left.") == {}


def test_particles_do_not_part_a_person():
    found = entities("[PERSON Bashar al-Assad] stays.", "[ORG Assad] won.", "[PERSON Ursula von] der Leyen came.")
    assert exact(found["Bashar al-Assad"]) == ["Bashar al-Assad", "Assad"]
    assert exact(found["Ursula von der Leyen"]) == ["Ursula von der Leyen"]


def test_two_people_of_one_surname_stay_apart_and_the_surname_alone_is_nobodys():
    found = entities("[PERSON Anna Berg] and [PERSON Otto Berg] met.", "[PERSON Berg] spoke.")
    assert exact(found["Anna Berg"]) == ["Anna Berg"]
    assert exact(found["Otto Berg"]) == ["Otto Berg"]
    assert exact(found["Berg"]) == ["Berg"]


def test_a_title_decides_between_namesakes():
    found = entities(
        "President [PERSON Anna Berg] and Senator [PERSON Otto Berg] met.", "President [PERSON Berg] spoke first."
    )
    assert exact(found["Anna Berg"]) == ["Anna Berg", "Berg"]


def test_the_one_with_the_title_is_meant_by_the_surname_alone():
    found = entities("President [PERSON Anna Berg] came with [PERSON Otto Berg].", "[PERSON Berg] spoke.")
    assert exact(found["Anna Berg"]) == ["Anna Berg", "Berg"]


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("Thomas Bowman", "Tom Bowman", True),
        ("Donald J. Trump", "Donald Trump", True),
        ("J. Smith", "John Smith", True),
        ("Hillary Rodham Clinton", "Hillary Clinton", True),
        ("George W. Bush", "George H. Bush", False),
        ("John Smith", "Jane Smith", False),
        ("John Smith", "John Smyth", False),
    ],
)
def test_full_names(first, second, same):
    found = entities(f"[PERSON {first}] spoke.", f"[PERSON {second}] agreed.")
    assert (len(found) == 1) is same


def test_a_surname_in_the_headline_refers_forward():
    found = entities(("headline", "[PERSON Carter] calls for talks"), "[PERSON Ash Carter] called for talks on Friday.")
    assert exact(found["Ash Carter"]) == ["Carter", "Ash Carter"]


def test_an_author_is_not_meant_by_a_surname_in_the_text():
    found = entities(("byline", "By MARY JONES"), "Mr. [PERSON Jones] was acquitted.")
    assert exact(found["Mary Jones"]) == ["MARY JONES"]
    assert exact(found["Jones"]) == ["Jones"]


def test_a_lone_surname_has_an_id_of_this_article_only_and_a_full_name_one_of_its_own():
    lone, full = entities("[PERSON Obama] spoke.")["Obama"], entities("[PERSON Barack Obama] spoke.")["Barack Obama"]
    assert lone.id.startswith("local:")
    assert full.id == entities("Yesterday [PERSON Barack Obama] left.", "[PERSON Obama] said.")["Barack Obama"].id
    assert lone.id != full.id


def test_the_id_does_not_depend_on_the_middle_initial_where_the_article_also_leaves_it_out():
    with_initial = entities("[PERSON Donald J. Trump] won.", "[PERSON Donald Trump] said.")
    assert with_initial["Donald J. Trump"].id == entities("[PERSON Donald Trump] won.")["Donald Trump"].id


def test_thousands_of_namesakes_take_no_quadratic_time():
    lines = [
        f"[PERSON {chr(65 + i % 26)}{chr(97 + i // 26 % 26)}{chr(97 + i // 676)} Smith] spoke." for i in range(3000)
    ]
    found = entities(*lines, "[PERSON Smith] left.")
    assert len(found) > 2900


def test_some_are_called_by_their_middle_name():
    found = entities("[PERSON Moussa Faki Mahamat] spoke. [ORG Faki] left.")
    assert exact(found["Moussa Faki Mahamat"]) == ["Moussa Faki Mahamat", "Faki"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Getachew [PERSON Reda], a spokesman, left.", "Getachew Reda"),
        ("They met Getachew [PERSON Reda] there.", "Getachew Reda"),
        ("Meanwhile [PERSON Reda], a spokesman, left.", "Reda"),
        ("Secretaries [PERSON Reda] and Lee left.", "Reda"),
        ("They asked Senator [PERSON Reda] to go.", "Reda"),
    ],
)
def test_a_first_name_that_the_model_left_out(text, name):
    assert name in entities(text)

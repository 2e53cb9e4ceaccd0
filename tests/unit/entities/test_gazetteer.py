"""The gazetteer: names as newspapers write them, several places of a name, and what its file says of itself."""

from __future__ import annotations

import gzip
import time
from importlib.resources import files

import pytest

from wiredesk.entities.gazetteer import Gazetteer, gazetteer

PACKED = files("wiredesk.entities").joinpath("data", "gazetteer.tsv.gz")


@pytest.mark.parametrize(
    ("name", "geonames", "country"),
    [
        ("Beirut", 276781, "LB"),
        ("BEIRUT", 276781, "LB"),
        ("Kiev", 703448, "UA"),
        ("Sao Paulo", 3448439, "BR"),
        ("São Paulo", 3448439, "BR"),
        ("St Petersburg", 498817, "RU"),
        ("Texas", 4736286, "US"),
        ("Syria", 163843, "SY"),
    ],
)
def test_a_place_is_found_under_its_names(name, geonames, country):
    assert (geonames, country) in {(place.geonames, place.country) for place in gazetteer().named(name)}


def test_all_places_of_a_name_are_given():
    found = gazetteer().named("Springfield")
    assert {"MO", "IL", "MA"} <= {place.division for place in found}


def test_nothing_is_found_for_what_is_no_place():
    assert gazetteer().named("Zorbex") == []
    assert gazetteer().named("") == []


def test_other_names_are_marked_as_such():
    own, other = (
        next(place for place in gazetteer().named(name) if place.kind == "capital") for name in ("Kyiv", "Kiev")
    )
    assert own.geonames == other.geonames
    assert (own.alias, other.alias) == (False, True)


def test_the_file_says_source_and_licence_at_its_top():
    head = gzip.decompress(PACKED.read_bytes()).decode("utf-8").split("\n", 3)[:3]
    assert all(line.startswith("# ") for line in head)
    assert "GeoNames" in head[1]
    assert "CC BY 4.0" in head[1]


def test_it_loads_within_a_second():
    text = gzip.decompress(PACKED.read_bytes()).decode("utf-8")
    started = time.process_time()
    Gazetteer(text)
    assert time.process_time() - started < 1

"""The register: names, short names and domains of agencies and outlets."""

from __future__ import annotations

import pytest

from wiredesk.intake.outlets import outlet_at, outlet_named, outlets_in
from wiredesk.intake.wordlists import sections


@pytest.mark.parametrize(
    ("name", "canonical", "kind"),
    [
        ("AP", "The Associated Press", "agency"),
        ("the associated press", "The Associated Press", "agency"),
        ("(AP)", "The Associated Press", "agency"),
        ("REUTERS", "Reuters", "agency"),
        ("dpa", "dpa", "agency"),
        ("PA", "PA Media", "agency"),
        ("ITAR-TASS", "TASS", "agency"),
        ("NPR", "NPR", "outlet"),
        ("New York Times", "The New York Times", "outlet"),
        ("BUSINESS WIRE", "Business Wire", "distributor"),
    ],
)
def test_names(name: str, canonical: str, kind: str) -> None:
    assert outlet_named(name) == (canonical, kind)


@pytest.mark.parametrize("name", ["", None, "Pentagon", "the Pentagon", "Michael Bloomberg", "Meridian", "White House"])
def test_what_is_no_outlet(name: str | None) -> None:
    assert outlet_named(name) is None


@pytest.mark.parametrize(
    ("domain", "name"),
    [("reuters.com", "Reuters"), ("uk.reuters.com", "Reuters"), ("notreuters.com", None), ("com", None), (None, None)],
)
def test_domains(domain: str | None, name: str | None) -> None:
    found = outlet_at(domain)
    assert (found.name if found else None) == name


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Reuters and the AP met AFP/Getty.", ["Reuters", "The Associated Press", "Agence France-Presse"]),
        ("The New York Times and The Hill", ["The New York Times", "The Hill"]),
        ("An AP-NORC poll, CAPS, APs, Reutersville", []),
        ("the Reuters Institute and Thomson Reuters", []),
        ("BBC World Service's man", ["BBC"]),
        ("Time passes and Fortune smiles", []),
        ("Time magazine", ["Time"]),
        ("the PA and the PA news agency", ["PA Media"]),
        ("A&AP", []),
    ],
)
def test_outlets_in_a_text(text: str, names: list[str]) -> None:
    found = list(outlets_in(text))
    assert [named.outlet.name for named in found] == names
    assert all(outlet_named(text[named.start : named.end]) is not None for named in found)


def test_short_names_count_only_where_they_are_asked_for() -> None:
    assert [named.outlet.name for named in outlets_in("Jane Doe, PA", short=True)] == ["PA Media"]
    assert not list(outlets_in("told the PA"))


def test_every_canonical_name_of_the_register_finds_itself() -> None:
    for kind, lines in sections("outlets.txt").items():
        for line in lines if kind not in ("", "no outlet") else ():
            name = line.split("|")[0].strip().rstrip("?")
            if not name.endswith("*"):
                found = outlet_named(name)
                assert found is not None, name
                assert found.name == name


def test_no_name_or_domain_stands_for_two_outlets() -> None:
    owners: dict[str, str] = {}
    for kind, lines in sections("outlets.txt").items():
        for line in lines if kind not in ("", "no outlet") else ():
            name, _, shorts, domains = [*map(str.strip, line.split("|")), "", "", ""][:4]
            for other in f"{shorts};{domains}".split(";"):
                if other.strip():
                    assert owners.setdefault(other.strip(), name) == name, other

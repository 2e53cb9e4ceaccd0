"""Provenance: where an article comes from, by all the places in which a newsroom says so."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from wiredesk.contracts.article import CleanArticle

Pairs = Callable[..., set[tuple[str, str]]]
Cleaned = Callable[..., CleanArticle]

REUTERS = ("origin", "Reuters")
AP = ("origin", "The Associated Press")


@pytest.mark.parametrize(
    ("body", "fields", "expected"),
    [
        ("BEIRUT (Reuters) - It rained.", {}, {REUTERS}),
        ("LONDON (Reuters/AFP) - It rained.", {}, {REUTERS, ("origin", "Agence France-Presse")}),
        ("LISBON (Meridian) - It rained.", {}, {("origin", "Meridian")}),
        ("It rained.\n(AP)", {}, {AP}),
        ("It rained. (Reuters)", {}, {REUTERS}),
        ("By Jane Doe, Associated Press\nIt rained.", {}, {AP}),
        ("It rained.\n© 2024 The Associated Press. All rights reserved.", {}, {AP}),
        ("It rained.\nCopyright 2015 NPR.", {}, {("origin", "NPR")}),
        ("It rained.", {"credit": "AP"}, {AP}),
        ("It rained.", {"credit": "Reuters, staff"}, {REUTERS}),
        ("It rained.", {"credit": "Meridian"}, {("origin", "Meridian")}),
        ("It rained.", {"byline": "By Jane Doe, Reuters"}, {REUTERS}),
        ("It rained.", {"byline": "Jane Doe, Continental News Service"}, {("origin", "Continental News Service")}),
        ("It rained.", {"dateline": "BEIRUT (Reuters)"}, {REUTERS}),
        ("It rained.", {"rights": "© 2024 Reuters"}, {REUTERS}),
        ("It rained.", {"source": {"name": "Reuters"}}, {REUTERS}),
        ("It rained.", {"source": {"name": "Wire", "domain": "www.reuters.com"}}, {REUTERS}),
    ],
)
def test_origins(provenance: Pairs, body: str, fields: dict[str, Any], expected: set[tuple[str, str]]) -> None:
    assert provenance(body, **fields) == expected


@pytest.mark.parametrize(
    ("body", "fields", "expected"),
    [
        (
            "It rained.\nAP writer Jane Roe in Cairo contributed to this report.",
            {},
            {("contributor", "The Associated Press")},
        ),
        ("It rained.\nWith files from Reuters", {}, {("contributor", "Reuters")}),
        ("It rained.\nReuters contributed to this report.", {}, {("contributor", "Reuters")}),
        ("It rained.", {"credit": "Staff, with AP"}, {("contributor", "The Associated Press")}),
        ("NEW YORK--(BUSINESS WIRE)--Acme said no.", {}, {("distributor", "Business Wire")}),
        ("It rained.\nDistributed by Tribune Content Agency, LLC.", {}, {("distributor", "Tribune News Service")}),
        ("He told Reuters so.", {}, {("cited", "Reuters")}),
    ],
)
def test_other_roles(provenance: Pairs, body: str, fields: dict[str, Any], expected: set[tuple[str, str]]) -> None:
    assert provenance(body, **fields) == expected


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ("It rained.", {}),
        ("It rained.\nPhoto: Jane Doe/AP", {}),  # the picture is the agency's, the words are not
        ("It rained.", {"credit": "Jane Doe"}),
        ("It rained.", {"credit": "Courtesy"}),
        ("It rained.", {"byline": "Jane Doe"}),
        ("NPR has learned that it rained.\nCopyright 2015 NPR.", {"source": {"name": "NPR"}}),
        ("NPR has learned that it rained.", {"source": {"name": "KXYZ", "domain": "npr.org"}}),
        ("The Pentagon said that it rained.", {}),
    ],
)
def test_what_shows_no_provenance(provenance: Pairs, body: str, fields: dict[str, Any]) -> None:
    assert provenance(body, **fields) == set()


def test_an_article_does_not_cite_its_own_origin(provenance: Pairs) -> None:
    assert provenance("BEIRUT (Reuters) - A baker told Reuters that the AP reported rain.") == {
        REUTERS,
        ("cited", "The Associated Press"),
    }


def test_initials_and_name_of_an_agency_are_one(provenance: Pairs) -> None:
    body = (
        "LISBON (CNS) -- It rained, according to a paper obtained by CNS.\nIt was set out by Continental News Service."
    )
    assert provenance(body, byline="Caspar Dolan, Continental News Service") == {("origin", "CNS")}


def test_each_role_and_name_comes_once_with_its_strongest_evidence(clean: Cleaned) -> None:
    article = clean(body="BEIRUT (Reuters) - It rained.\n(Reuters)", credit="Reuters", rights="© 2015 Reuters")
    (entry,) = article.provenance
    assert entry.evidence is not None
    assert entry.evidence.exact == "BEIRUT (Reuters)"
    assert entry.confidence > 0.9


def test_evidence_is_a_passage_or_the_name_of_a_field(clean: Cleaned) -> None:
    article = clean(body="PARIS (AFP) - He told Reuters so.\nWith files from dpa", credit="AP", headline="Rain")
    assert {entry.name for entry in article.provenance} == {
        "Agence France-Presse", "Reuters", "dpa", "The Associated Press",
    }  # fmt: skip
    for entry in article.provenance:
        assert (entry.evidence is None) != (entry.field is None)
        if entry.evidence is not None:
            assert article.text[entry.evidence.start : entry.evidence.end] == entry.evidence.exact


def test_an_unknown_agency_counts_more_when_another_field_names_it(clean: Cleaned) -> None:
    (alone,) = clean(body="LISBON (Meridian) - It rained.").provenance
    (seconded,) = clean(body="LISBON (Meridian) - It rained.", credit="Meridian").provenance
    (own,) = clean(body="LISBON (Meridian) - It rained.", source={"name": "Meridian Press"}).provenance
    assert alone.confidence < 0.7 < min(seconded.confidence, own.confidence)

"""Addresses: the same place however a feed spells it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wiredesk.intake.addresses import canonical_url, source_key


@pytest.mark.parametrize(
    "spelling",
    [
        "https://example.com/a/b?x=1&y=2",
        "HTTPS://Example.COM/a/b?x=1&y=2",
        "https://example.com:443/a/b?x=1&y=2",
        "https://example.com/a/b/?y=2&x=1",
        "https://example.com/a/b?x=1&y=2#comments",
        "https://example.com/a/b?utm_source=rss&x=1&utm_medium=feed&y=2&fbclid=abc&gclid=1",
        " https://example.com/a/b?x=1&y=2 ",
        "https://example.com/%61/b?x=1&y=2",
    ],
)
def test_spellings_of_one_url(spelling: str) -> None:
    assert canonical_url(spelling) == "https://example.com/a/b?x=1&y=2"


@pytest.mark.parametrize(
    "other",
    [
        "http://example.com/a",
        "https://example.com/A",
        "https://example.com:8443/a",
        "https://www.example.com/a",
        "https://example.com/a?id=1",
        "https://example.com/a?id=2",
        "https://example.com/a?id=",
    ],
)
def test_other_urls_stay_apart(other: str) -> None:
    assert canonical_url(other) != canonical_url("https://example.com/a")


@pytest.mark.parametrize(
    "odd", ["http://[::1", "urn:newsml:x:20150918:1", "/just/a/path", "http://example.com:99999/a"]
)
def test_what_cannot_be_taken_apart_is_its_own_form(odd: str) -> None:
    assert canonical_url(odd) == odd


@pytest.mark.parametrize("nothing", [None, "", "  "])
def test_no_url(nothing: str | None) -> None:
    assert canonical_url(nothing) is None


@given(st.text(alphabet="htps:/.example?&=%#@[]ä 1", max_size=60).map(lambda tail: "https://" + tail))
def test_the_canonical_form_is_its_own(url: str) -> None:
    once = canonical_url(url)
    assert canonical_url(once) == once


@pytest.mark.parametrize(
    ("name", "domain", "key"),
    [
        ("NPR", "npr.org", "npr.org"),
        ("NPR", "WWW.NPR.org", "npr.org"),
        ("NPR", "https://www.npr.org/sections/news", "npr.org"),
        ("NPR", "npr.org.", "npr.org"),
        ("NPR", None, "NPR"),
        ("The  Age", " ", "The Age"),
    ],
)
def test_source_keys(name: str, domain: str | None, key: str) -> None:
    assert source_key(name, domain) == key

"""Character references are resolved at any depth of escaping, in one pass."""

from __future__ import annotations

import html
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wiredesk.intake.references import resolve_references


@pytest.mark.parametrize(
    ("escaped", "meant"),
    [
        ("Brown &amp; Sons", "Brown & Sons"),
        ("Valad&atilde;o", "Valadão"),
        ("it&#8217;s", "it’s"),
        ("it&#x2019;s", "it’s"),
        ("it&amp;#8217;s", "it’s"),  # escaped twice
        ("&amp;amp;amp;lt;b&amp;amp;gt;", "<b>"),
        ("&#38;lt;", "<"),
        ("AT&T; Q&A; R&D", "AT&T; Q&A; R&D"),  # no references
        ("&notit; &nosuchname; &;", "&notit; &nosuchname; &;"),
        ("&amp without its end", "&amp without its end"),
        ("&CounterClockwiseContourIntegral;", "∳"),  # the longest name
        ("nothing", "nothing"),
        ("", ""),
        (";;;", ";;;"),
    ],
)
def test_references(escaped: str, meant: str) -> None:
    assert resolve_references(escaped) == meant


@pytest.mark.parametrize("reference", ["&#0;", "&#xD800;", "&#x110000;"])
def test_what_is_no_character_becomes_the_replacement_character(reference: str) -> None:
    assert resolve_references(reference) == "\ufffd"


@given(st.text(alphabet="&amplt;#39x x", max_size=60))
def test_resolving_twice_changes_nothing_more(text: str) -> None:
    once = resolve_references(text)
    assert resolve_references(once) == once


@given(st.text(max_size=80), st.integers(1, 5))
def test_any_number_of_layers_comes_off(text: str, layers: int) -> None:
    plain = resolve_references(text)
    escaped = plain
    for _ in range(layers):
        escaped = html.escape(escaped)
    assert resolve_references(escaped) == plain


def test_a_megabyte_of_layers_takes_linear_time() -> None:
    started = process_time()
    assert resolve_references("&" + "amp;" * 250_000 + "lt;") == "<"
    assert process_time() - started < 3

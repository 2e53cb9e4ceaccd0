"""The canonical text: headline first, once, then a paragraph a line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wiredesk.contracts.errors import BadMessage, TooLarge
from wiredesk.intake.canonical import MAX_LINES, canonical_text, clean_field


@pytest.mark.parametrize(
    ("headline", "body", "text"),
    [
        ("Rain falls", "It rained.", "Rain falls\nIt rained."),
        ("Rain falls", "Rain falls\nIt rained.", "Rain falls\nIt rained."),
        ("Rain falls", "RAIN FALLS!\n\nIt rained.", "Rain falls\nIt rained."),  # the same words
        ("Rain falls in Rome", "Rain falls\nin Rome\nIt rained.", "Rain falls in Rome\nIt rained."),  # wrapped
        ("Rain falls", "Rain falls in Rome.", "Rain falls\nRain falls in Rome."),  # the body only begins alike
        ("Rain falls", "Rain\nIt rained.", "Rain falls\nRain\nIt rained."),
        (None, "It rained.\n\n\nIt stopped.", "It rained.\nIt stopped."),
        ("", "It rained.", "It rained."),
        ("“Rain”", "It rained.", "“Rain”\nIt rained."),
        ("...", "It rained.", "...\nIt rained."),
    ],
)
def test_the_headline_comes_first_and_once(headline: str | None, body: str, text: str) -> None:
    assert canonical_text(headline, body, "text/plain").text == text


def test_an_h1_that_opens_the_body_is_the_headline_when_the_feed_gave_none() -> None:
    canonical = canonical_text(None, "<h1>Rain falls</h1><p>It rained.</p>", "text/html")
    assert canonical.text == "Rain falls\nIt rained."
    assert canonical.headline == "Rain falls"


def test_plain_text_is_never_read_as_mark_up() -> None:
    assert canonical_text(None, "Use <b> for bold.", "text/plain").text == "Use <b> for bold."


def test_hints_of_the_mark_up_come_with_the_start_of_their_line() -> None:
    canonical = canonical_text("Rain", "<p>It rained.</p><figcaption>A boat</figcaption>", "text/html")
    (start,) = (at for at, kind in canonical.kinds.items() if kind == "caption")
    assert canonical.text[start:] == "A boat"


@pytest.mark.parametrize("body", ["&nbsp;", "***", "\u200b", "“ ”", "😀", "###\n---"])
def test_a_body_with_neither_letter_nor_digit_is_a_bad_message(body: str) -> None:
    with pytest.raises(BadMessage, match="nothing readable"):
        canonical_text("Rain falls", body, "text/plain")


def test_a_table_of_results_is_an_article() -> None:
    assert canonical_text(None, "3-1\n2-2", "text/plain").text == "3-1\n2-2"


def test_too_many_lines_are_refused() -> None:
    assert canonical_text(None, "a\n" * MAX_LINES, "text/plain").text.count("\n") == MAX_LINES - 1
    with pytest.raises(TooLarge, match="lines"):
        canonical_text(None, "a\n" * (MAX_LINES + 1), "text/plain")


@pytest.mark.parametrize(
    ("field", "clean"),
    [("&lt;em&gt;Rain&lt;/em&gt;, wind", "Rain, wind"), ("Rain<br>falls", "Rain falls"), (" ", None), (None, None)],
)
def test_fields_are_one_line_without_tags(field: str | None, clean: str | None) -> None:
    assert clean_field(field) == clean


@given(st.text(max_size=40), st.text(max_size=200))
def test_a_text_that_comes_back_as_a_body_stays_as_it_is(headline: str, body: str) -> None:
    try:
        canonical = canonical_text(headline, body, "text/plain")
    except BadMessage:
        return
    again = canonical_text(canonical.headline, canonical.text, "text/plain")
    assert again.text == canonical.text

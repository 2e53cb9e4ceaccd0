"""Parts: every paragraph of the text gets a label, in order, without overlap."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wiredesk.contracts.errors import BadMessage
from wiredesk.intake.canonical import canonical_text
from wiredesk.intake.parts import label
from wiredesk.text.paragraphs import paragraphs

Labelled = Callable[..., list[tuple[str, str]]]


def test_a_wire_story_from_head_to_foot(labelled: Labelled) -> None:
    body = (
        "By Jane Doe\nStaff Writer\nFILE - A jet lands. (AP Photo/John Roe)\n"
        "BEIRUT (Reuters) - Shelling resumed on Friday.\n“We heard it,” a baker said.\nAdvertisement\n"
        "It stopped at noon. (Reporting by Lena Novak; Editing by Tom Ray)\n"
        "Copyright 2015 Reuters. All rights reserved."
    )
    assert labelled(body, headline="Shelling resumes") == [
        ("headline", "Shelling resumes"),
        ("byline", "By Jane Doe"),
        ("byline", "Staff Writer"),
        ("caption", "FILE - A jet lands. (AP Photo/John Roe)"),
        ("dateline", "BEIRUT (Reuters) - "),
        ("body", "Shelling resumed on Friday."),
        ("body", "“We heard it,” a baker said."),
        ("boilerplate", "Advertisement"),
        ("body", "It stopped at noon. "),
        ("credit", "(Reporting by Lena Novak; Editing by Tom Ray)"),
        ("rights", "Copyright 2015 Reuters. All rights reserved."),
    ]


def test_a_notice_that_shares_a_paragraph_is_cut_off(labelled: Labelled) -> None:
    assert labelled("It rained.\nSign up for our newsletter. Copyright 2026 Eastwick Chronicle.") == [
        ("body", "It rained."),
        ("boilerplate", "Sign up for our newsletter. "),
        ("rights", "Copyright 2026 Eastwick Chronicle."),
    ]


def test_a_byline_is_one_only_above_the_report(labelled: Labelled) -> None:
    assert labelled("It rained.\nBy Jane Doe") == [("body", "It rained."), ("body", "By Jane Doe")]


def test_the_byline_of_the_feed_is_known_again_without_its_by(labelled: Labelled) -> None:
    assert labelled("Jane Doe\nIt rained.", byline="By Jane Doe")[0] == ("byline", "Jane Doe")
    assert labelled("Jane Doe\nIt rained.")[0] == ("body", "Jane Doe")


def test_a_bare_dateline_is_one_only_where_the_report_opens(labelled: Labelled) -> None:
    found = labelled("OSLO — It rained.\nROME — It was dry.")
    assert [kind for kind, _ in found] == ["dateline", "body", "body"]


def test_round_ups_of_an_agency_have_a_dateline_an_item(labelled: Labelled) -> None:
    found = labelled("OSLO (AP) — It rained.\nROME (AP) — It was dry.")
    assert [kind for kind, _ in found] == ["dateline", "body", "dateline", "body"]


def test_mark_up_labels_captions_and_navigation(labelled: Labelled) -> None:
    body = "<nav>Home</nav><p>It rained.</p><figure><figcaption>A boat.</figcaption></figure>"
    assert labelled(body, body_type="text/html") == [
        ("boilerplate", "Home"),
        ("body", "It rained."),
        ("caption", "A boat."),
    ]


def test_reporting_with_furniture_inside_stays_reporting(labelled: Labelled) -> None:
    body = "“Advertisement,” he said.\nThe Copyright Act of 1976 is old.\nReuters shares rose.\nBy noon it was over."
    assert {kind for kind, _ in labelled(body)} == {"body"}


LINES = st.sampled_from(
    [
        "By Jane Doe",
        "Staff Writer",
        "BEIRUT (Reuters) - Shelling resumed.",
        "OSLO — It rained.",
        "It rained. (AP)",
        "(AP)",
        "FILE - A jet.",
        "Advertisement",
        "He left. © 2015 Foo Bar",
        "Copyright 2015 NPR.",
        "###",
        "It rained.",
    ]
)


@given(st.none() | st.text(max_size=20), st.lists(LINES | st.text(max_size=40), min_size=1, max_size=12))
def test_parts_cover_every_paragraph_in_order_without_overlap(headline: str | None, lines: list[str]) -> None:
    try:
        canonical = canonical_text(headline, "\n".join(lines), "text/plain")
    except BadMessage:
        return
    parts = label(canonical, "Jane Doe").parts
    covered = [offset for part in parts for offset in range(part.start, part.end)]
    assert covered == sorted(set(covered))
    assert set(covered) == {offset for start, end in paragraphs(canonical.text) for offset in range(start, end)}
    assert all(part.start < part.end for part in parts)


@pytest.mark.parametrize("kind", ["text/plain", "text/html"])
def test_only_the_first_line_is_ever_the_headline(labelled: Labelled, kind: str) -> None:
    found = labelled("It rained.\nRain", headline="Rain", body_type=kind)
    assert [k for k, _ in found].count("headline") == 1

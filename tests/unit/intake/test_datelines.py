"""Datelines: the forms of many newsrooms, and openings that only look like one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wiredesk.intake.datelines import agencies_named, parse_dateline


@pytest.mark.parametrize(
    ("paragraph", "place", "agency"),
    [
        ("BEIRUT (Reuters) - Shelling resumed.", "BEIRUT", "Reuters"),
        ("LISBON (Meridian) - A ferry struck a pier.", "LISBON", "Meridian"),  # no register knows it
        ("NEW YORK/LONDON (XY) - Oil fell.", "NEW YORK/LONDON", "XY"),
        ("MOSCOW/KYIV (Reuters) - Talks began.", "MOSCOW/KYIV", "Reuters"),
        ("PARIS, Sept. 3 (AFP) — The minister left.", "PARIS", "AFP"),
        ("LONDON, Sept 3 (Reuters/AFP) - A train left.", "LONDON", "Reuters/AFP"),
        ("BEIJING, Sept. 18 (Xinhua) -- China said.", "BEIJING", "Xinhua"),
        ("MOSCOW. Sept 18 (Interfax) - Russia said.", "MOSCOW", "Interfax"),
        ("MOSCOW, September 18. /TASS/. Russian jets left.", "MOSCOW", "TASS"),
        ("CHICAGO, Jan. 5, 2015 /PRNewswire/ -- Acme said.", "CHICAGO", "PRNewswire"),
        ("NEW YORK--(BUSINESS WIRE)--Acme said.", "NEW YORK", "BUSINESS WIRE"),
        ("HÖFN, Iceland (AP) — The road opened.", "HÖFN, Iceland", "AP"),
        ("COEUR D'ALENE, Idaho (AP) — A fire.", "COEUR D'ALENE, Idaho", "AP"),
        ("McALLEN, Texas (AP) — A fire.", "McALLEN, Texas", "AP"),
        ("WASHINGTON (AP) _ The Senate voted.", "WASHINGTON", "AP"),
        ("ABOARD THE PAPAL PLANE (AP) — The pope said.", "ABOARD THE PAPAL PLANE", "AP"),
        ("Jerusalem (CNN) — The government said.", "Jerusalem", "CNN"),
        ("(CNN) -- The government said.", None, "CNN"),
        ("BERLIN (dpa) - Germany said.", "BERLIN", "dpa"),
        ("DUBAI (Reuters): Oil fell.", "DUBAI", "Reuters"),
    ],
)
def test_datelines_with_an_agency(paragraph: str, place: str | None, agency: str) -> None:
    dateline = parse_dateline(paragraph, opening=True)
    assert dateline is not None
    assert (dateline.place, dateline.agency) == (place, agency)
    assert paragraph[: dateline.signed_end].endswith((")", "/", "/.", "--"))


@pytest.mark.parametrize(
    ("paragraph", "place", "rest"),
    [
        ("GENEVA — The talks ended.", "GENEVA", "The talks ended."),
        ("WASHINGTON, D.C. -- The Senate voted.", "WASHINGTON, D.C.", "The Senate voted."),
        ("WASHINGTON – Today, senators met.", "WASHINGTON", "Today, senators met."),
        ("WASHINGTON. – The Senate voted.", "WASHINGTON", "The Senate voted."),
        ("WASHINGTON D.C. – The Senate voted.", "WASHINGTON D.C.", "The Senate voted."),
        ("Washington, D.C.- Senators met.", "Washington, D.C.", "Senators met."),
        ("Washington, D.C.-Senators met.", "Washington, D.C.", "Senators met."),
        ("East Greenbush, N.Y.– Senators met.", "East Greenbush, N.Y.", "Senators met."),
        ("BURLINGTON, Vt., Jan. 10 – Senators met.", "BURLINGTON, Vt.", "Senators met."),
        ("WASHINGTON, DC (May 9, 2018)– Senators met.", "WASHINGTON, DC", "Senators met."),
        ("WASHINGTON, March 15 – Senators met.", "WASHINGTON", "Senators met."),
        ("TEL AVIV, Israel — “We heard it,” he said.", "TEL AVIV, Israel", "“We heard it,” he said."),
        ("NEW HAVEN, Conn. — The bridge closed.", "NEW HAVEN, Conn.", "The bridge closed."),
        ("NEW DELHI: The court ruled.", "NEW DELHI", "The court ruled."),
        ("Stavanger, 14 September 2026: Skarvold said.", "Stavanger", "Skarvold said."),
        ("OSLO — 37 people fell ill.", "OSLO", "37 people fell ill."),
    ],
)
def test_datelines_without_an_agency(paragraph: str, place: str, rest: str) -> None:
    dateline = parse_dateline(paragraph, opening=True)
    assert dateline is not None
    assert (dateline.place, dateline.agency) == (place, None)
    assert paragraph[dateline.end :] == rest


@pytest.mark.parametrize(
    "paragraph",
    [
        "He said - twice - no.",
        "NATO — The alliance said no.",
        "NASA - The agency said no.",
        "GENEVA — the talks ended.",  # a sentence goes on
        "BREAKING — Shots were heard.",
        "FACT CHECK — The claim is false.",
        "CARTER: We agreed.",  # a transcript
        "U.S. Senator Josh Hawley (R-Mo.) – The senator spoke.",
        "IBM (NYSE: IBM) - The company said.",
        "Rep. Smith (D) - The congressman said.",
        "A man (Smith) - The neighbour said.",
        "In Paris (AFP) the minister left.",  # no dash
        "The ship sank - Twelve drowned.",
        "(Smith) - He left.",
        "— ",
        "",
    ],
)
def test_openings_that_are_no_dateline(paragraph: str) -> None:
    assert parse_dateline(paragraph, opening=True) is None


def test_inside_an_article_only_a_known_agency_makes_a_dateline() -> None:
    assert parse_dateline("PARIS (AFP) - A train left.", opening=False) is not None
    assert parse_dateline("PARIS (Meridian) - A train left.", opening=False) is None
    assert parse_dateline("PARIS - A train left.", opening=False) is None


def test_agencies_that_share_brackets_are_told_apart() -> None:
    assert agencies_named("Reuters/AFP") == ["Reuters", "AFP"]
    assert agencies_named("AP and Reuters") == ["AP", "Reuters"]
    assert agencies_named("AP") == ["AP"]


@given(st.text(alphabet="ABCdef (),.-–—/:3Reuters\n", max_size=150))
def test_a_dateline_is_always_a_prefix(paragraph: str) -> None:
    dateline = parse_dateline(paragraph, opening=True)
    if dateline is not None:
        assert 0 < dateline.signed_end <= dateline.end <= len(paragraph)
        assert dateline.agency is None or dateline.agency in paragraph[: dateline.end]
        assert dateline.place is None or paragraph.startswith(dateline.place)

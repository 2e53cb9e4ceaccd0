"""Rights notices: holder and year of many houses' forms, and reporting about copyright."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wiredesk.intake.rights import find_notice, rights_of_field


@pytest.mark.parametrize(
    ("notice", "holder", "year"),
    [
        ("Copyright 2015 NPR. To see more, visit http://www.npr.org/.", "NPR", 2015),
        (
            "© 2024 The Associated Press. All rights reserved. This material may not be published.",
            "The Associated Press",
            2024,
        ),
        ("Copyright The Associated Press", "The Associated Press", None),
        ("Copyright (c) 2015, The New York Times Company", "The New York Times Company", 2015),
        ("Copyright © 2015 Tribune Co., LLC. Distributed by Tribune Content Agency, LLC.", "Tribune Co., LLC", 2015),
        ("©2015 Bloomberg L.P.", "Bloomberg L.P.", 2015),
        ("(c) 2015 dpa Deutsche Presse-Agentur GmbH", "dpa Deutsche Presse-Agentur GmbH", 2015),
        ("© Thomson Reuters 2019 All rights reserved", "Thomson Reuters", 2019),
        ("© AFP 2015", "AFP", 2015),
        ("© 1998-2024 Foo Media Ltd. All Rights Reserved", "Foo Media Ltd", 2024),
        ("Copyright U.S. News & World Report 2015", "U.S. News & World Report", 2015),
        ("© Harbour Gazette 2026. Additional reporting by Meridian.", "Harbour Gazette", 2026),
        ("Copyright Portway Examiner and agencies", "Portway Examiner", None),
        ("All rights reserved.", None, None),
        ("This material may not be published, broadcast, rewritten or redistributed.", None, None),
    ],
)
def test_notices(notice: str, holder: str | None, year: int | None) -> None:
    found = find_notice(notice)
    assert found is not None
    assert (found.start, found.holder, found.year) == (0, holder, year)


@pytest.mark.parametrize(
    "sentence",
    [
        "Copyright law is a mess.",
        "Copyright 2015 legislation was passed.",
        "Copyright holders sued Google in 2015 over books.",
        "Copyright Office officials said it was fine, and the rest of the room agreed with them entirely.",
        "(c) The court ruled in 2015 that it was legal.",
        "He said the rights were all reserved for members.",
        "Copyright 2015",
        "©",
        "Is copyright dead?",
    ],
)
def test_reporting_about_copyright_is_no_notice(sentence: str) -> None:
    assert find_notice(sentence) is None


def test_a_notice_at_the_end_of_a_paragraph_is_found_there() -> None:
    paragraph = "Sign up for our newsletter. Copyright 2026 Eastwick Chronicle."
    found = find_notice(paragraph)
    assert found is not None
    assert paragraph[found.start :] == "Copyright 2026 Eastwick Chronicle."
    assert found.holder == "Eastwick Chronicle"


def test_a_notice_in_the_middle_of_a_sentence_is_none() -> None:
    assert find_notice("The poster said © 2015 Foo Bar and nothing else.") is None


@pytest.mark.parametrize(
    ("field", "holder", "year"),
    [
        ("© 2026 Meridian Press. All rights reserved.", "Meridian Press", 2026),
        ("Reuters", "Reuters", None),
        ("Eastwick Chronicle", "Eastwick Chronicle", None),  # the source's own name
        ("Free to use with credit", None, None),
        ("CC BY 4.0", None, None),
    ],
)
def test_the_field(field: str, holder: str | None, year: int | None) -> None:
    rights = rights_of_field(field, "Eastwick Chronicle")
    assert (rights.holder, rights.year, rights.notice) == (holder, year, field)


@given(st.text(alphabet="Copyright ©(c)2015.,;ABab \n“”", max_size=120))
def test_a_notice_lies_in_its_paragraph(paragraph: str) -> None:
    found = find_notice(paragraph)
    if found is not None:
        assert 0 <= found.start < max(1, len(paragraph))
        assert found.holder is None or found.holder.rstrip(".") in paragraph[found.start :]

"""Characters: what cleaning mends, what it drops, and above all what it leaves alone."""

from __future__ import annotations

import unicodedata
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wiredesk.intake.characters import clean_line, clean_lines


@pytest.mark.parametrize(
    "kept",
    [
        "“Curly” and 'straight' and ‘single’ marks stay.",
        "It’s a 60-metre gap — or – perhaps - less…",
        "HÖFN, São Tomé, Łódź, Ещё раз, 東京",
        "ﬁne ligatures and ｗｉｄｅ letters",
        "A family 👩‍👩‍👧 and می‌خواهم",  # joiners that join
        "5 < 6 > 4 & so on",
        "$60 million, €3, £604m, ½, 37 °C",
    ],
)
def test_what_a_newsroom_set_stays(kept: str) -> None:
    assert clean_lines(kept) == [kept]


@pytest.mark.parametrize(
    ("sent", "clean"),
    [
        ("â€œNot there.â€\x9d", "“Not there.”"),  # UTF-8 read as cp1252
        ("ValadÃ£o", "Valadão"),
        ("itâ€™s and itâ€™s", "it’s and it’s"),
        ("a\x85b \x93q\x94", "a…b “q”"),  # cp1252 read as Latin-1
        ("Jose\u0301", "José"),
        ("one\u00a0two\u2003three\t four", "one two three four"),
        ("soft\u00adhyphen zero\u200bwidth bom\ufeff", "softhyphen zerowidth bom"),
        ("\u202eevil\u202c \u2066isolate\u2069", "evil isolate"),
        ("a\u200db", "ab"),
        ("NUL\x00 bell\x07 del\x7f", "NUL bell del"),
        ("\x1b[31mred\x1b[0m", "red"),
        ("  spaces   inside  ", "spaces inside"),
    ],
)
def test_what_is_mended(sent: str, clean: str) -> None:
    assert clean_lines(sent) == [clean]


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r", "\v", "\f", "\u2028", "\u2029", "\n \n\t\n", "&#10;"])
def test_every_line_break_ends_a_line(line_break: str) -> None:
    assert clean_lines(f"one{line_break}two") == ["one", "two"]


@pytest.mark.parametrize("nothing", ["", " ", "\n\n", "\x00\u200b", "\u202e"])
def test_nothing_is_no_line(nothing: str) -> None:
    assert clean_lines(nothing) == []
    assert clean_line(nothing) is None


def test_a_field_is_one_line() -> None:
    assert clean_line("Rain\nand wind ") == "Rain and wind"
    assert clean_line(None) is None


def test_a_row_of_combining_marks_is_cut_at_the_stream_safe_limit() -> None:
    (line,) = clean_lines("a" + "\u0301" * 100)
    assert sum(1 for character in line if unicodedata.combining(character)) <= 30


@given(st.text(max_size=200))
def test_cleaning_is_idempotent(text: str) -> None:
    once = clean_lines(text)
    assert clean_lines("\n".join(once)) == once


@given(st.text(alphabet="ab&amp;#\x00\u200b\u00ad\u200d\x1b[0m \nÃ©â€™\u0301", max_size=80))
def test_cleaning_is_idempotent_on_text_made_to_break_it(text: str) -> None:
    once = clean_lines(text)
    assert clean_lines("\n".join(once)) == once


@given(st.text(max_size=200))
def test_lines_are_nfc_collapsed_and_free_of_controls(text: str) -> None:
    for line in clean_lines(text):
        assert line
        assert line == " ".join(line.split())
        assert unicodedata.is_normalized("NFC", line)
        assert not any(unicodedata.category(character) == "Cc" for character in line)


@pytest.mark.parametrize(
    "text",
    [
        "Â" * 1_000 + "\xa0",
        ("Â" * 100 + "\xa0 ") * 4_000,
        "ÂÃ\x83\xa0â" * 90_000,
        "â€œhi " * 150_000,
        "a" + "\u0301\u0316" * 200_000,
        "\u200d" * 300_000,
        "\x1b[1" + ";1" * 400_000,
        "\x00" * 900_000,
        "\x85\x91" * 200_000,
    ],
    ids=["garbled run", "garbled words", "garbled mix", "mojibake", "marks", "joiners", "escape", "NUL", "C1"],
)
def test_hostile_text_takes_linear_time(text: str) -> None:
    started = process_time()
    clean_lines(text)
    assert process_time() - started < 4

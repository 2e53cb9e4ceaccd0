"""What people see beside the output."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from wiredesk.cli.console import counted, harmless, progress


@pytest.mark.parametrize(
    ("number", "noun", "told"),
    [(1, "article", "1 article"), (0, "article", "0 articles"), (1200, "story", "1,200 stories")],
)
def test_counting(number, noun, told):
    assert counted(number, noun) == told


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\tb\n“é” [bold]", "a\tb\n“é” [bold]"),
        ("\x1b[2Jgone", r"\x1b[2Jgone"),
        ("\x9b2J\x7f\r\x00", r"\x9b2J\x7f\x0d\x00"),
    ],
)
def test_text_from_outside_cannot_command_a_terminal(text, shown):
    assert harmless(text) == shown


@given(st.text())
def test_what_is_left_of_any_text_can_be_printed(text):
    assert not [char for char in harmless(text) if ord(char) < 32 and char not in "\t\n"]


@pytest.mark.parametrize(
    ("terminal", "beside_output", "shown"), [(True, False, True), (True, True, False), (False, False, False)]
)
def test_a_bar_is_for_a_terminal_that_has_nothing_else_to_show(terminal, beside_output, shown):
    seen = io.StringIO()
    with progress(Console(file=seen, force_terminal=terminal), beside_output=beside_output) as bar:
        bar.update(bar.add_task("articles", total=2, done="0"), advance=1, done="1")
    assert ("articles" in seen.getvalue()) is shown

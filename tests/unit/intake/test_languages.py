"""Language: the feed's word first, then the text's, and silence rather than a guess."""

from __future__ import annotations

import subprocess
import sys

import pytest

from wiredesk.intake.languages import language_of

ENGLISH = "Police said on Friday that two men had been arrested after a fire at a warehouse in the harbour."
PORTUGUESE = (
    "Um catamarã embateu na manhã deste domingo no pontão do Cais do Sodré, em Lisboa, segundo a Proteção Civil."
)


@pytest.mark.parametrize(
    ("given", "language"),
    [
        ("en", "en"),
        ("en-US", "en"),
        ("EN_gb", "en"),
        ("pt-BR", "pt"),
        (" de ", "de"),
        ("zh-Hant-TW", "zh"),
        ("mul", "mul"),
    ],
)
def test_the_feed_is_believed(given: str, language: str) -> None:
    assert language_of(given, PORTUGUESE) == language


@pytest.mark.parametrize("given", [None, "", "English", "e", "und", "en us", "xx-" + "a" * 9])
def test_what_is_no_language_tag_is_not_believed(given: str | None) -> None:
    assert language_of(given, PORTUGUESE) == "pt"


def test_english_is_known() -> None:
    assert language_of(None, ENGLISH) == "en"


@pytest.mark.parametrize("text", ["", "Hello", "3-1, 2-2", "NATO", "9 " * 100])
def test_short_and_odd_texts_stay_undetermined(text: str) -> None:
    assert language_of(None, text) == "und"


def test_the_model_is_loaded_only_when_it_is_needed() -> None:
    script = "import sys, wiredesk.intake.handler; assert not any(m.startswith('py3langid') for m in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0

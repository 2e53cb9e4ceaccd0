"""Word lists: read by section, stamped with a version, each line of use."""

from __future__ import annotations

from importlib.resources import files

import pytest

from wiredesk.intake.wordlists import sections, version, word_set

LISTS = sorted(path.name for path in (files("wiredesk.intake") / "data").iterdir())


def test_comments_and_blank_lines_are_no_entries() -> None:
    lists = sections("citing.txt")
    assert "according to" in lists["before"]
    assert not any(line.startswith("#") or not line for lines in lists.values() for line in lines)


def test_the_version_is_short_and_stays() -> None:
    assert version() == version()
    assert len(version()) == 16


def test_word_sets_split_at_any_space() -> None:
    assert word_set(" a b\n c ") == {"a", "b", "c"}


@pytest.mark.parametrize("name", LISTS)
def test_each_list_says_what_it_is_and_has_no_entry_twice(name: str) -> None:
    text = (files("wiredesk.intake") / "data" / name).read_text(encoding="utf-8")
    assert text.startswith("# ")
    assert "Own compilation" in text
    for heading, lines in sections(name).items():
        assert len(lines) == len(set(lines)), f"{name} [{heading}]"
        assert heading or not lines, f"{name} has entries above its first heading"

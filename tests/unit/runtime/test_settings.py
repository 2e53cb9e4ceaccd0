"""Settings come from the environment, and their page is up to date."""

from __future__ import annotations

from pathlib import Path

import pytest

from wiredesk.contracts.errors import NotReady
from wiredesk.runtime.settings import Settings, read_settings, settings_page

ROOT = Path(__file__).parents[3]


def test_a_setting_is_an_environment_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WIREDESK_BOOTSTRAP", "kafka-1:9092,kafka-2:9092")
    monkeypatch.setenv("WIREDESK_FENCING", "false")
    settings = read_settings()
    assert settings.bootstrap == "kafka-1:9092,kafka-2:9092"
    assert not settings.fencing


def test_an_empty_variable_is_as_good_as_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WIREDESK_HTTP_PORT", "")
    assert read_settings().http_port is None


def test_a_wrong_value_is_told_by_the_name_of_its_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WIREDESK_WORKERS", "many")
    with pytest.raises(NotReady, match=r"WIREDESK_WORKERS='many': .*integer.*docs/settings\.md"):
        read_settings()


def test_every_setting_says_what_it_means() -> None:
    assert all(setting.description for setting in Settings.model_fields.values())


def test_the_page_of_settings_is_up_to_date() -> None:
    assert (ROOT / "docs/settings.md").read_text() == settings_page(), "run `make schemas`"

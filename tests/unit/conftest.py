"""What unit tests of more than one folder share."""

from __future__ import annotations

import importlib
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture
def fake_stages(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The module of that name, importable by name in this process and so in the children of its pools."""
    monkeypatch.syspath_prepend(str(Path(__file__).parent))
    return importlib.import_module("fake_stages")

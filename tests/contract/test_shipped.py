"""Files beside the code are found in a checkout and in an installed wheel."""

from __future__ import annotations

from wiredesk.contracts import shipped as module
from wiredesk.contracts.shipped import shipped


def test_in_a_checkout_they_stand_at_its_root():
    assert shipped("schemas", "topics.yaml").is_file()
    assert shipped("seeds").parent == shipped("schemas").parent


def test_in_a_wheel_they_are_inside_the_package(monkeypatch, tmp_path):
    monkeypatch.setattr(module, "_IN_WHEEL", tmp_path)
    assert shipped("schemas", "topics.yaml") == tmp_path / "schemas" / "topics.yaml"

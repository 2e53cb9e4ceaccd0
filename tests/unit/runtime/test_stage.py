"""A stage that is put together wrongly is refused when it is made."""

from __future__ import annotations

import pytest

from tests.unit.runtime.handlers import Shouting
from wiredesk.contracts.record import Out, Record
from wiredesk.runtime.settings import Settings
from wiredesk.runtime.stage import Stage


def plain(_: Settings) -> object:
    def handle(_: Record) -> list[Out]:
        return []

    return handle


def test_a_stage_has_one_kind_of_handler() -> None:
    assert Stage("s", "topic", pooled=Shouting).keeps is None
    with pytest.raises(ValueError, match="one of plain, pooled, stateful"):
        Stage("s", "topic")
    with pytest.raises(ValueError, match="one of plain, pooled, stateful"):
        Stage("s", "topic", pooled=Shouting, plain=plain)  # type: ignore[arg-type]


def test_only_a_stateful_stage_keeps_a_topic_of_its_own() -> None:
    with pytest.raises(ValueError, match="keeps its state"):
        Stage("s", "topic", pooled=Shouting, keeps="state")

"""Start-up says which topics are missing, and waits for brokers."""

from __future__ import annotations

import pytest

from wiredesk.contracts.errors import NotReady
from wiredesk.runtime import startup


def test_missing_topics_are_named_with_what_to_do() -> None:
    with pytest.raises(NotReady, match=r"do not exist: b, c; create them with `wiredesk topics init`"):
        startup.check_topics({"a"}, ["c", "a", "b"])
    startup.check_topics({"a", "b"}, ["a"])


def test_it_asks_again_at_longer_pauses_until_a_broker_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    pauses: list[float] = []

    class Absent:
        def __init__(self, bootstrap_servers: list[str]) -> None:
            if len(pauses) < 7:
                raise OSError("refused")

        def list_topics(self) -> list[str]:
            return ["a"]

        def close(self) -> None: ...

    monkeypatch.setattr(startup, "KafkaAdminClient", Absent)
    monkeypatch.setattr(startup.time, "sleep", pauses.append)
    assert startup.wait_for_brokers("nowhere:9092") == {"a"}
    assert pauses == [0.5, 1, 2, 4, 8, 15, 15]

"""The health page says what the stage's progress says."""

from __future__ import annotations

import urllib.error
import urllib.request
from collections.abc import Iterator

import pytest

from wiredesk.contracts.errors import NotReady
from wiredesk.runtime.health import Health
from wiredesk.runtime.progress import Progress


@pytest.fixture
def progress() -> Progress:
    return Progress("t", stall_seconds=60)


@pytest.fixture
def health(progress: Progress) -> Iterator[Health]:
    health = Health(progress, "127.0.0.1", 0)
    yield health
    health.close()


def get(health: Health, path: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{health.port}{path}") as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as wrong:
        return wrong.code, wrong.read().decode()


def test_ready_and_not_ready(health: Health, progress: Progress) -> None:
    status, why = get(health, "/readyz")
    assert (status, "no partition is assigned" in why) == (503, True)
    progress.assign(3)
    assert get(health, "/readyz") == (200, "ok\n")
    assert get(health, "/livez") == (200, "ok\n")


def test_metrics_are_prometheus_text(health: Health, progress: Progress) -> None:
    progress.assign(3)
    status, text = get(health, "/metrics")
    assert status == 200
    assert 'wiredesk_assigned_partitions{stage="t"} 3.0' in text.splitlines()


def test_other_pages_are_not_there(health: Health) -> None:
    assert get(health, "/")[0] == 404


def test_a_taken_port_is_told_with_what_to_do(health: Health, progress: Progress) -> None:
    with pytest.raises(NotReady, match="WIREDESK_HTTP_PORT"):
        Health(progress, "127.0.0.1", health.port)

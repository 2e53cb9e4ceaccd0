"""The ledger beside a line that is at work: at no moment does it take for lost what is on its way."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import orjson
import pytest
from typer.testing import CliRunner

from tests.lines import PATIENCE, Line, raw, running_line
from wiredesk.cli.main import app

MESSAGES = 50


def story(number: int) -> str:
    """A text that keeps the language stages busy for longer than it takes to publish it."""
    lines = [
        f'Ferry {number} left pier {line} of Lisbon at {line} past noon. "We have waited for boat {number}-{line}," '
        "said Teresa Campos, who leads the association of passengers in Porto, on Tuesday."
        for line in range(40)
    ]
    return "\n".join(lines)


@pytest.mark.kafka
def test_what_is_on_its_way_is_never_taken_for_lost(tmp_path: Path) -> None:
    """On Kafka: the embedded broker names ends that are short of what it holds."""
    with running_line("kafka", tmp_path) as line, ThreadPoolExecutor(1) as feed:
        values = [raw("Ferry", str(number), story(number)) for number in range(MESSAGES)]
        publishing = feed.submit(line.publish, values)
        seen: list[dict[str, Any]] = []

        def settled() -> bool:
            all_sent = publishing.done()
            seen.append(ledger(line))
            return all_sent and not sum(seen[-1]["on_their_way"].values())

        assert line.watch.until(settled, PATIENCE)
        assert any(sum(found["on_their_way"].values()) for found in seen)
        assert seen[-1]["messages"] == sum(seen[-1]["outcomes"].values()) == MESSAGES


def ledger(line: Line) -> dict[str, Any]:
    """A balanced ledger."""
    told = CliRunner().invoke(app, ["ledger", "--json", "--bootstrap", line.broker.bootstrap])
    assert told.exit_code == 0, (told.output, told.exception)
    found: dict[str, Any] = orjson.loads(told.stdout)
    return found

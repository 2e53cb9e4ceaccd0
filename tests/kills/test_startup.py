"""Starting and stopping a stage on Apache Kafka, as a supervisor sees it."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from wiredesk.broker.apache import ApacheKafka
from wiredesk.broker.process import free_port
from wiredesk.cli.topics import provision
from wiredesk.contracts.catalogue import catalogue
from wiredesk.contracts.topics import CLEAN
from wiredesk.local.stages import Stages

pytestmark = pytest.mark.kafka


def test_a_missing_topic_is_named_and_the_exit_code_is_not_zero(tmp_path: Path) -> None:
    with ApacheKafka() as broker:
        provision(broker.bootstrap, [topic for name, topic in catalogue().items() if name != CLEAN])
        with Stages(broker, tmp_path, ("intake",)) as stages:
            assert stages.processes["intake"].wait() == 1
            assert f"these topics do not exist: {CLEAN}; create them with `wiredesk topics init`" in stages.log_of(
                "intake"
            )


def test_a_stage_waits_for_its_broker_and_ends_with_zero_when_it_is_told_to(tmp_path: Path) -> None:
    broker = ApacheKafka(port=free_port())
    with Stages(broker, tmp_path, ("intake", "dedup")) as stages:
        deadline = time.monotonic() + 30
        while "no broker answers" not in stages.log_of("intake") and time.monotonic() < deadline:
            time.sleep(0.05)
        assert stages.not_ready("intake") is not None
        with broker:
            provision(broker.bootstrap)
            # A stage that looks before the topics are made ends, as it should, and is started again by its supervisor.
            deadline = time.monotonic() + 60
            while any(stages.not_ready(name) for name in stages.names) and time.monotonic() < deadline:
                for name in stages.names:
                    if not stages.processes[name].running:
                        stages.start(name)
                time.sleep(0.1)
            stages.wait_until_ready()
            for process in stages.processes.values():
                process.terminate()
            assert [process.wait() for process in stages.processes.values()] == [0, 0]
            stages.processes.clear()

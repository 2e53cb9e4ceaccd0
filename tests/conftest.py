"""The brokers that tests run on: one embedded broker and one Apache Kafka a session, each started when first asked for.

``embedded`` and ``kafka`` are brokers to name, ``broker`` runs a test on each; ``--brokers`` leaves one out. Tests on
Kafka carry the mark ``kafka``. Where Java or Maven is missing they are skipped, and the summary's last lines say so;
with REQUIRE_KAFKA=1, as in CI, they fail.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from wiredesk.broker import Broker, EmbeddedBroker
from wiredesk.broker.apache import ApacheKafka, missing

NOT_RUN = pytest.StashKey[int]()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--brokers",
        choices=["embedded", "kafka", "both"],
        default="both",
        help="the brokers that tests run on (default: both)",
    )


@pytest.fixture(scope="session")
def embedded() -> Iterator[EmbeddedBroker]:
    with EmbeddedBroker() as broker:
        yield broker


@pytest.fixture(scope="session")
def kafka() -> Iterator[ApacheKafka]:
    with ApacheKafka() as broker:
        yield broker


@pytest.fixture(params=["embedded", pytest.param("kafka", marks=pytest.mark.kafka)], scope="session")
def broker(request: pytest.FixtureRequest) -> Broker:
    """Each broker in turn. By name, so that choosing one does not start the other."""
    found: Broker = request.getfixturevalue(request.param)
    return found


@pytest.hookimpl(tryfirst=True)  # before -m looks at the marks
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        if "kafka" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.kafka)
    wanted = config.getoption("--brokers")
    left_out = [item for item in items if wanted != "both" and _broker_of(item) not in (None, wanted)]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]


def pytest_runtest_setup(item: pytest.Item) -> None:
    lacking = missing() if item.get_closest_marker("kafka") else None
    if lacking is None:
        return
    if os.environ.get("REQUIRE_KAFKA") == "1":
        pytest.fail(f"REQUIRE_KAFKA=1, but {lacking}", pytrace=False)
    item.config.stash[NOT_RUN] = item.config.stash.get(NOT_RUN, 0) + 1
    pytest.skip(lacking)


@pytest.hookimpl(wrapper=True, tryfirst=True)  # after all that others have to say
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> Iterator[None]:
    yield
    not_run = config.stash.get(NOT_RUN, 0)
    if not_run:
        tests = "1 test" if not_run == 1 else f"{not_run} tests"
        terminalreporter.write_line(f"Not run: {tests} on Apache Kafka, where what is promised is proven.", yellow=True)
        terminalreporter.write_line(f"{missing()}.", yellow=True)


def _broker_of(item: pytest.Item) -> str | None:
    """The broker a test needs, None when it needs none."""
    if item.get_closest_marker("kafka"):
        return "kafka"
    needed = {"embedded", "broker"} & set(getattr(item, "fixturenames", ()))
    return "embedded" if needed else None

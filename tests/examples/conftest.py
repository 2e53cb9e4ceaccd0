"""An example whose toolchain is missing is skipped, and the summary says so; with REQUIRE_KAFKA=1 it fails."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from tests.examples.toolchains import PROGRAMS, Program

LACKING = pytest.StashKey[dict[str, str]]()


@pytest.fixture(params=PROGRAMS, ids=lambda program: program.name, scope="module")
def program(request: pytest.FixtureRequest) -> Program:
    """Each of the programs in turn, if it can be built here."""
    found: Program = request.param
    lacking = found.missing()
    if lacking is not None:
        if os.environ.get("REQUIRE_KAFKA") == "1":
            pytest.fail(f"REQUIRE_KAFKA=1, but {lacking}", pytrace=False)
        request.config.stash.setdefault(LACKING, {})[found.name] = lacking
        pytest.skip(lacking)
    return found


@pytest.hookimpl(wrapper=True)
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> Iterator[None]:
    yield
    for name, lacking in config.stash.get(LACKING, {}).items():
        terminalreporter.write_line(f"Not run: the example {name}: {lacking}.", yellow=True)

"""The command line as a whole."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from wiredesk import __version__
from wiredesk.broker.process import BrokerError
from wiredesk.cli.main import app
from wiredesk.contracts.errors import BadMessage, NotReady, TooLarge, WorkFailed

COMMANDS = (
    ["annotate"],
    ["check"],
    ["publish"],
    ["tail"],
    ["receipts"],
    ["explain"],
    ["stories"],
    ["stories", "merge"],
    ["stories", "split"],
    ["topics"],
    ["topics", "init"],
    ["topics", "list"],
    ["topics", "diff"],
    ["topics", "apply"],
)


def test_it_says_its_version():
    done = CliRunner().invoke(app, ["--version"])
    assert (done.exit_code, done.stdout) == (0, f"wiredesk {__version__}\n")


def test_help_names_every_command():
    told = CliRunner().invoke(app, ["--help"]).stdout
    assert all(command[0] in told for command in COMMANDS)


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_command_and_option_is_explained(command):
    done = CliRunner().invoke(app, [*command, "--help"], env={"COLUMNS": "100"})
    assert done.exit_code == 0
    assert f"Usage: wiredesk {' '.join(command)}" in done.stdout.replace("root", "wiredesk")
    begins = ("│ --", "│ -n", "│ *  --", "│    --")  # a star marks what must be given
    options = [line for line in done.stdout.splitlines() if line.startswith(begins)]
    assert options
    assert all(len(line.strip("│* ").split("  ")) > 1 for line in options)


@pytest.mark.parametrize("error", [NotReady, BadMessage, TooLarge, WorkFailed, BrokerError])
def test_what_wiredesk_raises_by_intention_is_a_sentence_and_not_a_traceback(monkeypatch, error):
    def fail(*_: object) -> None:
        raise error("the [red]door is locked; bring a key")

    monkeypatch.setattr("wiredesk.cli.topics.survey", fail)
    done = CliRunner().invoke(app, ["topics", "list"])
    assert (done.exit_code, done.stdout, done.stderr) == (1, "", "wiredesk: the [red]door is locked; bring a key\n")


def test_what_nobody_thought_of_is_not_hidden(monkeypatch):
    def fail(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("wiredesk.cli.topics.survey", fail)
    assert isinstance(CliRunner().invoke(app, ["topics", "list"]).exception, ZeroDivisionError)

"""The guide for consumers shows code that runs: each excerpt in it is the marked part of a file in ``examples/``."""

from __future__ import annotations

import importlib.metadata
import json
import re
import textwrap
from pathlib import Path

import pytest

from tests.examples.toolchains import EXAMPLES, PROJECT

GUIDE = (PROJECT / "docs" / "consumers.md").read_text("utf-8")
EXCERPTS = re.findall(r"^<!-- (examples/\S+)#(\w+) -->\n\n?```\w+\n(.*?)```$", GUIDE, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize(("file", "part", "shown"), EXCERPTS, ids=[f"{file}#{part}" for file, part, _ in EXCERPTS])
def test_an_excerpt_is_what_the_file_says(file: str, part: str, shown: str) -> None:
    text = (PROJECT / file).read_text("utf-8")
    found = re.search(rf"^ *(?:#|//) \[{part}\]\n(.*?)^ *(?:#|//) \[/{part}\]$", text, re.MULTILINE | re.DOTALL)
    assert found, f"{file} has no part marked [{part}]"
    assert shown.strip() == textwrap.dedent(found[1]).strip()


def test_every_block_of_code_in_the_guide_is_an_excerpt_or_a_command() -> None:
    assert EXCERPTS
    assert set(re.findall(r"^```(\w+)$", GUIDE, re.MULTILINE)) <= {"python", "java", "typescript", "sh"}
    assert len(re.findall(r"^```(?:python|java|typescript)$", GUIDE, re.MULTILINE)) == len(EXCERPTS)


def test_the_files_that_the_guide_names_are_there() -> None:
    named = re.findall(r"`((?:examples|schemas|docs)/[\w./-]+)`", GUIDE)
    assert [name for name in named if not Path(PROJECT / name).exists()] == []


def test_the_clients_have_the_versions_that_the_guide_names() -> None:
    python = (EXAMPLES / "python" / "requirements.txt").read_text("utf-8").replace("==", " ").split("\n")
    java = re.search(r"<kafka.version>(.+)</kafka.version>", (EXAMPLES / "java" / "pom.xml").read_text("utf-8"))
    node = json.loads((EXAMPLES / "typescript" / "package.json").read_bytes())["dependencies"]
    assert java
    clients = [*filter(None, python), f"kafka-clients {java[1]}", *(f"{name} {pin}" for name, pin in node.items())]
    assert [client for client in clients if f" {client}" not in GUIDE] == []


def test_the_examples_run_here_with_the_versions_that_they_name() -> None:
    pins = dict(line.split("==") for line in (EXAMPLES / "python" / "requirements.txt").read_text("utf-8").split())
    assert {name: importlib.metadata.version(name) for name in pins} == pins

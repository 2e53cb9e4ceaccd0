"""``wiredesk run STAGE``: one stage, until it is told to stop."""

from __future__ import annotations

import importlib
from typing import Annotated, Literal

import typer

StageName = Literal["intake", "dedup", "entities", "quotes", "publish"]


def run_stage(
    stage: Annotated[StageName, typer.Argument(help="The stage to run; each is a process of its own.")],
) -> None:
    """Run one stage of the line until SIGTERM or Ctrl-C.

    Settings are environment variables (docs/settings.md); /livez, /readyz and /metrics listen on WIREDESK_HTTP_PORT.
    """
    from wiredesk.runtime.host import run  # brings Faust in, which other commands need not wait for

    run(importlib.import_module(f"wiredesk.{stage}.app").app)

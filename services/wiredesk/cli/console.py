"""The console: what people see beside the output, on standard error, so that pipes carry data only."""

from __future__ import annotations

import re

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def harmless(text: str) -> str:
    """``text`` from outside, without the control characters by which it could command a terminal."""
    return _CONTROL.sub(lambda found: f"\\x{ord(found[0]):02x}", text)


def messages() -> Console:
    """Standard error, for sentences: nothing in them is taken for mark-up or broken into lines."""
    return Console(stderr=True, soft_wrap=True, highlight=False, markup=False)


def progress(console: Console, *, beside_output: bool = False) -> Progress:
    """A bar over the bytes of the input, gone when it is done.

    Shown on a terminal only, and not when the output goes to the same one (``beside_output``).
    """
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TextColumn("{task.fields[done]} done"),
        TimeElapsedColumn(),
        console=console,
        transient=True,
        disable=beside_output or not console.is_terminal,
    )


def counted(number: int, noun: str) -> str:
    """``1 article``, ``2 articles``, ``12,000 stories``."""
    plural = noun[:-1] + "ies" if noun.endswith("y") else noun + "s"
    return f"{number:,} {noun if number == 1 else plural}"

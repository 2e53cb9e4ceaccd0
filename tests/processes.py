"""Processes that a test started, and what they started."""

from __future__ import annotations

import contextlib

import psutil


def descendants(pid: int, *named: str) -> list[psutil.Process]:
    """The living processes under ``pid`` whose command line has one of ``named`` in it."""
    found = []
    with contextlib.suppress(psutil.NoSuchProcess):
        for child in psutil.Process(pid).children(recursive=True):
            with contextlib.suppress(psutil.Error):  # gone, or a zombie, since it was listed
                if any(name in " ".join(child.cmdline()) for name in named):
                    found.append(child)
    return found

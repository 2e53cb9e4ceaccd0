"""The line: the five stages chained in one process, without a broker. For ``wiredesk annotate``, examples and tests."""

from __future__ import annotations

from wiredesk.line.chain import Dead, Handlers, Line, Passed

__all__ = ["Dead", "Handlers", "Line", "Passed"]

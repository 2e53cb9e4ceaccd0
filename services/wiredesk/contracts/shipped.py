"""Files that come with wiredesk beside its code: ``schemas/`` and ``seeds/``.

They stand at the root of the project, where people look for them; a wheel carries them inside the package.
"""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]
_IN_WHEEL = _PACKAGE / "_shipped"
_IN_CHECKOUT = _PACKAGE.parents[1]


def shipped(*parts: str) -> Path:
    """The path of a shipped file or folder: ``shipped("schemas", "topics.yaml")``."""
    root = _IN_WHEEL if _IN_WHEEL.is_dir() else _IN_CHECKOUT
    return root.joinpath(*parts)

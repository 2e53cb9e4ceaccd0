"""Word lists: the files in ``data/``, a phrase a line, read once.

Why files: an editor can add a phrase or an agency without reading code, and the hash of all of them tells in every
document which lists it was made with.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import xxhash

_DATA = files("wiredesk.intake") / "data"


@cache
def sections(name: str) -> dict[str, tuple[str, ...]]:
    """The lines of the file ``name`` under each ``[heading]``; blank lines and those that begin with # are left out."""
    found: dict[str, list[str]] = {}
    under = found.setdefault("", [])
    for line in (_DATA / name).read_text(encoding="utf-8").splitlines():
        line = line.strip()
        if line.startswith("[") and line.endswith("]"):
            under = found.setdefault(line[1:-1], [])
        elif line and not line.startswith("#"):
            under.append(line)
    return {heading: tuple(lines) for heading, lines in found.items()}


def word_set(words: str) -> frozenset[str]:
    """The words of a short list that belongs to the code (tags, particles), written with spaces between them."""
    return frozenset(words.split())


@cache
def version() -> str:
    """A short hash of all word lists: what ``produced_by`` says of the data."""
    lists = sorted((path.name, path.read_bytes()) for path in _DATA.iterdir() if path.name.endswith(".txt"))
    return xxhash.xxh3_64_hexdigest(b"\0".join(name.encode() + b"\0" + content for name, content in lists))

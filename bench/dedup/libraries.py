"""The libraries that wiredesk is compared with, each used as its documentation says.

All see the text that wiredesk's fingerprints are made from, as runs of three words. What matches the threshold is one
story, and so is whatever matches that. A library that is not installed is left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from typing import Any, NamedTuple, Protocol

import xxhash

PERMUTATIONS = 128
SHINGLE = 3
_WORD = re.compile(r"\w+")


class Grouper(Protocol):
    """What puts texts into stories, one after the other."""

    def add(self, text: str) -> None:
        """Takes up the next text."""

    def labels(self) -> list[int]:
        """The story of each text so far: the number of its first text."""


class Library(NamedTuple):
    """A way to find copies: its name, the package it needs, its thresholds to choose from, and how to begin."""

    name: str
    package: str | None
    thresholds: Sequence[float]
    begin: Callable[[float], Grouper]
    streams: bool = True
    """Whether it judges each text when it comes, rather than all at the end."""

    @property
    def installed(self) -> bool:
        """Whether its package can be imported."""
        return self.package is None or find_spec(self.package) is not None


class Joined:
    """Numbers that were joined, and the least of those that each hangs together with."""

    def __init__(self) -> None:
        self._up: list[int] = []

    def add(self, matches: Sequence[int]) -> int:
        """The next number, joined to ``matches``."""
        number = len(self._up)
        self._up.append(number)
        for other in matches:
            one, two = sorted((self._top(number), self._top(other)))
            self._up[two] = one
        return number

    def labels(self) -> list[int]:
        """The least number that hangs together with each."""
        return [self._top(number) for number in range(len(self._up))]

    def _top(self, number: int) -> int:
        while self._up[number] != number:
            self._up[number] = self._up[self._up[number]]
            number = self._up[number]
        return number


class Exact:
    """One hash of all the words."""

    def __init__(self, _: float) -> None:
        self._first: dict[int, int] = {}
        self._joined = Joined()

    def add(self, text: str) -> None:
        words = xxhash.xxh3_64_intdigest(" ".join(_WORD.findall(text.lower())).encode())
        first = self._first.get(words)
        number = self._joined.add([] if first is None else [first])
        if first is None:
            self._first[words] = number

    def labels(self) -> list[int]:
        return self._joined.labels()


class Datasketch:
    """MinHash and MinHashLSH; candidates are checked, and kept as ``LeanMinHash``."""

    def __init__(self, threshold: float) -> None:
        from datasketch import LeanMinHash, MinHash, MinHashLSH

        self._threshold = threshold
        self._minhash, self._lean = MinHash, LeanMinHash
        self._lsh = MinHashLSH(threshold=threshold, num_perm=PERMUTATIONS)
        self._kept: list[Any] = []
        self._joined = Joined()

    def add(self, text: str) -> None:
        minhash = self._minhash(num_perm=PERMUTATIONS)
        minhash.update_batch([shingle.encode() for shingle in shingles(text)])
        lean = self._lean(minhash)
        near = [other for other in self._lsh.query(lean) if lean.jaccard(self._kept[other]) >= self._threshold]
        self._lsh.insert(self._joined.add(near), lean)
        self._kept.append(lean)

    def labels(self) -> list[int]:
        return self._joined.labels()


class Rensa:
    """RMinHash and RMinHashLSH; candidates are checked."""

    def __init__(self, threshold: float) -> None:
        from rensa import RMinHash, RMinHashLSH

        self._threshold = threshold
        self._minhash = RMinHash
        self._lsh = RMinHashLSH(threshold=threshold, num_perm=PERMUTATIONS, num_bands=bands(threshold))
        self._kept: list[Any] = []
        self._joined = Joined()

    def add(self, text: str) -> None:
        minhash = self._minhash(num_perm=PERMUTATIONS, seed=42)
        minhash.update(shingles(text))
        near = [other for other in self._lsh.query(minhash) if minhash.jaccard(self._kept[other]) >= self._threshold]
        self._lsh.insert(self._joined.add(near), minhash)
        self._kept.append(minhash)

    def labels(self) -> list[int]:
        return self._joined.labels()


class Gaoya:
    """MinHashStringIndex, which makes its shingles itself."""

    def __init__(self, threshold: float) -> None:
        from gaoya.minhash import MinHashStringIndex

        rows = PERMUTATIONS // bands(threshold)
        self._index = MinHashStringIndex(
            32, threshold, bands(threshold), rows, None, "word", True, (SHINGLE, SHINGLE), "vec"
        )
        self._joined = Joined()

    def add(self, text: str) -> None:
        self._index.insert_document(self._joined.add(self._index.query(text)), text)

    def labels(self) -> list[int]:
        return self._joined.labels()


class SimHash:
    """gaoya's SimHashStringIndex with 64 bits; the threshold is the bits that may differ."""

    def __init__(self, threshold: float) -> None:
        from gaoya.simhash import SimHashStringIndex

        self._index = SimHashStringIndex(64, int(threshold) + 1, int(threshold), "word", True, (SHINGLE, SHINGLE))
        self._joined = Joined()

    def add(self, text: str) -> None:
        self._index.insert_document(self._joined.add(self._index.query(text)), text)

    def labels(self) -> list[int]:
        return self._joined.labels()


class TfIdf:
    """scikit-learn's TF-IDF and the cosine of every pair: it sees all texts before it judges the first."""

    def __init__(self, threshold: float) -> None:
        self._threshold = threshold
        self._texts: list[str] = []

    def add(self, text: str) -> None:
        self._texts.append(text)

    def labels(self) -> list[int]:
        from sklearn.feature_extraction.text import TfidfVectorizer

        vectors = TfidfVectorizer(sublinear_tf=True).fit_transform(self._texts)
        joined = Joined()
        for at in range(0, len(self._texts), 500):
            near = (vectors[at : at + 500] @ vectors.T).tocsr()
            for row in range(near.shape[0]):
                cells = slice(near.indptr[row], near.indptr[row + 1])
                matches = near.indices[cells][near.data[cells] >= self._threshold]
                joined.add([int(other) for other in matches if other < at + row])
        return joined.labels()


LIBRARIES = [
    Library("datasketch", "datasketch", (0.35, 0.4, 0.45, 0.5, 0.55), Datasketch),
    Library("rensa", "rensa", (0.35, 0.4, 0.45, 0.5, 0.55), Rensa),
    Library("gaoya", "gaoya", (0.35, 0.4, 0.45, 0.5, 0.55), Gaoya),
    Library("TF-IDF", "sklearn", (0.7, 0.75, 0.8, 0.85), TfIdf, streams=False),
    Library("SimHash", "gaoya", (8, 10, 12, 14), SimHash),
    Library("exact", None, (1,), Exact),
]


def shingles(text: str) -> list[str]:
    """The runs of three words of ``text``, free of case and marks; at least one."""
    words = _WORD.findall(text.lower())
    return [" ".join(words[at : at + SHINGLE]) for at in range(max(1, len(words) - SHINGLE + 1))]


def bands(threshold: float) -> int:
    """The fewest bands of equal size that let pairs of similarity ``threshold`` through more often than not."""
    sizes = [rows for rows in range(1, PERMUTATIONS + 1) if PERMUTATIONS % rows == 0]
    fit = [rows for rows in sizes if 1 - (1 - threshold**rows) ** (PERMUTATIONS // rows) >= 0.5]
    return PERMUTATIONS // max(fit)


def group(library: Library, threshold: float, texts: Sequence[str]) -> list[int]:
    """The stories of ``texts`` by ``library``."""
    grouper = library.begin(threshold)
    for text in texts:
        grouper.add(text)
    return grouper.labels()

"""Packed bytes: a list of byte strings as one array and their lengths, and back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray


def packed(strings: Sequence[bytes]) -> NDArray[np.uint8]:
    """The ``strings``, one behind the other."""
    return np.frombuffer(b"".join(strings), dtype=np.uint8)


def lengths_of(strings: Sequence[bytes]) -> NDArray[np.uint32]:
    """How many bytes each of the ``strings`` has."""
    return np.fromiter(map(len, strings), dtype=np.uint32, count=len(strings))


def unpacked(joined: NDArray[Any], lengths: NDArray[Any]) -> list[bytes]:
    """The strings that ``packed`` and ``lengths_of`` were made of."""
    ends = np.cumsum(lengths, dtype=np.int64).tolist()
    whole = joined.tobytes()
    return [whole[start:end] for start, end in zip([0, *ends], ends, strict=False)]


def named(name: str, parts: Mapping[str, NDArray[Any]]) -> dict[str, NDArray[Any]]:
    """``parts`` under ``name``, so that several structures fit into one snapshot."""
    return {f"{name}.{key}": values for key, values in parts.items()}


def under(name: str, parts: Mapping[str, NDArray[Any]]) -> dict[str, NDArray[Any]]:
    """What ``named`` put under ``name``."""
    start = len(name) + 1
    return {key[start:]: values for key, values in parts.items() if key.startswith(f"{name}.")}

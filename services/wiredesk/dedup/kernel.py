"""Kernels: functions over arrays, compiled to machine code at their first call and kept on disk.

What dedup does with every word of every article is a loop over small arrays. As a chain of numpy calls most of its
time goes into the calls; compiled it takes a tenth. The compiled code is kept beside the module, else in the user's
cache directory, or where ``NUMBA_CACHE_DIR`` says; where none of these can be written, each process compiles anew.

Where a kernel calls one of another module, only a change of its own module makes numba compile it again: after a change
of ``hashing`` remove the ``__pycache__``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar, cast

import numba

F = TypeVar("F", bound=Callable[..., object])


def kernel(function: F) -> F:
    """``function``, compiled; it sees arrays and numbers only, and lets other threads run meanwhile."""
    try:
        return cast(F, numba.njit(cache=True, nogil=True)(function))
    except RuntimeError:  # no place to keep it
        return cast(F, numba.njit(nogil=True)(function))

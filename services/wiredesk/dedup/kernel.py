"""Kernels: functions over arrays, compiled to machine code at their first call and kept on disk.

What dedup does with every word of every article is a loop over small arrays. As a chain of numpy calls most of its
time goes into the calls; compiled it takes a tenth. The compiled code is kept beside the module, or where
``NUMBA_CACHE_DIR`` says.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar, cast

import numba

F = TypeVar("F", bound=Callable[..., object])


def kernel(function: F) -> F:
    """``function``, compiled; it sees arrays and numbers only, and lets other threads run meanwhile."""
    return cast(F, numba.njit(cache=True, nogil=True)(function))

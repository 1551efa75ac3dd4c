"""A factorised matrix that gives its memory back.

SciPy's SuperLU notes for each thread what it has allocated, and frees only what the freeing thread allocated itself
(scipy/sparse/linalg/_dsolve/_superlu_utils.c): a factor that another thread drops is never freed. A server makes and drops
them in threads that come and go. So they are made, and dropped, in one thread that stays.
"""

from __future__ import annotations

import weakref
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from scipy.sparse.linalg import splu

Floats = NDArray[np.float64]

_THREAD = ThreadPoolExecutor(1, thread_name_prefix="factors")


class Factor:
    """The factors of a sparse matrix that is symmetric and diagonally dominant.

    Parameters
    ----------
    matrix
        Of shape (n, n), with n at least 1.
    """

    def __init__(self, matrix: sp.csc_matrix) -> None:
        self._held: list[Any] = []
        _THREAD.submit(_make, matrix, self._held).result()
        weakref.finalize(self, _drop, self._held).atexit = False

    def solve(self, sources: Floats) -> Floats:
        """Solve for sources of shape (n, columns)."""
        return np.asarray(self._held[0].solve(sources))


def _make(matrix: sp.csc_matrix, held: list[Any]) -> None:
    # Symmetric and diagonally dominant: no pivoting, and a fill-reducing order made for symmetric matrices.
    held.append(splu(matrix, permc_spec="MMD_AT_PLUS_A", diag_pivot_thresh=0.0, options={"SymmetricMode": True}))


def _drop(held: list[Any]) -> None:
    with suppress(RuntimeError):  # at the end of the program the thread is gone, and everything with it
        _THREAD.submit(held.clear)

"""Factors give their memory back, whichever thread lets go of them."""

from __future__ import annotations

import gc
import subprocess
import sys
import textwrap
import threading

import numpy as np
import pytest
import scipy.sparse as sp

from control.territory.factor import Factor
from tests.conftest import ROOT


def a_matrix(size: int) -> sp.csc_matrix:
    """Return a grid's Laplacian with a little on its diagonal."""
    path = sp.diags([-np.ones(size - 1), np.full(size, 2.0), -np.ones(size - 1)], [-1, 0, 1])
    return (sp.kron(path, sp.eye(size)) + sp.kron(sp.eye(size), path) + 0.01 * sp.eye(size * size)).tocsc()


def test_it_solves() -> None:
    matrix, sources = a_matrix(5), np.random.default_rng(1).random((25, 3))
    assert np.allclose(matrix @ Factor(matrix).solve(sources), sources)


def test_any_thread_may_solve_and_let_go() -> None:
    made: list[Factor] = [Factor(a_matrix(5))]
    found: list[bool] = []

    def work() -> None:
        found.append(bool(np.allclose(a_matrix(5) @ made[0].solve(np.ones((25, 1))), 1)))
        made.clear()

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert found == [True]


MEASURE = """
import gc, threading
from control.territory.factor import Factor, _THREAD
from tests.control.territory.test_factor import a_matrix
from pathlib import Path

def resident():
    gc.collect()
    _THREAD.submit(int).result()
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096 / 2**20

matrix, made, seen = a_matrix(90), [], []
for _ in range(12):
    thread = threading.Thread(target=lambda: made.append(Factor(matrix)))
    thread.start()
    thread.join()
    made.clear()
    seen.append(resident())
print(seen[-1] - seen[3])
"""


@pytest.mark.skipif(sys.platform != "linux", reason="reads the resident size as Linux tells it")
def test_memory_stays_where_it_was_when_other_threads_let_go() -> None:
    """Eight more factors of about six megabytes each would be fifty."""
    gc.collect()
    script = textwrap.dedent(MEASURE)
    ran = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert float(ran.stdout) < 12

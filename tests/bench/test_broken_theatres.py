"""Broken theatre folders: a sample of those that the bench tries, each through the commands and the app."""

from __future__ import annotations

import subprocess
import sys

from bench.broken_folders import breakages
from tests.conftest import ROOT


def test_there_are_many_ways_to_break_a_folder_and_they_are_the_same_each_time() -> None:
    names = [breakage.name for breakage in breakages(1)]
    assert len(names) == len(set(names)) >= 400
    assert names == [breakage.name for breakage in breakages(1)]


def test_a_sample_of_broken_folders_ends_in_no_traceback() -> None:
    """Every hundredth: no traceback, no app that does not open, no stage over its seconds, no memory over its limit."""
    script = ROOT / "bench" / "broken_theatres.py"
    ran = subprocess.run(
        [sys.executable, str(script), "--every", "100"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr[-3000:]
    assert ran.stdout.rstrip().endswith("0 wrong")

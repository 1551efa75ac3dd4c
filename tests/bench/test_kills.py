"""A few runs of the bench that kills commands while they write, and fills their disk; it does hundreds."""

from __future__ import annotations

import random
import sys
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("kills and full disks are made as other systems have them", allow_module_level=True)

from bench import kills
from tests.conftest import report, write_mini


@pytest.mark.parametrize("name", ["export csv", "export gpkg"])
def test_a_kill_or_a_full_disk_leaves_the_earlier_file_or_the_new_one(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A kill while it writes, and a disk with room for a third of the new file."""
    monkeypatch.setattr(kills, "SHARES", (0.3,))
    reports = [report("2017-03-01", "captured", "Reds"), report("2017-09-01", "captured", "Blue Front")]
    mini = write_mini(tmp_path / "mini", reports)
    bench = kills.Bench(mini, tmp_path, random.Random(name))  # noqa: S311  the same moments for the same name
    (command,) = (command for command in kills.commands(mini, tmp_path) if command.name == name)
    bench.try_out(command, 1)
    assert bench.wrong == []
    assert bench.fates.total() == 1 + 1 + 1

"""Files on their way to a visitor leave nothing behind."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from control.app.server import scratch
from control.app.server.scratch import OLD_SECONDS, PREFIX, scratch_folder, sweep_scratch


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(scratch, "MEMORY", tmp_path)
    return tmp_path


def test_the_folder_is_in_memory_and_goes(place: Path) -> None:
    with scratch_folder() as folder:
        assert folder.parent == place
        assert folder.stat().st_mode & 0o077 == 0
        (folder / "map.png").write_bytes(b"x")
    assert list(place.iterdir()) == []


def test_without_room_in_memory_it_is_on_the_disk(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scratch, "LEAST_FREE", 1 << 60)
    with scratch_folder() as folder:
        assert folder.parent != place


def test_what_a_killed_server_left_is_removed_and_nothing_else(place: Path) -> None:
    old, new, other = place / f"{PREFIX}old", place / f"{PREFIX}new", place / "other"
    for folder in (old, new, other):
        folder.mkdir()
        (folder / "rows.csv").write_text("x")
    (place / f"{PREFIX}link").symlink_to(other)
    for folder in (old, other):
        os.utime(folder, (1000, 1000))
    os.utime(new, (1000 + OLD_SECONDS, 1000 + OLD_SECONDS))
    assert sweep_scratch(1001 + OLD_SECONDS) == 1
    assert {path.name for path in place.iterdir()} == {new.name, other.name, f"{PREFIX}link"}
    assert (other / "rows.csv").exists()

"""The landscape of a theatre: its sites, and what is kept of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import grimp
import numpy as np
import pytest

from control.record.theatre import load_theatre
from control.territory.landscape import CODE, landscape_of


def test_what_was_built_is_read_again(write_theatre: Callable[..., Path], tmp_path: Path) -> None:
    theatre = load_theatre(write_theatre([]))
    built, read = (landscape_of(theatre, tmp_path / "cache").topology for _ in range(2))
    assert len(list((tmp_path / "cache").iterdir())) == 1
    assert np.array_equal(built.total_area, read.total_area)


@pytest.mark.parametrize("content", [b"", b"no archive"])
def test_a_spoilt_file_is_built_anew(write_theatre: Callable[..., Path], tmp_path: Path, content: bytes) -> None:
    theatre = load_theatre(write_theatre([]))
    built = landscape_of(theatre, tmp_path / "cache").topology
    (file,) = (tmp_path / "cache").iterdir()
    file.write_bytes(content)
    assert np.array_equal(landscape_of(theatre, tmp_path / "cache").topology.total_area, built.total_area)
    assert file.stat().st_size > len(content)


def test_a_folder_that_cannot_be_written_costs_no_answer(write_theatre: Callable[..., Path], tmp_path: Path) -> None:
    """Where the cache should be there is a file."""
    (tmp_path / "cache").write_text("in the way")
    topology = landscape_of(load_theatre(write_theatre([])), tmp_path / "cache").topology
    assert topology.total_area.sum() == pytest.approx(topology.land_area)
    assert (tmp_path / "cache").read_text() == "in the way"


def test_the_key_covers_every_module_that_cells_are_made_by() -> None:
    """`geo.place` holds positions in degrees and no step of the making."""
    graph = grimp.build_graph("control", "geo", cache_dir=None)
    needed = graph.find_upstream_modules("geo.subdivision") | {"geo.subdivision"}
    assert {f"geo.{file.stem}" for file in CODE} == needed - {"geo", "geo.place"}
    assert "geo.cells" in needed

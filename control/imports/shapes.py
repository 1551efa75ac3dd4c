"""Shapes from a file of somebody else: GeoJSON, GeoPackage or GeoParquet, by content and no other way.

GDAL opens a file with whichever of its 80 drivers knows it, and some of them read or fetch what the file names. The
readers here know one kind each, and reach nothing but the file.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import CRS
from pyproj.exceptions import CRSError

from control.record.tables import TableError

MAX_BYTES = 2**30
"""A larger file is refused: it would be in memory as a whole."""
MAX_SHAPES = 1_000_000


@dataclass(frozen=True, slots=True)
class Shapes:
    """The features of a file.

    Attributes
    ----------
    columns
        Names of all properties, lower-case.
    rows
        Of each feature the properties that were asked for, by their lower-case names.
    geometries
        One for each row, (lon, lat) or as `crs` says; `None` where it is none.
    crs
        What the coordinates mean.
    """

    columns: tuple[str, ...]
    rows: list[dict[str, Any]]
    geometries: NDArray[np.object_]
    crs: CRS


class Columns:
    """The properties of a file: those that are asked for are kept, and none may stand there twice."""

    def __init__(self, file: str, wanted: Collection[str]) -> None:
        self._file = file
        self._wanted = {name.lower() for name in wanted}
        self.written: dict[str, str] = {}

    def add(self, name: str) -> bool:
        """Note a property; return whether it was asked for.

        Raises
        ------
        TableError
            When another one differs from it by capitals only.
        """
        name = name.encode("utf-8", "replace").decode()  # JSON can write half a character
        lower = name.lower()
        before = self.written.setdefault(lower, name)
        if before != name and lower in self._wanted:
            raise TableError(
                f"{self._file}: properties {before!r} and {name!r}; expected one of them; rename the other"
            )
        return lower in self._wanted


def crs_of(authority: str, code: str, file: str) -> CRS:
    """Return a coordinate reference system by its authority and code, which are looked up here and never fetched.

    Raises
    ------
    TableError
        When there is none.
    """
    try:
        return CRS.from_authority(authority.upper(), code)
    except CRSError:
        raise TableError(
            f"{file}: unknown CRS {authority[:20]}:{code[:20]}; expected a known one; save it in WGS84 (EPSG:4326)"
        ) from None


def finite(geometries: NDArray[np.object_]) -> NDArray[np.object_]:
    """Return geometries with `None` for those that have a coordinate that is no finite number."""
    points, owner = shapely.get_coordinates(geometries, return_index=True)
    bad = np.unique(owner[~np.isfinite(points).all(axis=1)])
    sound = geometries.copy()
    sound[bad] = None
    return sound

"""GeoPackage as the tables that it is made of: no view, virtual table, trigger or extension of the file is ever run."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import quote

import numpy as np
import shapely
from numpy.typing import NDArray

from control.imports.shapes import MAX_BYTES, MAX_SHAPES, Columns, Shapes, crs_of, finite
from control.record.tables import TableError

MAGIC = b"SQLite format 3\0"
MAX_CELL = 2**28
"""Bytes of one value; a larger one is an error of SQLite's."""
_ENVELOPES = {0: 0, 1: 32, 2: 48, 3: 48, 4: 64}
"""Bytes of the box in the header of a geometry, by its code (GeoPackage 1.3, 2.1.3)."""


def read_geopackage(path: Path, wanted: Collection[str]) -> Shapes:
    """Read the features of a GeoPackage that has one layer of them.

    Parameters
    ----------
    wanted
        Names of the columns to keep, in any case.

    Raises
    ------
    TableError
        When it is damaged, has several layers or none, or keeps them in a view or virtual table.
    """
    for suffix in ("-wal", "-journal"):
        beside = path.with_name(path.name + suffix)
        if beside.exists() and beside.stat().st_size:
            raise TableError(f"{path.name}: it is still written to ({beside.name}); close the program that has it open")
    try:
        with closing(_opened(path)) as database:
            return _Package(database, path.name).read(wanted)
    except (sqlite3.Error, UnicodeError, OverflowError) as error:
        raise TableError(
            f"{path.name}: {error}; expected GeoJSON or GeoPackage with polygons; export it anew"
        ) from None


def _opened(path: Path) -> sqlite3.Connection:
    if path.stat().st_size > MAX_BYTES:
        raise TableError(f"{path.name}: larger than {MAX_BYTES // 2**20} MB; split it by years")
    # immutable: neither a lock nor a file beside it is made
    database = sqlite3.connect(f"file:{quote(str(path.resolve()))}?mode=ro&immutable=1", uri=True)
    database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, MAX_CELL)
    database.execute("PRAGMA trusted_schema = OFF")
    database.execute("PRAGMA cell_size_check = ON")
    database.set_authorizer(_only_reads)
    return database


def _only_reads(action: int, first: str | None, *_: str | None) -> int:
    reads = action in {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ}
    return (
        sqlite3.SQLITE_OK
        if reads or (action == sqlite3.SQLITE_PRAGMA and first == "table_xinfo")
        else sqlite3.SQLITE_DENY
    )


class _Package:
    def __init__(self, database: sqlite3.Connection, file: str) -> None:
        self._database, self._file = database, file
        database.text_factory = lambda text: text.decode("utf-8", "replace")

    def read(self, wanted: Collection[str]) -> Shapes:
        layers = [
            str(name) for name, kind in self._rows("gpkg_contents", "table_name", "data_type") if kind == "features"
        ]
        if len(layers) != 1:
            listed = f" ({', '.join(layers)[:200]})" if layers else ""
            raise TableError(
                f"{self._file}: {len(layers)} layers of features{listed}; expected one; export that one alone"
            )
        (layer,) = layers
        columns = Columns(self._file, wanted)
        geometry, crs = self._geometry_column(layer)
        kept = [name for name in self._columns(layer) if name != geometry and columns.add(name)]
        found = self._rows(layer, geometry, *kept)
        if len(found) > MAX_SHAPES:
            raise TableError(f"{self._file}: more than {MAX_SHAPES} polygons; split it by years")
        rows = [{name.lower(): _plain(cell) for name, cell in zip(kept, cells[1:], strict=True)} for cells in found]
        shapes: Any = shapely.from_wkb([_wkb(cells[0]) for cells in found], on_invalid="ignore") if found else []
        geometries: NDArray[np.object_] = np.asarray(shapes, dtype=object)
        return Shapes(tuple(columns.written), rows, finite(geometries), crs)

    def _geometry_column(self, layer: str) -> tuple[str, Any]:
        """Return the column with geometries, and what their coordinates mean."""
        columns = self._rows("gpkg_geometry_columns", "table_name", "column_name", "srs_id")
        column, srs = next(((str(c), s) for table, c, s in columns if table == layer), ("", None))
        systems = self._rows("gpkg_spatial_ref_sys", "srs_id", "organization", "organization_coordsys_id")
        authority, code = next(((str(a), str(c)) for number, a, c in systems if number == srs), ("NONE", "0"))
        if authority.upper() == "NONE" or column not in self._columns(layer):
            raise TableError(
                f"{self._file}: no geometry, or no CRS; expected polygons in a known CRS; assign one and save it anew"
            )
        return column, crs_of(authority, code, self._file)

    def _columns(self, table: str) -> list[str]:
        """Return the columns that are stored; those that are computed run what the file says."""
        return [str(row[1]) for row in self._database.execute(f"PRAGMA table_xinfo({_quoted(table)})") if not row[6]]

    def _rows(self, table: str, *columns: str) -> list[Any]:
        """Return columns of a table that is stored; views and virtual tables, which have no page, are refused."""
        stored = self._database.execute(
            "SELECT name, type, rootpage FROM sqlite_master WHERE name = ?", (table,)
        ).fetchall()
        if not any(kind == "table" and page for _, kind, page in stored):
            raise TableError(
                f"{self._file}: no table {table[:100]!r}, or one that is computed; expected GeoJSON or GeoPackage with "
                "polygons stored in it; export it anew"
            )
        if missing := set(columns) - set(self._columns(table)):
            raise TableError(f"{self._file}: no column {min(missing)[:100]!r} in {table[:100]!r}; export it anew")
        wanted = ", ".join(map(_quoted, columns))
        query = f"SELECT {wanted} FROM {_quoted(table)} LIMIT {MAX_SHAPES + 1}"  # noqa: S608  names in quotes, of columns there
        return self._database.execute(query).fetchall()


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _plain(cell: Any) -> str:
    return "" if cell is None else cell.decode("utf-8", "replace") if isinstance(cell, bytes) else str(cell)


def _wkb(blob: Any) -> bytes | None:
    """Return the geometry behind the header of GeoPackage; `None` for what is none."""
    if not isinstance(blob, bytes) or len(blob) < 8 or blob[:2] != b"GP":
        return None
    size = _ENVELOPES.get(blob[3] >> 1 & 7)
    return None if size is None else blob[8 + size :]

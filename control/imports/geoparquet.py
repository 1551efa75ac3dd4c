"""GeoParquet: the columns that are asked for, and the geometry that the file calls its own; nothing else is read."""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import date, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]
import shapely
from numpy.typing import NDArray
from pyproj import CRS

from control.imports.shapes import MAX_BYTES, MAX_SHAPES, Columns, Shapes, crs_of, finite
from control.record.tables import TableError

MAGIC = b"PAR1"
_BROKEN = (pa.ArrowException, OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError, MemoryError)


def read_geoparquet(path: Path, wanted: Collection[str]) -> Shapes:
    """Read the features of a GeoParquet file (1.0 and 1.1, geometries as WKB).

    Parameters
    ----------
    wanted
        Names of the columns to keep, in any case.

    Raises
    ------
    TableError
        When it is damaged, too large, or says nothing of its geometry.
    """
    try:
        texts = [
            field.name
            for field in pq.read_schema(path)
            if pa.types.is_string(field.type) or pa.types.is_binary(field.type)
        ]
        # a value that stands in many rows stays one: a file of a kilobyte may repeat a megabyte without end
        with pq.ParquetFile(path, read_dictionary=texts) as file:
            return _read(file, path.name, wanted)
    except TableError:
        raise  # ours already, and a ValueError too
    except _BROKEN as error:
        why = " ".join(str(error).split())[:200]
        raise TableError(f"{path.name}: {why}; expected GeoParquet with polygons; export it anew") from None


def _read(file: Any, name: str, wanted: Collection[str]) -> Shapes:
    found = file.metadata
    if found.num_rows > MAX_SHAPES:
        raise TableError(f"{name}: more than {MAX_SHAPES} polygons; split it by years")
    # what a group says of itself is before compression: a small file may be large inside
    if sum(found.row_group(n).total_byte_size for n in range(found.num_row_groups)) > MAX_BYTES:
        raise TableError(f"{name}: larger than {MAX_BYTES // 2**20} MB unpacked; split it by years")
    geometry, crs = _geometry_column(file.schema_arrow, name)
    columns = Columns(name, wanted)
    kept = [column for column in file.schema_arrow.names if column != geometry and columns.add(column)]
    table = file.read(columns=[geometry, *kept])
    cells = {column.lower(): [_plain(value) for value in _values(table[column])] for column in kept}
    rows = [{column: values[n] for column, values in cells.items()} for n in range(table.num_rows)]
    outlines = _values(table[geometry])
    if sum(len(outline or b"") for outline in outlines) > MAX_BYTES:
        raise TableError(f"{name}: larger than {MAX_BYTES // 2**20} MB unpacked; split it by years")
    shapes: Any = shapely.from_wkb(outlines, on_invalid="ignore") if outlines else []
    geometries: NDArray[np.object_] = np.asarray(shapes, dtype=object)
    return Shapes(tuple(columns.written), rows, finite(geometries), crs)


def _values(column: Any) -> list[Any]:
    """Return the values of a column; those that a dictionary holds are shared among the rows."""
    found: list[Any] = []
    for chunk in column.chunks:
        chunk.validate(full=True)  # of a damaged file, numbers may lie beyond the dictionary
        if pa.types.is_dictionary(chunk.type):
            known = chunk.dictionary.to_pylist()
            found += [None if at is None else known[at] for at in chunk.indices.to_pylist()]
        else:
            found += chunk.to_pylist()
    return found


def _geometry_column(schema: Any, name: str) -> tuple[str, CRS]:
    """Return the column with geometries, and what their coordinates mean."""
    said = (schema.metadata or {}).get(b"geo")
    if said is None:
        raise TableError(f"{name}: Parquet without geometry; expected GeoParquet with polygons; export it anew")
    record = json.loads(said)
    column = str(record["primary_column"])
    about = record["columns"][column]
    if about["encoding"] != "WKB":
        raise TableError(f"{name}: geometries in another encoding than WKB; expected WKB; export it anew")
    if "crs" not in about:
        return column, crs_of("OGC", "CRS84", name)  # so the format says
    known = (about["crs"] or {}).get("id")
    if not known:
        raise TableError(
            f"{name}: no CRS, or one without a code; expected polygons in a known CRS; save it in WGS84 (EPSG:4326)"
        )
    return column, crs_of(str(known["authority"]), str(known["code"]), name)


def _plain(value: Any) -> str:
    """Write a cell as text; a timestamp at midnight is a day."""
    if isinstance(value, datetime):
        day = value.date().isoformat()
        return day if value.time() == datetime.min.time() else value.isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value)

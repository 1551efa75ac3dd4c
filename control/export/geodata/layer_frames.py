"""Rows as GeoDataFrames, for the formats that geopandas writes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import geopandas as gpd
import pandas as pd
import shapely

from control.export.extract import Extract, place_rows
from control.export.tables.columns import AREA_COLUMNS, FRONT_COLUMNS, PLACE_COLUMNS, TYPES
from control.snapshot import Layer

COLUMNS = {
    Layer.PLACES: tuple(c for c in PLACE_COLUMNS if c not in {"lon", "lat"}),
    Layer.AREAS: AREA_COLUMNS,
    Layer.FRONTS: FRONT_COLUMNS,
}
_DTYPES = {int: "Int64", float: "float64", bool: "bool"}
_KIND = {Layer.PLACES: "Point", Layer.AREAS: "MultiPolygon", Layer.FRONTS: "MultiLineString"}


def frames(extract: Extract) -> Iterator[tuple[Layer, Any]]:
    """Return one GeoDataFrame a layer, EPSG:4326, one geometry type each; the same columns whatever is in it."""
    shapes = list(extract.shapes()) if extract.has_ground else []
    for layer in extract.layers:
        if layer is Layer.PLACES:
            spans = place_rows(extract)
            rows: list[dict[str, Any]] = [{**row} for row in spans]
            geometry = [shapely.Point(row["lon"], row["lat"]) for row in spans]
        else:
            mine = [s for s in shapes if s.layer is layer]
            rows = [{**s.properties, "start": s.start, "end": s.end} for s in mine]
            geometry = [_multi(s.geometry, _KIND[layer]) for s in mine]
        table = {column: _typed(column, [row.get(column) for row in rows]) for column in COLUMNS[layer]}
        yield layer, gpd.GeoDataFrame(table, geometry=gpd.GeoSeries(geometry, crs="EPSG:4326"), crs="EPSG:4326")


def _typed(column: str, values: list[Any]) -> Any:
    """Give a column its type even where it is empty."""
    return pd.Series(values, dtype=_DTYPES.get(TYPES[column], "object"))


def _multi(geometry: Any, kind: str) -> Any:
    parts = shapely.get_parts(geometry)
    return shapely.MultiPolygon(list(parts)) if kind == "MultiPolygon" else shapely.MultiLineString(list(parts))

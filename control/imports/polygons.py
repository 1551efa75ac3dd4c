"""Dated polygons of control, as monitors publish them: a place has the status of the polygon that it lies in."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
from numpy.typing import NDArray
from shapely import make_valid

from control.imports import geopackage, geoparquet
from control.imports.account import Imported, Ledger, UnusableRowError
from control.imports.collect import Collector
from control.imports.geojson import read_geojson
from control.imports.mapping import Standing, key
from control.imports.rows import choose_column, day_window, read_day
from control.imports.runs import OrderError, RunEncoder, Runs
from control.imports.shapes import Shapes, finite
from control.imports.sites import Sites, Toponyms
from control.imports.states import add_states
from control.record.dates import DateWindow
from control.record.model import Source
from control.record.tables import TableError
from control.record.theatre import Theatre
from control.storage.files import FileError, first_bytes

_DATES = ("date", "day", "as_of", "start")
_STATUSES = ("status", "actor", "control", "name")
_IN_NAME = re.compile(r"(?<!\d)(\d{4})-?(\d{2})-?(\d{2})(?!\d)")


@dataclass(frozen=True, slots=True)
class PolygonColumns:
    """Properties of the polygons; empty: the first usual name that the file has."""

    date: str = ""
    status: str = ""


def import_polygons(
    paths: Sequence[Path],
    theatre: Theatre,
    standings: Mapping[str, Standing],
    source: Source,
    *,
    columns: PolygonColumns | None = None,
    day: date | None = None,
    outside: str | None = None,
    published: DateWindow | None = None,
    same_day: bool = False,
) -> Imported:
    """Read polygons (GeoJSON, GeoPackage, GeoParquet, any CRS) as reports at the first and last day of each run of a status.

    Parameters
    ----------
    paths
        One file, or several in the order of their dates.
    standings
        Status of a polygon -> what it means, as `mapping.read_standings` reads it.
    day
        The date of all polygons; by default their property, or else the date in the file's name.
    outside
        Status, a name of `standings`, of places in no polygon; by default nothing is said of them.
    published, same_day
        As for status tables.

    Raises
    ------
    TableError
        When a file cannot be read, has no CRS, lacks a property, or its dates do not go up.
    """
    ledger, sites = Ledger(), Sites(theatre)
    runs = read_polygon_runs(paths, columns or PolygonColumns(), sites, standings, ledger, day=day, outside=outside)
    name = paths[0].name if len(paths) == 1 else f"{paths[0].name} and {len(paths) - 1} more"
    collector = Collector(theatre, name, ledger, Toponyms(theatre, by_id=True))
    add_states(
        collector, ledger, runs, sites.places, [*standings.values(), Standing(None)], lambda row: row,
        note="in a polygon of that status, at a change", same_day=same_day,
    )  # fmt: skip
    return collector.result(lambda last: replace(source, published=published or day_window(last)))


def read_polygon_runs(
    paths: Sequence[Path],
    columns: PolygonColumns,
    sites: Sites,
    standings: Mapping[str, Standing],
    ledger: Ledger,
    *,
    day: date | None = None,
    outside: str | None = None,
) -> Runs:
    """Read polygons as runs of statuses: an index of `sites.places`, and of `standings` in their order.

    One more status, their number, stands where the polygons say nothing of a place. Raises as `import_polygons`.
    """
    codes = {name: number for number, name in enumerate(standings)}
    if outside is not None and key(outside) not in codes:
        raise TableError(f"outside {outside!r}; expected a name of the mapping table; add it there, or correct it")
    silent = len(codes)  # said of a place where the polygons say nothing, so that a run ends there
    fallback = codes[key(outside)] if outside is not None else silent
    lon, lat = np.array([p.position for p in sites.places], float).reshape(-1, 2).T
    spots = gpd.GeoDataFrame({"place": np.arange(len(lon))}, geometry=gpd.points_from_xy(lon, lat), crs=4326)
    encoder = RunEncoder(len(sites.places))
    for path in paths:
        layer = _read(path, columns, day)
        start = ledger.rows
        ledger.rows += len(layer)
        layer["code"], layer["ordinal"] = _codes(layer, codes, ledger, start)
        good = layer[(layer["code"] >= 0) & (layer["ordinal"] >= 0)]
        ledger.used += len(good)
        for ordinal, polygons in good.groupby("ordinal", sort=True):
            place, status, row = _placed(spots, polygons, (silent, fallback), ledger)
            try:
                encoder.add(place, np.full(len(place), int(ordinal)), status, row)
            except OrderError:
                raise TableError(
                    f"{path.name}: the polygons of {date.fromordinal(int(ordinal))} come after later ones; expected files "
                    "in the order of their dates; give them so"
                ) from None
    return encoder.finish()


def _read(path: Path, wanted: PolygonColumns, day: date | None) -> Any:
    """Read a layer as a frame of (geometry in EPSG:4326, status, date)."""
    shapes = read_shapes(path, [name for name in (*_DATES, *_STATUSES, wanted.date, wanted.status) if name])
    names = list(shapes.columns)
    status = choose_column(names, wanted.status or None, _STATUSES, "status", path.name)
    if day is None and not wanted.date and not any(column in names for column in _DATES):
        day = _date_in(path.name)
    if day is not None:
        dates = [day.isoformat()] * len(shapes.rows)
    else:
        column = choose_column(names, wanted.date or None, _DATES, "date", path.name)
        dates = [row.get(column, "") for row in shapes.rows]
    statuses = [row.get(status, "") for row in shapes.rows]
    frame = gpd.GeoDataFrame({"status": statuses, "date": dates}, geometry=list(shapes.geometries), crs=shapes.crs)
    frame = frame.to_crs(4326)
    frame["geometry"] = make_valid(finite(np.asarray(frame.geometry.values, dtype=object)))
    return frame


def read_shapes(path: Path, wanted: Sequence[str]) -> Shapes:
    """Read shapes by the content of the file, whatever its name; nothing else is opened, and nothing fetched.

    Raises
    ------
    TableError
        When it is neither GeoJSON nor GeoPackage nor GeoParquet, or cannot be read as what it is.
    """
    try:
        begin = first_bytes(path, len(geopackage.MAGIC) + 64)
    except FileError as error:
        raise TableError(str(error)) from None
    if begin.startswith(geopackage.MAGIC):
        return geopackage.read_geopackage(path, wanted)
    if begin.startswith(geoparquet.MAGIC):
        return geoparquet.read_geoparquet(path, wanted)
    text = begin.removeprefix(b"\xef\xbb\xbf").lstrip(b" \t\r\n")
    if text.startswith(b"{") or not text:
        return read_geojson(path, wanted)
    kind = next((words for mark, words in _OTHERS if text.startswith(mark)), "something else")
    raise TableError(
        f"{path.name}: it holds {kind}; expected GeoJSON, GeoPackage or GeoParquet with polygons, whatever "
        "its name; export it as one of them"
    )


_OTHERS = ((b"PK", "a ZIP archive"), (b"\x1f\x8b", "a gzip archive"), (b"<", "XML"), (b"[", "a JSON list"))


def _date_in(name: str) -> date | None:
    match = _IN_NAME.search(name)
    try:
        return date(*map(int, match.groups())) if match else None
    except ValueError:
        return None


def _codes(
    layer: Any, codes: Mapping[str, int], ledger: Ledger, start: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Codes of status and days (ordinals) of the polygons; -1, and a note, for what cannot be used."""
    layer.index = range(start + 1, start + 1 + len(layer))
    found, ordinals = [], []
    for row, text, when, geometry in zip(layer.index, layer["status"], layer["date"], layer.geometry, strict=True):
        code = codes.get(key(text), -1)
        ordinal = -1
        try:
            if code < 0:
                ledger.unmapped(text)
                raise UnusableRowError("the status is not in the mapping table")
            if geometry is None or geometry.is_empty or geometry.area == 0:
                raise UnusableRowError("no polygon")
            ordinal = read_day(when).toordinal()
        except UnusableRowError as error:
            ledger.set_aside(str(error), [row])
        found.append(code)
        ordinals.append(ordinal)
    return np.array(found, np.int64), np.array(ordinals, np.int64)


def _placed(
    spots: Any, polygons: Any, codes: tuple[int, int], ledger: Ledger
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Return all places (index), their status and the number of their polygon (0: none) on one date.

    `codes` are those of a place in polygons of two statuses, and of a place in none.
    """
    mixed, outside = codes
    pairs = gpd.sjoin(spots, polygons[["geometry", "code"]], predicate="intersects")
    place, code, row = (pairs[c].to_numpy(np.int64) for c in ("place", "code", "index_right"))
    order = np.lexsort((row, code, place))
    place, code, row = place[order], code[order], row[order]
    status, number = np.full(len(spots), outside), np.zeros(len(spots), np.int64)
    status[place[::-1]], number[place[::-1]] = code[::-1], row[::-1]  # the lowest row of a place is written last
    twice = place[1:][(place[1:] == place[:-1]) & (code[1:] != code[:-1])]
    if len(twice):
        status[twice] = mixed
        reason = "overlaps a polygon of another status on the same date: nothing is said of places in both"
        ledger.lessen(reason, np.unique(row[np.isin(place, twice)]).tolist())
    return np.arange(len(spots)), status, number

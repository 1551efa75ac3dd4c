"""GeoJSON of any size that fits in memory as text: one feature at a time, and nothing that it names is fetched."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from pyproj import CRS

from control.imports.shapes import MAX_BYTES, MAX_SHAPES, Columns, Shapes, crs_of, finite
from control.record.tables import TableError
from control.storage.files import FileError, decoded, read_bytes

_BLANK = re.compile(r"[ \t\r\n]*")
_DECODER = json.JSONDecoder()
_CRS_NAMES = (
    re.compile(r"urn:(?:x-)?ogc:def:crs:([A-Za-z0-9]+):[^:/]*:([A-Za-z0-9]+)"),
    re.compile(r"https?://www\.opengis\.net/def/crs/([A-Za-z0-9]+)/[^/:]+/([A-Za-z0-9]+)"),
    re.compile(r"([A-Za-z]+):([A-Za-z0-9]+)"),
)
_SLASHES = re.compile(r"(\d{4})/(\d{2})/(\d{2})(.*)", re.DOTALL)


def read_geojson(path: Path, wanted: Collection[str]) -> Shapes:
    """Read the features of a GeoJSON file.

    Parameters
    ----------
    wanted
        Names of the properties to keep, in any case.

    Raises
    ------
    TableError
        When it is no FeatureCollection, too large, or its CRS is given by a link or unknown.
    """
    try:
        text = decoded(read_bytes(path, MAX_BYTES, remedy="split it by years"), path.name)
    except FileError as error:
        raise TableError(str(error)) from None
    columns = Columns(path.name, wanted)
    rows: list[dict[str, Any]] = []
    geometries: list[Any] = []
    scanner = _Scanner(text)
    try:
        for feature in scanner.features():
            if len(rows) == MAX_SHAPES:
                raise TableError(f"{path.name}: more than {MAX_SHAPES} polygons; split it by years")
            rows.append(_properties(feature, columns))
            geometries.append(_geometry(feature))
    except json.JSONDecodeError as error:
        raise _no_geojson(f"{path.name}:{error.lineno}", _said(error)) from None
    except (RecursionError, ValueError) as error:
        if isinstance(error, TableError):
            raise
        why = "nested too deeply" if isinstance(error, RecursionError) else str(error)
        raise _no_geojson(path.name, why) from None
    if scanner.count is None:
        raise _no_geojson(path.name, f"type {str(scanner.members.get('type'))[:40]!r} without features")
    shapes = np.array([*geometries, None], dtype=object)[:-1]  # the last one keeps numpy from looking into them
    return Shapes(tuple(columns.written), rows, finite(shapes), _crs(scanner.members.get("crs"), path.name))


def _said(error: json.JSONDecodeError) -> str:
    """Say what is wrong there, without the `at` after which Python would name the place."""
    return error.msg.removesuffix(" at").removesuffix(" starting")


def _no_geojson(where: str, why: str) -> TableError:
    return TableError(
        f"{where}: {why}; expected GeoJSON or GeoPackage with polygons: a FeatureCollection; export it anew"
    )


class _Scanner:
    """Walks the members of the outermost object; features are read one by one, so that only their shapes stay."""

    def __init__(self, text: str) -> None:
        self._text, self._at = text, 0
        self.members: dict[str, Any] = {}
        self.count: int | None = None

    def features(self) -> Iterator[Any]:
        """Yield each feature; what else the object has is in `members` afterwards."""
        self._take("{")
        if self._next() == "}":
            return
        while True:
            name = self._value()
            if not isinstance(name, str):
                raise json.JSONDecodeError("a name in quotes was expected", self._text, self._at)
            self._take(":")
            if name == "features" and self._next() == "[":
                self.count = 0
                yield from self._items()
            else:
                self.members[name] = self._value()
            if self._take(",}") == "}":
                break
        if self._next():
            raise json.JSONDecodeError("more than one object", self._text, self._at)

    def _items(self) -> Iterator[Any]:
        self._take("[")
        if self._next() == "]":
            self._take("]")
            return
        while True:
            yield self._value()
            if self._take(",]") == "]":
                return

    def _next(self) -> str:
        blank = _BLANK.match(self._text, self._at)
        self._at = blank.end() if blank else self._at
        return self._text[self._at : self._at + 1]

    def _take(self, wanted: str) -> str:
        found = self._next()
        if not found or found not in wanted:
            raise json.JSONDecodeError(f"one of {wanted} was expected", self._text, self._at)
        self._at += 1
        return found

    def _value(self) -> Any:
        self._next()
        value, self._at = _DECODER.raw_decode(self._text, self._at)
        return value


def _properties(feature: Any, columns: Columns) -> dict[str, Any]:
    properties = feature.get("properties") if isinstance(feature, dict) else None
    if not isinstance(properties, dict):
        return {}
    return {name.lower(): _plain(value) for name, value in properties.items() if columns.add(name)}


def _plain(value: Any) -> str:
    """Write a property as text, nothing as nothing; of a date with slashes the year comes first, so that it is one."""
    if value is None:
        return ""
    text = value if isinstance(value, str) else json.dumps(value)
    text = text.encode(
        "utf-8", "replace"
    ).decode()  # JSON can write half a character, which no terminal and no file takes
    return _SLASHES.sub(r"\1-\2-\3\4", text) if _SLASHES.fullmatch(text) else text


def _geometry(feature: Any) -> Any:
    geometry = feature.get("geometry") if isinstance(feature, dict) else None
    if not isinstance(geometry, dict):
        return None
    try:
        return shapely.geometry.shape(geometry)
    except (AttributeError, IndexError, KeyError, TypeError, ValueError, OverflowError, shapely.errors.ShapelyError):
        return None  # whatever it is, it is no polygon, and its row will be set aside


def _crs(member: Any, file: str) -> CRS:
    """Return what the member `crs` of older files says, WGS84 where it says nothing."""
    if member is None:
        return CRS.from_epsg(4326)
    properties = member.get("properties") if isinstance(member, dict) else None
    name = properties.get("name") if isinstance(properties, dict) else None
    for form in _CRS_NAMES:
        if isinstance(name, str) and (match := form.fullmatch(name.strip())):
            return crs_of(match[1], match[2], file)
    raise TableError(
        f"{file}: its CRS is not given by a name such as EPSG:3857, and nothing is fetched; save it in WGS84 (EPSG:4326)"
    )

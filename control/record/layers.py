"""The base layers of a theatre: borders, rivers and lakes as GeoJSON, checked once so that whoever draws them need not."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from math import isfinite
from pathlib import Path
from typing import Any, NoReturn

from control.record.fault import Fault, Origin
from control.storage.files import FileError, read_text

BASE_LAYERS = ("borders", "rivers", "lakes")
AREAS, LINES = ("Polygon", "MultiPolygon"), ("LineString", "MultiLineString")
KINDS = {"borders": AREAS, "rivers": LINES, "lakes": AREAS}
"""The geometry of each layer."""

MAX_BYTES = 16 * 2**20
MAX_POSITIONS = 400_000
MAX_FEATURES = {"borders": 300, "rivers": 2_000, "lakes": 2_000}
"""Of each layer: every one is drawn several times in every picture. The world has some 250 countries."""
MAX_NAME = 300
"""Characters of a name."""
_MAX_DEPTH = 5
"""Of a position in a geometry: a ring of a polygon of several, and a collection around it."""
_SURROGATES = re.compile(r"[\ud800-\udfff]")
_EDGE = 1e-6
"""Degrees beyond 180 or 90 that are a matter of rounding."""

Feature = dict[str, Any]


@dataclass
class Layer:
    """A layer as it was read.

    Attributes
    ----------
    collection
        GeoJSON FeatureCollection of the sound features: two coordinates a position, closed rings, no empty geometry.
    faults
        Features that could not be used, by their number.
    remarks
        What was mended, a sentence each.
    """

    collection: dict[str, Any]
    faults: list[Fault] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


class _FaultError(Exception):
    """A feature that cannot be used: what is wrong, what was expected, how to mend it."""


def empty_layer() -> dict[str, Any]:
    """Return a layer without features."""
    return {"type": "FeatureCollection", "features": []}


def read_layer(path: Path) -> Layer:
    """Read and check a layer; one that is not there is empty.

    Features need neither geometry nor properties (RFC 7946, 3.2): one without the first is left out, one without the latter
    gets empty ones.

    Raises
    ------
    FileError
        When the file cannot be read, is no FeatureCollection, or is too large.
    """
    if not path.exists() and not path.is_symlink():
        return Layer(empty_layer())
    collection = _collection(path)
    layer = Layer({**collection, "features": []})
    reader = _Reader(path.name, KINDS[path.stem])
    for number, feature in enumerate(collection["features"], 1):
        try:
            sound = reader.feature(feature, number)
        except _FaultError as fault:
            layer.faults.append(Fault(Origin(path.name, number, "feature"), *fault.args))
            continue
        if sound is not None:
            layer.collection["features"].append(sound)
    layer.remarks = reader.remarks()
    return layer


def _collection(path: Path) -> dict[str, Any]:
    text = read_text(path, MAX_BYTES, path.parent, "simplify its lines")
    try:
        found = json.loads(text)
        features = found["features"]
        if not isinstance(features, list):
            raise TypeError("'features' is no list")
        _check_text({key: value for key, value in found.items() if key != "features"})
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        line = f":{error.lineno}" if isinstance(error, json.JSONDecodeError) else ""
        raise FileError(
            f"{path.name}{line}: not a GeoJSON FeatureCollection ({_reason(error)}); expected an object with a list "
            "`features`, in UTF-8; write it anew, or take the file away"
        ) from None
    most = MAX_FEATURES[path.stem]
    if len(features) > most:
        raise FileError(
            f"{path.name}: {len(features):,} features; expected at most {most:,}; leave out the smallest, or join "
            "the parts of each into one"
        )
    return dict(found)


def _reason(error: Exception) -> str:
    if isinstance(error, RecursionError):
        return "nested too deeply"
    return f"no {error}" if isinstance(error, KeyError) else str(error)[:200]


def _check_text(value: Any) -> None:
    """Refuse halves of characters, which JSON can write and no file can hold."""
    if _SURROGATES.search(json.dumps(value, ensure_ascii=False)):
        raise ValueError("text with half a character (a lone surrogate)")


class _Reader:
    """Reads the features of one file, and counts what it mends."""

    def __init__(self, name: str, kinds: tuple[str, str]) -> None:
        self.name, self.kinds = name, kinds
        self.positions = 0
        self.mended: dict[str, list[int]] = {}
        self.number = 0

    def feature(self, feature: Any, number: int) -> Feature | None:
        """Return a feature in its sound form; `None` for one without geometry."""
        self.number = number
        if not isinstance(feature, dict):
            _fault(f"a feature that is {_kind(feature)}", "an object with geometry and properties", "write it anew")
        if not feature.get("geometry"):
            self._mend("no geometry: left out")
            return None
        properties = self._properties(feature.get("properties"))
        geometry = self._geometry(feature["geometry"])
        return None if geometry is None else {**feature, "properties": properties, "geometry": geometry}

    def remarks(self) -> list[str]:
        """Say what was mended."""
        return [f"{self.name}: {_numbers(numbers)}: {what}" for what, numbers in self.mended.items()]

    def _mend(self, what: str) -> None:
        numbers = self.mended.setdefault(what, [])
        if self.number not in numbers[-1:]:
            numbers.append(self.number)

    def _properties(self, properties: Any) -> dict[str, Any]:
        if properties is None:
            return {}
        if not isinstance(properties, dict):
            _fault(f"properties that are {_kind(properties)}", 'an object such as {"name": ...}', "write them anew")
        try:
            _check_text(properties)
        except (ValueError, RecursionError):
            _fault("properties that are no text", "text in UTF-8, not nested", "write them anew")
        return {key: self._property(key, value) for key, value in properties.items()}

    def _property(self, key: str, value: Any) -> Any:
        if key in {"name", "iso"} and value is not None:
            if key == "name" and isinstance(value, int | float) and not isinstance(value, bool):
                self._mend("a name that is a number: read as text")
                value = str(value)
            if not isinstance(value, str) or len(value) > MAX_NAME:
                what = f"longer than {MAX_NAME} characters" if isinstance(value, str) else _kind(value)
                _fault(f"{key} is {what}", f"a text of at most {MAX_NAME} characters, or null", f"correct {key}")
        if key == "inside" and not (value is None or value in (0, 1)):
            _fault(f"inside is {_kind(value)}", "true or false", "write it without quotes")
        if key == "rank" and value is not None and not _is_rank(value):
            self._mend("a rank that is no whole number from 1 to 99: taken as unknown")
            return None
        return value

    def _geometry(self, geometry: Any) -> dict[str, Any] | None:
        parts = [part for part in self._parts(geometry, 0) if part]
        if not parts:
            self._mend("an empty geometry: left out")
            return None
        single, several = self.kinds
        if geometry["type"] == single and len(parts) == 1:
            return {"type": single, "coordinates": parts[0]}
        return {"type": several, "coordinates": parts}

    def _parts(self, geometry: Any, depth: int) -> Iterator[Any]:
        """Yield the coordinates of each line or polygon of a geometry."""
        single, several = self.kinds
        kind = geometry.get("type") if isinstance(geometry, dict) else None
        if kind == "GeometryCollection" and depth < _MAX_DEPTH:
            self._mend(f"a collection: read as one {several}")
            for part in _listed(geometry.get("geometries"), "geometries"):
                yield from self._parts(part, depth + 1)
            return
        if kind not in self.kinds:
            shown = repr(kind)[:40] if isinstance(kind, str) else _kind(geometry if kind is None else kind)
            _fault(f"geometry {shown}", f"{single} or {several}", "take it out, or draw it as one")
        coordinates = _listed(geometry.get("coordinates"), "coordinates")
        for part in coordinates if kind == several else [coordinates]:
            yield self._line(part) if single == "LineString" else self._polygon(part)

    def _polygon(self, rings: Any) -> list[Any]:
        return [self._ring(ring) for ring in _listed(rings, "a polygon")]

    def _ring(self, ring: Any) -> list[Any]:
        positions = [self._position(p) for p in _listed(ring, "a ring")]
        if positions and positions[0] != positions[-1]:
            self._mend("a ring that did not end where it began: closed")
            positions.append(list(positions[0]))
        if len(positions) < 4:
            _fault(f"a ring of {len(positions)} positions", "at least four, the last like the first", "draw it anew")
        if len({tuple(position) for position in positions}) < 3:
            _fault(
                "a ring that encloses nothing", "at least three positions that differ", "draw it anew, or take it out"
            )
        return positions

    def _line(self, line: Any) -> list[Any]:
        positions = [self._position(p) for p in _listed(line, "a line")]
        if len(positions) == 1:
            _fault("a line of one position", "at least two", "draw it anew, or take it out")
        if positions and all(position == positions[0] for position in positions):
            _fault("a line that stays in one spot", "positions that differ", "draw it anew, or take it out")
        return positions

    def _position(self, position: Any) -> list[float]:
        self.positions += 1
        if self.positions > MAX_POSITIONS:
            raise FileError(f"{self.name}: more than {MAX_POSITIONS:,} positions; expected fewer; simplify its lines")
        if not isinstance(position, list) or len(position) < 2:
            _fault(f"a position that is {_kind(position)}", "[longitude, latitude]", "write it anew")
        if len(position) > 2:
            self._mend("more than two coordinates a position: heights left out")
        return [self._degrees(position[0], 180, "longitude"), self._degrees(position[1], 90, "latitude")]

    def _degrees(self, value: Any, limit: int, what: str) -> float:
        number = isinstance(value, int | float) and not isinstance(value, bool)
        if number and -limit <= value <= limit:
            return value  # type: ignore[no-any-return]
        if number and -limit - _EDGE <= value <= limit + _EDGE:
            return float(limit if value > 0 else -limit)
        finite = number and (isinstance(value, int) or isfinite(value))
        shown = str(value)[:20] if finite else _kind(value)
        return _fault(f"{what} {shown}", f"degrees (WGS84) between -{limit} and {limit}", "reproject it, or correct it")


def _fault(wrong: str, expected: str, remedy: str) -> NoReturn:
    raise _FaultError(wrong, expected, remedy)


def _listed(value: Any, what: str) -> list[Any]:
    if not isinstance(value, list):
        _fault(f"{what}: {_kind(value)}", "a list", "write it anew")
    return value


_KINDS: Mapping[type, str] = {
    dict: "an object", list: "a list", str: "a text", bool: "true or false", int: "a number", type(None): "missing",
}  # fmt: skip


def _kind(value: Any) -> str:
    if isinstance(value, float):
        return "a number" if isfinite(value) else "no finite number"
    return _KINDS.get(type(value), "no number")


def _is_rank(value: Any) -> bool:
    return not isinstance(value, bool) and str(value).isdecimal() and len(str(value)) <= 2 and int(value) > 0


def _numbers(numbers: list[int]) -> str:
    shown = ", ".join(map(str, numbers[:10]))
    more = f" and {len(numbers) - 10} more" if len(numbers) > 10 else ""
    return f"feature{'' if len(numbers) == 1 else 's'} {shown}{more}"

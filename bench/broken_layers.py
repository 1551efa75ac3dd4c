"""Ways to break a base layer: geometry, coordinates, properties, features and the file around them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from math import sin
from typing import Any

from bench.sound_folder import AREA, SOUND, WATER, collection, feature

_DEEP: Any = AREA
for _ in range(200):
    _DEEP = [_DEEP]

Broken = Iterator[tuple[str, str]]


def broken_layers(file: str) -> Broken:
    """Yield what is wrong, and the text of the file."""
    yield from _geometries(file)
    yield from _coordinates(file)
    yield from _properties(file)
    yield from _features(file)


def _positions(file: str) -> tuple[str, list[Any]]:
    geometry = SOUND[file]["geometry"]
    return geometry["type"], geometry["coordinates"][0] if geometry["type"] == "Polygon" else geometry["coordinates"]


def _shaped(file: str, changed: list[Any], **properties: Any) -> str:
    """Write a sound feature, and one with other positions and properties."""
    kind, _ = _positions(file)
    told = {**SOUND[file]["properties"], **properties}
    return collection(SOUND[file], feature(kind, [changed] if kind == "Polygon" else changed, **told))


def _geometries(file: str) -> Broken:
    sound = SOUND[file]
    kind, positions = _positions(file)
    kinds = ("Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon", "Circle", "", 7, None)
    for other in kinds:
        for depth, shape in enumerate((positions[0], positions, [positions], [[positions]])):
            if (other, depth) != (kind, 2 if kind == "Polygon" else 1):
                yield f"geometry {other!r} nested {depth} times", collection(sound, feature(str(other), shape))
    empties: tuple[Any, ...] = (None, {}, [], "x", {"type": "GeometryCollection"}, {"type": kind, "coordinates": []})
    for geometry in empties:
        yield f"geometry {geometry!r}", collection(sound, {**sound, "geometry": geometry})
    for parts in ([None], [sound["geometry"]], [sound["geometry"], {"type": "Point", "coordinates": positions[0]}]):
        gathered = {"type": "GeometryCollection", "geometries": parts}
        yield f"a collection of {len(parts)}, {str(parts)[:20]}", collection({**sound, "geometry": gathered})
    yield "nested 200 times", collection(sound, feature(kind, _DEEP))
    deep = "[" * 10_000 + "]" * 10_000
    yield "nested 10,000 times", f'{{"features": [{{"geometry": {{"type": "Polygon", "coordinates": {deep}}}}}]}}'
    yield "a hole larger than its area", collection(sound, feature("Polygon", [WATER, AREA]))


def _coordinates(file: str) -> Broken:
    _, positions = _positions(file)
    for value in ("x", None, True, [], {}, 1e308, -1e308, float("nan"), float("inf"), 181, 10**400, 10**18):
        yield f"a longitude {str(value)[:20]!r}", _shaped(file, [[value, positions[0][1]], *positions[1:]])
    yield "degrees exchanged with metres", _shaped(file, [[x * 111_000, y * 111_000] for x, y in positions])
    yield "three coordinates", _shaped(file, [[*p, 700] for p in positions])
    yield "four coordinates", _shaped(file, [[*p, 700, 1] for p in positions])
    yield "one coordinate", _shaped(file, [p[:1] for p in positions])
    yield "positions of several lengths", _shaped(file, [positions[0], [*positions[1], 5], *positions[2:]])
    for count in range(4):
        yield f"{count} positions", _shaped(file, positions[:count])
    yield "one position, five times", _shaped(file, [positions[0]] * 5)
    yield "all positions in one line", _shaped(file, [[9 + n / 10, 50] for n in range(9)] + [[9, 50]])
    yield "crossing itself", _shaped(file, [[9, 49], [12, 52], [12, 49], [9, 52], [9, 49]])
    yield "around the world", _shaped(file, [[-180, -90], [180, -90], [180, 90], [-180, 90], [-180, -90]])
    yield "other side of the globe", _shaped(file, [[-171, -52], [-168, -52], [-168, -49], [-171, -49], [-171, -52]])
    yield "across the 180th meridian", _shaped(file, [[179, 50], [-179, 50], [-179, 51], [179, 51], [179, 50]])
    yield "0.000001 degrees wide", _shaped(file, [[10, 50], [10.000001, 50], [10.000001, 50.000001], [10, 50]])
    many = [[10.3 + 0.01 * sin(n / 50), 49 + 3 * n / 30_000] for n in range(30_000)]
    yield "30,000 positions", _shaped(file, [*many, [9, 49]])


def _properties(file: str) -> Broken:
    sound = SOUND[file]
    _, positions = _positions(file)
    for properties in (None, [], ["name"], "name", 7, True):
        yield f"properties {properties!r}", collection(sound, {**sound, "properties": properties})
    values = (7, 7.5, -1, 10**30, True, ["x"], {"x": {}}, "", "x" * 5000, "9" * 5000, "\ud800", "<b>", "\x00")
    for key in ("name", "iso", "inside", "rank"):
        for value in values:
            yield f"{key} = {type(value).__name__} {str(value)[:12]!r}", _shaped(file, positions, **{key: value})


def _features(file: str) -> Broken:
    sound = SOUND[file]
    members: tuple[Any, ...] = (None, 7, "feature", [], [sound])
    for member in members:
        yield f"a feature {str(member)[:12]!r}", collection(sound, member)
    for whole in ({}, [], 7, {"features": None}, {"features": {}}, sound, {"type": "Topology", "objects": {}}):
        yield f"the file {str(whole)[:20]!r}", json.dumps(whole)
    for count in (300, 2_000):
        yield f"{count:,} sound features", collection(*[sound] * count)
    yield "20,000 broken features", collection(sound, *[{"geometry": 7}] * 20_000)
    yield "10,000 sound features", collection(*[sound] * 10_000)
    yield "a feature without a closing bracket", collection(sound)[:-3]

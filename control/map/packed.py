"""The payload as it travels: columns of whole numbers in text, each a small step from the one before.

`packed.js` undoes in the browser what `packed` does here. Places are walked along a Hilbert curve: what lies together
stands together, so that steps are small, and the page is a quarter of what it would be as plain JSON.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from math import isfinite
from typing import Any

import numpy as np
from numpy.typing import NDArray

from control.map.row import Row

Ints = NDArray[np.int64]

DECIMALS = 4  # of a degree: about 10 m, finer than any report and than the screen
PARTS = 10**DECIMALS
THOUSANDTHS = 1000
"""Of a probability and of a rank."""
DIGITS = np.frombuffer(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/", dtype=np.uint8)
MOST = 2**30 - 1
"""The largest number of a column, so that a browser can take it apart with 32-bit arithmetic."""
_HILBERT_BITS = 12
_NUMBER = re.compile(r"0|[1-9][0-9]{0,14}")


def packed(payload: Mapping[str, Any]) -> dict[str, Any]:
    """Pack a payload that holds together.

    Parameters
    ----------
    payload
        In the plain form that `ControlTimeline` documents.

    Returns
    -------
    dict
        The same keys. Instead of the places, the ground, the intervals, the changes and the coordinates of the geography
        there are columns: strings as `column` writes them. Places, their rows and their arcs follow the order of the
        column ``order``; names and ids that of the payload.

    Raises
    ------
    ValueError
        If a number is not finite, or larger than `MOST`.
    """
    places = payload["places"]
    degrees = np.array([(place["lon"], place["lat"]) for place in places], dtype=float).reshape(-1, 2)
    if not np.isfinite(degrees).all():
        raise ValueError("a place has a longitude or latitude that is not a finite number")
    order = along_hilbert(degrees)
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    result = dict(payload)
    result["places"] = _places([places[index] for index in order], degrees[order], rank)
    result["places"] |= {
        "order": column(order),
        "names": [str(place["name"]) for place in places],
        "ids": _ids([str(place["id"]) for place in places]),
    }
    result["intervals"] = _intervals([payload["intervals"][index] for index in order])
    if payload.get("ground") is not None:
        result["ground"] = _ground(payload["ground"], rank)
    if payload.get("changes") is not None:
        changes = np.array(payload["changes"], dtype=np.int64).reshape(-1, 2)
        result["changes"] = {"day": column(_steps(changes[:, 0])), "place": column(_steps(changes[:, 1]))}
    if payload.get("told") is not None:
        rows = payload["told"]["rows"]
        result["told"] = {**payload["told"], "rows": column([text for index in order for text in rows[index]])}
    if payload.get("geography") is not None:
        result["geography"] = {name: _features(features) for name, features in payload["geography"].items()}
    return result


def column(numbers: Sequence[int] | Ints) -> str:
    """Write whole numbers as variable-length quantities in base 64, as source maps do.

    The sign is the lowest bit of a number; five bits make a digit, the lowest first, and a digit with the sixth bit set has
    another one after it. A digit never spans two numbers, which is why this compresses better than packed bytes.

    Raises
    ------
    ValueError
        If a number is larger than `MOST`.
    """
    values = np.asarray(numbers, dtype=np.int64)
    if len(values) == 0:
        return ""
    size = np.abs(values)
    if size.max() > MOST:
        raise ValueError(f"{values[size.argmax()]} is too large a number for the map; the largest is {MOST}")
    rest = 2 * size + (values < 0)
    digits: list[Ints] = []
    used: list[NDArray[np.bool_]] = []
    while not digits or rest.any():
        used.append(np.ones(len(rest), dtype=bool) if not digits else rest > 0)
        digits.append((rest & 31) | np.where(rest > 31, 32, 0))
        rest = rest >> 5
    return DIGITS[np.column_stack(digits)[np.column_stack(used)]].tobytes().decode("ascii")


def along_hilbert(points: NDArray[np.float64]) -> Ints:
    """Return the order in which a Hilbert curve over their box meets points, (n,); of two in one spot the first first.

    Parameters
    ----------
    points
        (n, 2) x and y.
    """
    if len(points) == 0:
        return np.zeros(0, dtype=np.int64)
    low = points.min(axis=0)
    extent = max(float((points.max(axis=0) - low).max()), 1e-9)
    side = 1 << _HILBERT_BITS
    x, y = np.minimum((points - low) / extent * side, side - 1).astype(np.int64).T
    along = np.zeros(len(points), dtype=np.int64)
    half = side >> 1
    # Quarter by quarter; each is entered turned or mirrored so that the curve goes on where it left off.
    while half:
        right, upper = (x & half) > 0, (y & half) > 0
        along += half * half * ((3 * right) ^ upper)
        flip = ~upper & right
        x, y = np.where(flip, side - 1 - x, x), np.where(flip, side - 1 - y, y)
        x, y = np.where(upper, x, y), np.where(upper, y, x)
        half >>= 1
    return np.argsort(along, kind="stable")


def _steps(values: Ints) -> Ints:
    """Return each number less the one before; the first as it is."""
    return np.diff(values, prepend=0)


def _places(places: Sequence[Mapping[str, Any]], degrees: NDArray[np.float64], rank: Ints) -> dict[str, Any]:
    kinds = sorted({str(place["kind"]) for place in places})
    drivers = [place.get("drivers") or () for place in places]
    grid = np.rint(degrees * PARTS).astype(np.int64)
    return {
        "lon": column(_steps(grid[:, 0])),
        "lat": column(_steps(grid[:, 1])),
        "kinds": kinds,
        "kind": column([kinds.index(str(place["kind"])) for place in places]),
        "rank": column([_thousandths(place["rank"], "a rank") for place in places]),
        "reported": column([int(place.get("reported", True) is not False) for place in places]),
        "area_km2": column([round(place.get("area_km2") or 0) for place in places]),
        "drivers": column([len(of) for of in drivers]),
        # Counted from the place itself: evidence is near, and so are its numbers.
        "driver": column([int(rank[index]) - place for place, of in enumerate(drivers) for index, _ in of]),
        "driver_km": column([round(km) for of in drivers for _, km in of]),
    }


def _thousandths(value: float, what: str) -> int:
    if not isfinite(value):
        raise ValueError(f"{what} is {value}; it must be a number between 0 and 1")
    return round(value * THOUSANDTHS)


def _ids(ids: Sequence[str]) -> list[str | int]:
    """Write ids that are numbers as the difference to the last such one; GeoNames' are."""
    result: list[str | int] = []
    last = 0
    for id_ in ids:
        if _NUMBER.fullmatch(id_):
            result.append(int(id_) - last)
            last = int(id_)
        else:
            result.append(id_)
    return result


def _intervals(intervals: Sequence[Sequence[Sequence[float]]]) -> dict[str, Any]:
    codes: dict[tuple[int, int, int, int], int] = {}
    days, holding, probability = [], [], []
    for rows in intervals:
        day, sure = 0, 0
        for row in (Row(*plain) for plain in rows):
            thousandths = _thousandths(row.probability, "a probability")
            code = int(row.status), int(row.actor), int(row.second), int(row.staleness or 0)
            days.append(int(row.start) - day)
            holding.append(codes.setdefault(code, len(codes)))
            probability.append(thousandths - sure)
            day, sure = int(row.start), thousandths
    return {
        "rows": column([len(rows) for rows in intervals]),
        "holdings": [list(code) for code in codes],
        "day": column(days),
        "holding": column(holding),
        "probability": column(probability),
    }


def _ground(ground: Mapping[str, Any], rank: Ints) -> dict[str, Any]:
    """Pack arcs cell by cell, so that the left side is known and most arcs start where the last one ended."""
    walks: list[list[tuple[int, list[int]]]] = [[] for _ in rank]
    for arc, sides in zip(ground["arcs"], ground["sides"], strict=True):
        left, right = (int(rank[side]) if side >= 0 else side for side in sides)
        if left < 0 and right < 0:
            continue  # between nobody and nobody there is nothing to draw
        if left < 0 or 0 <= right < left:
            walks[right].append((left, _reversed(arc)))
        else:
            walks[left].append((right, arc))
    right_sides: list[int] = []
    lengths: list[int] = []
    jumps: list[int] = []
    steps: list[int] = []
    at = (0, 0)
    for cell, arcs in enumerate(walks):
        for right, arc in _chained(arcs):
            right_sides.append(right - cell if right >= 0 else right)
            jump = (arc[0] - at[0], arc[1] - at[1])
            lengths.append((len(arc) - 2) * (1 if jump == (0, 0) else -1) // 2 - (jump != (0, 0)))
            if jump != (0, 0):
                jumps.extend(jump)
            steps.extend(arc[2:])
            at = (sum(arc[::2]), sum(arc[1::2]))
    return {
        "transform": ground["transform"],
        "arcs": column([len(arcs) for arcs in walks]),
        "right": column(right_sides),
        "length": column(lengths),
        "jump": column(jumps),
        "step": column(steps),
    }


def _reversed(arc: Sequence[int]) -> list[int]:
    """Return an arc walked the other way."""
    result = [sum(arc[::2]), sum(arc[1::2])]
    for at in range(len(arc) - 2, 0, -2):
        result += [-arc[at], -arc[at + 1]]
    return result


def _chained(arcs: list[tuple[int, list[int]]]) -> Iterable[tuple[int, list[int]]]:
    """Put arcs with one cell on their left in the order of a walk around it."""
    starting: dict[tuple[int, int], list[int]] = {}
    ends = [(sum(arc[::2]), sum(arc[1::2])) for _, arc in arcs]
    for n, (_, arc) in enumerate(arcs):
        starting.setdefault((arc[0], arc[1]), []).append(n)
    arrived = set(ends)
    left = dict.fromkeys(sorted(range(len(arcs)), key=lambda n: (arcs[n][1][0], arcs[n][1][1]) in arrived))
    while left:
        at: int | None = next(iter(left))
        while at is not None:
            del left[at]
            yield arcs[at]
            at = next((follower for follower in starting.get(ends[at], ()) if follower in left), None)


def _features(collection: Mapping[str, Any]) -> dict[str, Any]:
    """Pack a GeoJSON FeatureCollection to what the map draws: properties, and lines as columns."""
    return {
        "features": [
            {"properties": feature.get("properties") or {}, "geometry": _geometry(feature.get("geometry"))}
            for feature in collection["features"]
        ]
    }


def _geometry(geometry: Mapping[str, Any] | None) -> dict[str, Any] | None:
    if geometry is None:
        return None
    if geometry["type"] == "GeometryCollection":
        return {"type": geometry["type"], "geometries": [_geometry(part) for part in geometry["geometries"]]}
    return {"type": geometry["type"], "coordinates": _lines(geometry["coordinates"])}


def _lines(coordinates: Sequence[Any]) -> Any:
    """Write each list of positions as one column of steps in longitude and latitude; a lone position stays."""
    if not coordinates or isinstance(coordinates[0], int | float):
        return list(coordinates)
    if not isinstance(coordinates[0][0], int | float):
        return [_lines(part) for part in coordinates]
    degrees = np.array([position[:2] for position in coordinates], dtype=float)
    if not np.isfinite(degrees).all():
        raise ValueError("the geography has a coordinate that is not a finite number")
    return column(np.diff(np.rint(degrees * PARTS).astype(np.int64), axis=0, prepend=0).ravel())

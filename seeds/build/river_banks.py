"""Lead rivers past the towns on the right side.

The river lines of a small-scale map pass some towns on the wrong side: a kilometre is nothing on such a map, and everything
when the river is the line between two armies. A table says on which bank each town lies; the lines are pushed over, or away
from, the towns that they pass wrongly.

Every push moves the points of the plane near one spot, as a thumb moves a cloth: most at the spot and not at all beyond
`REACH_KM`. It is so gentle that no two points change places (the displacement is a contraction), so a line that did
not cross itself before does not do so afterwards, and rivers that met still meet.

All work is done in a local plane in kilometres (`waterways.Plane`).
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import LineString, Point
from waterways import Plane, Probe, River

Floats = NDArray[np.float64]

CLEARANCE_KM = 0.3
"""A town lies at least so far from the line."""

REACH_KM = 2.0
"""Beyond this from the spot that is pushed, nothing moves."""

FARTHEST_KM = 3.0
"""A line that would have to move farther is not mended: then the coordinate of the town is at fault."""

# A little more than is wanted, since coordinates are rounded and the line is thinned afterwards.
_WANTED_KM = CLEARANCE_KM + 0.05
# The bump (1 - (r/R)^2)^2 is nowhere steeper than 1.54 / R: a step of up to 0.65 R keeps every point in its place
# relative to its neighbours.
_LONGEST_STEP_KM = 0.4 * REACH_KM
_SPACING_KM = 0.1
_THINNING_KM = 0.02
_ROUNDS = 400
_COLUMNS = ("place_id", "river", "bank", "why")


@dataclass(frozen=True)
class Bank:
    """A town and the bank it lies on: `left` or `right`, looking downstream; `point` in kilometres of the plane."""

    place_id: str
    river: str
    left: bool
    point: Point


def read_banks(theatre: Path, plane: Plane) -> list[Bank]:
    """Read `river_banks.csv` (`place_id,river,bank,why`); a missing file is an empty table.

    Raises
    ------
    ValueError
        With every row that names an unknown place or bank.
    """
    path = theatre / "river_banks.csv"
    if not path.exists():
        return []
    with (theatre / "places.csv").open(encoding="utf-8", newline="") as stream:
        spots = {row["id"]: Point(float(row["lon"]), float(row["lat"])) for row in csv.DictReader(stream)}
    with path.open(encoding="utf-8", newline="") as stream:
        reader = csv.DictReader(stream, strict=True)
        if tuple(reader.fieldnames or ()) != _COLUMNS:
            raise ValueError(f"{path}: columns are {reader.fieldnames}, expected {list(_COLUMNS)}")
        rows = list(reader)
    wrong = [f"{path}: no place {row['place_id']!r} in places.csv" for row in rows if row["place_id"] not in spots]
    wrong += [
        f"{path}: {row['place_id']}: bank {row['bank']!r}" for row in rows if row["bank"] not in {"left", "right"}
    ]
    if wrong:
        raise ValueError("\n".join(wrong))
    return [
        Bank(row["place_id"], row["river"], row["bank"] == "left", plane.to_km(spots[row["place_id"]])) for row in rows
    ]


def lead_past(rivers: Sequence[River], banks: Sequence[Bank], probes: Sequence[Probe], plane: Plane) -> list[River]:
    """Move lines as little as needed, so that every town lies on its bank with `CLEARANCE_KM` to spare.

    Parameters
    ----------
    rivers
        Lines in `plane` (km).
    banks
        Towns and their banks.
    probes
        The points that name the rivers, those of one river in the order of its flow.
    plane
        The plane of `rivers`.

    Returns
    -------
    list of River
        Same order; all lines near a moved spot have moved with it.

    Raises
    ------
    ValueError
        When a river of the table is unknown or its direction is not, or a town cannot be passed.
    """
    if not banks:
        return list(rivers)
    number = {name: _number(rivers, name) for name in sorted({bank.river for bank in banks})}
    flows = {name: _flow(rivers[index].line, name, probes, plane) for name, index in number.items()}
    lines = [_Course(river.line) for river in rivers]
    for _ in range(_ROUNDS):
        short = [(_clearance(lines[number[b.river]].line, b, flows[b.river]), b) for b in banks]
        clearance, bank = min(short, key=lambda pair: (pair[0], pair[1].place_id))
        if clearance >= _WANTED_KM:
            return [replace(river, line=course.thinned()) for river, course in zip(rivers, lines, strict=True)]
        spot, push = _push(lines[number[bank.river]].line, bank, clearance)
        for course in lines:
            course.push(spot, push)
        if max(course.farthest for course in lines) > FARTHEST_KM:
            raise ValueError(f"{bank.river} would have to move more than {FARTHEST_KM} km to pass {bank.place_id}")
    left_over = sorted(bank.place_id for clearance, bank in short if clearance < _WANTED_KM)
    raise ValueError(f"no course passes all of them on their banks: {', '.join(left_over)}")


class _Course:
    """A line that is being moved: its points now and before."""

    def __init__(self, line: LineString) -> None:
        self.line = line
        self.before = shapely.get_coordinates(line)
        self.is_own = np.ones(len(self.before), dtype=bool)  # a vertex of the source, not one put in between

    @property
    def farthest(self) -> float:
        """How far the line has moved at most, km."""
        moved = shapely.get_coordinates(self.line) - self.before
        return float(np.hypot(moved[:, 0], moved[:, 1]).max())

    def push(self, spot: Floats, push: Floats) -> None:
        """Move the points near `spot`."""
        if self.line.distance(Point(spot)) >= REACH_KM:
            return
        self._refine(spot)
        points = shapely.get_coordinates(self.line)
        away = np.hypot(*(points - spot).T) / REACH_KM
        self.line = LineString(points + np.where(away < 1, (1 - away**2) ** 2, 0.0)[:, None] * push)

    def _refine(self, spot: Floats) -> None:
        """Put points into the segments near `spot`, so that they can bend."""
        points = shapely.get_coordinates(self.line)
        now, before, own = [points[:1]], [self.before[:1]], [self.is_own[:1]]
        for i in range(1, len(points)):
            a, b = points[i - 1], points[i]
            near = LineString([a, b]).distance(Point(spot)) < REACH_KM
            parts = int(np.ceil(np.hypot(*(b - a)) / _SPACING_KM)) if near else 1
            share = (np.arange(1, parts + 1) / parts)[:, None]
            now.append(a + share * (b - a))
            before.append(self.before[i - 1] + share * (self.before[i] - self.before[i - 1]))
            own.append(np.append(np.zeros(parts - 1, dtype=bool), self.is_own[i]))
        self.line = LineString(np.concatenate(now))
        self.before, self.is_own = np.concatenate(before), np.concatenate(own)

    def thinned(self) -> LineString:
        """Return the line without the points that were put in and do not matter; all of the source's stay."""
        points = shapely.get_coordinates(self.line)
        stay = np.flatnonzero(self.is_own)
        kept = [points[:1]]
        for first, last in zip(stay[:-1], stay[1:], strict=True):
            stretch = LineString(points[first : last + 1]).simplify(_THINNING_KM)
            kept.append(shapely.get_coordinates(stretch)[1:])
        return LineString(np.concatenate(kept))


def _number(rivers: Sequence[River], name: str) -> int:
    found = [index for index, river in enumerate(rivers) if river.name == name]
    if len(found) != 1:
        raise ValueError(f"river_banks.csv: {name} is {len(found)} lines, expected one; see rivers_names.csv")
    return found[0]


def _flow(line: LineString, name: str, probes: Sequence[Probe], plane: Plane) -> int:
    """Return 1 when the line runs downstream, else -1."""
    along = [line.project(plane.to_km(Point(p.lon, p.lat))) for p in probes if p.name == name]
    if len(along) < 2:
        raise ValueError(f"rivers_names.csv: {name} needs two points, in the order of its flow, to have two banks")
    return 1 if along[0] < along[-1] else -1


def _clearance(line: LineString, bank: Bank, flow: int) -> float:
    """How far a town is inside its bank, km; negative on the other one."""
    distance = line.distance(bank.point)
    along = line.project(bank.point)
    # the tangent at a vertex is the mean of both sides, which is right for the wedge of points nearest to the vertex
    a, b = (line.interpolate(max(0.0, along + step)) for step in (-0.01, 0.01))
    foot = line.interpolate(along)
    cross = (b.x - a.x) * (bank.point.y - foot.y) - (b.y - a.y) * (bank.point.x - foot.x)
    is_left = cross * flow > 0
    return float(distance if is_left == bank.left else -distance)


def _push(line: LineString, bank: Bank, clearance: float) -> tuple[Floats, Floats]:
    """Return the spot of the line to push and how far, km: over the town, or away from it."""
    foot = line.interpolate(line.project(bank.point))
    spot, town = np.array([foot.x, foot.y]), np.array([bank.point.x, bank.point.y])
    towards = (town - spot) / max(float(np.hypot(*(town - spot))), 1e-9)
    length = min(_WANTED_KM + 0.01 - clearance, _LONGEST_STEP_KM)
    return spot, np.asarray(towards * (length if clearance < 0 else -length))

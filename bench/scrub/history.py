"""A made-up history of control: cells of random places, fronts that move over them, a few dozen changes a day.

It knows no towns and no reports; it only has the size and the pace that a map has to bear. Same arguments, same history.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.spatial import Voronoi, cKDTree

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

START = date(2014, 1, 1)
BOX = (38.0, 31.5, 48.0, 36.3)
"""West, south, east, north in degrees. It fills the maps at a whole zoom, as most of them know no other."""
COLOURS = ("#c0392b", "#2e8b57", "#e0b400", "#3a3a3a", "#2563a8")
DECIMALS = 5
FIRST_DAY = 850
"""The day that maps open on, where they can choose."""
ARMIES = 6
"""Strongholds of an actor; the nearest stronghold holds a place."""
REHEARSAL = 40
"""Days on which the pace of the fronts is measured before they move."""


@dataclass(frozen=True)
class History:
    """Who holds which cell on which day.

    Attributes
    ----------
    spots
        (n, 2) lon, lat of the places.
    vertices
        (v, 2) lon, lat of the corners of cells, rounded to `DECIMALS`; neighbours share them.
    corners, corner_of
        Corner indices of all cells one after the other, counter-clockwise, and the cell (n) each belongs to, sorted.
    edges, sides
        (e, 2) corner indices of every boundary, and the two cells it parts; -1 is outside the box.
    first
        (n,) actor on day 0.
    changes
        (c, 3) day, cell, new actor; sorted by day. Something changes on every day, no cell twice.
    days
        Length of the history.
    """

    spots: Floats
    vertices: Floats
    corners: Ints
    corner_of: Ints
    edges: Ints
    sides: Ints
    first: Ints
    changes: Ints
    days: int

    @cached_property
    def polygons(self) -> NDArray[Any]:
        """(n,) Polygons in degrees, whose borders fit exactly."""
        starts = np.flatnonzero(np.r_[True, np.diff(self.corner_of) > 0])
        closed = np.insert(self.corners, np.r_[starts[1:], len(self.corners)], self.corners[starts])
        rings = shapely.linearrings(
            self.vertices[closed],
            indices=np.insert(self.corner_of, np.r_[starts[1:], len(self.corners)], self.corner_of[starts]),
        )
        polygons: NDArray[Any] = shapely.polygons(rings)
        return polygons

    def holders(self, day: int) -> Ints:
        """Return the actor of every cell on a day, (n,)."""
        held = self.first.copy()
        past = self.changes[: np.searchsorted(self.changes[:, 0], day, side="right")]
        held[past[:, 1]] = past[:, 2]  # the last of several wins
        return held

    def dissolved(self, day: int) -> dict[int, Any]:
        """Return the ground of every actor on a day, in degrees."""
        held = self.holders(day)
        return {
            int(actor): shapely.coverage_union_all(self.polygons[held == actor]) for actor in np.unique(held).tolist()
        }

    def rows(self) -> list[list[tuple[int, int]]]:
        """Return for every cell its (day, actor) rows; each holds until the next."""
        rows = [[(0, actor)] for actor in self.first.tolist()]
        for day, cell, actor in self.changes.tolist():
            rows[cell].append((day, actor))
        return rows

    def save(self, path: Path) -> None:
        """Write the history to an .npz file."""
        np.savez(path, **{name: getattr(self, name) for name in self.__dataclass_fields__})


def load(path: Path) -> History:
    """Read what `History.save` wrote."""
    with np.load(path, allow_pickle=False) as file:
        parts = {name: file[name] for name in History.__dataclass_fields__}
    return History(**{**parts, "days": int(parts["days"])})


def day_name(day: int) -> str:
    """Return the ISO date of a day."""
    return (START + timedelta(days=day)).isoformat()


def make(cells: int, days: int, changes_a_day: float, seed: int = 7) -> History:
    """Scatter places, cut the box into their cells, and let fronts move over them.

    Every actor has strongholds that wander on ellipses; the nearest one, with a small stubbornness of each place, holds
    it. The pace of the wandering is set so that about `changes_a_day` cells change hands on a day.
    """
    chance = np.random.default_rng(seed)
    west, south, east, north = BOX
    spots = np.round(chance.uniform((west, south), (east, north), (cells, 2)), DECIMALS)
    spots = np.unique(spots, axis=0)
    while len(spots) < cells:
        more = np.round(chance.uniform((west, south), (east, north), (cells - len(spots), 2)), DECIMALS)
        spots = np.unique(np.vstack((spots, more)), axis=0)
    chance.shuffle(spots)
    vertices, corners, corner_of, edges, sides = _cells(spots)

    wanderers = len(COLOURS) * ARMIES
    home = chance.uniform((west, south), (east, north), (wanderers, 2))
    reach = chance.uniform(0.4, 1.6, (wanderers, 2))
    phase = chance.uniform(0, 2 * np.pi, (wanderers, 2))
    speed = chance.uniform(0.5, 1.5, (wanderers, 2)) * chance.choice((-1, 1), (wanderers, 2))
    stubborn = spots + chance.normal(0, 0.25 * np.sqrt(48 / cells), spots.shape)

    def holders(time: float) -> Ints:
        nearest = cKDTree(home + reach * np.sin(speed * time + phase)).query(stubborn)[1]
        return np.asarray(nearest // ARMIES, dtype=np.int64)

    # As many changes as asked for: the share that changes is as good as linear in so small a stretch of time.
    stretch = 0.002 if cells > 3000 else 0.02
    moments = np.linspace(0, 2 * np.pi, REHEARSAL)
    changed = [int((holders(t) != holders(t + stretch)).sum()) for t in moments]
    pace = stretch * changes_a_day / max(float(np.mean(changed)), 1e-9)

    first = held = holders(0)
    changes = []
    time = 0.0
    for day in range(1, days):
        time += pace
        while not ((now := holders(time)) != held).any():  # a day ends when something has changed
            time += pace / 4
        moved = np.flatnonzero(now != held)
        changes.append(np.column_stack((np.full(len(moved), day), moved, now[moved])))
        held = now
    return History(spots, vertices, corners, corner_of, edges, sides, first, np.vstack(changes), days)


def _cells(spots: Floats) -> tuple[Floats, Ints, Ints, Ints, Ints]:
    """Cut the box into Voronoi cells. Spots mirrored at the four sides make the sides themselves boundaries."""
    west, south, east, north = BOX
    mirrored = [
        np.column_stack((2 * side - spots[:, 0], spots[:, 1])) if axis == 0 else
        np.column_stack((spots[:, 0], 2 * side - spots[:, 1]))
        for axis, side in ((0, west), (1, south), (0, east), (1, north))
    ]  # fmt: skip
    count = len(spots)
    diagram = Voronoi(np.vstack((spots, *mirrored)))
    ends = np.asarray(diagram.ridge_vertices)
    parted = np.where(diagram.ridge_points < count, diagram.ridge_points, -1)
    ours = (parted >= 0).any(axis=1)
    ends, parted = ends[ours], parted[ours]
    # A cell is convex: its corners by their angle around the spot, before rounding could change their order.
    pairs = np.vstack([np.column_stack((parted[:, side], ends[:, end])) for side in (0, 1) for end in (0, 1)])
    pairs = np.unique(pairs[pairs[:, 0] >= 0], axis=0)
    away = diagram.vertices[pairs[:, 1]] - spots[pairs[:, 0]]
    pairs = pairs[np.lexsort((np.arctan2(away[:, 1], away[:, 0]), pairs[:, 0]))]
    # Corners that fall on one another when rounded become one; edges between them vanish.
    vertices, same = np.unique(np.round(diagram.vertices, DECIMALS), axis=0, return_inverse=True)
    same = same.reshape(-1)
    ends = same[ends]
    kept = ends[:, 0] != ends[:, 1]
    cell, corner = pairs[:, 0], same[pairs[:, 1]]
    new = np.r_[True, (corner[1:] != corner[:-1]) | (cell[1:] != cell[:-1])]
    last = np.r_[cell[1:] != cell[:-1], True]
    new &= ~(last & (corner == corner[np.searchsorted(cell, cell)]))  # the ring's end meets its start
    return vertices, corner[new], cell[new], ends[kept], parted[kept]

"""Fronts: the lines where the ground of two actors meets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from shapely.geometry.base import BaseGeometry as Geometry

from control.record.model import Actor
from control.territory.holders import Holders, Standing
from control.territory.landscape import Landscape
from geo.place import PlaceKind

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

LONGEST_NAME = 18
"""Letters; an actor whose name is longer goes by its short name."""


@dataclass(frozen=True)
class Front:
    """A connected line between the ground of two actors. Contested ground counts as held by its last holder.

    Attributes
    ----------
    name
        The two sides and where it runs: `Red - Blue, along the Long River, Alpha to Beta`.
    actors
        The two sides, in order of their ids.
    line
        LineString, metres of the terrain's CRS; a MultiLineString where a front meets itself.
    length_m
        Metres.
    river
        River on which at least half of it lies.
    assessed_m
        Length, in metres, of the parts where both sides are known from reports.
    near
        Names of the places nearest to its two ends; of one place when it is closed or short.
    """

    name: str
    actors: tuple[str, str]
    line: Geometry
    length_m: float
    river: str | None
    assessed_m: float
    near: tuple[str, ...]

    @property
    def assessed(self) -> bool:
        """Whether both sides are known from reports, all along it."""
        return self.assessed_m >= self.length_m - 1


class FrontFinder:
    """Finds the fronts of any day in one landscape."""

    def __init__(self, landscape: Landscape, actors: Sequence[Actor]) -> None:
        self.landscape = landscape
        self._names = [side_name(actor) for actor in actors]

    @cached_property
    def _lengths(self) -> Floats:
        return np.asarray(shapely.length(self.landscape.topology.arcs))

    @cached_property
    def _ends(self) -> Ints:
        """Numbers of the nodes at which each arc begins and ends, shape (m, 2)."""
        arcs = self.landscape.topology.arcs
        points = np.stack((shapely.get_point(arcs, 0), shapely.get_point(arcs, -1)), axis=1).ravel()
        _, node = np.unique(shapely.get_coordinates(points), axis=0, return_inverse=True)
        return np.asarray(node, dtype=np.int64).reshape(-1, 2)

    def on(self, holders: Holders) -> tuple[Front, ...]:
        """Return the fronts of a day, the longest first."""
        topology = self.landscape.topology
        labels = np.asarray(holders.holds.actor[holders.ground_code])
        arcs = np.sort(topology.fronts(labels))
        if not len(arcs):
            return ()
        sides = np.sort(np.stack((labels[topology.left[arcs]], labels[topology.right[arcs]]), axis=1), axis=1)
        pair = sides[:, 0] * len(self._names) + sides[:, 1]
        # one graph for all pairs: the same node counts apart for each pair that meets there
        node = pair[:, None] * (self._ends.max() + 1) + self._ends[arcs]
        _, local = np.unique(node, return_inverse=True)
        local = local.reshape(-1, 2)
        size = int(local.max()) + 1
        links = coo_array((np.ones(len(arcs)), (local[:, 0], local[:, 1])), shape=(size, size))
        _, group_of = connected_components(links, directed=False)
        group = group_of[local[:, 0]]
        reported = np.isin(
            holders.holds.standing[holders.ground_code], (Standing.ASSESSED, Standing.CONTESTED, Standing.DIVIDED)
        )
        order = np.argsort(group, kind="stable")
        cuts = np.flatnonzero(np.diff(group[order])) + 1
        found = [
            self._front(holders, sides[rows[0]], arcs[rows], local[rows], reported) for rows in np.split(order, cuts)
        ]
        return tuple(sorted(found, key=lambda f: (-round(f.length_m), f.actors, f.line.bounds)))

    def _front(self, holders: Holders, sides: Ints, arcs: Ints, nodes: Ints, reported: NDArray[np.bool_]) -> Front:
        topology, terrain = self.landscape.topology, self.landscape.terrain
        lengths = self._lengths[arcs]
        length = float(lengths.sum())
        rivers = topology.river[arcs]
        on_river = np.bincount(rivers[rivers >= 0], lengths[rivers >= 0], minlength=1)
        river = terrain.rivers[int(on_river.argmax())].name if on_river.max() >= length / 2 else None
        known = reported[topology.left[arcs]] & reported[topology.right[arcs]]
        line, ends = self._line(arcs, nodes)
        near = self._near(arcs, line, ends)
        first, second = int(sides[0]), int(sides[1])
        course = ["around" if line.is_closed and not river else "near", " to ".join(near)] if near else []
        if river:
            course = [f"along the {river},", *(["near"] if len(near) == 1 else []), " to ".join(near)]
        name = f"{self._names[first]} - {self._names[second]}, {' '.join(course)}".rstrip(", ")
        actors = (holders.actors[first], holders.actors[second])
        return Front(name, actors, line, length, river, float(lengths[known].sum()), near)

    def _line(self, arcs: Ints, nodes: Ints) -> tuple[Geometry, Floats]:
        """Merge arcs to a line that starts in the west; and its two ends, metres, shape (2, 2) or (0, 2) when closed."""
        pieces = self.landscape.topology.arcs[arcs]
        line: Any = shapely.line_merge(shapely.multilinestrings(pieces))
        if line.geom_type == "LineString":
            coords = shapely.get_coordinates(line)
            if tuple(coords[-1]) < tuple(coords[0]):
                line, coords = line.reverse(), coords[::-1]
            return line, np.empty((0, 2)) if line.is_closed else coords[[0, -1]]
        line = shapely.normalize(line)
        number, count = np.unique(nodes, return_counts=True)
        tips = [
            tuple(shapely.get_coordinates(piece)[(0, -1)[side]].tolist())
            for piece, pair in zip(pieces, nodes, strict=True)
            for side in (0, 1)
            if count[np.searchsorted(number, pair[side])] == 1
        ]
        if len(tips) < 2:
            return line, np.empty((0, 2))
        spots = np.array(sorted(tips))
        apart = np.hypot(*(spots[:, None] - spots[None, :]).transpose(2, 0, 1))
        return line, spots[sorted(np.unravel_index(int(apart.argmax()), apart.shape))]

    def _near(self, arcs: Ints, line: Geometry, ends: Floats) -> tuple[str, ...]:
        """Name the places by which a reader finds the line: the nearest to each end, or the largest that it goes around."""
        topology, sites = self.landscape.topology, self.landscape.sites
        beside = np.unique(np.concatenate((topology.left[arcs], topology.right[arcs])))
        towns = np.array([s for s in beside.tolist() if sites[s].kind is PlaceKind.TOWN], dtype=np.int64)
        beside = towns if len(towns) else beside
        points = self.landscape.points[beside]
        if len(ends):
            nearest = [int(beside[np.hypot(*(points - end).T).argmin()]) for end in ends]
            return tuple(dict.fromkeys(sites[site].name for site in nearest))
        if line.is_closed:
            inside = shapely.contains_xy(shapely.Polygon(shapely.get_coordinates(line)), points)
            beside = beside[inside] if inside.any() else beside
        return (max((sites[s] for s in beside.tolist()), key=lambda p: (p.population or 0, p.id)).name,)


def side_name(actor: Actor) -> str:
    """Name an actor in few letters: its name, or its short name where that is long."""
    return actor.name if len(actor.name) <= LONGEST_NAME else actor.short_name

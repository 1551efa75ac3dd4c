"""The ground on a day: whose it is, where the fronts run, who is shut in. Everything in metres of the terrain's CRS."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry as Geometry

from control.assessment.timeline import Timeline
from control.territory.enclaves import Enclave, EnclaveFinder, Siege
from control.territory.estimator import Estimator
from control.territory.fronts import Front, FrontFinder
from control.territory.holders import Hold, HolderBook, Holders, Standing
from control.territory.landscape import Landscape, landscape_of
from geo.terrain import Terrain

__all__ = ["Enclave", "Front", "Ground", "GroundArea", "Grounds", "Holders", "Siege", "Standing"]


@dataclass(frozen=True)
class GroundArea:
    """All the ground that stands alike on a day.

    Attributes
    ----------
    actor
        Holder; for contested ground the one it belonged to last, if that is known; `None` for unknown and nobody's.
    rivals
        For contested ground: the others who are named for it.
    geometry
        Polygon or MultiPolygon, metres.
    area_m2
        Square metres.
    effective
        Within reach of a place; what lies beyond is nobody's.
    """

    actor: str | None
    standing: Standing
    rivals: tuple[str, ...]
    geometry: Geometry
    area_m2: float
    effective: bool = True

    @property
    def rival(self) -> str | None:
        """The first of the rivals."""
        return self.rivals[0] if self.rivals else None


@dataclass(frozen=True)
class Ground:
    """Whose the land is on a day: areas that cover it without gap or overlap."""

    day: date
    areas: tuple[GroundArea, ...]
    terrain: Terrain

    def to_degrees(self, geometry: Any) -> Any:
        """Project a geometry of an area or a front, or an array of them, to (lon, lat) in degrees, WGS84."""
        return self.terrain.geometry_to_degrees(geometry)


class Grounds:
    """The ground of a timeline, on any day.

    Parameters
    ----------
    estimator
        Answers for the places that no report tells of; without one they are unknown.
    """

    def __init__(self, timeline: Timeline, landscape: Landscape, estimator: Estimator | None = None) -> None:
        self.timeline, self.landscape, self.estimator = timeline, landscape, estimator

    @classmethod
    def of(cls, timeline: Timeline) -> Grounds:
        """Return the ground of a timeline with estimates, in the landscape of its theatre."""
        landscape = landscape_of(timeline.theatre)
        return cls(timeline, landscape, Estimator(timeline, landscape))

    @cached_property
    def book(self) -> HolderBook:
        """Who has each site, on every day."""
        return HolderBook(self.timeline, self.landscape.sites, self.landscape.topology.owner, self.estimator)

    @property
    def actors(self) -> tuple[str, ...]:
        """Ids that indices of actors stand for."""
        return self.book.actors

    @cached_property
    def _fronts(self) -> FrontFinder:
        return FrontFinder(self.landscape, [self.timeline.theatre.actors[actor] for actor in self.actors])

    @cached_property
    def _enclaves(self) -> EnclaveFinder:
        return EnclaveFinder(self.landscape, self.book)

    def holders(self, days: Sequence[date]) -> Iterator[Holders]:
        """Return who has each site on many days, in one pass.

        Raises
        ------
        SpanError
            When a day is outside the theatre's span.
        """
        return self.book.over(days)

    def holders_on(self, day: date) -> Holders:
        """Return who has each site on a day. Raises as `holders`."""
        return self.book.on(day)

    def ground_on(self, day: date) -> Ground:
        """Return the areas of a day: assessed and estimated apart, contested by sides, unknown, nobody's.

        Raises as `holders`.
        """
        return self.ground_of(self.holders_on(day))

    def ground_of(self, holders: Holders) -> Ground:
        """Return the areas for known holders."""
        kinds = [hold.ground for hold in holders.holds.all]
        order = sorted(set(kinds), key=lambda h: (h.standing, h.actor, h.rivals))
        number = {hold: i for i, hold in enumerate(order)}
        labels = np.array([number[hold] for hold in kinds], dtype=np.int64)[holders.ground_code]
        topology = self.landscape.topology
        joined = topology.dissolve(labels)
        areas = [_area(order[i], holders.actors, geometry) for i, geometry in sorted(joined.items())]
        nobody = topology.nobody()
        beyond = GroundArea(None, Standing.UNKNOWN, (), nobody, float(shapely.area(nobody)), effective=False)
        found = tuple(a for a in (*areas, beyond) if not a.geometry.is_empty)
        return Ground(holders.day, found, self.landscape.terrain)

    def fronts(self, day: date) -> tuple[Front, ...]:
        """Return the fronts of a day, the longest first. Raises as `holders`."""
        return self._fronts.on(self.holders_on(day))

    def enclaves(self, day: date) -> tuple[Enclave, ...]:
        """Return the groups of places that one other actor surrounds, the largest first. Raises as `holders`."""
        return self._enclaves.on(self.holders_on(day))

    def sieges(self, day: date) -> tuple[Siege, ...]:
        """Return the places that reports call besieged. Raises as `holders`."""
        return self._enclaves.sieges(self.holders_on(day))


def _area(hold: Hold, actors: Sequence[str], geometry: Geometry) -> GroundArea:
    named = (*actors, None)  # NONE is the last
    rivals = tuple(actors[rival] for rival in hold.rivals)
    return GroundArea(named[hold.actor], hold.standing, rivals, geometry, float(shapely.area(geometry)))

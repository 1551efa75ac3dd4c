"""Reports of whole areas: which places they speak of, and the rivers that they make a line.

A report of an area (a governorate, a pocket, the bank of a river) hands over no single place. It is weak evidence about all
places in the area that nobody reports on, and a report of one bank says more: that the river is the line.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

import numpy as np
import shapely
from numpy.typing import NDArray

from control.assessment.policy import Policy
from control.assessment.resolutions import Resolutions
from control.assessment.resolve import resolve_all
from control.record.model import Claim
from control.record.theatre import Theatre
from geo.place import Place, PlaceKind
from geo.terrain import Terrain

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

LINE_DAYS = 730
"""How long a river stays the line after a report of one of its banks. An advance stops at a river because it is hard to
cross under fire, so such a line outlasts the month of its report; after two years two fifths of what is known of a place are
forgotten (`Policy.hazard`), and a line should not outlast the holders on its banks."""

BANK_RIVER_RANK = 1
"""Only main rivers have banks that reports speak of."""


@dataclass(frozen=True)
class Area:
    """An area that is reported on.

    Attributes
    ----------
    members
        Indices of the sites in it, sorted, shape (k,).
    river
        For a bank: index in `Terrain.rivers` of the river it lies on; else `None`.
    """

    place: Place
    members: Ints
    river: int | None = None


@dataclass(frozen=True, slots=True)
class RiverLine:
    """A stretch of a river that is the line over [start, end): within `radius_m` of `centre`, metres of the terrain."""

    river: int
    centre: tuple[float, float]
    radius_m: float
    start: date
    end: date


def areas_of(theatre: Theatre, sites: Sequence[Place], points: Floats, terrain: Terrain) -> tuple[Area, ...]:
    """Return the areas with at least one claim, sorted by place id.

    A governorate holds the sites that name it: those of its country and `admin`. Any other area holds the sites within its
    `radius_km`; a bank only those that the nearest main river does not part from its coordinate.

    Parameters
    ----------
    sites
        Places that have ground.
    points
        Their positions, metres of `terrain.crs`, shape (n, 2).
    """
    reported = {claim.place_id for claim in theatre.area_claims}
    places = [place for place in theatre.gazetteer.places if place.id in reported]
    return tuple(area_of(place, sites, points, terrain) for place in sorted(places, key=lambda place: place.id))


def area_of(place: Place, sites: Sequence[Place], points: Floats, terrain: Terrain) -> Area:
    """Return one area, reported on or not. Parameters as for `areas_of`."""
    if place.kind is PlaceKind.GOVERNORATE:
        mine = [i for i, site in enumerate(sites) if (site.country, site.admin) == (place.country, place.admin)]
        return Area(place, np.array(mine, dtype=np.int64))
    centre = _centre(place, terrain)
    away = np.hypot(points[:, 0] - centre[0], points[:, 1] - centre[1])
    inside = np.flatnonzero(away <= _radius_m(place))
    river = _nearest_river(centre, terrain) if place.kind is PlaceKind.BANK else None
    if river is not None:
        pairs, rivers = terrain.separations(np.broadcast_to(centre, (len(inside), 2)), points[inside])
        inside = np.delete(inside, pairs[rivers == river])
    return Area(place, inside, river)


def _centre(place: Place, terrain: Terrain) -> Floats:
    return np.asarray(terrain.to_metres([place.position])[0])


def _radius_m(place: Place) -> float:
    return (place.radius_km or 0.0) * 1000


def _nearest_river(point: Floats, terrain: Terrain) -> int | None:
    spot = shapely.Point(point)
    main = [(river.line.distance(spot), i) for i, river in enumerate(terrain.rivers) if river.rank <= BANK_RIVER_RANK]
    return min(main)[1] if main else None


def river_lines(areas: Iterable[Area], claims: Iterable[Claim], terrain: Terrain, end: date) -> tuple[RiverLine, ...]:
    """Return where and while reports speak of one bank alone, that is, the river is the line.

    Any event on a bank makes its river the line, from the first day on which it may have happened and for `LINE_DAYS` after
    the last such report.

    Parameters
    ----------
    areas
        As from `areas_of`.
    claims
        Area claims that may be used.
    end
        First day after the span; no line goes on beyond it.

    Returns
    -------
    tuple of RiverLine
        Sorted by area and day; the windows of one area neither overlap nor touch.
    """
    days: dict[str, list[date]] = defaultdict(list)
    for claim in claims:
        days[claim.place_id].append(claim.window.first)
    lines = []
    for area in areas:
        if area.river is None:
            continue
        x, y = _centre(area.place, terrain).tolist()
        for first, last in _windows(days[area.place.id], end):
            lines.append(RiverLine(area.river, (x, y), _radius_m(area.place), first, last))
    return tuple(lines)


def _windows(days: Iterable[date], end: date) -> list[tuple[date, date]]:
    found: list[tuple[date, date]] = []
    for day in sorted(days):
        until = min(end, day + timedelta(days=LINE_DAYS))
        if found and day <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], until))
        elif day < until:
            found.append((day, until))
    return found


class AreaOdds:
    """Who holds each area on any day, by the same chain as for places.

    Parameters
    ----------
    claims
        Area claims that may be used: those known on the day of knowledge.
    start, end
        The span [start, end).
    active_from
        Actor id -> the day before which it cannot have held anything.
    """

    def __init__(
        self,
        claims: Iterable[Claim],
        policy: Policy,
        start: date,
        end: date,
        active_from: Mapping[str, date] | None = None,
    ) -> None:
        found: dict[str, list[Claim]] = defaultdict(list)
        for claim in claims:
            found[claim.place_id].append(claim)
        self.resolutions: Resolutions = resolve_all(found, policy, start, end, active_from)

    @property
    def ids(self) -> tuple[str, ...]:
        """Ids of the areas, sorted."""
        return tuple(self.resolutions.rows)

    @property
    def days(self) -> tuple[date, ...]:
        """The days of all events that an area was told of, sorted: in between, odds only fade."""
        return tuple(sorted({event.day for found in self.resolutions.places.values() for event in found.events}))

    def days_from_report(self, area_id: str, day: date) -> int | None:
        """Return the days between a day and the nearest event that an area was told of; `None` without any."""
        days = self._told_on[area_id]
        position = bisect_left(days, day.toordinal())
        return min((abs(day.toordinal() - told) for told in days[max(0, position - 1) : position + 1]), default=None)

    @cached_property
    def _told_on(self) -> Mapping[str, list[int]]:
        return {
            area_id: sorted(e.day.toordinal() for e in found.events if e.gainer or e.loser)
            for area_id, found in self.resolutions.places.items()
        }

    def probabilities(self, area_id: str, day: date) -> tuple[tuple[str, float], ...]:
        """Return (actor, P(it holds the area)) on a day, best first; what is missing to 1 is somebody else's.

        Empty for an area that no usable claim is about, and for one whose claims tell only of fighting.
        """
        return self.resolutions.probabilities(area_id, day) if area_id in self.resolutions.rows else ()

"""Who holds a point: whose ground it lies on, and what that rests on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import numpy as np

from control.assessment.model import Assessment, Status
from control.territory.estimate import Estimate
from control.territory.estimate_at_point import estimate_at
from control.territory.ground import Grounds, Standing
from geo.place import LonLat, Place
from geo.topology import NOBODY, OUTSIDE

AT_THE_SPOT_KM = 2.0
"""Coordinates and borders are no better: a place so near answers for a point that lies off the land by the map."""


class Where(StrEnum):
    """What a point lies on."""

    PLACE = "place"
    """In a place: its assessment holds."""
    GROUND = "ground"
    """On the ground around a place."""
    NOBODY = "nobody"
    """On land beyond the reach of any place."""
    OUTSIDE = "outside"
    """Off the theatre's land: abroad, or on water."""


@dataclass(frozen=True, slots=True)
class PointAssessment:
    """The answer for a point.

    Attributes
    ----------
    place
        Place whose ground it is, or whose town's assessment stands for it; `None` beyond the reach and off the land.
    assessment
        That place's, when any report tells of it on the date.
    estimate
        What its neighbours say, when none does; beyond the reach of any place, what the nearest say of the very point.
    distance_km
        From the point to `place`.
    """

    position: LonLat
    day: date
    where: Where
    place: Place | None = None
    assessment: Assessment | None = None
    estimate: Estimate | None = None
    distance_km: float | None = None

    @property
    def estimated(self) -> bool:
        """Whether it is not the assessment of the very place."""
        return self.where is not Where.PLACE


def assess_point(grounds: Grounds, position: LonLat, day: date) -> PointAssessment:
    """Assess the ground at (lon, lat), WGS84 degrees: the place whose cell covers the point answers.

    Raises
    ------
    SpanError
        When `day` is outside the theatre's span.
    """
    timeline, landscape = grounds.timeline, grounds.landscape
    timeline.theatre.check_date(day)
    if not landscape.sites:
        return PointAssessment(position, day, Where.NOBODY)
    point = landscape.terrain.to_metres([position])
    site = int(landscape.topology.site_at(point)[0])
    if site == OUTSIDE:
        nearest = int(np.hypot(*(landscape.points - point).T).argmin())
        near = landscape.sites[nearest].position.distance_km(position) <= AT_THE_SPOT_KM
        site = int(landscape.topology.owner[nearest]) if near else OUTSIDE
    if site == OUTSIDE:
        return PointAssessment(position, day, Where.OUTSIDE)
    if site == NOBODY:
        estimate = estimate_at(grounds.estimator, position, day) if grounds.estimator else None
        return PointAssessment(position, day, Where.NOBODY, estimate=estimate)
    site = _speaker(grounds, site, day)
    place = landscape.sites[site]
    assessment = timeline.assess(place.id, day)
    if assessment.holding.status is Status.UNKNOWN and place.town in timeline.intervals:
        # Nobody spoke of the quarter or the base on that date: what is said of its town stands for it.
        town = timeline.assess(place.town, day)
        if town.holding.status is not Status.UNKNOWN:
            place, assessment = timeline.theatre.gazetteer.place(place.town), town
    distance = round(place.position.distance_km(position), 2)
    if assessment.holding.status is Status.UNKNOWN:
        estimate = grounds.estimator.estimate(site, day) if grounds.estimator else None
        return PointAssessment(position, day, Where.GROUND, place, None, estimate, distance)
    where = Where.PLACE if distance <= timeline.theatre.settings.town_radius_km else Where.GROUND
    return PointAssessment(position, day, where, place, assessment, None, distance)


def _speaker(grounds: Grounds, site: int, day: date) -> int:
    """Of the places that share a spot, return the one of which a report tells on the day; else the owner."""
    sharing = np.flatnonzero(grounds.landscape.topology.owner == site).tolist()
    if len(sharing) == 1:
        return site
    standing = grounds.holders_on(day).standing
    for wanted in (Standing.ASSESSED, Standing.DIVIDED, Standing.CONTESTED):
        found = [s for s in sorted(sharing, key=lambda s: (s != site, s)) if standing[s] == wanted]
        if found:
            return int(found[0])
    return site

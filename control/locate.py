"""Who holds a point: by the reported place that its ground belongs to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from control.model import Assessment, Status
from control.timeline import Timeline
from geo.place import LonLat, Place


@dataclass(frozen=True, slots=True)
class PointAssessment:
    """The answer for a point; without a place it is nobody's ground as far as anyone reported.

    `estimated` says that the point lies outside the place itself, in the ground around it.
    """

    position: LonLat
    day: date
    place: Place | None
    assessment: Assessment | None
    distance_km: float | None
    estimated: bool


def assess_point(timeline: Timeline, position: LonLat, day: date, known_on: date | None = None) -> PointAssessment:
    """Assess the ground at (lon, lat), WGS84 degrees: the nearest reported place within the theatre's reach answers.

    Raises
    ------
    SpanError
        When `day` is outside the theatre's span.
    """
    timeline = timeline.as_known_on(known_on) if known_on else timeline
    timeline.theatre.check_date(day)
    settings = timeline.theatre.settings
    ranked = sorted(
        (place.position.distance_km(position), place.id, place)
        for place in timeline.theatre.reported_places
        if place.id in timeline.claims and not place.kind.is_area
    )
    if not ranked or ranked[0][0] > settings.reach_km:
        return PointAssessment(position, day, None, None, None, estimated=True)
    distance, _, place = ranked[0]
    assessment = timeline.assess(place.id, day)
    if assessment.holding.status is Status.UNKNOWN and place.town in timeline.intervals:
        # Nobody spoke of the quarter or the base on that date: what is said of its town stands for it.
        place = timeline.theatre.gazetteer.place(place.town)
        distance, assessment = place.position.distance_km(position), timeline.assess(place.id, day)
    estimated = distance > settings.town_radius_km
    return PointAssessment(position, day, place, assessment, round(distance, 2), estimated)

"""What the map in the browser needs to know: places, ground, intervals and the base geography, as JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from math import log10
from typing import Any

from control.estimate import Driver, Estimator
from control.landscape import Landscape, landscape_of
from control.map.arcs import encode_ground
from control.map.staleness import STALE_AFTER, stale_steps
from control.model import Interval, Status
from control.timeline import Timeline
from geo.place import Place, PlaceKind

PROBABILITY_STEP = 0.04
ESTIMATED = "estimated"
STATUSES = (*(str(status) for status in Status), ESTIMATED)
LEAST_SHARE = 0.08
"""A place that an estimate rests on less is not named with it."""

Row = list[float]


def timeline_payload(timeline: Timeline, estimator: Estimator | None = None) -> dict[str, Any]:
    """Describe a timeline for the map plugin, in the format that `ControlTimeline` documents.

    Parameters
    ----------
    timeline
        What is known of the reported places.
    estimator
        Of that timeline: answers for the other places and times. By default one in the landscape of the theatre.
    """
    estimator = estimator or Estimator(timeline, landscape_of(timeline.theatre))
    landscape = estimator.landscape
    reported = [place.id in timeline.claims for place in landscape.sites]
    ground, area = encode_ground(landscape.topology, landscape.terrain, reported)
    settings = timeline.theatre.settings
    payload = _payload(timeline, landscape.sites, area.tolist(), estimator)
    payload["ground"] = ground
    payload["cells_note"] = (
        f"Ground goes to the nearest place, up to {settings.reach_km:g} km; rivers part it. Where no report tells, "
        "ground and fronts are estimated: paler, and dashed."
    )
    return payload


def reported_payload(timeline: Timeline, landscape: Landscape) -> dict[str, Any]:
    """Describe what is reported and nothing else: no ground and no estimates, which take longer than all the rest."""
    sites = [place for place in landscape.sites if place.id in timeline.claims]
    payload = _payload(timeline, sites, [0.0] * len(sites), None)
    payload["statuses"] = [status for status in STATUSES if status != ESTIMATED]
    payload["cells_note"] = "The ground around the places is being worked out."
    return payload


def _payload(
    timeline: Timeline, sites: Sequence[Place], area: Sequence[float], estimator: Estimator | None
) -> dict[str, Any]:
    """Describe all but the ground."""
    theatre = timeline.theatre
    settings = theatre.settings
    holders = [actor for key, actor in sorted(theatre.actors.items()) if not actor.parent]
    actor_index = {actor.id: index for index, actor in enumerate(holders)}
    steps = _steps(estimator, actor_index) if estimator else [[] for _ in sites]
    west, south, east, north = settings.opening_bbox
    return {
        "theatre": {"id": settings.id, "title": settings.title},
        "span": [settings.start.isoformat(), settings.end.isoformat()],
        "known_on": timeline.known_on.isoformat() if timeline.known_on else None,
        "opening": {"date": settings.opening_date.isoformat(), "bounds": [[south, west], [north, east]]},
        "actors": [{"id": a.id, "name": a.name, "short_name": a.short_name, "colour": a.colour} for a in holders],
        "statuses": list(STATUSES),
        "stale_after": list(STALE_AFTER),
        "places": [
            {
                "id": place.id,
                "name": place.name,
                "kind": str(place.kind),
                "lon": round(place.position.lon, 5),
                "lat": round(place.position.lat, 5),
                "rank": _rank(place, len(timeline.claims.get(place.id, ()))),
                "reported": place.id in timeline.claims,
                "area_km2": round(area[index] / 1e6),
                "drivers": _named(estimator.drivers(index), estimator.landscape.index)
                if estimator and steps[index]
                else [],
            }
            for index, place in enumerate(sites)
        ],
        "intervals": [_rows(timeline, place, actor_index, steps[index]) for index, place in enumerate(sites)],
        # for the histogram and for stepping: the days that somebody reported, not those that were assumed in between
        "changes": [
            [(interval.start - settings.start).days, index]
            for index, place in enumerate(sites)
            for interval in timeline.intervals[place.id][1:]
            if not interval.assumed
        ],
        "geography": {name: theatre.geography(name) for name in ("borders", "rivers", "lakes")},
        "attribution": settings.attribution,
    }


def _rank(place: Place, claims: int) -> float:
    """Weigh a place for labels and dot sizes, 0-1: population first, then how much is reported of it."""
    size = log10(place.population) / 7 if place.population else 0.35
    if place.kind is not PlaceKind.TOWN:
        size = min(size, 0.35) - 0.15
    return round(min(1.0, size + min(claims, 10) * 0.025), 3)


def _steps(estimator: Estimator, actor_index: dict[str, int]) -> list[list[Row]]:
    """Return the estimates of each site as rows of the payload; where they name nobody, nothing is known."""
    numbers = [actor_index.get(actor, -1) for actor in estimator.actors]
    estimated, unknown = STATUSES.index(ESTIMATED), STATUSES.index(str(Status.UNKNOWN))
    return [
        [
            [day, estimated, numbers[actor], probability, -1] if actor >= 0 else [day, unknown, -1, 0.0, -1]
            for day, actor, probability in steps
        ]
        for steps in estimator.steps()
    ]


def _named(drivers: Sequence[Driver], index: Mapping[str, int]) -> list[list[float]]:
    """Return [index of place, km] of the evidence worth naming."""
    return [[index[d.place_id], round(d.distance_km)] for d in drivers if d.share >= LEAST_SHARE]


def _rows(timeline: Timeline, place: Place, actor_index: dict[str, int], estimates: list[Row]) -> list[Row]:
    """Rows [start day, status, actor or -1, probability, second actor or -1, staleness], each until the next one.

    A new row starts where the holding changes, where the probability has moved by `PROBABILITY_STEP`, and where the
    nearest confirmation comes to be so far away that it is drawn. Where the timeline knows nothing, `estimates` say what
    is likely.
    """
    start = timeline.theatre.settings.start
    rows: list[Row] = []
    for interval in timeline.intervals[place.id]:
        if interval.holding.status is Status.UNKNOWN:
            first, end = (interval.start - start).days, (interval.end - start).days
            within = [row for row in estimates if first <= row[0] < end]
            if not within or within[0][0] > first:
                rows.append([first, STATUSES.index(str(Status.UNKNOWN)), -1, 0.0, -1])
            rows.extend(within)
            continue
        holding = interval.holding
        status = STATUSES.index(str(holding.status))
        second = holding.besieger or (holding.rivals[0] if holding.rivals else None)
        actors = [actor_index[actor] if actor else -1 for actor in (holding.actor, second)]
        staleness = stale_steps(timeline, interval)
        known: float | None = None
        days = sorted({*_sampled_days(interval), *staleness})
        odds = timeline.resolutions.probability(place.id, holding.actor or "", days)
        stale = 0
        for day, probability in zip(days, odds, strict=True):
            if known is None or day in staleness or abs(probability - known) >= PROBABILITY_STEP:
                known, stale = probability, staleness.get(day, stale)
                rows.append([(day - start).days, status, actors[0], round(probability, 3), actors[1], stale])
    return rows


def _sampled_days(interval: Interval) -> list[date]:
    """List the days on which the probability may have moved: every claim's, and each quarter of a year."""
    days = {interval.start, *(claim.window.middle for claim in interval.claims)}
    days |= {interval.start + timedelta(days=n) for n in range(91, (interval.end - interval.start).days, 91)}
    return sorted(day for day in days if interval.start <= day < interval.end)

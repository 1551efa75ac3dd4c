"""What the map in the browser needs to know: places, ground, intervals and the base geography, as JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from math import log10
from typing import Any

from control.assessment.mentions import days_of, mentions
from control.assessment.model import Status
from control.assessment.timeline import Timeline
from control.map.arcs import encode_ground
from control.map.row import PlainRow, Row
from control.map.staleness import STALE_AFTER, stale_steps
from control.record.event_kinds import Mark
from control.record.model import Actor
from control.territory.estimate import Driver
from control.territory.estimator import Estimator
from control.territory.landscape import Landscape, landscape_of
from geo.place import Place, PlaceKind

ESTIMATED = "estimated"
STATUSES = (*(str(status) for status in Status), ESTIMATED)
LEAST_SHARE = 0.08
"""A place that an estimate rests on less is not named with it."""

Told = dict[tuple[str, date], list[tuple[date, int]]]
"""Place and first day of an interval -> (day, whole percent that is printed from it on)."""


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
    told = _told(timeline)
    west, south, east, north = settings.opening_bbox
    return {
        "theatre": {"id": settings.id, "title": settings.title},
        "span": [settings.start.isoformat(), settings.end.isoformat()],
        "known_on": timeline.known_on.isoformat() if timeline.known_on else None,
        "opening": {"date": settings.opening_date.isoformat(), "bounds": [[south, west], [north, east]]},
        "actors": [_actor(actor) for actor in holders],
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
        "intervals": [
            _plain(_rows(timeline, place, actor_index, steps[index], told)) for index, place in enumerate(sites)
        ],
        # for the histogram and for stepping: the days that somebody reported, not those that were assumed in between
        "changes": [
            [(interval.start - settings.start).days, index]
            for index, place in enumerate(sites)
            for interval in timeline.intervals[place.id][1:]
            if not interval.assumed
        ],
        "presence": _presence(timeline, sites, actor_index),
        "moments": [
            [(moment.day - settings.start).days, moment.headline, theatre.sources[moment.source].title]
            for moment in theatre.moments
            if timeline.known_on is None or theatre.sources[moment.source].published.last <= timeline.known_on
        ],
        "geography": {name: theatre.geography(name) for name in ("borders", "rivers", "lakes")},
        "attribution": settings.attribution,
    }


def _actor(actor: Actor) -> dict[str, str]:
    dark = {"colour_dark": actor.colour_dark} if actor.colour_dark else {}
    return {"id": actor.id, "name": actor.name, "short_name": actor.short_name, "colour": actor.colour, **dark}


def _presence(timeline: Timeline, sites: Sequence[Place], actor_index: Mapping[str, int]) -> list[list[float]]:
    """Return where fighters are reported who do not hold it: index of the place or -1, position, days, actor."""
    index = {place.id: number for number, place in enumerate(sites)}
    start = timeline.theatre.settings.start
    found = []
    for claim in mentions(
        (c for each in (*timeline.claims.values(), timeline.area_claims) for c in each), timeline.policy
    ):
        if claim.event.meaning.mark is not Mark.PRESENCE or claim.actor is None:
            continue
        position = timeline.theatre.gazetteer.place(claim.place_id).position
        first, end = ((day - start).days for day in days_of(claim, timeline.policy))
        at, side = index.get(claim.place_id, -1), actor_index[claim.actor]
        found.append([at, round(position.lon, 5), round(position.lat, 5), max(0, first), end, side])
    return found


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
            Row(day, estimated, numbers[actor], probability) if actor >= 0 else Row(day, unknown, -1, 0.0)
            for day, actor, probability in steps
        ]
        for steps in estimator.steps()
    ]


def _named(drivers: Sequence[Driver], index: Mapping[str, int]) -> list[list[float]]:
    """Return [index of place, km] of the evidence worth naming."""
    return [[index[d.place_id], round(d.distance_km)] for d in drivers if d.share >= LEAST_SHARE]


def _rows(timeline: Timeline, place: Place, actor_index: dict[str, int], estimates: list[Row], told: Told) -> list[Row]:
    """Return the rows of a place, each of which holds until the next one starts.

    A new row starts where the holding changes, where the printed probability does (`told`), and where the nearest
    confirmation comes to be so far away that it is drawn. Where the timeline knows nothing, `estimates` say what is likely.
    """
    start = timeline.theatre.settings.start
    rows: list[Row] = []
    for interval in timeline.intervals[place.id]:
        if interval.holding.status is Status.UNKNOWN:
            first, end = (interval.start - start).days, (interval.end - start).days
            within = [row for row in estimates if first <= row.start < end]
            if not within or within[0].start > first:
                rows.append(Row(first, STATUSES.index(str(Status.UNKNOWN)), -1, 0.0))
            rows.extend(within)
            continue
        holding = interval.holding
        status = STATUSES.index(str(holding.status))
        second = holding.besieger or (holding.rivals[0] if holding.rivals else None)
        actors = [actor_index[actor] if actor else -1 for actor in (holding.actor, second)]
        percents, staleness = dict(told[place.id, interval.start]), stale_steps(timeline, interval)
        percent = stale = 0
        for day in sorted({*percents, *staleness}):
            percent, stale = percents.get(day, percent), staleness.get(day, stale)
            rows.append(Row((day - start).days, status, actors[0], percent / 100, actors[1], stale))
    return rows


def _plain(rows: Sequence[Row]) -> list[PlainRow]:
    return [row.plain() for row in rows]


def _told(timeline: Timeline) -> Told:
    """Return what is printed of each interval that names a status: its first percent, and each one that follows it.

    A contested or divided place has one for all its days, for nobody is told the odds of it.
    """
    spans = [
        (place_id, interval.holding.actor or "", interval.start, interval.end)
        for place_id, intervals in timeline.intervals.items()
        for interval in intervals
        if interval.holding.status is not Status.UNKNOWN
    ]
    found = timeline.resolutions.percents(spans)
    contested = {
        (place_id, interval.start)
        for place_id, intervals in timeline.intervals.items()
        for interval in intervals
        if interval.holding.status.is_shared
    }
    return {
        (place_id, start): steps[:1] if (place_id, start) in contested else steps
        for (place_id, _, start, _), steps in zip(spans, found, strict=True)
    }

"""What the map in the browser needs to know: places, cells, intervals and the base geography, as JSON."""

from __future__ import annotations

from datetime import date, timedelta
from math import log10
from typing import Any

import shapely

from control.model import Interval, Status
from control.timeline import Timeline
from geo.cells import land_of, reach_cells
from geo.place import Place, PlaceKind

PROBABILITY_STEP = 0.04
STATUSES = tuple(str(status) for status in Status)
CELL_DECIMALS = 3
"""Cells are drawn to about 100 m: their edges are an estimate many times coarser."""


def timeline_payload(timeline: Timeline) -> dict[str, Any]:
    """Describe a timeline for the map plugin.

    Days count from the first day of the span; positions are [lon, lat], WGS84.
    """
    theatre = timeline.theatre
    settings = theatre.settings
    holders = [actor for key, actor in sorted(theatre.actors.items()) if not actor.parent]
    actor_index = {actor.id: index for index, actor in enumerate(holders)}
    shown = [place for place in theatre.gazetteer.places if place.id in timeline.claims and not place.kind.is_area]
    west, south, east, north = settings.opening_bbox
    return {
        "theatre": {"id": settings.id, "title": settings.title},
        "span": [settings.start.isoformat(), settings.end.isoformat()],
        "known_on": timeline.known_on.isoformat() if timeline.known_on else None,
        "opening": {"date": settings.opening_date.isoformat(), "bounds": [[south, west], [north, east]]},
        "actors": [{"id": a.id, "name": a.name, "short_name": a.short_name, "colour": a.colour} for a in holders],
        "statuses": list(STATUSES),
        "places": [
            {
                "id": place.id,
                "name": place.name,
                "kind": str(place.kind),
                "lon": round(place.position.lon, 5),
                "lat": round(place.position.lat, 5),
                "rank": _rank(place, len(timeline.claims[place.id])),
                "cell": cell,
            }
            for place, cell in zip(shown, _cells(timeline, shown), strict=True)
        ],
        "intervals": [_rows(timeline, place, actor_index) for place in shown],
        # for the histogram and for stepping: the days that somebody reported, not those that were assumed in between
        "changes": [
            [(interval.start - settings.start).days, index]
            for index, place in enumerate(shown)
            for interval in timeline.intervals[place.id][1:]
            if not interval.assumed
        ],
        "geography": {name: theatre.geography(name) for name in ("borders", "rivers", "lakes")},
        "attribution": settings.attribution,
        "cells_note": (
            f"Tinted ground: nearest to a reported place and within {settings.reach_km:g} km of it. "
            "An estimate; the reports speak of the places."
        ),
    }


def _rank(place: Place, claims: int) -> float:
    """Weigh a place for labels and dot sizes, 0-1: population first, then how much is reported of it."""
    size = log10(place.population) / 7 if place.population else 0.35
    if place.kind is not PlaceKind.TOWN:
        size = min(size, 0.35) - 0.15
    return round(min(1.0, size + min(claims, 10) * 0.025), 3)


def _cells(timeline: Timeline, shown: list[Place]) -> list[list[list[list[list[float]]]]]:
    theatre = timeline.theatre
    land = land_of(theatre.geography("borders"))
    cells = reach_cells([place.position for place in shown], land, theatre.settings.reach_km)
    return [
        [
            [[[round(x, CELL_DECIMALS), round(y, CELL_DECIMALS)] for x, y in ring.coords] for ring in _rings(polygon)]
            for polygon in shapely.get_parts(cell)
            if not polygon.is_empty
        ]
        for cell in cells
    ]


def _rings(polygon: shapely.Polygon) -> list[shapely.LinearRing]:
    return [polygon.exterior, *polygon.interiors]


def _rows(timeline: Timeline, place: Place, actor_index: dict[str, int]) -> list[list[float]]:
    """Rows [start day, status, actor or -1, probability, second actor or -1], each until the next one.

    A new row starts where the holding changes, and where the probability has moved by `PROBABILITY_STEP`.
    """
    rows: list[list[float]] = []
    for interval in timeline.intervals[place.id]:
        holding = interval.holding
        second = holding.besieger or (holding.rivals[0] if holding.rivals else None)
        actors = [actor_index[actor] if actor else -1 for actor in (holding.actor, second)]
        known: float | None = None
        days = _sampled_days(interval)
        odds = timeline.resolutions.probability(place.id, holding.actor or "", days)
        for day, probability in zip(days, odds, strict=True):
            if known is None or abs(probability - known) >= PROBABILITY_STEP:
                known = probability
                start = (day - timeline.theatre.settings.start).days
                rows.append([start, STATUSES.index(str(holding.status)), actors[0], round(probability, 3), actors[1]])
    return rows


def _sampled_days(interval: Interval) -> list[date]:
    """List the days on which the probability may have moved: every claim's, and each quarter of a year."""
    days = {interval.start, *(claim.window.middle for claim in interval.claims)}
    days |= {interval.start + timedelta(days=n) for n in range(91, (interval.end - interval.start).days, 91)}
    return sorted(day for day in days if interval.start <= day < interval.end)

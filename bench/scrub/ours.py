"""Our map of a made-up history."""

from __future__ import annotations

from typing import Any

import shapely

from bench.scrub.history import BOX, COLOURS, FIRST_DAY, START, History, day_name
from control.map.arcs import encode_ground
from control.map.base import offline_map, render
from control.map.control_timeline import ControlTimeline
from geo.subdivision import build_topology
from geo.terrain import Terrain, equal_area_crs

STATUSES = ("unknown", "controlled", "contested", "besieged", "estimated")
REACH_M = 1e6
"""Metres: none of the box is out of reach."""
REPORTED = 1000
"""Places that somebody reported, as many as a large theatre has; the others are estimated from them, and so have no dot."""


def payload(history: History) -> dict[str, Any]:
    """Describe a history for the map plugin, with the project's own cells and arcs; without rivers and borders, as all."""
    west, south, east, north = BOX
    flat = Terrain(equal_area_crs(BOX), shapely.Polygon())
    land = shapely.transform(shapely.segmentize(shapely.box(*BOX), 0.1), flat.to_metres)
    terrain = Terrain(flat.crs, land)
    reported = [cell < REPORTED for cell in range(len(history.spots))]
    topology = build_topology(terrain.to_metres(history.spots), terrain, REACH_M)
    ground, area = encode_ground(topology, terrain, reported)
    status = [STATUSES.index("controlled" if known else "estimated") for known in reported]
    return {
        "theatre": {"id": "scrub", "title": "Made-up history"},
        "span": [START.isoformat(), day_name(history.days)],
        "opening": {"date": day_name(FIRST_DAY), "bounds": [[south, west], [north, east]]},
        "actors": [
            {"id": f"a{n}", "name": f"Actor {n}", "short_name": f"A{n}", "colour": colour}
            for n, colour in enumerate(COLOURS)
        ],
        "statuses": list(STATUSES),
        "places": [
            {
                "id": str(cell),
                "name": f"Place {cell}",
                "kind": "town",
                "lon": lon,
                "lat": lat,
                "rank": 0.1,
                "reported": reported[cell],
                "area_km2": round(area[cell] / 1e6),
                "drivers": [],
            }
            for cell, (lon, lat) in enumerate(history.spots.tolist())
        ],
        "ground": ground,
        "intervals": [
            [[day, status[cell], actor, 0.9, -1] for day, actor in rows] for cell, rows in enumerate(history.rows())
        ],
    }


def page(history: History) -> str:
    """Return our map as one page."""
    described = payload(history)
    ours = offline_map(described["opening"]["bounds"])
    ControlTimeline(described).add_to(ours)
    return render(ours)

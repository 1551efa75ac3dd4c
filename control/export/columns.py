"""The data dictionary: what each column of our files means."""

from __future__ import annotations

MEANINGS = {
    "place_id": "id of the place: of GeoNames where it is a number",
    "name": "main name of the place; of a front: its sides and where it runs",
    "kind": "feature class: town, quarter, air-base ...",
    "country": "ISO 3166-1 alpha-2",
    "admin": "first-level division",
    "population": "persons, of the gazetteer and not of the date; empty is not known",
    "lon": "longitude, degrees east, WGS84",
    "lat": "latitude, degrees north, WGS84",
    "start": "first day",
    "end": "first day that is no longer part of it",
    "status": "controlled, contested, besieged or unknown",
    "actor": "id of the holder; of contested ground: whose it was last; of a front: one side",
    "actor_name": "its name",
    "colour": "its colour, #rrggbb",
    "rivals": "ids of the others who are named for contested ground, parted by semicolons",
    "besieger": "id of who besieges the place",
    "probability": "0-1 that the actor holds it, mean of the days; empty when nobody is named",
    "probability_least": "the same, least of the days",
    "assumed": "true when no report names the day `start`; of a change: its date",
    "rule": "the rule that decided, in words",
    "reports": "dates and titles of the reports behind it, parted by semicolons",
    "export_id": "id of the snapshot or series; the same id, the same answers",
    "standing": "assessed, estimated, contested, unknown, or nobody (beyond the reach of any place)",
    "estimated": "true when it rests on no report of its own; of a front: when any part of it does",
    "within_reach": "false for ground that lies beyond the reach of any place",
    "area_km2": "square kilometres, equal-area",
    "other_actor": "id of the other side of a front",
    "other_actor_name": "its name",
    "length_km": "length of a front, kilometres",
    "assessed_km": "how much of it lies between places that reports tell of, kilometres",
    "river": "river on which at least half of a front lies",
    "near": "places nearest to the ends of a front",
    "date": "day of a change: the first on which it is as it is after it",
    "status_before": "status on the day before",
    "actor_before": "id of the holder on the day before; empty when nobody is known",
    "status_after": "status from the day on",
    "actor_after": "id of the holder from the day on; empty when nobody is known",
}
AREA_COLUMNS = (
    "start", "end", "actor", "actor_name", "colour", "standing", "estimated", "rivals", "within_reach", "area_km2",
)  # fmt: skip
FRONT_COLUMNS = (
    "start", "end", "name", "actor", "actor_name", "other_actor", "other_actor_name", "estimated", "length_km",
    "assessed_km", "river", "near",
)  # fmt: skip

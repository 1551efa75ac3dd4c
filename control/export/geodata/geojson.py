"""GeoJSON (RFC 7946): WGS84, (lon, lat), at most seven decimals, no `crs`, a bbox, dates in ISO 8601."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry as Geometry

from control.export.geodata.shapes import shape_in_degrees
from control.export.provenance import MissingProvenanceError, Provenance, read_record
from control.export.records import (
    area_reports_to_dict,
    area_to_dict,
    claim_to_dict,
    front_to_dict,
    holding_to_dict,
    mentions_to_list,
    place_to_dict,
)
from control.export.untrusted_file import read_head
from control.record.theatre import Theatre
from control.snapshot import Layer, Snapshot
from control.territory.area_assessment import reported_areas
from geo.place import Place

DECIMALS = 7

METHOD = (
    "Each place is assessed from dated reports alone, weighed by source grade and credibility in a hidden Markov chain per "
    "place; a report that names a loser also tells who held the place before. Places without a report are unknown. See "
    "the reports of each feature."
)
_GROUND_METHOD = (
    " Areas join the cells of places: the ground nearest to each, a river counting as a detour, ending {reach} km from its "
    "place; what lies beyond (`within_reach` false) is nobody's. `estimated` areas are those of places without a report on "
    "the date, estimated from their neighbours. Fronts run where the ground of two actors meets; contested ground counts as "
    "its last holder's."
)


def method_of(theatre: Theatre, *, has_ground: bool) -> str:
    """Say how places were assessed, and how far from them their ground ends: the reach is a choice of the theatre."""
    return METHOD + (_GROUND_METHOD.format(reach=f"{theatre.settings.reach_km:g}") if has_ground else "")


@dataclass(frozen=True, slots=True)
class Feature:
    """A feature before it is written: its geometry in degrees, (lon, lat) WGS84, and its properties."""

    geometry: Geometry
    properties: Mapping[str, Any]
    id: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """Return it as GeoJSON has it."""
        identity = {} if self.id is None else {"id": self.id}
        geometry = shapely.geometry.mapping(self.geometry)
        return {"type": "Feature", **identity, "geometry": geometry, "properties": dict(self.properties)}


def snapshot_to_geojson(snapshot: Snapshot) -> dict[str, Any]:
    """Convert a snapshot to a FeatureCollection of its layers: places by id, then areas, then fronts.

    Foreign members of the collection: `as_of`, `known_as_of`, `policy`, `snapshot_id`, `layers`, `license`,
    `attribution`, `method`, `sources`, `area_reports` (what was said of whole areas around then).
    """
    theatre = snapshot.timeline.theatre
    features: list[Feature] = []
    if Layer.PLACES in snapshot.layers:
        features += [_place(snapshot, place_id) for place_id in sorted(snapshot.assessments)]
    features += _ground(snapshot)
    around = reported_areas(snapshot.timeline, snapshot.day)
    used = {c.source.id for a in snapshot.assessments.values() for c in a.claims}
    used |= {c.source.id for reports in around for c in reports.claims}
    collection: dict[str, Any] = {
        "type": "FeatureCollection",
        "title": f"{theatre.settings.title}: who held what on {snapshot.day}",
        "as_of": snapshot.day.isoformat(),
        "known_as_of": snapshot.known_on.isoformat() if snapshot.known_on else None,
        "policy": snapshot.timeline.policy.name,
        "snapshot_id": snapshot.id,
        "layers": [str(layer) for layer in snapshot.layers],
        "license": theatre.settings.licence,
        "attribution": theatre.settings.attribution,
        "method": method_of(theatre, has_ground=bool(snapshot.terrain)),
        "sources": [
            {
                "id": source.id,
                "title": source.title,
                "published": source.published.text,
                "reference": source.reference,
                "grade": source.grade,
            }
            for source in (theatre.sources[key] for key in sorted(used))
        ],
        "area_reports": [area_reports_to_dict(reports) for reports in around],
    }
    return {**collection, **members_of(features)}


def dump_geojson(collection: dict[str, Any]) -> str:
    """Write a collection as text, one feature a line: the same collection gives the same bytes."""
    head = {key: value for key, value in collection.items() if key != "features"}
    features = ",\n".join(json.dumps(f, ensure_ascii=False, allow_nan=False) for f in collection["features"])
    return json.dumps(head, ensure_ascii=False, allow_nan=False)[:-1] + f',\n"features": [\n{features}\n]}}\n'


def point_of(place: Place) -> Geometry:
    """Return where a place is, rounded as it is written."""
    return shapely.Point([round(c, DECIMALS) for c in place.position])


def members_of(features: Sequence[Feature]) -> dict[str, Any]:
    """Return `bbox` and `features` of a collection; without features there is no bbox."""
    found: dict[str, Any] = {}
    if features:
        found["bbox"] = shapely.total_bounds([feature.geometry for feature in features]).tolist()
    return {**found, "features": [feature.to_dict() for feature in features]}


def read_provenance(file: Path) -> Provenance:
    """Read where a GeoJSON file comes from. Raises `MissingProvenanceError` when it does not say."""
    record = read_member(file, "provenance")
    if record is None:
        raise MissingProvenanceError(file, "no member `provenance`")
    return read_record(record)


def read_member(file: Path, name: str) -> Any:
    """Return a member of a JSON object from the head of a file; what stands behind it is not read. `None` without it."""
    text = read_head(file).decode("utf-8", errors="replace")
    # inside of a text the quotes would be escaped
    found = re.search(rf'(?<!\\)"{name}"\s*:\s*', text)
    try:
        return json.JSONDecoder().raw_decode(text, found.end())[0] if found else None
    except ValueError:
        return None


def _place(snapshot: Snapshot, place_id: str) -> Feature:
    theatre = snapshot.timeline.theatre
    place, assessment = theatre.gazetteer.place(place_id), snapshot.assessments[place_id]
    holding = assessment.holding
    properties = {
        "layer": str(Layer.PLACES),
        **place_to_dict(place),
        "date": snapshot.day.isoformat(),
        **holding_to_dict(theatre, holding),
        "probability": assessment.probability,
        "estimated": False,
        "probabilities": dict(assessment.probabilities),
        "days_since_confirmed": assessment.days_since_confirmed,
        "rule": holding.rule,
        "coordinate_source": place.coordinate_source,
        "shares": list(holding.shares),
        "also_reported": mentions_to_list(assessment),
        "reports": [claim_to_dict(claim) for claim in assessment.claims],
    }
    return Feature(point_of(place), properties, place.id)


def _ground(snapshot: Snapshot) -> Iterator[Feature]:
    """Yield areas and fronts; one of which rounding leaves nothing is left out."""
    if snapshot.terrain is None:
        return
    theatre, day = snapshot.timeline.theatre, snapshot.day.isoformat()
    for area in snapshot.areas:
        geometry = shape_in_degrees(area.geometry, snapshot.terrain)
        if geometry is not None:
            yield Feature(geometry, {"layer": str(Layer.AREAS), "date": day, **area_to_dict(theatre, area)})
    for front in snapshot.fronts:
        geometry = shape_in_degrees(front.line, snapshot.terrain)
        if geometry is not None:
            yield Feature(geometry, {"layer": str(Layer.FRONTS), "date": day, **front_to_dict(theatre, front)})

"""GeoJSON (RFC 7946): WGS84, (lon, lat), at most seven decimals, no `crs`, a bbox, dates in ISO 8601."""

from __future__ import annotations

import json
from typing import Any

from control.export.ground import area_to_dict, front_to_dict
from control.export.place import holding_to_dict, place_to_dict
from control.export.shapes import bounds_of, shape_to_geojson
from control.model import Claim
from control.snapshot import Layer, Snapshot

DECIMALS = 7

METHOD = (
    "Each place is assessed from dated reports alone, weighed by source grade and credibility in a hidden Markov chain per "
    "place; a report that names a loser also tells who held the place before. Places without a report are unknown. See "
    "the reports of each feature."
)
GROUND_METHOD = (
    " Areas join the cells of places: the ground nearest to each, a river counting as a detour, ending at the reach of a "
    "place; what lies beyond is nobody's. `estimated` areas are those of places without a report on the date, estimated "
    "from their neighbours. Fronts run where the ground of two actors meets; contested ground counts as its last holder's."
)


def snapshot_to_geojson(snapshot: Snapshot) -> dict[str, Any]:
    """Convert a snapshot to a FeatureCollection of its layers: places by id, then areas, then fronts.

    Foreign members of the collection: `as_of`, `known_as_of`, `policy`, `snapshot_id`, `layers`, `license`,
    `attribution`, `method`, `sources`.
    """
    theatre = snapshot.timeline.theatre
    features: list[dict[str, Any]] = []
    if Layer.PLACES in snapshot.layers:
        features += [_feature(snapshot, place_id) for place_id in sorted(snapshot.assessments)]
    features += _ground_features(snapshot)
    used = {c.source.id for a in snapshot.assessments.values() for c in a.claims}
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
        "method": METHOD + (GROUND_METHOD if snapshot.terrain else ""),
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
    }
    if features:
        wests, souths, easts, norths = zip(*(bounds_of(feature["geometry"]) for feature in features), strict=True)
        collection["bbox"] = [min(wests), min(souths), max(easts), max(norths)]
    collection["features"] = features
    return collection


def dump_geojson(collection: dict[str, Any]) -> str:
    """Write a collection as text, one feature a line: the same collection gives the same bytes."""
    head = {key: value for key, value in collection.items() if key != "features"}
    features = ",\n".join(json.dumps(f, ensure_ascii=False, allow_nan=False) for f in collection["features"])
    return json.dumps(head, ensure_ascii=False, allow_nan=False)[:-1] + f',\n"features": [\n{features}\n]}}\n'


def _feature(snapshot: Snapshot, place_id: str) -> dict[str, Any]:
    theatre = snapshot.timeline.theatre
    place, assessment = theatre.gazetteer.place(place_id), snapshot.assessments[place_id]
    holding = assessment.holding
    return {
        "type": "Feature",
        "id": place.id,
        "geometry": {"type": "Point", "coordinates": [round(c, DECIMALS) for c in place.position]},
        "properties": {
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
            "reports": [claim_to_dict(claim) for claim in assessment.claims],
        },
    }


def _ground_features(snapshot: Snapshot) -> list[dict[str, Any]]:
    """Convert areas and fronts; one of which rounding leaves nothing is left out."""
    if snapshot.terrain is None:
        return []
    theatre, day = snapshot.timeline.theatre, snapshot.day.isoformat()
    described = [
        *((Layer.AREAS, area.geometry, area_to_dict(theatre, area)) for area in snapshot.areas),
        *((Layer.FRONTS, front.line, front_to_dict(theatre, front)) for front in snapshot.fronts),
    ]
    features: list[dict[str, Any]] = []
    for layer, shape, properties in described:
        geometry = shape_to_geojson(shape, snapshot.terrain)
        if geometry is not None:
            features.append(
                {
                    "type": "Feature",
                    "geometry": geometry,
                    "properties": {"layer": str(layer), "date": day, **properties},
                }
            )
    return features


def claim_to_dict(claim: Claim) -> dict[str, Any]:
    """Describe a claim as JSON: what was said, when it was so, by whom and when it was published."""
    return {
        "claim_id": claim.id,
        "event_date": claim.window.text,
        "place_as_written": claim.report.place,
        "event": str(claim.event),
        "actor": claim.actor,
        "loser": claim.loser,
        "actor_as_written": claim.report.actor or None,
        "loser_as_written": claim.report.loser or None,
        "source": claim.source.id,
        "source_title": claim.source.title,
        "published": claim.published.text,
        "reference": claim.source.reference,
        "grade": claim.source.grade,
        "credibility": claim.credibility,
        "note": claim.report.note,
    }

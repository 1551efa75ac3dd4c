"""GeoJSON (RFC 7946): WGS84, (lon, lat), at most seven decimals, no `crs`, a bbox, dates in ISO 8601."""

from __future__ import annotations

import json
from typing import Any

from control.model import Claim
from control.snapshot import Snapshot

DECIMALS = 7

METHOD = (
    "Each place is assessed from dated reports alone, weighed by source grade and credibility in a hidden Markov chain per "
    "place; a report that names a loser also tells who held the place before. Places without a report are unknown. See "
    "the reports of each feature."
)


def snapshot_to_geojson(snapshot: Snapshot) -> dict[str, Any]:
    """Convert a snapshot to a FeatureCollection of Points, one a place, sorted by id.

    Foreign members of the collection: `as_of`, `known_as_of`, `policy`, `snapshot_id`, `license`, `attribution`,
    `method`, `sources`.
    """
    theatre = snapshot.timeline.theatre
    features = [_feature(snapshot, place_id) for place_id in sorted(snapshot.assessments)]
    positions = [feature["geometry"]["coordinates"] for feature in features]
    used = {c.source.id for a in snapshot.assessments.values() for c in a.claims}
    collection: dict[str, Any] = {
        "type": "FeatureCollection",
        "title": f"{theatre.settings.title}: who held what on {snapshot.day}",
        "as_of": snapshot.day.isoformat(),
        "known_as_of": snapshot.known_on.isoformat() if snapshot.known_on else None,
        "policy": snapshot.timeline.policy.name,
        "snapshot_id": snapshot.id,
        "license": theatre.settings.licence,
        "attribution": theatre.settings.attribution,
        "method": METHOD,
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
    if positions:
        lons, lats = zip(*positions, strict=True)
        collection["bbox"] = [min(lons), min(lats), max(lons), max(lats)]
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
    actor = theatre.actors[holding.actor] if holding.actor else None
    return {
        "type": "Feature",
        "id": place.id,
        "geometry": {"type": "Point", "coordinates": [round(c, DECIMALS) for c in place.position]},
        "properties": {
            "place_id": place.id,
            "name": place.name,
            "kind": str(place.kind),
            "country": place.country,
            "admin": place.admin or None,
            "population": place.population,
            "date": snapshot.day.isoformat(),
            "status": str(holding.status),
            "actor": holding.actor,
            "actor_name": actor.name if actor else None,
            "colour": actor.colour if actor else None,
            "rivals": "; ".join(holding.rivals) or None,
            "besieger": holding.besieger,
            "probability": assessment.probability,
            "estimated": False,
            "probabilities": dict(assessment.probabilities),
            "days_since_confirmed": assessment.days_since_confirmed,
            "rule": holding.rule,
            "coordinate_source": place.coordinate_source,
            "reports": [claim_to_dict(claim) for claim in assessment.claims],
        },
    }


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

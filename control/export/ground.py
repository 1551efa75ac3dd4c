"""Areas, fronts, enclaves and estimates as JSON."""

from __future__ import annotations

from typing import Any

from control.estimate import Estimate
from control.ground import Enclave, Front, GroundArea, Siege, Standing
from control.theatre import Theatre


def area_to_dict(theatre: Theatre, area: GroundArea) -> dict[str, Any]:
    """Describe an area as JSON: whose it is, what that rests on, and how large it is."""
    actor = theatre.actors[area.actor] if area.actor else None
    return {
        "actor": area.actor,
        "actor_name": actor.name if actor else None,
        "colour": actor.colour if actor else None,
        "standing": str(area.standing) if area.effective else "nobody",
        "estimated": area.standing is Standing.ESTIMATED,
        "rivals": "; ".join(area.rivals) or None,
        "within_reach": area.effective,
        "area_km2": round(area.area_m2 / 1e6, 3),
    }


def front_to_dict(theatre: Theatre, front: Front) -> dict[str, Any]:
    """Describe a front as JSON: its sides, where it runs, how long it is."""
    first, second = (theatre.actors[actor] for actor in front.actors)
    return {
        "name": front.name,
        "actor": first.id,
        "actor_name": first.name,
        "other_actor": second.id,
        "other_actor_name": second.name,
        "estimated": not front.assessed,
        "length_km": round(front.length_m / 1000, 2),
        "assessed_km": round(front.assessed_m / 1000, 2),
        "river": front.river,
        "near": "; ".join(front.near),
    }


def enclave_to_dict(theatre: Theatre, enclave: Enclave) -> dict[str, Any]:
    """Describe an enclave as JSON: who is shut in where, by whom, since when, and how sure that is."""
    return {
        "actor": enclave.actor,
        "surrounded_by": enclave.surrounded_by,
        "since": enclave.since.isoformat(),
        "against_border": enclave.against_border,
        "besieged_by_report": enclave.besieged_by_report,
        "area_km2": round(enclave.area_m2 / 1e6, 3),
        "places": [_named(theatre, place) for place in enclave.places],
        "unknown": [_named(theatre, place) for place in enclave.unknown],
        "links": [{"inside": inside, "outside": outside} for inside, outside in enclave.links],
    }


def siege_to_dict(theatre: Theatre, siege: Siege) -> dict[str, Any]:
    """Describe a reported siege as JSON."""
    return {**_named(theatre, siege.place_id), "actor": siege.actor, "besieger": siege.besieger}


def estimate_to_dict(theatre: Theatre, estimate: Estimate) -> dict[str, Any]:
    """Describe an estimate as JSON: who, how probable, and the reported places it rests on with their shares."""
    drivers = [
        {**_named(theatre, d.place_id), "distance_km": round(d.distance_km, 2), "share": round(d.share, 4)}
        for d in estimate.drivers
    ]
    probability = None if estimate.probability is None else round(estimate.probability, 3)
    return {"actor": estimate.actor, "probability": probability, "drivers": drivers}


def _named(theatre: Theatre, place_id: str) -> dict[str, Any]:
    return {"place_id": place_id, "name": theatre.gazetteer.place(place_id).name}

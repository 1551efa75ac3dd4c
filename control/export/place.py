"""A place, and how it is held, as the flat properties that every export gives them."""

from __future__ import annotations

from typing import Any

from control.model import Holding
from control.theatre import Theatre
from geo.place import Place


def place_to_dict(place: Place) -> dict[str, Any]:
    """Describe a place, without its position."""
    return {
        "place_id": place.id,
        "name": place.name,
        "kind": str(place.kind),
        "country": place.country,
        "admin": place.admin or None,
        "population": place.population,
    }


def holding_to_dict(theatre: Theatre, holding: Holding) -> dict[str, Any]:
    """Describe how a place is held, and by whom."""
    actor = theatre.actors[holding.actor] if holding.actor else None
    return {
        "status": str(holding.status),
        "actor": holding.actor,
        "actor_name": actor.name if actor else None,
        "colour": actor.colour if actor else None,
        "rivals": "; ".join(holding.rivals) or None,
        "besieger": holding.besieger,
    }

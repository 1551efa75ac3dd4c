"""Where assessors differ on a date, as GeoJSON (RFC 7946): a point for each place, with the word of each."""

from __future__ import annotations

from datetime import date
from typing import Any

from control.assessors.comparison import Comparison
from control.assessors.standings import Standing, standings
from control.assessors.words import word_label, words_at
from control.export.geodata.geojson import DECIMALS
from control.export.records import place_to_dict
from control.record.theatre import Theatre

METHOD = (
    "Each assessor is read as intervals of places. `standing` on the date: agree, when all who say something name the same "
    "holder; differ, when two name different ones, or one calls contested what another says is held; silent, when some say "
    "that nobody knows and all others the same; nobody, when all say so; null, when fewer than two say anything. Agreement "
    "is no proof of truth: assessors use the same sources, and each other."
)
PROPERTIES = {
    "place_id": "id of the place",
    "name": "its main name",
    "kind": "feature class",
    "country": "ISO 3166-1 alpha-2",
    "admin": "first-level division",
    "population": "persons, of the gazetteer",
    "date": "the date",
    "standing": "agree, differ, silent or nobody on the date; null where fewer than two say anything",
    "says": "assessor -> id of an actor, contested or unknown on the date; null for one that says nothing",
    "says_words": "the same in one line, for readers",
    "days": "days on which at least two say something of the place",
    "days_differing": "on how many of them they differ",
    "days_silent": "on how many of them some say that nobody knows",
    "share_differing": "days_differing / days, 0-1",
}


def differences_to_geojson(theatre: Theatre, comparison: Comparison, day: date) -> dict[str, Any]:
    """Return a FeatureCollection of all compared places, the most disputed first."""
    on = comparison.overlay.on(day.toordinal())
    stretch = {int(place): n for n, place in enumerate(on.place)}
    found = standings(on)
    index = {place_id: n for n, place_id in enumerate(comparison.overlay.places)}
    features: list[dict[str, Any]] = []
    for difference in comparison.differences:
        place = theatre.gazetteer.place(difference.place_id)
        at = stretch.get(index[place.id])
        says = words_at(on, at) if at is not None else dict.fromkeys(on.names)
        features.append(
            {
                "type": "Feature",
                "geometry": {"type": "Point", "coordinates": [round(c, DECIMALS) for c in place.position]},
                "properties": {
                    **place_to_dict(place),
                    "date": day.isoformat(),
                    "standing": None if at is None else str(Standing(int(found[at]))),
                    "says": says,
                    "says_words": "; ".join(f"{name}: {word_label(theatre, word)}" for name, word in says.items()),
                    "days": difference.days,
                    "days_differing": difference.differing,
                    "days_silent": difference.silent,
                    "share_differing": round(difference.share_differing, 4),
                },
            }
        )
    collection: dict[str, Any] = {
        "type": "FeatureCollection",
        "title": f"{theatre.settings.title}: where assessors differ on {day}",
        "as_of": day.isoformat(),
        "assessors": list(comparison.overlay.names),
        "license": theatre.settings.licence,
        "attribution": theatre.settings.attribution,
        "method": METHOD,
        "features": features,
    }
    if features:
        positions = [theatre.gazetteer.place(d.place_id).position for d in comparison.differences]
        lons, lats = ([round(p[n], DECIMALS) for p in positions] for n in (0, 1))
        collection["bbox"] = [min(lons), min(lats), max(lons), max(lats)]
    return collection

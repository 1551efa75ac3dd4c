"""Linked Places Format 1.2: the gazetteer of a theatre for the World Historical Gazetteer, Recogito and their kin.

JSON-LD that is GeoJSON as well: WGS84, (lon, lat). Every key is a term of the format's published context, so that
nothing is lost on the way to RDF.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Any

from control.export.extract import Extract
from control.export.geodata.geojson import dump_geojson, read_member
from control.export.provenance import MissingProvenanceError, Provenance, read_json, seal
from control.record.theatre import Settings, Theatre
from geo.place import Place, PlaceKind

CONTEXT = "https://raw.githubusercontent.com/LinkedPasts/linked-places/master/linkedplaces-context-v1.1.jsonld"
DECIMALS = 7
FORM = "lpf"
PROVENANCE = "urn:controlmap:provenance"

# A kind without an entry (a pocket, a river bank, a pumping station) has no concept in either vocabulary that says the
# same: it goes out by its label alone. `aat` is Getty's Art & Architecture Thesaurus, `gn` GeoNames' feature codes.
_CONCEPTS = {
    PlaceKind.TOWN: ("aat:300008347", "inhabited place"),  # city, town and village alike
    PlaceKind.QUARTER: ("aat:300000745", "neighborhood"),
    PlaceKind.CAMP: ("gn:S.CMP", "camp"),
    PlaceKind.DISTRICT: ("aat:300000705", "district"),
    PlaceKind.GOVERNORATE: ("gn:A.ADM1", "first-order administrative division"),
    PlaceKind.REGION: ("aat:300182722", "region (geographic)"),
    PlaceKind.ROAD: ("aat:300008217", "road"),
    PlaceKind.OIL_FIELD: ("aat:300000401", "oil field"),
    PlaceKind.GAS_FIELD: ("gn:L.GASF", "gasfield"),
    PlaceKind.REFINERY: ("gn:S.OILR", "oil refinery"),
    PlaceKind.AIRPORT: ("aat:300000681", "airport"),
    PlaceKind.AIR_BASE: ("gn:S.AIRB", "airbase"),
    PlaceKind.MILITARY_BASE: ("aat:300000455", "military base"),
    PlaceKind.BORDER_CROSSING: ("gn:S.PSTB", "border post"),
    PlaceKind.DAM: ("gn:S.DAM", "dam"),
    PlaceKind.BRIDGE: ("aat:300007836", "bridge"),
    PlaceKind.MOUNTAIN: ("aat:300008795", "mountain"),
    PlaceKind.CASTLE: ("aat:300006891", "castle"),
    PlaceKind.FACILITY: ("gn:S.FCL", "facility"),
}


def gazetteer_to_lpf(theatre: Theatre) -> dict[str, Any]:
    """Convert all places of a theatre to a FeatureCollection of Points, sorted by id.

    `when` says that a place was there at the latest when the span began and at the earliest until it ended.

    Parameters
    ----------
    theatre
        Only its settings and its gazetteer go out, no actor and no report.

    Returns
    -------
    dict
        JSON-LD. A place from GeoNames is named by its GeoNames address, any other by a URN within the theatre.
    """
    settings, places = theatre.settings, theatre.gazetteer.places
    divisions = _divisions(places)
    return {
        "@context": CONTEXT,
        "type": "FeatureCollection",
        "title": _title(settings),
        "license": settings.licence,
        "descriptions": [{"value": settings.attribution}],
        "features": [_feature(place, theatre, divisions) for place in places],
    }


def write(extract: Extract, file: Path) -> None:
    """Write the gazetteer of an extract's theatre."""
    file.write_bytes(extract_to_lpf(extract))


def read_provenance(file: Path) -> Provenance:
    """Read where a gazetteer comes from. Raises `MissingProvenanceError` when it does not say."""
    record = _record_in(read_member(file, "descriptions"))
    if record is None:
        raise MissingProvenanceError(file, "no description of ours")
    return read_json(record)


def extract_to_lpf(extract: Extract) -> bytes:
    """Write all places of an extract's theatre, whatever its dates.

    Where the file comes from is a second description of the collection: the format has no key of its own for it.
    """
    collection = gazetteer_to_lpf(extract.timeline.theatre)
    record = {"@id": PROVENANCE, "value": extract.provenance(FORM).to_json()}
    collection["descriptions"] = [*collection["descriptions"], record]
    return seal(dump_geojson(collection).encode())[0]


def _record_in(descriptions: Any) -> str | None:
    """Return the record among the descriptions of a collection; `None` when there is none, or more than one."""
    if not isinstance(descriptions, list):
        return None
    found = [d.get("value") for d in descriptions if isinstance(d, dict) and d.get("@id") == PROVENANCE]
    return found[0] if len(found) == 1 and isinstance(found[0], str) else None


def _feature(place: Place, theatre: Theatre, divisions: dict[tuple[str, str], Place]) -> dict[str, Any]:
    settings = theatre.settings
    feature: dict[str, Any] = {
        "@id": _identifier(place, settings),
        "type": "Feature",
        "properties": {"title": place.name, "ccodes": [place.country]},
        "when": {
            "timespans": [
                {"start": {"latest": settings.start.isoformat()}, "end": {"earliest": settings.last_day.isoformat()}}
            ]
        },
        "names": _names(place, settings),
        "types": [_type(place.kind)],
        "geometry": {
            "type": "Point",
            "coordinates": [round(c, DECIMALS) for c in place.position],
            "certainty": "certain" if place.radius_km is None else "less-certain",
            "citations": [{"label": f"Coordinate: {place.coordinate_source}"}],
        },
    }
    parent = theatre.gazetteer.place(place.town) if place.town else divisions.get((place.country, place.admin))
    if parent is not None and parent.id != place.id:
        feature["relations"] = [
            {
                "relationType": "gvp:broaderPartitive",
                "relationTo": _identifier(parent, settings),
                "label": f"part of {parent.name}",
            }
        ]
    if _is_geonames(place):
        feature["links"] = [{"type": "closeMatch", "identifier": f"gn:{place.id}"}]
    remarks = [place.note] if place.note else []
    if place.radius_km is not None:
        remarks.append(f"The coordinate may be {place.radius_km:g} km off.")
    if remarks:
        feature["descriptions"] = [{"value": remark} for remark in remarks]
    return feature


def _divisions(places: tuple[Place, ...]) -> dict[tuple[str, str], Place]:
    """First-level divisions that are places themselves, by country and name; one that is there twice is left out."""
    found: dict[tuple[str, str], list[Place]] = defaultdict(list)
    for place in places:
        if place.kind is PlaceKind.GOVERNORATE and place.admin:
            found[place.country, place.admin].append(place)
    return {key: candidates[0] for key, candidates in found.items() if len(candidates) == 1}


def _identifier(place: Place, settings: Settings) -> str:
    if _is_geonames(place):
        return f"https://sws.geonames.org/{place.id}/"
    return f"urn:controlmap:{settings.id}:{place.id}"


def _is_geonames(place: Place) -> bool:
    return place.id.isdecimal()


def _title(settings: Settings) -> str:
    return f"Gazetteer of {settings.title}"


def _names(place: Place, settings: Settings) -> list[dict[str, Any]]:
    """List the names, the main one first and with the citation that the format asks of one name at least."""
    others = [
        {"toponym": name.text, "lang": name.language} if name.language else {"toponym": name.text}
        for name in place.names
    ]
    return [{"toponym": place.name, "citations": [{"label": _title(settings)}]}, *others]


def _type(kind: PlaceKind) -> dict[str, Any]:
    ours = str(kind).replace("-", " ")
    if kind not in _CONCEPTS:
        return {"label": ours}
    identifier, label = _CONCEPTS[kind]
    return {"identifier": identifier, "label": label, "sourceLabels": [{"label": ours, "lang": "en"}]}

"""What a reader is told who names a place that the map has not, or that may be several. Plain text."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from geo.gazetteer import AmbiguousPlaceError, Candidate, Gazetteer, PlaceError, WaterError
from geo.names import fold
from geo.place import LonLat, Place, PlaceKind

TOWN = 5_000
SIZES = ((100_000, "city"), (TOWN, "town"), (0, "village"))
"""Least population and word."""


def not_found(error: PlaceError, map_title: str, elsewhere: Sequence[str] = (), choices: int = 0) -> str:
    """Say that a map has no such place, or several, and which other maps have one.

    Parameters
    ----------
    error
        What the gazetteer says of the name.
    map_title, elsewhere
        The map that was asked, and the others that know the name.
    choices
        How many places may be meant, where it is not all that the error names.
    """
    if isinstance(error, AmbiguousPlaceError):
        return f"{choices or len(error.rivals)} places match '{error.query}'. Which one?"
    if isinstance(error, WaterError):
        said = f"'{error.query}' is a {error.water}, which no side holds as a whole."
        return f"{said} {'Which part of it?' if error.candidates else 'Search for a town on it.'}"
    said = f"No place called '{error.query}' on this map ({map_title})."
    if elsewhere:
        one = len(elsewhere) == 1
        return f"{said} The map{'' if one else 's'} {' and '.join(elsewhere)} {'has' if one else 'have'} it."
    return f"{said} Search for a town: try another spelling, or the nearest larger town."


def labels(candidates: Sequence[Candidate], gazetteer: Gazetteer) -> list[str]:
    """Name places so that a reader can tell them apart: `Alpha, also Alfa (town, North, Aland)`.

    Namesakes of one division are told apart by the town that each is near, and by their positions if need be.
    """
    found = [_label(candidate, gazetteer.countries) for candidate in candidates]
    tell_apart: tuple[Callable[[Place], str], ...] = (
        partial(_near_words, gazetteer),
        lambda place: _position(place.position),
    )
    for more in tell_apart:
        alike = {label for label in found if found.count(label) > 1}
        places = (candidate.place for candidate in candidates)
        found = [
            f"{label[:-1]}; {more(place)})" if label in alike else label
            for label, place in zip(found, places, strict=True)
        ]
    return found


def where_words(place: Place, countries: Mapping[str, str]) -> str:
    """Say what a place is and where: `town, North, Aland`."""
    parts = (kind_words(place), place.admin, countries.get(place.country, place.country))
    return ", ".join(part for part in parts if part)


def kind_words(place: Place) -> str:
    """Say what a place is; a town by its size: `city`, `town` or `village`, `town or village` where nobody counted."""
    if place.kind is not PlaceKind.TOWN:
        return place.kind.replace("-", " ")
    if place.population is None:
        return "town or village"
    return next(word for least, word in SIZES if place.population >= least)


def _label(candidate: Candidate, countries: Mapping[str, str]) -> str:
    place, spelling = candidate.place, candidate.spelling
    also = f", also {spelling}" if fold(spelling) != fold(place.name) else ""
    return f"{place.name}{also} ({where_words(place, countries)})"


def _near_words(gazetteer: Gazetteer, place: Place) -> str:
    """Name the nearest town that is larger than a village and called otherwise; the position where there is none."""
    towns = (
        other
        for other in gazetteer.places
        if other.kind is PlaceKind.TOWN and (other.population or 0) >= TOWN and fold(other.name) != fold(place.name)
    )
    near = min(towns, key=lambda other: (place.position.distance_km(other.position), other.id), default=None)
    return f"near {near.name}" if near else _position(place.position)


def _position(position: LonLat) -> str:
    lon, lat = position
    return f"{abs(lat):.2f}° {'north' if lat >= 0 else 'south'}, {abs(lon):.2f}° {'east' if lon >= 0 else 'west'}"

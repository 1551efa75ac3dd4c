"""Which place of the theatre a row means, and how to write it so that the theatre finds just that place."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from control.imports.account import UnusableRowError
from control.record.theatre import Theatre
from geo.gazetteer import PlaceError
from geo.names import fold
from geo.place import EARTH_RADIUS_KM, LonLat, Place

SAME_NAME_KM = 10
"""A place with the name that the row gives is meant when it lies within so many kilometres of the row's coordinate."""


class Sites:
    """The places of a theatre that one side can hold as a whole: no districts, governorates or other areas.

    A row means the place that is spelt like its location and lies within 10 km of its coordinate, or else the place
    nearest to the coordinate within the theatre's `town_radius_km`.
    """

    def __init__(self, theatre: Theatre) -> None:
        self._gazetteer = theatre.gazetteer
        self._near_km = theatre.settings.town_radius_km
        self.places: tuple[Place, ...] = tuple(p for p in theatre.gazetteer.places if not p.kind.is_area)
        self.index = {place.id: i for i, place in enumerate(self.places)}
        self._tree = cKDTree(_on_sphere([p.position for p in self.places])) if self.places else None
        self._found: dict[tuple[tuple[str, ...], LonLat], Place | None] = {}

    def place_of(self, names: Sequence[str], position: LonLat) -> Place:
        """Return the place that a row means.

        Parameters
        ----------
        names
            How the row names the location, most exact first; may be empty.
        position
            (lon, lat), WGS84 degrees.

        Raises
        ------
        UnusableRowError
            When no place is near enough.
        """
        asked = (tuple(names), position)
        if asked not in self._found:
            self._found[asked] = self._named(names, position) or self._nearest(position)
        place = self._found[asked]
        if place is None:
            raise UnusableRowError(f"no place of the theatre within {self._near_km:g} km; add it to places.csv")
        return place

    def _named(self, names: Sequence[str], position: LonLat) -> Place | None:
        for name in names:
            for candidate in self._gazetteer.search(name[:200], near=[position]) if name else ():
                place = candidate.place
                allowed = max(SAME_NAME_KM, place.radius_km or 0)
                if not place.kind.is_area and place.position.distance_km(position) <= allowed:
                    return place
        return None

    def _nearest(self, position: LonLat) -> Place | None:
        if self._tree is None:
            return None
        chord = 2 * math.sin(self._near_km / EARTH_RADIUS_KM / 2)
        _, number = self._tree.query(_on_sphere([position])[0], distance_upper_bound=chord)
        return self.places[int(number)] if int(number) < len(self.places) else None


def _on_sphere(positions: Sequence[LonLat]) -> NDArray[np.float64]:
    """Return unit vectors (n, 3) of (lon, lat) in degrees."""
    lon, lat = np.radians(np.asarray(positions, float).reshape(-1, 2)).T
    return np.column_stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])


class Toponyms:
    """Writes places so that the theatre finds them again; `spellings` collects those that need a row of overrides.

    A name that the gazetteer answers with another place, or with none, gets the place's id behind it.
    """

    def __init__(self, theatre: Theatre, *, by_id: bool = False) -> None:
        """With `by_id` every place gets its id: for tables of thousands of places, which name them by id themselves."""
        self._gazetteer = theatre.gazetteer
        self._by_id = by_id
        self._written: dict[str, str] = {}
        self.spellings: dict[str, str] = {}

    def written(self, place: Place) -> str:
        """Return the spelling for the column `place` of reports.csv."""
        if place.id not in self._written:
            self._written[place.id] = self._plain(place) or self._with_id(place)
        return self._written[place.id]

    def _plain(self, place: Place) -> str | None:
        if self._by_id:
            return None
        for spelling in [place.name, *([f"{place.name} ({place.admin})"] if place.admin else [])]:
            try:
                match = self._gazetteer.find(spelling, country=place.country)
            except PlaceError:
                continue
            if match.place.id == place.id:
                return spelling
        return None

    def _with_id(self, place: Place) -> str:
        # brackets would be read as a hint
        name = " ".join(place.name.translate({ord(c): " " for c in "()（）"}).split())
        spelling = f"{name} {place.id}" if fold(name) else place.id
        self.spellings[spelling] = place.id
        return spelling

"""A place of the gazetteer."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from math import asin, cos, radians, sin, sqrt
from typing import NamedTuple

EARTH_RADIUS_KM = 6371.0088
"""Mean radius of the GRS 80 ellipsoid, IUGG."""


class LonLat(NamedTuple):
    """A position: (longitude, latitude) in degrees, WGS84 (EPSG:4326), east and north positive."""

    lon: float
    lat: float

    def distance_km(self, other: LonLat) -> float:
        """Great-circle distance to `other` in kilometres (haversine, sphere; within 0.6 % of the ellipsoid)."""
        lon1, lat1, lon2, lat2 = map(radians, (*self, *other))
        h = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
        return 2 * EARTH_RADIUS_KM * asin(sqrt(min(1.0, h)))


class PlaceKind(StrEnum):
    """Feature class of a place."""

    TOWN = "town"
    QUARTER = "quarter"
    CAMP = "camp"
    DISTRICT = "district"
    GOVERNORATE = "governorate"
    REGION = "region"
    POCKET = "pocket"
    BANK = "bank"
    ROAD = "road"
    OIL_FIELD = "oil-field"
    GAS_FIELD = "gas-field"
    REFINERY = "refinery"
    AIRPORT = "airport"
    AIR_BASE = "air-base"
    MILITARY_BASE = "military-base"
    BORDER_CROSSING = "border-crossing"
    DAM = "dam"
    BRIDGE = "bridge"
    PUMPING_STATION = "pumping-station"
    MOUNTAIN = "mountain"
    CASTLE = "castle"
    FACILITY = "facility"

    @property
    def is_area(self) -> bool:
        """Whether the place is ground with many towns in it, which no single report can hand over."""
        return self in _AREAS


_AREAS = frozenset(
    {
        PlaceKind.DISTRICT,
        PlaceKind.GOVERNORATE,
        PlaceKind.REGION,
        PlaceKind.POCKET,
        PlaceKind.BANK,
        PlaceKind.ROAD,
    }
)


@dataclass(frozen=True, slots=True)
class Name:
    """One spelling of a place; `language` is a BCP 47 tag, or empty where nobody knows."""

    text: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """A gazetteer entry.

    Attributes
    ----------
    id
        GeoNames id where there is one, else a slug.
    position
        (lon, lat), WGS84 degrees.
    radius_km
        How far off the position may be; `None` when it is good to about 2 km. For an area: how far it extends.
    town
        Id of the town a quarter or facility belongs to.
    population
        Persons; `None` is unknown, never zero.
    """

    id: str
    name: str
    position: LonLat
    country: str
    kind: PlaceKind
    names: tuple[Name, ...] = ()
    admin: str = ""
    town: str | None = None
    population: int | None = None
    radius_km: float | None = None
    coordinate_source: str = ""
    note: str = ""

"""Cells: the ground a place stands for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import geopandas as gpd
import shapely
from shapely.geometry.base import BaseGeometry as Geometry

from geo.place import LonLat

WGS84 = "EPSG:4326"


def equal_area_crs(positions: Sequence[LonLat]) -> str:
    """Return a Lambert azimuthal equal-area CRS (metres) centred on the middle of `positions` (lon, lat)."""
    lons, lats = [p.lon for p in positions], [p.lat for p in positions]
    lon, lat = (min(lons) + max(lons)) / 2, (min(lats) + max(lats)) / 2
    return f"+proj=laea +lon_0={lon:.3f} +lat_0={lat:.3f} +datum=WGS84 +units=m"


def land_of(borders: dict[str, Any]) -> Geometry:
    """Return the land of the countries whose property `inside` is true (WGS84, lon/lat)."""
    inside = [
        shapely.geometry.shape(feature["geometry"])
        for feature in borders["features"]
        if feature["properties"].get("inside")
    ]
    return shapely.union_all(inside)


def reach_cells(positions: Sequence[LonLat], land: Geometry, reach_km: float) -> list[Geometry]:
    """Give each position the land that is nearer to it than to any other, up to a reach.

    Voronoi cells (Okabe et al. 2000) in an equal-area projection, cut to `land` and to a circle of `reach_km`. Positions
    at one spot share their ground: the first of them gets it, the others get an empty polygon.

    Parameters
    ----------
    positions
        (lon, lat), WGS84 degrees.
    land
        Polygon or MultiPolygon, WGS84, lon/lat.
    reach_km
        Radius beyond which the ground is nobody's, kilometres.

    Returns
    -------
    list of Geometry
        One Polygon or MultiPolygon (possibly empty) a position, WGS84, lon/lat. They do not overlap.
    """
    if not positions:
        return []
    crs = equal_area_crs(positions)
    points = gpd.GeoSeries([shapely.Point(p) for p in positions], crs=WGS84).to_crs(crs)
    metric_land = gpd.GeoSeries([land], crs=WGS84).to_crs(crs).iloc[0]
    first_at: dict[tuple[int, int], int] = {}
    for index, (x, y) in enumerate(zip(points.x, points.y, strict=True)):
        first_at.setdefault((round(x), round(y)), index)
    owners = sorted(first_at.values())
    reaches = {index: points.iloc[index].buffer(reach_km * 1000, quad_segs=12) for index in owners}
    shares: dict[int, Geometry] = dict(reaches)
    if len(owners) > 1:
        around = shapely.union_all(list(reaches.values())).envelope
        spots = shapely.multipoints([points.iloc[index] for index in owners])
        cells = shapely.get_parts(shapely.voronoi_polygons(spots, extend_to=around, ordered=True))
        shares = {index: cell.intersection(reaches[index]) for index, cell in zip(owners, cells, strict=True)}
    shapely.prepare(metric_land)
    ground: list[Geometry] = [shapely.Polygon()] * len(positions)
    for index, share in shares.items():
        ground[index] = _polygons(share.intersection(metric_land))
    return list(gpd.GeoSeries(ground, crs=crs).to_crs(WGS84))


def _polygons(geometry: Geometry) -> Geometry:
    """Keep what has area; cutting along a border may leave points and lines."""
    parts = [part for part in shapely.get_parts(geometry) if part.geom_type in {"Polygon", "MultiPolygon"}]
    return parts[0] if len(parts) == 1 else shapely.union_all(parts) if parts else shapely.Polygon()

"""Decode the polygons of a quantised TopoJSON object.

TopoJSON stores each shared border once, as an arc. Two neighbours decoded from the same arcs therefore meet
in exactly the same vertices, which is what makes them a coverage without gaps or overlaps.
"""

from __future__ import annotations

from itertools import accumulate
from typing import Any

from shapely.geometry import MultiPolygon, Polygon

Ring = list[tuple[float, float]]


def decode_arcs(topology: dict[str, Any], decimals: int) -> list[Ring]:
    """Turn delta-encoded integer arcs into coordinates.

    Parameters
    ----------
    topology
        Parsed TopoJSON with a `transform`.
    decimals
        Decimals to round to; done once an arc, so neighbours stay identical.

    Returns
    -------
    list of list of (lon, lat)
        WGS84 degrees, as in the source.
    """
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        xs, ys = accumulate(step[0] for step in arc), accumulate(step[1] for step in arc)
        pairs = zip(xs, ys, strict=True)
        arcs.append([(round(x * sx + tx, decimals), round(y * sy + ty, decimals)) for x, y in pairs])
    return arcs


def decode_polygon(geometry: dict[str, Any], arcs: list[Ring]) -> MultiPolygon:
    """Build the polygons of one geometry object.

    Parameters
    ----------
    geometry
        TopoJSON geometry of type `Polygon` or `MultiPolygon`.
    arcs
        Result of `decode_arcs`.

    Returns
    -------
    MultiPolygon
        In the coordinates of `arcs` (lon, lat).
    """
    parts = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
    polygons = []
    for part in parts:
        shell, *holes = (_ring(indices, arcs) for indices in part)
        # Quantisation shrinks the smallest islets to a line or a point; nothing is left to draw of them.
        if len(shell) >= 4:
            polygons.append(Polygon(shell, [hole for hole in holes if len(hole) >= 4]))
    return MultiPolygon(polygons)


def _ring(indices: list[int], arcs: list[Ring]) -> Ring:
    ring: Ring = []
    for index in indices:
        # A negative index is the one's complement: the same arc walked backwards.
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]
        # Consecutive arcs share their joint, which must appear once.
        ring.extend(arc[1:] if ring else arc)
    return ring

"""Make connected, named river lines out of the pieces of WDBII.

The source has no names, is cut at every full degree with gaps of up to some hundred metres, and stores wide
rivers as the outline of their water. What is wanted is one line a river: closed gaps, a centre line through
the outlines, and a name from a small table.

All work is done in a local plane in kilometres (`Plane`), so that a tolerance is the same in every direction.
"""

from __future__ import annotations

import heapq
import math
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import combinations, pairwise
from typing import TypeVar

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import LineString, MultiLineString, MultiPoint, Point, Polygon
from shapely.geometry.base import BaseGeometry

from geo.gshhg import MAIN_CLASS, RIVER_POLYGON

G = TypeVar("G", bound=BaseGeometry)
XY = tuple[float, float]

GAP_KM = 1.0
"""A river that ends closer than this to another one reaches it (tile edges leave gaps of up to 0.8 km)."""

# Fine enough that the centre line stays whole where the banks come close (0.3 km breaks it, 0.15 does not).
_DENSIFY_KM = 0.1
_SIMPLIFY_KM = 0.2
_KM_PER_DEGREE = 111.195


@dataclass(frozen=True)
class Plane:
    """Equirectangular plane in kilometres, true to scale at latitude `lat` (degrees)."""

    lat: float

    def _scale(self) -> NDArray[np.float64]:
        return np.array([_KM_PER_DEGREE * math.cos(math.radians(self.lat)), _KM_PER_DEGREE])

    def to_km(self, geometry: G) -> G:
        """Project from lon/lat degrees (WGS84)."""
        projected: G = shapely.transform(geometry, lambda xy: xy * self._scale())
        return projected

    def to_lonlat(self, geometry: G) -> G:
        """Project back to lon/lat degrees (WGS84)."""
        projected: G = shapely.transform(geometry, lambda xy: xy / self._scale())
        return projected


@dataclass(frozen=True)
class River:
    """A line with its WDBII class (1 major to 4 minor) and its name, if it has one."""

    line: LineString
    river_class: int
    name: str | None = None

    @property
    def rank(self) -> int:
        """1 main river, 2 tributary."""
        return 1 if self.river_class <= MAIN_CLASS else 2


@dataclass(frozen=True)
class Probe:
    """A point (lon/lat degrees) that gives its name to the nearest feature within `max_km`."""

    name: str
    lon: float
    lat: float
    max_km: float


def connect(pieces: Iterable[tuple[int, NDArray[np.float64]]], plane: Plane) -> list[River]:
    """Turn the source's pieces into continuous lines.

    Parameters
    ----------
    pieces
        Class and vertices (lon/lat degrees); class 0 is the closed outline of a wide river.
    plane
        Where distances are measured.

    Returns
    -------
    list of River
        Unnamed lines in `plane` (km), one a stretch between forks.
    """
    rivers: list[River] = []
    outlines: list[Polygon] = []
    for river_class, vertices in pieces:
        if river_class == RIVER_POLYGON:
            outlines.append(plane.to_km(Polygon(vertices)))
        else:
            rivers.append(River(plane.to_km(LineString(vertices)), river_class))
    for outline in outlines:
        rivers.extend(_through_outline(outline, rivers))
    return _chains(_bridge(rivers))


def _chains(rivers: list[River]) -> list[River]:
    """Join the lines of each class end to end, up to the next fork.

    Where rivers of about the same size meet, nothing tells which of them keeps the name: the line ends there.
    A tributary more than one class smaller does not interrupt it.
    """
    chains: list[River] = []
    for river_class in sorted({river.river_class for river in rivers}):
        arms: Counter[XY] = Counter()
        for river in rivers:
            if river.river_class <= river_class + 1:
                xy = _vertices(river.line)
                arms.update(xy + xy[1:-1])  # a river that passes through has two arms there, one that ends one
        forks = {xy for xy, count in arms.items() if count > 2}
        own = MultiLineString([river.line for river in rivers if river.river_class == river_class])
        for line in _lines(shapely.line_merge(own)):
            chains.extend(River(part, river_class) for part in _split(line, forks))
    return chains


def _split(line: LineString, forks: set[XY]) -> list[LineString]:
    parts: list[list[XY]] = [[]]
    for xy in _vertices(line):
        parts[-1].append(xy)
        if xy in forks:
            parts.append([xy])
    return [LineString(part) for part in parts if len(part) > 1]


def _vertices(line: LineString) -> list[XY]:
    return [(float(x), float(y)) for x, y in shapely.get_coordinates(line)]


def _join_by_name(rivers: list[River]) -> list[River]:
    """Join lines of the same name; a river that changes its class on the way takes the highest."""
    groups: dict[str, list[River]] = defaultdict(list)
    for river in rivers:
        groups[river.name or ""].append(river)
    joined = groups.pop("", [])
    for name, members in sorted(groups.items()):
        highest = min(river.river_class for river in members)
        course = shapely.line_merge(MultiLineString([river.line for river in members]))
        joined.extend(River(line, highest, name) for line in _lines(course))
    return joined


def give_names(rivers: list[River], probes: Iterable[Probe], plane: Plane) -> list[River]:
    """Name the line nearest to each probe.

    Parameters
    ----------
    rivers
        Lines in `plane` (km).
    probes
        Names and where they apply; several probes may give the same name to several lines.
    plane
        The plane of `rivers`.

    Returns
    -------
    list of River
        Same lines, named where a probe said so, joined by name.

    Raises
    ------
    ValueError
        When a probe finds nothing, or a line gets two different names.
    """
    named = list(rivers)
    tree = shapely.STRtree([river.line for river in rivers])
    for probe in probes:
        point = plane.to_km(Point(probe.lon, probe.lat))
        index = nearest_to(tree, point, probe)
        if named[index].name not in (None, probe.name):
            raise ValueError(f"{probe.name} ({probe.lon}, {probe.lat}): that is already {named[index].name}")
        named[index] = replace(named[index], name=probe.name)
    return _join_by_name(named)


def without_spurs(rivers: list[River], shortest_km: float) -> list[River]:
    """Drop unnamed lines shorter than `shortest_km`, except those that join two others."""
    ends = Counter(end for river in rivers for end in _ends(river.line))
    return [
        river
        for river in rivers
        if river.name or river.line.length >= shortest_km or min(ends[end] for end in _ends(river.line)) > 1
    ]


def nearest_to(tree: shapely.STRtree, point: Point, probe: Probe) -> int:
    """Return the index of the geometry of `tree` (km) nearest to `point` (km), or raise `ValueError`."""
    found = tree.query_nearest(point, max_distance=probe.max_km)
    if len(found) == 0:
        raise ValueError(f"{probe.name} ({probe.lon}, {probe.lat}): nothing within {probe.max_km} km")
    # Ties (a probe exactly on a confluence) go to the first, so that the result does not depend on the tree.
    return int(min(found))


def _lines(geometry: BaseGeometry) -> list[LineString]:
    parts = shapely.get_parts(geometry)
    return [part for part in parts if isinstance(part, LineString) and not part.is_empty]


def _bridge(rivers: list[River]) -> list[River]:
    """Lead every loose end to the nearest point of another river, if one is within `GAP_KM`.

    The other river gets a vertex there, so that a fork is a vertex of every line that meets in it.
    """
    lines = [river.line for river in rivers]
    tree = shapely.STRtree(lines)
    feet: dict[int, set[XY]] = defaultdict(set)
    bridges: dict[frozenset[XY], River] = {}
    for number, river in enumerate(rivers):
        touching = set(tree.query(river.line, predicate="intersects").tolist())
        for end in _ends(river.line):
            if any(other != number and end in _vertices(lines[other]) for other in touching):
                continue
            # A line that already touches this one elsewhere is no gap but the end of a short spur.
            near = set(tree.query(Point(end), predicate="dwithin", distance=GAP_KM).tolist()) - touching
            if near:
                feet_near = ((_foot(end, lines[other]), other) for other in near)
                foot, other = min(feet_near, key=lambda step: (math.dist(end, step[0]), step))
                feet[other].add(foot)
                smaller = max(river.river_class, rivers[other].river_class)
                # Two loose ends find each other: one bridge is enough.
                bridges.setdefault(frozenset((end, foot)), River(LineString([end, foot]), smaller))
    noded = [replace(river, line=_with_vertices(river.line, feet[n])) for n, river in enumerate(rivers)]
    return noded + list(bridges.values())


def _foot(point: XY, line: LineString) -> XY:
    """Nearest point of a line; a vertex, where one is about as near."""
    foot = line.interpolate(line.project(Point(point)))
    vertex = min(_vertices(line), key=lambda xy: math.dist(xy, (foot.x, foot.y)))
    return vertex if math.dist(vertex, (foot.x, foot.y)) < _SIMPLIFY_KM else (foot.x, foot.y)


def _with_vertices(line: LineString, extra: set[XY]) -> LineString:
    xy = _vertices(line)
    for point in sorted(extra - set(xy)):
        after = min(range(1, len(xy)), key=lambda i: LineString(xy[i - 1 : i + 1]).distance(Point(point)))
        xy.insert(after, point)
    return LineString(xy)


def _ends(line: LineString) -> tuple[XY, XY]:
    first, last = line.coords[0], line.coords[-1]
    return (first[0], first[1]), (last[0], last[1])


def _through_outline(outline: Polygon, rivers: list[River]) -> list[River]:
    """Draw the centre line of a double-lined river and tie the rivers that reach its banks to it."""
    reaching = [
        (end, river.river_class)
        for river in rivers
        for end in _ends(river.line)
        if outline.distance(Point(end)) < GAP_KM
    ]
    graph = _skeleton(outline)
    nodes = sorted(graph)
    tree = shapely.STRtree([Point(node) for node in nodes])
    main_ends = [end for end, river_class in reaching if river_class <= MAIN_CLASS]
    # Where no river leads on (an outline that ends at the sea), the line goes to the tip of the outline.
    far_from_ends = 2 * GAP_KM
    tips = [tip for tip in _farthest_pair(outline) if all(math.dist(tip, end) > far_from_ends for end in main_ends)]
    anchors = [(end, nodes[int(tree.nearest(Point(end)))]) for end in main_ends + tips]

    middle: set[tuple[XY, XY]] = set()
    _, root = anchors[0]
    came_from = _shortest_paths(graph, root)
    for end, nearest in anchors:
        if nearest not in came_from:
            raise ValueError("the centre line of a double-lined river is interrupted: lower _DENSIFY_KM")
        node, step = end, nearest
        while node != step:
            middle.add((min(node, step), max(node, step)))
            node, step = step, came_from[step]
    course = _lines(shapely.line_merge(MultiLineString(sorted(middle))))
    result = [River(_simplify(line), MAIN_CLASS) for line in course]

    # A tributary ends at the bank: lead it to the nearest vertex of the course.
    vertices = MultiPoint([xy for river in result for xy in river.line.coords])
    for end, river_class in reaching:
        if river_class > MAIN_CLASS:
            foot = shapely.shortest_line(Point(end), vertices)
            result.append(River(foot, river_class))
    return result


def _simplify(line: LineString) -> LineString:
    return LineString(line.simplify(_SIMPLIFY_KM).coords)


def _skeleton(outline: Polygon) -> dict[XY, dict[XY, float]]:
    """Graph of the points that are equally far from both banks: Voronoi edges inside the outline."""
    banks = shapely.segmentize(outline, _DENSIFY_KM)
    edges = shapely.voronoi_polygons(MultiPoint(shapely.get_coordinates(banks)), only_edges=True)
    parts = shapely.get_parts(edges)
    shapely.prepare(outline)
    graph: dict[XY, dict[XY, float]] = defaultdict(dict)
    for part in parts[shapely.contains_properly(outline, parts)]:
        xy = [(round(float(x), 6), round(float(y), 6)) for x, y in shapely.get_coordinates(part)]
        for a, b in pairwise(xy):
            graph[a][b] = graph[b][a] = math.dist(a, b)
    return graph


def _shortest_paths(graph: dict[XY, dict[XY, float]], root: XY) -> dict[XY, XY]:
    """Dijkstra: for every reachable node the neighbour one step nearer to `root`."""
    came_from: dict[XY, XY] = {}
    done: set[XY] = set()
    queue: list[tuple[float, XY, XY]] = [(0.0, root, root)]
    while queue:
        length, node, previous = heapq.heappop(queue)
        if node in done:
            continue
        done.add(node)
        came_from[node] = previous
        for neighbour, step in graph[node].items():
            if neighbour not in done:
                heapq.heappush(queue, (length + step, neighbour, node))
    return came_from


def _farthest_pair(outline: Polygon) -> tuple[XY, XY]:
    hull = [(float(x), float(y)) for x, y in shapely.get_coordinates(outline.convex_hull)[:-1]]
    return max(combinations(hull, 2), key=lambda pair: math.dist(*pair))

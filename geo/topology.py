"""Topology: who borders whom, and the lines between them."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry as Geometry

from geo.cells import Geometries
from geo.rings import Rings, joined_rings, vertices_of
from geo.terrain import Floats, Ints

NOBODY = -1
"""The side of an arc that is land beyond the reach of every site."""
OUTSIDE = -2
"""The side of an arc that is no land of the theatre: abroad, the sea, a lake."""
FORMAT = 1
"""Version of the saved form; a file of another version is refused."""


@dataclass(frozen=True, eq=False)
class Topology:
    """One planar subdivision of the land; everything in metres of the terrain's projection.

    Attributes
    ----------
    cells
        Ground within reach of each site, Polygons or MultiPolygons, perhaps empty; shape (n,). Of sites at one spot the
        first has the ground, the others are empty.
    beyond
        Ground beyond every site's reach for which the site is the nearest, perhaps empty; shape (n,). It is nobody's.
    area
        m2 of `cells`, shape (n,): the effective area.
    total_area
        m2 of `cells` and `beyond`, shape (n,). They add up to the land's area, if there is a site at all.
    land_area
        m2 of the land, its boundary rounded to the grid.
    arcs
        LineStrings, shape (m,): chains of boundary with the same two sides, from one meeting of three shapes to the next;
        they are also cut where a river begins or ends, and where a seam does.
    left, right
        What is on either side of each arc, shape (m,): index of a site, NOBODY or OUTSIDE. They differ.
    river
        Index in `Terrain.rivers` of the river each arc lies on, or -1; shape (m,).
    owner
        Index of the site whose cell holds this site's spot, shape (n,): itself, or the first at the spot.
    rings
        Cells as rings of `arcs`.
    seams
        LineStrings between the shares of `beyond`: nobody's ground on both sides.
    beyond_rings
        Shares of `beyond` as rings of arcs and then seams: number m + j is seam j. Without sites, all land is one share.
    """

    cells: Geometries
    beyond: Geometries
    area: Floats
    total_area: Floats
    land_area: float
    arcs: Geometries
    left: Ints
    right: Ints
    river: Ints
    owner: Ints
    rings: Rings
    seams: Geometries
    beyond_rings: Rings

    def dissolve(self, labels: Ints) -> dict[int, Geometry]:
        """Join the cells of each label.

        Parameters
        ----------
        labels
            One whole number a site, shape (n,). Sites with a negative one are left out.

        Returns
        -------
        dict of int to Geometry
            Polygon or MultiPolygon of each label that has ground, ascending. Vertices of the cells along the boundary
            stay, so that areas of different labels meet in the same vertices.
        """
        labels = self._checked(labels)
        some = np.flatnonzero((labels >= 0) & ~shapely.is_empty(self.cells))
        order = some[np.argsort(labels[some], kind="stable")]
        cuts = np.flatnonzero(np.diff(labels[order])) + 1
        return {int(labels[g[0]]): shapely.coverage_union_all(self.cells[g]) for g in np.split(order, cuts) if len(g)}

    def nobody(self) -> Geometry:
        """Return all land beyond the reach of every site, a Polygon or MultiPolygon, perhaps empty."""
        return self._nobody

    @cached_property
    def _nobody(self) -> Geometry:
        rim = self.arcs[(self.left == NOBODY) | (self.right == NOBODY)]
        if not len(rim):
            return shapely.Polygon()
        if not len(self.cells):
            land: Geometry = shapely.build_area(shapely.multilinestrings(rim))
            return land
        # `build_area` would take a cell that touches others in two points for ground: faces are told apart by what covers
        # them. Two faces of nobody's ground share no arc, for an arc of its rim has something else on its other side.
        faces = shapely.get_parts(shapely.polygonize(rim))
        covered = shapely.STRtree(self.beyond).query(shapely.point_on_surface(faces), predicate="intersects")[0]
        ground: Geometry = shapely.union_all(faces[np.unique(covered)])
        return ground

    def fronts(self, labels: Ints) -> Ints:
        """Return the indices of the arcs between sites of different labels, both at least 0; ascending."""
        padded = np.append(self._checked(labels), [-1, -1])  # OUTSIDE is -2 and NOBODY -1: the two last
        one, other = padded[self.left], padded[self.right]
        return np.flatnonzero((one >= 0) & (other >= 0) & (one != other))

    def neighbours(self) -> tuple[Ints, Floats]:
        """Return pairs of sites with a common border, shape (k, 2), lower index first, and its length in metres, (k,)."""
        both = (self.left >= 0) & (self.right >= 0)
        sides = np.sort(np.column_stack((self.left[both], self.right[both])), axis=1)
        pairs, where = np.unique(sides, axis=0, return_inverse=True)
        length = np.bincount(where.reshape(-1), weights=shapely.length(self.arcs[both]), minlength=len(pairs))
        return pairs, length.astype(np.float64)

    def site_at(self, points: Floats) -> Ints:
        """Find the sites whose cells cover points in metres, shape (k, 2); NOBODY or OUTSIDE where none does; shape (k,).

        On a border it is the site with the lowest index.
        """
        places = np.asarray(shapely.points(np.asarray(points, dtype=float).reshape(-1, 2)), dtype=object)
        found = np.full(len(places), OUTSIDE, dtype=np.int64)
        for tree, shapes in ((self._beyond_tree, None), (self._cell_tree, self.cells)):
            which, shape = tree.query(places, predicate="intersects")
            order = np.argsort(-shape, kind="stable")
            found[which[order]] = NOBODY if shapes is None else shape[order]
        return found

    @cached_property
    def _cell_tree(self) -> shapely.STRtree:
        return shapely.STRtree(self.cells)

    @cached_property
    def _beyond_tree(self) -> shapely.STRtree:
        return shapely.STRtree(shapely.get_parts([self.nobody()]))

    def simplified(self, tolerance_m: float) -> Topology:
        """Return the subdivision with fewer vertices.

        Every arc is simplified by itself (Douglas and Peucker 1973), so that shared borders stay shared; its ends stay.
        Where lines would then cross or a cell would vanish, the arcs around it are left as they were. Arcs keep their
        numbers; `area`, `total_area` and `land_area` stay those of the full outlines.

        Parameters
        ----------
        tolerance_m
            How far a line may move, metres, 0 or more.
        """
        if not tolerance_m >= 0:
            raise ValueError(f"the tolerance is {tolerance_m} m; expected 0 or more")
        full = np.concatenate([self.arcs, self.seams])
        lines = shapely.simplify(full, tolerance_m, preserve_topology=False)
        owned = joined_rings(self.rings, self.beyond_rings)
        arc_of_ref = np.where(owned.refs < 0, ~owned.refs, owned.refs)
        ring_of_ref = np.repeat(np.arange(len(owned.part)), np.diff(owned.start))
        shape_of_ref = owned.shape_of[owned.part[ring_of_ref]]
        kept = np.zeros(len(full), dtype=bool)
        while True:
            sizes = shapely.get_num_coordinates(lines).astype(np.int64)
            thin = owned.ring_sizes(sizes) < 3
            bad = arc_of_ref[thin[ring_of_ref]]
            if not len(bad):
                shapes = owned.geometries(*vertices_of(lines))
                wrong = ~shapely.is_valid(shapes) | (~shapely.is_empty(shapely.coverage_invalid_edges(shapes)))
                bad = arc_of_ref[wrong[shape_of_ref]]
                if not len(bad):
                    break
            kept[bad if not kept[bad].all() else slice(None)] = True
            lines[kept] = full[kept]
        count, m = len(self.cells), len(self.arcs)
        cells, beyond = shapes[:count], shapes[count : 2 * count]
        return replace(self, cells=cells, beyond=beyond, arcs=lines[:m], seams=lines[m:])

    def save(self, file: Path | str | BinaryIO) -> None:
        """Write the subdivision to an npz file, without pickle; the same subdivision gives the same bytes."""
        arc_coords, arc_start = vertices_of(np.concatenate([self.arcs, self.seams]))
        arrays: dict[str, Any] = {
            "format": np.array(FORMAT),
            "coords": np.rint(arc_coords).astype(np.int32),
            "arc_start": arc_start,
            "land_area": np.array(self.land_area),
        }
        for name in ("area", "total_area", "left", "right", "river", "owner"):
            arrays[name] = getattr(self, name)
        for prefix, rings in (("cell", self.rings), ("beyond", self.beyond_rings)):
            for name in ("refs", "start", "part", "shape_of"):
                arrays[f"{prefix}_{name}"] = getattr(rings, name)
        with _opened(file, "wb") as stream:
            np.savez_compressed(stream, **arrays)

    @staticmethod
    def load(file: Path | str | BinaryIO) -> Topology:
        """Read what `save` wrote.

        Raises
        ------
        ValueError
            If the file is not a subdivision, or one of another version: delete it and build it again.
        """
        try:
            with _opened(file, "rb") as stream, np.load(stream, allow_pickle=False) as stored:
                arrays = dict(stored)
            if int(arrays["format"]) != FORMAT:
                raise ValueError(f"it is of format {int(arrays['format'])}, this programme reads {FORMAT}")
            return _read(arrays)
        except OSError:
            raise
        except Exception as error:
            teach = "Delete it; it will be built again."
            raise ValueError(f"{file} holds no subdivision of the land: {error}. {teach}") from error

    def _checked(self, labels: Ints) -> Ints:
        labels = np.asarray(labels)
        if labels.shape != (len(self.cells),) or labels.dtype.kind not in "iu":
            raise ValueError(
                f"labels have shape {labels.shape} and type {labels.dtype}; expected one whole number for each of the "
                f"{len(self.cells)} sites, -1 for those to leave out"
            )
        return labels.astype(np.int64)


def _opened(file: Path | str | BinaryIO, mode: str) -> AbstractContextManager[Any]:
    return Path(file).open(mode) if isinstance(file, (Path, str)) else nullcontext(file)


def _read(arrays: dict[str, Any]) -> Topology:
    count, m = len(arrays["owner"]), len(arrays["left"])
    coords, start = arrays["coords"].astype(float), arrays["arc_start"]
    arc = np.repeat(np.arange(len(start) - 1), np.diff(start))
    lines = np.asarray(shapely.linestrings(coords, indices=arc), dtype=object) if len(arc) else np.empty(0, object)

    def rings(prefix: str, shapes: int) -> Rings:
        refs, start, part, shape_of = (arrays[f"{prefix}_{name}"] for name in ("refs", "start", "part", "shape_of"))
        return Rings(refs, start, part, shape_of, shapes)

    mine, rest = rings("cell", count), rings("beyond", max(count, 1))
    return Topology(
        cells=mine.geometries(coords, start),
        beyond=rest.geometries(coords, start)[:count],
        area=arrays["area"],
        total_area=arrays["total_area"],
        land_area=float(arrays["land_area"]),
        arcs=lines[:m],
        left=arrays["left"],
        right=arrays["right"],
        river=arrays["river"],
        owner=arrays["owner"],
        rings=mine,
        seams=lines[m:],
        beyond_rings=rest,
    )

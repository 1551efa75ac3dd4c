"""The subdivision covers the land once, and its arcs say who borders whom."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from geo.subdivision import build_topology
from geo.terrain import River, Terrain
from geo.topology import NOBODY, OUTSIDE, Topology

KM = 1000.0
LAKE = shapely.Point(30 * KM, 70 * KM).buffer(9 * KM)
ISLANDS = [shapely.box(110 * KM, 10 * KM, 125 * KM, 30 * KM), shapely.box(112 * KM, 40 * KM, 113 * KM, 41 * KM)]
COAST = shapely.Polygon([(0, 0), (100 * KM, 3 * KM), (97 * KM, 60 * KM), (103 * KM, 98 * KM), (-2 * KM, 100 * KM)])
LAND = shapely.union_all([COAST.difference(LAKE), *ISLANDS])
ALONG = np.linspace(-5 * KM, 105 * KM, 120)
RIVERS = (
    River("meander", 1, shapely.LineString(np.column_stack((50_333 + 12 * KM * np.sin(ALONG / (4 * KM)), ALONG)))),
    River("wadi", 2, shapely.LineString([(10_100, 20_200), (35_050, 40_300), (41_000, 30_000)])),
    River("two reaches", 2, shapely.MultiLineString([[(70e3, 80e3), (90e3, 82e3)], [(91e3, 82e3), (120e3, 90e3)]])),
)
TERRAIN = Terrain("+proj=laea", LAND, RIVERS)

anywhere = st.tuples(st.floats(-20, 130), st.floats(-20, 120)).map(lambda p: (p[0] * KM, p[1] * KM))
lattice = st.tuples(st.integers(0, 10), st.integers(0, 10)).map(lambda p: (p[0] * 10 * KM, p[1] * 10 * KM))
row = st.integers(0, 40).map(lambda i: (i * 3 * KM, i * 1 * KM))
crowd = st.tuples(st.integers(0, 6), st.integers(0, 6)).map(lambda p: (60 * KM + p[0], 50 * KM + p[1]))
rim = st.floats(0, 1).map(
    lambda share: shapely.line_interpolate_point(COAST.exterior, share, normalized=True).coords[0]
)
bank = st.floats(0, 1).map(
    lambda share: shapely.line_interpolate_point(RIVERS[0].line, share, normalized=True).coords[0]
)
places = st.one_of(
    *(st.lists(kind, max_size=25) for kind in (anywhere, lattice, row, crowd, rim, bank)),
    st.lists(st.one_of(anywhere, lattice, row, crowd, rim, bank), max_size=40),
)
reaches = st.sampled_from([0.3, 5.0, 25.0, 500.0])


def build(points: list[tuple[float, float]], reach_km: float = 25, ground: Terrain = TERRAIN) -> Topology:
    return build_topology(np.array(points, dtype=float).reshape(-1, 2), ground, reach_km * KM)


def shapes_of(topology: Topology) -> NDArray[np.object_]:
    shapes = np.concatenate([topology.cells, topology.beyond])
    return shapes[~shapely.is_empty(shapes)]


def spots_of(points: list[tuple[float, float]]) -> list[tuple[int, int]]:
    return [(round(x), round(y)) for x, y in np.rint(points).tolist()]


@settings(max_examples=60, deadline=None)
@given(places, reaches)
def test_cells_cover_the_land_once(points: list[tuple[float, float]], reach: float) -> None:
    topology = build(points, reach)
    shapes = shapes_of(topology)
    assert shapely.is_valid(shapes).all()
    assert shapely.coverage_is_valid(shapes)
    # The outline of the land is rounded to metres: 700 km of it move by half a metre at most, this way and that.
    assert topology.land_area == pytest.approx(LAND.area, rel=1e-5)
    assert topology.nobody().is_valid
    assert topology.nobody().area + topology.area.sum() == pytest.approx(topology.land_area, rel=1e-9)
    assert topology.area.tolist() == shapely.area(topology.cells).tolist()
    if points:
        assert topology.total_area.sum() == pytest.approx(topology.land_area, rel=1e-9)
        assert shapely.union_all(shapes).area == pytest.approx(topology.total_area.sum(), rel=1e-9)
        assert topology.beyond.shape == topology.cells.shape == (len(points),)


@settings(max_examples=60, deadline=None)
@given(places.filter(bool), reaches)
def test_cells_end_at_reach_and_leave_out_nothing_within(points: list[tuple[float, float]], reach: float) -> None:
    topology = build(points, reach)
    for cell, point in zip(topology.cells, points, strict=True):
        far = shapely.get_coordinates(cell) - np.array(point)
        assert not len(far) or np.hypot(*far.T).max() <= reach * KM + 2
    discs = shapely.union_all(shapely.buffer(shapely.points(points), reach * KM, quad_segs=32)).intersection(LAND)
    # Outlines are rounded to metres, circles are polygons of 128 sides, here and there turned against each other.
    outline = discs.length + shapely.length(topology.arcs).sum()
    assert abs(topology.area.sum() - discs.area) < 1.5 * outline + 0.0006 * discs.area


def test_a_cell_that_touches_its_neighbours_in_points_is_not_nobodys() -> None:
    """The cell of the second site meets that of the first and that of the third in one point each."""
    topology = build([(90000.0, 0.0), (90000.0, 10000.0), (100000.0, 10000.0)], 5.0)
    assert topology.nobody().area == pytest.approx(topology.land_area - topology.area.sum(), rel=1e-9)
    assert topology.nobody().intersection(topology.cells[1]).area == 0


@settings(max_examples=60, deadline=None)
@given(places, reaches)
def test_arcs_agree_with_cells(points: list[tuple[float, float]], reach: float) -> None:
    topology = build(points, reach)
    left, right, arcs = topology.left, topology.right, topology.arcs
    assert (left != right).all()
    assert min(left.min(initial=0), right.min(initial=0)) >= OUTSIDE
    sides = np.concatenate([left, right])
    around = np.bincount(sides[sides >= 0], np.tile(shapely.length(arcs), 2)[sides >= 0], minlength=len(points))
    assert around == pytest.approx(shapely.length(topology.cells), abs=1e-3)
    rim = shapely.length(arcs[(left == NOBODY) | (right == NOBODY)]).sum()
    assert rim == pytest.approx(topology.nobody().length, abs=1e-3)
    steps = shapely.get_coordinates(shapely.get_point(arcs, np.zeros(len(arcs), int)))
    step = shapely.get_coordinates(shapely.get_point(arcs, np.ones(len(arcs), int))) - steps
    # A centimetre to the left of the middle of the first step: an arc of a cell one metre wide still has its cell there.
    aside = np.column_stack((-step[:, 1], step[:, 0])) / np.maximum(np.hypot(*step.T), 1)[:, None] * 0.01
    assert topology.site_at(steps + step / 2 + aside).tolist() == left.tolist()
    assert topology.site_at(steps + step / 2 - aside).tolist() == right.tolist()


@settings(max_examples=60, deadline=None)
@given(places, reaches)
def test_rings_draw_the_cells(points: list[tuple[float, float]], reach: float) -> None:
    topology = build(points, reach)
    lines = [arc.coords[:] for arc in topology.arcs]
    for site, cell in enumerate(topology.cells):
        drawn = []
        for rings in topology.rings.of(site):
            outlines = []
            for refs in rings:
                ways = [lines[ref] if ref >= 0 else lines[~ref][::-1] for ref in refs]
                assert all(a[-1] == b[0] for a, b in zip(ways, [*ways[1:], ways[0]], strict=True))
                outlines.append([vertex for way in ways for vertex in way[:-1]])
                named = [topology.left[ref] if ref >= 0 else topology.right[~ref] for ref in refs]
                assert named == [site] * len(refs)
            drawn.append(shapely.Polygon(outlines[0], outlines[1:]))
        assert shapely.normalize(shapely.MultiPolygon(drawn)).area == pytest.approx(cell.area)
        assert len(drawn) == len([part for part in shapely.get_parts(cell) if not part.is_empty])


@settings(max_examples=60, deadline=None)
@given(places.filter(bool), reaches, st.randoms(use_true_random=False))
def test_joined_areas_and_fronts(points: list[tuple[float, float]], reach: float, random: object) -> None:
    topology = build(points, reach)
    labels = np.array([random.randint(-1, 2) for _ in points])  # type: ignore[attr-defined]
    areas = topology.dissolve(labels)
    assert list(areas) == sorted(areas)
    for label, area in areas.items():
        assert label >= 0
        assert area.is_valid
        assert area.area == pytest.approx(topology.area[labels == label].sum(), rel=1e-9)
    joined = np.array(list(areas.values()), dtype=object)
    assert not len(joined) or shapely.coverage_is_valid(joined)
    fronts = topology.fronts(labels)
    assert all(labels[topology.left[i]] != labels[topology.right[i]] for i in fronts)
    # Edge by edge, the fronts are the edges that two areas have in common.
    edges = [edge for area in joined for edge in single_edges(area)]
    shared = {edge for edge in edges if edges.count(edge) > 1} if len(edges) < 800 else None
    if shared is not None:
        assert {edge for i in fronts for edge in single_edges(topology.arcs[i])} == shared


def single_edges(geometry: shapely.Geometry) -> list[tuple[tuple[float, float], ...]]:
    lines = shapely.get_parts(geometry.boundary if geometry.area else geometry)
    return [tuple(sorted(pair)) for line in lines for pair in zip(line.coords[:-1], line.coords[1:], strict=True)]


@settings(max_examples=40, deadline=None)
@given(places.filter(bool), reaches)
def test_neighbours_share_a_border(points: list[tuple[float, float]], reach: float) -> None:
    topology = build(points, reach)
    pairs, length = topology.neighbours()
    assert (pairs[:, 0] < pairs[:, 1]).all()
    assert len(np.unique(pairs, axis=0)) == len(pairs)
    for (one, other), shared in zip(pairs, length, strict=True):
        border = shapely.intersection(topology.cells[one], topology.cells[other])
        assert shared == pytest.approx(border.length, abs=1e-3)
        assert shared > 0


@settings(max_examples=40, deadline=None)
@given(places.filter(bool), reaches)
def test_sites_are_at_home(points: list[tuple[float, float]], reach: float) -> None:
    topology = build(points, reach)
    spots = spots_of(points)
    assert topology.owner.tolist() == [spots.index(spot) for spot in spots]
    inland = shapely.contains_xy(shapely.buffer(LAND, -10), *np.array(points).T)
    # A site that has others within some metres may have no room for a cell.
    alone = [all(max(abs(x - u), abs(y - v)) > 8 for u, v in spots if (u, v) != (x, y)) for x, y in spots]
    clear = inland & alone & ~shapely.dwithin(shapely.points(points), shapely.union_all([r.line for r in RIVERS]), 2)
    where = np.array(points)[clear]
    assert topology.site_at(where).tolist() == topology.owner[clear].tolist()


@settings(max_examples=40, deadline=None)
@given(places, reaches)
def test_saved_and_read_back(
    tmp_path_factory: pytest.TempPathFactory, points: list[tuple[float, float]], reach: float
) -> None:
    topology = build(points, reach)
    folder = tmp_path_factory.mktemp("saved")
    topology.save(folder / "a.npz")
    again = Topology.load(folder / "a.npz")
    for name in ("cells", "beyond", "arcs", "seams"):
        one, other = getattr(topology, name), getattr(again, name)
        assert shapely.to_wkb(one).tolist() == shapely.to_wkb(other).tolist()
    for name in ("area", "total_area", "land_area", "left", "right", "river", "owner"):
        assert np.array_equal(getattr(topology, name), getattr(again, name))
    again.save(folder / "b.npz")
    assert (folder / "a.npz").read_bytes() == (folder / "b.npz").read_bytes()
    assert (folder / "a.npz").read_bytes() != b""


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    points = np.random.default_rng(3).uniform(0, 100 * KM, (200, 2))
    for name in ("a", "b"):
        build_topology(points, TERRAIN, 10 * KM).save(tmp_path / name)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


@pytest.mark.parametrize("content", [b"", b"no archive", b"PK\x03\x04 cut off"])
def test_a_damaged_file_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "damaged.npz"
    path.write_bytes(content)
    with pytest.raises(ValueError, match="Delete it; it will be built again"):
        Topology.load(path)


def test_another_format_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "old.npz"
    np.savez(path, format=np.array(0))
    with pytest.raises(ValueError, match="it is of format 0"):
        Topology.load(path)
    with pytest.raises(FileNotFoundError):
        Topology.load(tmp_path / "missing.npz")


@settings(max_examples=60, deadline=None)
@given(places, reaches, st.sampled_from([0.0, 50.0, 500.0, 5_000.0]))
def test_simplified_keeps_shared_borders_and_every_cell(
    points: list[tuple[float, float]], reach: float, tolerance: float
) -> None:
    topology = build(points, reach)
    coarse = topology.simplified(tolerance)
    shapes = shapes_of(coarse)
    assert shapely.is_valid(shapes).all()
    assert shapely.coverage_is_valid(shapes)
    assert shapely.is_empty(coarse.cells).tolist() == shapely.is_empty(topology.cells).tolist()
    assert shapely.is_empty(coarse.beyond).tolist() == shapely.is_empty(topology.beyond).tolist()
    assert (shapely.get_num_coordinates(coarse.arcs) <= shapely.get_num_coordinates(topology.arcs)).all()
    assert coarse.left is topology.left
    assert coarse.area is topology.area
    assert coarse.nobody().is_valid
    for fine, plain in zip(topology.arcs, coarse.arcs, strict=True):
        assert (fine.coords[0], fine.coords[-1]) == (plain.coords[0], plain.coords[-1])
        assert fine.hausdorff_distance(plain) <= tolerance + 1e-6
    joined = coarse.dissolve(np.zeros(len(points), dtype=np.int64))
    assert all(area.is_valid for area in joined.values())


def test_simplified_has_fewer_vertices() -> None:
    points = np.random.default_rng(3).uniform(0, 100 * KM, (60, 2))
    topology = build_topology(points, TERRAIN, 10 * KM)
    before, after = (shapely.get_num_coordinates(t.arcs).sum() for t in (topology, topology.simplified(300)))
    assert after < before / 2


def test_a_tolerance_below_zero_is_refused() -> None:
    with pytest.raises(ValueError, match="the tolerance is -1"):
        build([(1.0, 1.0)]).simplified(-1)


@settings(max_examples=30, deadline=None)
@given(places.filter(bool), st.randoms(use_true_random=False))
def test_the_order_of_the_sites_does_not_matter(points: list[tuple[float, float]], random: object) -> None:
    points = [point for i, point in enumerate(points) if spots_of(points).index(spots_of(points)[i]) == i]
    order = list(range(len(points)))
    random.shuffle(order)  # type: ignore[attr-defined]
    one, other = build(points), build([points[i] for i in order])
    assert shapely.equals(one.cells[order], other.cells).all()
    assert one.total_area[order] == pytest.approx(other.total_area)


def plain(*rivers: River, land: shapely.Geometry | None = None) -> Terrain:
    return Terrain("+proj=laea", land or shapely.box(0, 0, 100 * KM, 100 * KM), rivers)


def test_two_banks_meet_on_the_river() -> None:
    x = 50_000 + np.array([0, 3, -3, 2, 0]) * KM
    river = River("river", 1, shapely.LineString(np.column_stack((x, np.array([-1, 30, 50, 70, 101]) * KM))))
    topology = build([(40 * KM, 50 * KM), (56 * KM, 50 * KM)], 500, plain(river))
    fronts = topology.fronts(np.array([0, 1]))
    line = shapely.union_all(topology.arcs[fronts])
    assert line.hausdorff_distance(shapely.intersection(river.line, plain().land)) < 2
    assert topology.river[fronts].tolist() == [0] * len(fronts)


def test_a_front_leaves_the_river_where_the_river_ends() -> None:
    river = River("river", 1, shapely.LineString([(50 * KM, -KM), (50 * KM, 40 * KM)]))
    topology = build([(40 * KM, 50 * KM), (60 * KM, 50 * KM)], 500, plain(river))
    fronts = topology.fronts(np.array([0, 1]))
    length = {int(topology.river[i]): topology.arcs[i].length for i in fronts}
    assert length == {0: pytest.approx(40 * KM), -1: pytest.approx(60 * KM)}


def test_one_place_in_all_the_land() -> None:
    topology = build([(50 * KM, 50 * KM)], 500)
    assert topology.total_area[0] == topology.area[0] == topology.land_area
    assert topology.nobody().is_empty
    assert set(topology.right.tolist()) | set(topology.left.tolist()) == {0, OUTSIDE}


def test_a_tiny_reach_leaves_discs() -> None:
    topology = build([(20 * KM, 20 * KM), (60 * KM, 60 * KM)], 1, plain())
    # Polygons of 128 sides in circles of 1 km, rounded to metres.
    assert topology.area / 1e6 == pytest.approx([np.pi, np.pi], rel=2e-3)
    # Two circles, and the border of the land in two parts, where the shares of nobody's ground meet.
    assert (len(topology.arcs), len(topology.seams)) == (2 + 2, 1)
    assert len(topology.nobody().interiors) == 2
    assert topology.site_at(np.array([[20.5, 20.0], [22, 20], [-1, 20]]) * KM).tolist() == [0, NOBODY, OUTSIDE]


def test_no_places() -> None:
    topology = build([], 25, plain())
    assert (len(topology.cells), len(topology.beyond), len(topology.owner)) == (0, 0, 0)
    assert topology.nobody().area == topology.land_area == 1e10
    assert sorted([*topology.left, *topology.right]) == [OUTSIDE, NOBODY]
    assert topology.dissolve(np.empty(0, dtype=np.int64)) == {}
    assert topology.fronts(np.empty(0, dtype=np.int64)).tolist() == []
    assert topology.site_at(np.array([[KM, KM], [-KM, KM]])).tolist() == [NOBODY, OUTSIDE]


def test_no_land(tmp_path: Path) -> None:
    topology = build([(KM, KM), (2 * KM, KM)], 25, Terrain("", shapely.Polygon()))
    assert topology.area.tolist() == [0, 0]
    assert len(topology.arcs) == 0
    assert topology.nobody().is_empty
    assert topology.site_at(np.array([[KM, KM]])).tolist() == [OUTSIDE]
    assert topology.simplified(100).dissolve(np.array([0, 1])) == {}
    topology.save(tmp_path / "none.npz")
    assert len(Topology.load(tmp_path / "none.npz").cells) == 2


def test_a_place_abroad_has_the_land_within_reach() -> None:
    topology = build([(-5 * KM, 50 * KM), (-50 * KM, 50 * KM)], 10, plain())
    assert topology.area[0] > 0
    assert topology.cells[1].is_empty
    assert topology.site_at(np.array([[KM, 50 * KM], [-5 * KM, 50 * KM]])).tolist() == [0, OUTSIDE]


def test_a_lake_is_nobodys() -> None:
    topology = build([(20 * KM, 70 * KM)], 500)
    assert topology.site_at(np.array([[30 * KM, 70 * KM]])).tolist() == [OUTSIDE]
    mainland = max(shapely.get_parts(topology.cells[0]), key=lambda part: part.area)
    assert len(mainland.interiors) == 1


@pytest.mark.parametrize("labels", [[0], [0, 1, 2], [0.5, 1.0]])
def test_labels_of_another_length_or_kind_are_refused(labels: list[float]) -> None:
    topology = build([(10 * KM, 10 * KM), (20 * KM, 20 * KM)])
    with pytest.raises(ValueError, match="one whole number for each of the 2 sites"):
        topology.dissolve(np.array(labels))

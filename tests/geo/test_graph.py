"""Who is whose neighbour, and what lies between."""

from __future__ import annotations

import numpy as np
import shapely
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from geo.graph import place_graph
from geo.terrain import River, Terrain

PLAIN = Terrain("metres", shapely.box(-1e6, -1e6, 1e6, 1e6))
spots = st.tuples(st.integers(-50, 50), st.integers(-50, 50))


def links(points: list[tuple[float, float]], terrain: Terrain = PLAIN) -> set[tuple[int, int]]:
    return {(int(a), int(b)) for a, b in place_graph(np.array(points, dtype=float).reshape(-1, 2), terrain).pairs}


def test_a_square_with_its_middle() -> None:
    around, middle = [(0, 0), (1000, 0), (1000, 1000), (0, 1000)], (500, 500)
    sides, spokes = {(0, 1), (1, 2), (2, 3), (0, 3)}, {(0, 4), (1, 4), (2, 4), (3, 4)}
    assert links([*around, middle]) == sides | spokes


def test_places_on_one_line_are_linked_along_it() -> None:
    assert links([(2000, 2000), (0, 0), (1000, 1000), (3000, 3000)]) == {(1, 2), (0, 2), (0, 3)}


def test_places_at_one_spot_hang_together() -> None:
    assert links([(0, 0), (0, 0), (5000, 0), (0, 0)]) == {(0, 1), (1, 3), (0, 2)}


def test_none_and_one() -> None:
    assert links([]) == set()
    assert links([(3, 4)]) == set()


def test_a_meander_that_is_crossed_twice_parts_nobody() -> None:
    bow = shapely.LineString([(-9000, 4000), (500, 4000), (500, -4000), (2000, -4000), (2000, 9000)])
    graph = place_graph(
        np.array([(0.0, 0.0), (1000.0, 0.0), (3000.0, 0.0)]), Terrain("m", PLAIN.land, (River("R", 1, bow),))
    )
    parted = {tuple(graph.pairs[row].tolist()) for row in graph.parted}
    assert parted == {(0, 1), (1, 2)}, "0 and 2 lie on one bank: the line between them crosses twice"
    assert set(graph.parting.tolist()) == {0}


@given(st.lists(spots, min_size=1, max_size=40), st.integers(1, 3000))
def test_every_graph_is_connected_and_each_pair_stands_once(points: list[tuple[int, int]], scale: int) -> None:
    graph = place_graph(np.array(points, dtype=float) * scale, PLAIN)
    assert len({tuple(p) for p in graph.pairs.tolist()}) == len(graph.pairs)
    assert np.all(graph.pairs[:, 0] < graph.pairs[:, 1])
    ones = np.ones(len(graph.pairs))
    matrix = coo_matrix((ones, (graph.pairs[:, 0], graph.pairs[:, 1])), shape=(len(points), len(points)))
    assert connected_components(matrix, directed=False)[0] == 1

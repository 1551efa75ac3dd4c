"""Faces: every piece of land goes to the site that is the cheapest to get to."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.cells import Faces, divide
from geo.terrain import River, Terrain

KM = 1000.0
LAND = shapely.box(0, 0, 100 * KM, 100 * KM)
STRAIGHT = shapely.LineString([(50 * KM, -KM), (50 * KM, 101 * KM)])
near = st.tuples(st.integers(-10, 110), st.integers(-10, 110)).map(lambda p: (p[0] * KM, p[1] * KM))


def terrain(*lines: shapely.LineString, land: shapely.Geometry = LAND) -> Terrain:
    return Terrain("+proj=laea", land, tuple(River(f"river {i}", 1, line) for i, line in enumerate(lines)))


def faces(
    points: list[tuple[float, float]], ground: Terrain | None = None, reach: float = 300, crossing: float = 15
) -> Faces:
    return divide(np.array(points, float).reshape(-1, 2), ground or terrain(), reach * KM, crossing * KM)


def at(found: Faces, x_km: float, y_km: float) -> int:
    """Return the site of the face at a point, -1 beyond its reach."""
    (face,) = np.flatnonzero(shapely.contains_xy(found.polygons, x_km * KM, y_km * KM))
    return int(found.site[face]) if found.within[face] else -1


def test_the_nearest_site_gets_the_ground() -> None:
    found = faces([(20 * KM, 50 * KM), (80 * KM, 50 * KM)])
    assert (at(found, 49, 10), at(found, 51, 10)) == (0, 1)


def test_a_river_keeps_its_banks_apart() -> None:
    # The west site is the nearest to x = 52, but a river runs at x = 50, and the east site is 13 km further.
    found = faces([(45 * KM, 50 * KM), (70 * KM, 50 * KM)], terrain(STRAIGHT))
    assert (at(found, 49.9, 50), at(found, 50.1, 50), at(found, 52, 50)) == (0, 1, 1)


def test_a_bank_without_a_site_is_reached_across_the_river() -> None:
    found = faces([(45 * KM, 50 * KM), (98 * KM, 50 * KM)], terrain(STRAIGHT))
    assert at(found, 51, 50) == 0


def test_without_a_toll_rivers_do_not_matter() -> None:
    found = faces([(45 * KM, 50 * KM), (70 * KM, 50 * KM)], terrain(STRAIGHT), crossing=0)
    assert (at(found, 52, 50), at(found, 58, 50)) == (0, 1)


def test_a_bank_is_divided_among_its_own_sites() -> None:
    # The nearest site of the east bank's middle is on the west bank; north and south of it the east has its own.
    found = faces([(49 * KM, 50 * KM), (56 * KM, 56 * KM), (56 * KM, 44 * KM)], terrain(STRAIGHT))
    assert (at(found, 50.2, 50.2), at(found, 50.2, 49.8), at(found, 49.8, 50.2)) == (1, 2, 0)


def test_ground_within_reach_of_any_site_is_not_nobodys() -> None:
    # The east site would be cheaper at x = 51, but is out of reach there.
    found = faces([(45 * KM, 50 * KM), (62 * KM, 50 * KM)], terrain(STRAIGHT), reach=8)
    assert (at(found, 51, 50), at(found, 53.4, 50), at(found, 56, 50)) == (0, -1, 1)


def test_the_cheapest_site_may_be_far_down_the_list() -> None:
    # Twenty sites on the west bank are nearer than the one on the own bank, none of them is cheaper.
    crowd = [(49 * KM, 45 * KM + i * 500) for i in range(20)]
    found = faces([*crowd, (60 * KM, 50 * KM)], terrain(STRAIGHT))
    assert at(found, 50.5, 50) == 20


def test_a_meander_belongs_to_the_bank_it_joins() -> None:
    bend = shapely.LineString(
        [
            (50 * KM, -KM),
            (50 * KM, 48 * KM),
            (54 * KM, 48 * KM),
            (54 * KM, 52 * KM),
            (50 * KM, 52 * KM),
            (50 * KM, 101 * KM),
        ]
    )
    found = faces([(48 * KM, 40 * KM), (60 * KM, 50 * KM)], terrain(bend))
    assert (at(found, 53.5, 50), at(found, 54.5, 50), at(found, 51, 53), at(found, 51, 47)) == (0, 1, 1, 1)


def test_a_site_keeps_the_face_it_stands_in() -> None:
    # The end of the river lies between the site and most of its ground.
    hook = shapely.LineString([(50 * KM, -KM), (50 * KM, 60 * KM), (55 * KM, 60 * KM)])
    found = faces([(50_010.0, 59_990.0), (40 * KM, 59_990.0)], terrain(hook))
    assert at(found, 50.02, 59.98) == 0


def test_a_river_that_ends_inland_divides_nothing_by_itself() -> None:
    stub = shapely.LineString([(50 * KM, -KM), (50 * KM, 30 * KM)])
    found = faces([(30 * KM, 80 * KM)], terrain(stub))
    assert len(found.polygons) == 1


def test_sites_at_one_spot_share_the_first_ones_ground() -> None:
    found = faces([(20 * KM, 50 * KM), (80 * KM, 50 * KM), (20 * KM + 0.2, 50 * KM)])
    assert found.owner.tolist() == [0, 1, 0]
    assert set(found.site.tolist()) == {0, 1}


def test_no_site_no_owner() -> None:
    found = faces([])
    assert (found.site.tolist(), found.within.tolist(), found.owner.tolist()) == ([-1], [False], [])
    assert found.polygons[0].area == LAND.area


def test_no_land_no_faces() -> None:
    found = faces([(1.0, 1.0)], terrain(land=shapely.Polygon()))
    assert (len(found.polygons), found.owner.tolist()) == (0, [0])


@settings(max_examples=40, deadline=None)
@given(st.lists(near, min_size=1, max_size=15), st.randoms(use_true_random=False))
def test_the_order_of_the_sites_does_not_matter(points: list[tuple[float, float]], random: object) -> None:
    points = list(dict.fromkeys(points))
    order = list(range(len(points)))
    random.shuffle(order)  # type: ignore[attr-defined]
    one, other = (faces(p, terrain(STRAIGHT), reach=25) for p in (points, [points[i] for i in order]))
    assert shapely.to_wkb(one.polygons).tolist() == shapely.to_wkb(other.polygons).tolist()
    assert one.site.tolist() == [order[i] for i in other.site]
    assert one.within.tolist() == other.within.tolist()


@settings(max_examples=60, deadline=None)
@given(
    st.lists(near, min_size=1, max_size=15), st.lists(st.tuples(st.floats(0.5, 99.5), st.floats(0.5, 99.5)), min_size=5)
)
def test_nobody_loses_ground_on_his_own_bank(
    points: list[tuple[float, float]], probes: list[tuple[float, float]]
) -> None:
    wave = np.linspace(-KM, 101 * KM, 60)
    ground = terrain(shapely.LineString(np.column_stack((wave, 50_333 + 12 * KM * np.sin(wave / (9 * KM))))))
    found = faces(points, ground, reach=25)
    spots, where = np.array(points), np.array(probes) * KM
    far = np.hypot(*(where[:, None] - spots).transpose(2, 0, 1))
    nearest = far.argmin(axis=1)
    parted, _ = ground.separations(where, spots[nearest])
    ordered = np.sort(np.append(far, np.full((len(where), 1), 1e9), axis=1), axis=1)
    tie = ordered[:, 1] - ordered[:, 0] < 5
    near_river = shapely.dwithin(shapely.points(where), ground.rivers[0].line, 5)
    at_rim = np.abs(ordered[:, 0] - 25 * KM) < 20
    clear = ~(tie | near_river | at_rim)
    clear[parted] = False
    for (x, y), site, distance in zip(where[clear] / KM, nearest[clear], ordered[clear, 0], strict=True):
        got = at(found, x, y)
        assert got == -1 if distance > 25 * KM else np.array_equal(spots[got], spots[site])


@pytest.mark.parametrize(
    ("points", "reach", "crossing", "words"),
    [
        ([(1.0, float("nan"))], 25, 15, "site 0 has no finite position"),
        ([(1.0, 1.0)], 0, 15, "the reach is 0"),
        ([(1.0, 1.0)], float("inf"), 15, "the reach is inf"),
        ([(1.0, 1.0)], 25, -1, "the cost of a crossing is -1"),
    ],
)
def test_nonsense_is_refused(points: list[tuple[float, float]], reach: float, crossing: float, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        faces(points, reach=reach, crossing=crossing)

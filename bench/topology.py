"""Time the subdivision of the land among 33,000 places.

    python bench/topology.py [--places 33000] [--reach 25]

Random places in a land of 1000 x 1000 km with four meandering rivers; every place gets one of five labels at random,
which is the worst case for joining: nearly every border is a front.
"""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import numpy as np
import shapely

sys.path.insert(0, str(Path(__file__).parents[1]))

from geo.subdivision import build_topology
from geo.terrain import River, Terrain
from geo.topology import Topology

SIDE_M = 1_000_000
Result = TypeVar("Result")


def terrain() -> Terrain:
    """Return a square land with a lake and four rivers, each about 2000 km long, from one edge to the other or nearly."""
    along = np.linspace(-10_000, SIDE_M + 10_000, 4000)
    bend = 60_000 * np.sin(along / 90_000) + 6_000 * np.sin(along / 4_000)
    ways = [
        (along, 300_000 + bend),
        (along[:2500], 700_000 - bend[:2500]),
        (250_000 + bend, along),
        (800_000 - bend[1000:], along[1000:]),
    ]
    rivers = tuple(River(f"river {i}", 1, shapely.LineString(np.column_stack(way))) for i, way in enumerate(ways))
    land = shapely.box(0, 0, SIDE_M, SIDE_M).difference(shapely.Point(500_000, 500_000).buffer(20_000))
    return Terrain("+proj=laea +lon_0=40 +lat_0=35 +datum=WGS84 +units=m", land, rivers)


def timed(name: str, work: Callable[[], Result]) -> Result:
    started = time.perf_counter()
    result = work()
    print(f"{name:34s} {time.perf_counter() - started:8.3f} s")
    return result


def main() -> None:
    """Print a table of times and sizes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--places", type=int, default=33_000)
    parser.add_argument("--reach", type=float, default=25, help="kilometres")
    options = parser.parse_args()
    rng = np.random.default_rng(7)
    points = rng.uniform(0, SIDE_M, (options.places, 2))
    labels = rng.integers(0, 5, options.places)
    patches = (points // 100_000).astype(int) @ np.array([1, 10]) % 5
    ground = terrain()
    topology = timed("build", lambda: build_topology(points, ground, options.reach * 1000))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "topology.npz"
        timed("save", lambda: topology.save(path))
        size = path.stat().st_size
        topology = timed("load", lambda: Topology.load(path))
    timed("dissolve + fronts, random labels", lambda: (topology.dissolve(labels), topology.fronts(labels)))
    timed("dissolve + fronts, patches", lambda: (topology.dissolve(patches), topology.fronts(patches)))
    timed("neighbours", topology.neighbours)
    timed("site_at, every place", lambda: topology.site_at(points))
    timed("simplified by 200 m", lambda: topology.simplified(200))
    shapes = np.concatenate([topology.cells, topology.beyond])
    valid = bool(shapely.coverage_is_valid(shapes[~shapely.is_empty(shapes)]))
    print(f"{'arcs, vertices':34s} {len(topology.arcs):8d}   {shapely.get_num_coordinates(topology.arcs).sum()}")
    print(f"{'coverage valid':34s} {valid!s:>8s}")
    print(f"{'areas less land':34s} {topology.total_area.sum() - ground.land.area:8.1f} m2")
    print(f"{'file':34s} {size / 1e6:8.1f} MB")
    print(f"{'peak memory':34s} {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:8.0f} MB")


if __name__ == "__main__":
    main()

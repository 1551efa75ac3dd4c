"""The matrix of an estimate: how much neighbouring places say of each other, less across rivers, factorised once."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Any

import numpy as np
import scipy.sparse as sp

from control.territory.area_evidence import RiverLine
from control.territory.estimate import EstimateSettings, Floats, Ints
from control.territory.factor import Factor
from control.territory.landscape import Landscape
from geo.graph import PlaceGraph

HOPS = 3
"""Sites so many links apart hardly say anything of each other, against what each says of itself."""

PROBES = 32
"""So many classes of sites, or sites, are asked at once."""

MOST_EXACT = 1500
"""Of so many reported sites the inverse is computed; it takes as many cubed steps."""

MOST_KEPT = 4
"""The matrix between 1,500 sites takes 18 MB."""


def conductances(graph: PlaceGraph, settings: EstimateSettings, strong: Ints | None = None) -> Floats:
    """Return how much neighbours say of each other, shape (e,): exp(-d / range) / d by their distance d in km.

    Across a river it is less; `strong` are the rows of `graph.parted` where the river is the line.
    """
    distance = np.maximum(graph.lengths / 1000, settings.least_km)
    barrier = np.ones(len(distance))
    np.multiply.at(barrier, graph.parted, settings.river)
    if strong is not None:
        barrier[graph.parted[strong]] = settings.river_line
    return np.asarray(np.exp(-distance / settings.range_km) / distance * barrier)


class Solver:
    """The factorised matrix for one set of rivers that are lines.

    Parameters
    ----------
    reported, firmness
        Sites with reports, and how firmly each is held to them, both of shape (r,).
    """

    def __init__(
        self,
        landscape: Landscape,
        reported: Ints,
        firmness: Floats,
        settings: EstimateSettings,
        lines: Sequence[RiverLine],
    ) -> None:
        graph = landscape.graph
        strong = _strong(landscape, lines)
        weights = conductances(graph, settings, strong)
        one, other = graph.pairs.T
        both = (np.concatenate((one, other)), np.concatenate((other, one)))
        flow = sp.coo_matrix((np.concatenate((weights, weights)), both), shape=(graph.size, graph.size)).tocsc()
        held = np.full(graph.size, settings.anchor)
        held[reported] += firmness
        diagonal = np.asarray(flow.sum(axis=1)).ravel() + held
        self._size, self._landscape, self._reported, self._firmness = graph.size, landscape, reported, firmness
        self._rivers = (settings, strong.tobytes())
        self._own: Floats | None = None
        self._factor = Factor((sp.diags(diagonal) - flow).tocsc()) if graph.size else None
        self.pull = self.solve(np.full((graph.size, 1), settings.anchor)).ravel()

    def solve(self, sources: Floats) -> Floats:
        """Solve for sources of shape (n, columns)."""
        return self._factor.solve(sources) if self._factor is not None else sources

    def own(self) -> Floats:
        """Return how much a source at each reported site says of that very site, shape (r,): a diagonal of the inverse.

        Exact where up to `MOST_EXACT` sites are reported. Beyond, sites far from each other are asked at once (Tang and Saad
        2012, probing for the diagonal of an inverse): what they say of each other is then added to it.
        """
        if self._own is None:
            self._own = self._exact() if len(self._reported) <= MOST_EXACT else self._probed()
        return self._own

    def _exact(self) -> Floats:
        """Invert what is left of the matrix for the reported sites alone (its Schur complement).

        How firmly they are held stands only on its diagonal: the rest serves for all days with the same rivers.
        """
        if not len(self._reported):
            return np.zeros(0)
        rest = kept(self._landscape, "between", (self._reported.tobytes(), *self._rivers), self._between)
        return np.asarray(np.diag(np.linalg.inv(rest + np.diag(self._firmness))))

    def _between(self) -> Floats:
        said = np.zeros((len(self._reported), len(self._reported)))
        for low in range(0, len(self._reported), PROBES):
            part = self._reported[low : low + PROBES]
            units = np.zeros((self._size, len(part)))
            units[part, np.arange(len(part))] = 1.0
            said[:, low : low + PROBES] = self.solve(units)[self._reported]
        return np.asarray(np.linalg.inv(said)) - np.diag(self._firmness)

    def _probed(self) -> Floats:
        found, classes = np.zeros(len(self._reported)), apart(self._landscape, self._reported)
        count = int(classes.max(initial=-1)) + 1
        for low in range(0, count, PROBES):
            part = np.flatnonzero((classes >= low) & (classes < low + PROBES))
            units = np.zeros((self._size, min(PROBES, count - low)))
            units[self._reported[part], classes[part] - low] = 1.0
            found[part] = self.solve(units)[self._reported[part], classes[part] - low]
        return found

    def influence(self, site: int) -> Floats:
        """Return how much a source at each site says of one site, shape (n,): the matrix is symmetric."""
        unit = np.zeros((self._size, 1))
        unit[site] = 1.0
        return self.solve(unit).ravel()


def apart(landscape: Landscape, reported: Ints) -> Ints:
    """Return a class for each reported site, shape (r,): no two of one class are within `HOPS` links of each other."""
    found: Ints = kept(landscape, "apart", reported.tobytes(), lambda: _classes(landscape.graph, reported))
    return found


def kept(landscape: Landscape, what: str, key: Hashable, make: Callable[[], Any]) -> Any:
    """Return what was made for a landscape before, or make it; of each kind a few are kept."""
    found = landscape.kept.setdefault(what, {})
    if key not in found:
        for old in list(found)[: 1 - MOST_KEPT]:
            del found[old]
        found[key] = make()
    return found[key]


def _classes(graph: PlaceGraph, reported: Ints) -> Ints:
    first, second = graph.pairs.T
    links = sp.coo_matrix((np.ones(len(first), dtype=bool), (first, second)), shape=(graph.size, graph.size))
    near = (links + links.T + sp.identity(graph.size, dtype=bool)).tocsr()
    reach = near
    for _ in range(HOPS - 1):
        reach = reach @ near
    reach = reach[reported][:, reported].tocsr()
    found = np.full(len(reported), -1, dtype=np.int64)
    for site in range(len(reported)):
        taken = set(found[reach.indices[reach.indptr[site] : reach.indptr[site + 1]]].tolist())
        found[site] = next(number for number in range(len(taken) + 1) if number not in taken)
    return found


def _strong(landscape: Landscape, lines: Sequence[RiverLine]) -> Ints:
    """Return the rows of `graph.parted` that lie where a river is the line."""
    graph = landscape.graph
    middles = landscape.points[graph.pairs[graph.parted]].mean(axis=1)
    found = np.zeros(len(graph.parted), dtype=bool)
    for line in lines:
        away = np.hypot(middles[:, 0] - line.centre[0], middles[:, 1] - line.centre[1])
        found |= (graph.parting == line.river) & (away <= line.radius_m)
    return np.flatnonzero(found)

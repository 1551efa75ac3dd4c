"""Enclaves: groups of places of one actor that one other actor surrounds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from control.territory.holders import NONE, HolderBook, Holders
from control.territory.landscape import Landscape
from geo.topology import OUTSIDE

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

LONGEST_LINK_M = 60_000
"""Neighbours farther apart, metres, do not shut each other in: nobody's desert lies between them."""
LONGEST_ROUTE_M = 90_000
"""Neighbours of one side that are no farther apart, metres, may still reach each other through it."""
LEAST_NEIGHBOURS = 3
"""Places around an enclave, at the least."""
NEAR_BORDER_M = 1.0
"""How far a cell may end from the land's outline and still touch it."""
RIM_M = 5_000
"""A place so near to the convex hull of all places, metres, has nobody behind it."""
_FIRST_STEP, _LONGEST_STEP = 8, 128
"""Change days that are looked at together on the way back to the beginning of an enclave."""


@dataclass(frozen=True)
class Enclave:
    """Neighbouring places of one actor with another one all around: possibly encircled, as far as places can tell.

    Attributes
    ----------
    places
        Ids, the most populous first.
    unknown
        Ids of places inside the ring of which nothing is known.
    since
        First day from which it has been so without a break; looked at on days when any assessment changed. The places may
        have grown or shrunk meanwhile: the first of `places` was in it.
    against_border
        It lies at a border or coast of the theatre, across which nothing is known.
    besieged_by_report
        A report says that one of its places was besieged.
    area_m2
        Square metres within reach of its places.
    links
        (inside, outside): ids of neighbours by which it would have to be reached.
    """

    actor: str
    surrounded_by: str
    places: tuple[str, ...]
    unknown: tuple[str, ...]
    since: date
    against_border: bool
    besieged_by_report: bool
    area_m2: float
    links: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Siege:
    """A place that a report says was besieged on a day."""

    place_id: str
    actor: str | None
    besieger: str | None


@dataclass(frozen=True)
class _Rings:
    """The enclaves of a day: for each site its number or -1; for each number the holder and the surrounder."""

    number: Ints
    sides: Ints

    def around(self, site: int) -> tuple[int, int] | None:
        """Return (holder, surrounder) of the enclave with a site in it."""
        number = int(self.number[site])
        return None if number < 0 else (int(self.sides[number, 0]), int(self.sides[number, 1]))


class EnclaveFinder:
    """Finds the enclaves of any day in one landscape."""

    def __init__(self, landscape: Landscape, book: HolderBook) -> None:
        self.landscape, self.book = landscape, book
        self._seen: dict[date, _Rings] = {}

    @cached_property
    def _pairs(self) -> Ints:
        """Neighbouring spots, each by the site that owns it, shape (e, 2)."""
        return self._spots_within(LONGEST_LINK_M)

    @cached_property
    def _routes(self) -> Ints:
        """Spots between which one side may move, as `_pairs`."""
        return self._spots_within(LONGEST_ROUTE_M)

    def _spots_within(self, longest_m: float) -> Ints:
        graph, owner = self.landscape.graph, self.landscape.topology.owner
        pairs = owner[graph.pairs[graph.lengths <= longest_m]]
        return np.unique(np.sort(pairs[pairs[:, 0] != pairs[:, 1]], axis=1), axis=0)

    @cached_property
    def _at_border(self) -> Bools:
        """Sites whose cell touches the outline of the land; a lake is no outline."""
        topology, land = self.landscape.topology, self.landscape.terrain.land
        outer = np.flatnonzero((topology.left == OUTSIDE) | (topology.right == OUTSIDE))
        outline = shapely.union_all([part.exterior for part in shapely.get_parts(land)])
        shapely.prepare(outline)
        middle = shapely.line_interpolate_point(topology.arcs[outer], 0.5, normalized=True)
        outer = outer[shapely.dwithin(middle, outline, NEAR_BORDER_M)]
        touching = np.zeros(len(self.landscape.sites) + 2, dtype=bool)  # the last two take NOBODY and OUTSIDE
        touching[topology.left[outer]] = touching[topology.right[outer]] = True
        return touching[:-2]

    @cached_property
    def _at_rim(self) -> Bools:
        """Sites on the convex hull of all, or next to it: nobody knows what lies behind them."""
        hull: Any = shapely.MultiPoint(self.landscape.points).convex_hull
        near = shapely.dwithin(shapely.points(self.landscape.points), hull.boundary, RIM_M)
        return np.asarray(near | (hull.geom_type != "Polygon"), dtype=bool)

    def on(self, holders: Holders) -> tuple[Enclave, ...]:
        """Return the enclaves of a day, the largest first."""
        rings = self._rings(holders)
        sites, topology = self.landscape.sites, self.landscape.topology
        actor, besieger = holders.actor, holders.besieger
        labels = holders.holds.actor[holders.ground_code]
        inside = [
            np.flatnonzero((rings.number[topology.owner] == number) & (actor == rings.sides[number, 0]))
            for number in range(len(rings.sides))
        ]
        members = [sorted(m.tolist(), key=lambda s: (-(sites[s].population or 0), s)) for m in inside]
        since = self._since(
            holders.day, [(m[0], int(a), int(b)) for m, (a, b) in zip(members, rings.sides, strict=True)]
        )
        found = []
        for number, inner in enumerate(members):
            across = self._pairs[(rings.number[self._pairs] == number).sum(axis=1) == 1]
            outward = ((a, b) if rings.number[a] == number else (b, a) for a, b in across.tolist())
            # unknown ground that several rings share is outside of all but one
            links = [(a, b) for a, b in outward if labels[b] == rings.sides[number, 1]]
            ring = rings.number == number
            spots = np.flatnonzero(ring & (labels == rings.sides[number, 0]))
            found.append(
                Enclave(
                    actor=holders.actors[rings.sides[number, 0]],
                    surrounded_by=holders.actors[rings.sides[number, 1]],
                    places=tuple(sites[s].id for s in inner),
                    unknown=tuple(sites[s].id for s in np.flatnonzero(ring & (labels == NONE)).tolist()),
                    since=since[number],
                    against_border=bool(self._at_border[spots].any()),
                    besieged_by_report=bool((besieger[inner] != NONE).any()),
                    area_m2=float(topology.area[spots].sum()),
                    links=tuple((sites[a].id, sites[b].id) for a, b in sorted(links)),
                )
            )
        return tuple(sorted(found, key=lambda e: (-round(e.area_m2), e.places)))

    def sieges(self, holders: Holders) -> tuple[Siege, ...]:
        """Return the places that reports call besieged on a day, by the order of the sites."""
        actors = (*holders.actors, None)  # NONE is the last
        actor, besieger = holders.actor, holders.besieger
        return tuple(
            Siege(self.landscape.sites[s].id, actors[actor[s]], actors[besieger[s]])
            for s in np.flatnonzero(besieger != NONE).tolist()
        )

    def _since(self, day: date, anchors: Sequence[tuple[int, int, int]]) -> list[date]:
        """Walk back from a day while each anchor (site, holder, surrounder) stays in an enclave of the two."""
        since = [day] * len(anchors)
        open_ = set(range(len(anchors)))
        before = [d for d in self.book.change_days if d <= day]
        step = _FIRST_STEP
        while open_ and before:
            before, block = before[:-step], before[-step:]
            step = min(2 * step, _LONGEST_STEP)
            unseen = [d for d in block if d not in self._seen]
            for holders in self.book.over(unseen):
                self._rings(holders)
            for earlier in reversed(block):
                rings = self._seen[earlier]
                open_ = {i for i in open_ if rings.around(anchors[i][0]) == anchors[i][1:]}
                for i in open_:
                    since[i] = earlier
        return since

    def _rings(self, holders: Holders) -> _Rings:
        if holders.day not in self._seen:
            self._seen[holders.day] = self._find(np.asarray(holders.holds.actor[holders.ground_code]))
        return self._seen[holders.day]

    def _find(self, actor: Ints) -> _Rings:
        """Find the groups of spots of one actor, with unknown ground between, that border on one other actor only.

        Ground of which nothing is known may be passable: it counts as inside until somebody's ground ends it, and a group
        from which it leads to the border or the rim is open.
        """
        topology, size = self.landscape.topology, len(actor)
        spot = topology.owner == np.arange(size)
        one, other = self._routes[actor[self._routes[:, 0]] == actor[self._routes[:, 1]]].T
        patch = _components(size, one, other)
        patches = int(patch.max(initial=-1)) + 1
        held = np.full(patches, NONE)
        held[patch[spot]] = actor[spot]
        groups = _group(patch, held, actor, self._pairs, len(self.book.actors))
        seen_from, seen, size_of = groups.seen_from, groups.seen, groups.size

        least, most = np.full(size_of, np.iinfo(np.int64).max), np.full(size_of, NONE)
        np.minimum.at(least, seen_from, actor[seen])
        np.maximum.at(most, seen_from, actor[seen])
        ringed = (least == most) & (np.bincount(seen_from, minlength=size_of) >= LEAST_NEIGHBOURS)
        holder = np.full(size_of, NONE)
        holder[groups.of_patch[held != NONE]] = held[held != NONE]
        ringed &= holder != NONE
        at_border = np.bincount(patch, self._at_border & spot, minlength=patches) > 0
        at_rim = np.bincount(patch, self._at_rim & spot, minlength=patches) > 0
        ringed[groups.of_patch[~at_border & at_rim]] = False
        ringed[groups.of_door[(at_border | at_rim)[groups.door_patch]]] = False
        # of two that touch the border, each may have only the other around it: the smaller one is shut in
        area = np.bincount(patch, topology.area * spot, minlength=patches)
        mine = np.bincount(groups.of_patch, np.where(held != NONE, area, 0), minlength=size_of)
        theirs = np.zeros(size_of)
        np.maximum.at(theirs, seen_from, area[patch[seen]])
        ringed &= mine < theirs

        number = np.full(size_of, -1)
        number[ringed] = np.arange(int(ringed.sum()))
        of_patch = np.where(held != NONE, number[groups.of_patch], -1)
        np.maximum.at(of_patch, groups.door_patch, number[groups.of_door])
        return _Rings(np.where(spot, of_patch[patch], -1), np.column_stack((holder[ringed], most[ringed])))


@dataclass(frozen=True)
class _Groups:
    """Patches that one actor holds, joined through unknown ones.

    An unknown patch counts once for each actor beside it: such a pair is a door.

    Attributes
    ----------
    size
        Number of groups.
    of_patch, of_door, door_patch
        Group of each patch and of each door, and the patch of each door.
    seen_from, seen
        Groups, and the sites of other actors across from them; each pair once.
    """

    size: int
    of_patch: Ints
    of_door: Ints
    door_patch: Ints
    seen_from: Ints
    seen: Ints


def _group(patch: Ints, held: Ints, actor: Ints, pairs: Ints, actors: int) -> _Groups:
    """Join the patches, numbered by site, that `held` gives to actors, along pairs of neighbouring sites."""
    patches = len(held)
    first, second = pairs[patch[pairs[:, 0]] != patch[pairs[:, 1]]].T
    # every link between two patches, from both its ends: (patch, site across)
    apart = np.concatenate((np.column_stack((patch[first], second)), np.column_stack((patch[second], first))))
    inside, across = np.unique(apart, axis=0).astype(np.int64).T
    beside = (held[inside] == NONE) & (actor[across] != NONE)
    doors, door = np.unique(inside[beside] * max(1, actors) + actor[across[beside]], return_inverse=True)
    door_patch, door_actor = np.divmod(doors, max(1, actors))
    group = _components(patches + len(doors), patch[across[beside]], patches + door.ravel())
    # who is across: from patches somebody holds, and, for each actor beside them, from unknown ones
    known = (held[inside] != NONE) & (actor[across] != NONE)
    rows, through = _join(door_patch, inside[beside])
    seen_from = np.concatenate((group[inside[known]], group[patches + rows]))
    seen = np.concatenate((across[known], across[beside][through]))
    holder = np.concatenate((held[inside[known]], door_actor[rows]))
    foreign = actor[seen] != holder
    seen_from, seen = np.unique(np.column_stack((seen_from[foreign], seen[foreign])), axis=0).astype(np.int64).T
    return _Groups(int(group.max(initial=-1)) + 1, group[:patches], group[patches:], door_patch, seen_from, seen)


def _components(size: int, first: Ints, second: Ints) -> Ints:
    """Return the number of each node's connected component, shape (size,)."""
    links = coo_array((np.ones(len(first)), (first, second)), shape=(size, size))
    return np.asarray(connected_components(links, directed=False)[1], dtype=np.int64)


def _join(keys: Ints, values: Ints) -> tuple[Ints, Ints]:
    """Return rows (i, j) for which keys[i] == values[j]."""
    order = np.argsort(values, kind="stable")
    begin, end = np.searchsorted(values[order], keys), np.searchsorted(values[order], keys, side="right")
    count = end - begin
    rows = np.repeat(np.arange(len(keys)), count)
    within = np.arange(len(rows)) - np.repeat(np.cumsum(count) - count, count)
    return rows, order[np.repeat(begin, count) + within]

"""Claims in, intervals out, for millions of claims: the same as `Timeline.intervals`, without the claims behind each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date

import numpy as np
from numpy.typing import NDArray

from control.assessment.chain import FAR, NONE, Floats, Ints, run
from control.assessment.columns.columns import UNUSED, Bools, ClaimColumns, Objects, Outlets
from control.assessment.columns.gather import gather
from control.assessment.columns.paint import STATUSES, looking_back, paint, rivals_of
from control.assessment.columns.states import nodes_of, states_of
from control.assessment.model import Holding, Status
from control.assessment.policy import BALANCED, Policy
from control.assessment.tenures import Search, Tenures

BATCH = 250_000
"""About so many claims are worked on together; the memory that is needed grows with it."""


@dataclass(frozen=True, slots=True)
class IntervalColumns:
    """Intervals [start, end), sorted by place and start; they tile the span of each place.

    Attributes
    ----------
    place
        Codes of the caller.
    start, end
        Days, as `date.toordinal` counts them.
    status
        Codes of `paint.STATUSES`.
    actor, besieger
        Codes of actors, or `NONE`, as in `model.Holding`.
    rivals
        Sets of actors; `paint.rivals_of` reads a row.
    shares
        As in `model.Holding`.
    assumed
        As in `model.Interval`.
    probability
        P(`actor` holds the place) on the first day; not a number without an actor, and of a divided place.
    """

    place: Ints
    start: Ints
    end: Ints
    status: Ints
    actor: Ints
    besieger: Ints
    rivals: Ints
    shares: Objects
    assumed: Bools
    probability: Floats

    def __len__(self) -> int:
        return len(self.place)

    def holding(self, row: int, actors: Sequence[str]) -> Holding:
        """Return one row as a holding, without the rule behind it."""
        codes = (int(self.actor[row]), int(self.besieger[row]))
        actor, besieger = (None if code == NONE else actors[code] for code in codes)
        rivals = tuple(actors[code] for code in rivals_of(self.rivals[row]))
        return Holding(STATUSES[self.status[row]], actor, rivals, besieger, "", self.shares[row])


def compile_claims(
    claims: ClaimColumns,
    outlets: Outlets,
    *,
    places: int,
    actors: int,
    start: date,
    end: date,
    policy: Policy = BALANCED,
    known_on: date | None = None,
    active_from: Mapping[int, date] | None = None,
) -> IntervalColumns:
    """Assess many places over the span [start, end), as `resolve.resolve_all` does.

    Parameters
    ----------
    places, actors
        How many there are; codes are 0 to that number - 1.
    known_on
        Use only claims published by that day.
    active_from
        Actor -> the day before which it cannot have held anything.
    """
    weight = claims.weights(outlets, policy)
    usable = ~UNUSED[claims.event] & (weight > 0) & (weight >= policy.least_weight)
    if known_on is not None:
        usable &= claims.known <= known_on.toordinal()
    rows = np.flatnonzero(usable)
    rows = rows[_in_order(claims.place[rows], claims.day[rows], claims.rank[rows])]
    since = np.zeros(actors, np.int64)
    for actor, day in (active_from or {}).items():
        since[actor] = (day - start).days
    span = (start.toordinal(), (end - start).days)
    found = []
    for first, last, part in _batches(claims.place[rows], places):
        mine = claims.take(rows[part])
        mine.place[:] -= first
        family = outlets.family[mine.source]
        found.append(_batch(mine, weight[rows[part]], family, last - first, since, span, policy, first))
    whole = {f.name: np.concatenate([getattr(p, f.name) for p in found]) for f in fields(IntervalColumns)}
    return IntervalColumns(**whole)


def _batch(
    claims: ClaimColumns, weight: Floats, family: Ints, places: int, since: Ints, span: tuple[int, int], policy: Policy,
    first: int,
) -> IntervalColumns:  # fmt: skip
    start, length = span
    events = gather(claims, weight, family, len(since), policy)
    states = states_of(events, places, len(since))
    curves = run(nodes_of(events, states, start), states.counts, policy.rates)
    active = np.append(since, 0)[states.actor[:, :-1]].T
    search = Search(curves, states.named, active, since.tolist(), length, policy)
    found = search.tenures()
    named = Tenures(
        found.place, found.day, states.actor[found.place, found.holder], states.actor[found.place, found.rival]
    )
    told = looking_back(named, events, start, policy)
    painted = paint(claims, weight, told, len(since), start, length, policy)
    state = states.state[painted.place, painted.actor]
    probability = search.probability(painted.place, painted.start, state)
    alone = (painted.actor != NONE) & (painted.status != STATUSES.index(Status.DIVIDED))
    return IntervalColumns(
        painted.place + first, painted.start + start, painted.end + start, painted.status, painted.actor,
        painted.besieger, painted.rivals, painted.shares, painted.assumed, np.where(alone, probability, np.nan),
    )  # fmt: skip


def _batches(place: Ints, places: int) -> list[tuple[int, int, slice]]:
    """(first place, one after the last, their claims) of each batch; claims are sorted by place."""
    ends = np.searchsorted(place, np.arange(places), side="right")
    batches, first, row = [], 0, 0
    while first < places:
        last = max(first + 1, int(np.searchsorted(ends, row + BATCH, side="right")))
        last = min(last, first + BATCH)
        batches.append((first, last, slice(row, int(ends[last - 1]))))
        first, row = last, int(ends[last - 1])
    return batches


def _in_order(place: Ints, day: Ints, rank: Ints) -> NDArray[np.int64]:
    """Order by place, day and rank."""
    if not len(place):
        return np.empty(0, np.int64)
    base = int(day.min())
    days, ranks = int(day.max()) - base + 1, int(rank.max()) + 1
    if (int(place.max()) + 1) * days * ranks < 1 << 62 and int(rank.min()) >= 0:
        return np.argsort((place * days + (day - base)) * ranks + rank)
    return np.lexsort((rank, place * FAR + day))

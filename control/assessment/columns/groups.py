"""Which claims of a gain tell of the same one, and P(at least one of several agreeing claims true)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from control.assessment.chain import FAR, Floats, Ints
from control.assessment.columns.columns import Bools, ClaimColumns
from control.assessment.events import COARSE_DAYS
from control.assessment.sorted_arrays import heads_of

_NEVER = -(1 << 40)


@dataclass(frozen=True, slots=True)
class Groups:
    """Claims of gains (`rows`) and the number of the group that each belongs to; groups are numbered without a gap."""

    rows: Ints
    group: Ints


def first_best(group: Ints, value: Floats) -> Ints:
    """Position of the greatest value of each group, the first of equals; groups are contiguous."""
    heads = heads_of(group)
    sizes = np.diff(np.append(heads, len(group)))
    best = np.flatnonzero(value == np.repeat(np.maximum.reduceat(value, heads), sizes))
    return best[heads_of(group[best])]


def combined(segment: Ints, weight: Floats, family: Ints) -> Floats:
    """`Policy.combined` of each segment; segments are contiguous, and the claims in each sorted by weight, then rank."""
    if not len(segment):
        return np.empty(0)
    key = segment * (family.max() + 1) + family
    order = np.argsort(key, kind="stable")
    heads = heads_of(key[order])
    repeats = np.empty(len(key), np.int64)
    repeats[order] = np.arange(len(key)) - np.repeat(heads, np.diff(np.append(heads, len(key))))
    doubt = np.multiply.reduceat(1 - weight * 0.5**repeats, heads_of(segment))
    return np.asarray(np.minimum(0.99, 1 - doubt))


def groups_of(claims: ClaimColumns, gains: Bools, holds: Bools, actors: int, group_days: int) -> Groups:
    """Group the claims of gains; all claims are sorted by place, day and rank."""
    coarse = claims.last - claims.first >= COARSE_DAYS
    precise, group = _precise(claims, np.flatnonzero((gains & ~coarse) | holds), holds, actors, group_days)
    late = np.flatnonzero(gains & coarse)
    late = late[np.argsort(claims.place[late] * actors + claims.actor[late], kind="stable")]
    if not len(late):
        return Groups(precise, group)
    joined = _coarse(claims, precise, group, late, actors)
    return Groups(np.concatenate((precise, late)), np.unique(np.concatenate((group, joined)), return_inverse=True)[1])


def _precise(claims: ClaimColumns, told: Ints, holds: Bools, actors: int, group_days: int) -> tuple[Ints, Ints]:
    """Group claims dated to the day. A group goes on while nobody else is told of in between, and no gap is too long."""
    place, day, actor, holding = claims.place[told], claims.day[told], claims.actor[told], holds[told]
    # The last claim before each that speaks for somebody else; it is the latest of all that do.
    at = np.arange(len(told))
    begins = np.append(True, (place[1:] != place[:-1]) | (actor[1:] != actor[:-1]))[: len(told)]
    other = np.maximum.accumulate(np.where(begins, at, 0)) - 1
    other_day = np.where((other >= 0) & (place[other] == place), day[other], _NEVER)
    rows = np.flatnonzero(~holding)
    key = place[rows] * actors + actor[rows]
    order = np.argsort(key, kind="stable")
    rows, key = rows[order], key[order]
    before = np.append(_NEVER, day[rows][:-1])[: len(rows)]
    joins = np.append(False, key[1:] == key[:-1])[: len(rows)]
    joins &= (day[rows] - before <= group_days) & (other_day[rows] <= before)
    return told[rows], np.cumsum(~joins) - 1


def _coarse(claims: ClaimColumns, precise: Ints, group: Ints, late: Ints, actors: int) -> Ints:
    """Give each claim that does not say the day the nearest group with a claim in its window, or one of its own."""
    key_of_late = claims.place[late] * actors + claims.actor[late]
    key = claims.place[precise] * actors + claims.actor[precise]
    middle = claims.day[late]
    heads = heads_of(group)
    count = len(heads)
    begun = np.append(claims.day[precise][heads], middle)  # first day of each group, and of those that may be made
    found = _nearest(
        claims, key * FAR + claims.day[precise], group, key[heads] * FAR + begun[:count], key_of_late, late
    )
    # Those before a claim may have brought their own days into a group: one after the other for each place and actor.
    starts = heads_of(key_of_late)
    turn = np.arange(len(late)) - np.repeat(starts, np.diff(np.append(starts, len(late))))
    for step in range(int(turn.max()) + 1):
        mine = np.flatnonzero(turn == step)
        for back in range(step, 0, -1):
            earlier = mine - back
            fits = (claims.first[late[mine]] <= middle[earlier]) & (middle[earlier] <= claims.last[late[mine]])
            found[mine[fits]] = _nearer(begun, middle[mine[fits]], found[mine[fits]], found[earlier[fits]])
        alone = mine[found[mine] < 0]
        found[alone] = count + alone
    return found


def _nearest(claims: ClaimColumns, days: Ints, group: Ints, begun: Ints, key: Ints, late: Ints) -> Ints:
    """Of the groups with a claim in the window, the one that begins nearest to its middle; -1 where there is none."""
    low = np.searchsorted(days, key * FAR + claims.first[late])
    high = np.searchsorted(days, key * FAR + claims.last[late], side="right") - 1
    some = low <= high
    found = np.full(len(late), -1)
    if not some.any():
        return found
    first, last = group[low[some]], group[high[some]]
    wanted = key[some] * FAR + claims.day[late[some]]
    after = np.clip(np.searchsorted(begun, wanted), first, last)
    before = np.clip(after - 1, first, last)
    found[some] = np.where(np.abs(wanted - begun[before]) <= np.abs(begun[after] - wanted), before, after)
    return found


def _nearer(begun: Ints, middle: Ints, one: Ints, other: Ints) -> NDArray[np.int64]:
    """Choose between two groups: the nearer one, then the earlier, then the one that was there first; -1 is none."""
    gap, rival = np.abs(begun[one] - middle), np.abs(begun[other] - middle)
    better = (rival < gap) | (
        (rival == gap) & ((begun[other] < begun[one]) | ((begun[other] == begun[one]) & (other < one)))
    )
    return np.where((one < 0) | better, other, one)

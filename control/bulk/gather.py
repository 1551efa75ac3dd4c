"""Claims -> events, as `control.events` gathers them: which claims tell of one gain, and how sure they are together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from control.bulk.columns import CODE, FAR, NONE, Bools, ClaimColumns, Floats, Ints, flags
from control.bulk.groups import Groups, combined, first_best, groups_of, heads_of
from control.chain import CHANGE, DEPARTURE, STATE
from control.events import COARSE_DAYS, INDIRECT, Told, exclusive, in_order
from control.model import LEAVINGS, TAKINGS, Event
from control.policy import Policy

_GAINS = flags(TAKINGS | LEAVINGS)
_LEAVES = flags(LEAVINGS)
_NAMES_HOLDER = flags({Event.HOLDS, Event.SIEGE_LIFTED})
_INDIRECT = flags({Event.BESIEGED, Event.OFFENSIVE_STARTED})


@dataclass(frozen=True, slots=True)
class Events:
    """Events, sorted by place and then as the chain takes them; fields as in `events.Told`, arrays of one length."""

    place: Ints
    day: Ints
    kind: Ints
    gainer: Ints
    loser: Ints
    weight: Floats

    def __len__(self) -> int:
        return len(self.place)


def gather(claims: ClaimColumns, weight: Floats, family: Ints, actors: int, policy: Policy) -> Events:
    """Gather usable claims, sorted by place, day and rank, into events.

    Parameters
    ----------
    weight, family
        Of each claim.
    actors
        Number of actors.
    """
    day = claims.day
    gains = _GAINS[claims.event] & (claims.actor != NONE)
    holder = np.where(_NAMES_HOLDER[claims.event], claims.actor, np.where(_INDIRECT[claims.event], claims.loser, NONE))
    side = np.where(gains, claims.actor, holder)
    states = np.flatnonzero(holder != NONE)
    indirect = _INDIRECT[claims.event[states]]
    strength = weight[states] * 0.5 ** _stronger(claims, weight, family, side, actors, policy.group_days)[states]
    strength[indirect] *= INDIRECT
    left = np.flatnonzero(_LEAVES[claims.event] & (claims.actor == NONE) & (claims.loser != NONE))
    changes = _changes(claims, weight, family, gains, actors, policy)

    def said(rows: Ints, how_sure: Floats) -> Events:
        nobody = np.full(len(rows), NONE)
        kind = np.full(len(rows), STATE)
        return Events(claims.place[rows], day[rows], kind, holder[rows], nobody, how_sure)

    departures = Events(
        claims.place[left], day[left], np.full(len(left), DEPARTURE), np.full(len(left), NONE), claims.loser[left],
        weight[left],
    )  # fmt: skip
    # On one day: who held it, then who left or took it, then who is said to hold it afterwards.
    parts = (
        said(states[indirect], strength[indirect]),
        departures,
        changes,
        said(states[~indirect], strength[~indirect]),
    )
    whole = [np.concatenate([getattr(part, name) for part in parts]) for name in Events.__slots__]
    order = np.argsort(whole[0] * FAR + whole[1], kind="stable")
    return Events(*(column[order] for column in whole))


def _stronger(claims: ClaimColumns, weight: Floats, family: Ints, side: Ints, actors: int, group_days: int) -> Ints:
    """Count for each claim the stronger ones of its family for its side within `group_days`."""
    rows = np.flatnonzero(side != NONE)
    key = (claims.place[rows] * actors + side[rows]) * (family.max(initial=0) + 1) + family[rows]
    order = np.argsort(key, kind="stable")
    rows, key = rows[order], key[order]
    day, mine, rank = claims.day[rows], weight[rows], claims.rank[rows]
    counts = np.zeros(len(rows), np.int64)
    first = np.arange(len(rows))
    step = 0
    while len(first):
        step += 1
        first = first[first + step < len(rows)]
        second = first + step
        near = (key[first] == key[second]) & (day[second] - day[first] <= group_days)
        first, second = first[near], second[near]
        weaker = (mine[first] < mine[second]) | ((mine[first] == mine[second]) & (rank[first] < rank[second]))
        counts[first[weaker]] += 1
        counts[second[~weaker]] += 1
    found = np.zeros(len(claims), np.int64)
    found[rows] = counts
    return found


def _changes(claims: ClaimColumns, weight: Floats, family: Ints, gains: Bools, actors: int, policy: Policy) -> Events:
    """One event for each group of claims, those of one day in the order in which they can have happened."""
    groups = groups_of(claims, gains, claims.event == CODE[Event.HOLDS], actors, policy.group_days)
    if not len(groups.rows):
        nothing = np.empty(0, np.int64)
        return Events(nothing, nothing, nothing, nothing, nothing, np.empty(0))
    place, day, gainer, loser, sure, lead = _merged(claims, weight, family, groups, actors)
    order = np.lexsort((lead, gainer, place * FAR + day))
    place, day, gainer, loser = (column[order] for column in (place, day, gainer, loser))
    sure = sure[order]
    heads = heads_of(place * FAR + day)
    ends = np.append(heads[1:], len(place))
    _pairs(heads[ends - heads == 2], gainer, loser, sure)
    more = ends - heads > 2
    for head, end in zip(heads[more].tolist(), ends[more].tolist(), strict=True):
        part = slice(head, end)
        gainer[part], loser[part], sure[part] = _of_one_day(gainer[part], loser[part], sure[part])
    return Events(place, day, np.full(len(place), CHANGE), gainer, loser, sure)


def _merged(
    claims: ClaimColumns, weight: Floats, family: Ints, groups: Groups, actors: int
) -> tuple[Ints, Ints, Ints, Ints, Floats, Ints]:
    """Place, day, gainer, loser and weight of each group, and the rank of its strongest claim."""
    rows, group = groups.rows, groups.group
    day, loser = claims.day[rows], claims.loser[rows]
    order = np.lexsort((claims.rank[rows], -weight[rows], group))
    rows, group, day, loser = rows[order], group[order], day[order], loser[order]
    heads = heads_of(group)
    lead = rows[heads]
    sure = combined(group, weight[rows], family[rows])
    coarse = claims.last[rows] - claims.first[rows] >= COARSE_DAYS
    only_coarse = np.logical_and.reduceat(coarse, heads)[group]
    dated = np.flatnonzero(~coarse | only_coarse)
    on, told_on = _best(group[dated], day[dated], FAR, weight[rows[dated]], family[rows[dated]])
    when = np.empty(len(heads), np.int64)
    when[on] = told_on
    naming = np.flatnonzero(loser != NONE)
    of, named = _best(group[naming], loser[naming], actors, weight[rows[naming]], family[rows[naming]])
    from_whom = np.full(len(heads), NONE)
    from_whom[of] = named
    return claims.place[lead], when, claims.actor[lead], from_whom, sure, claims.rank[lead]


def _best(group: Ints, choice: Ints, width: int, weight: Floats, family: Ints) -> tuple[Ints, Ints]:
    """For each group, the choice that its claims together speak for most; the lowest of equals."""
    if not len(group):
        return group, choice
    key = group * width + choice
    order = np.argsort(key, kind="stable")
    key = key[order]
    heads = heads_of(key)
    best = first_best(key[heads] // width, combined(key, weight[order], family[order]))
    return key[heads][best] // width, key[heads][best] % width


def _pairs(first: Ints, gainer: Ints, loser: Ints, sure: Floats) -> None:
    """Order and weaken in place two changes of one place and day each, as `events.in_order` and `exclusive` do."""
    second = first + 1
    later, earlier = gainer[second] == loser[first], gainer[first] == loser[second]  # who lost it took it before
    swapped, rivals = later & ~earlier, ~later & ~earlier & (gainer[first] != gainer[second])
    for column in (gainer, loser, sure):
        one, other = column[first], column[second]
        column[first], column[second] = np.where(swapped, other, one), np.where(swapped, one, other)
    one, other = first[rivals], second[rivals]
    odds, odds_after = (sure[at] / (1 - np.minimum(sure[at], 0.99)) for at in (one, other))
    whole = 1 + (odds + odds_after)
    sure[one], sure[other] = odds / whole / (1 - odds_after / whole), odds_after / whole


def _of_one_day(gainer: Ints, loser: Ints, sure: Floats) -> tuple[list[int], list[int], list[float]]:
    """Order and weaken three and more changes of one place and day by the plain rule: they are rare."""
    told = [
        Told(
            date.fromordinal(1 + number),  # any days, so that no two are equal
            CHANGE,
            str(to),
            None if of == NONE else str(of),
            weight,
            (),
        )
        for number, (to, of, weight) in enumerate(zip(gainer.tolist(), loser.tolist(), sure.tolist(), strict=True))
    ]
    ordered = exclusive(in_order(told))
    return (
        [int(t.gainer or NONE) for t in ordered],
        [int(t.loser or NONE) for t in ordered],
        [t.weight for t in ordered],
    )

"""Claims -> events, as `assessment.events` gathers them: which claims tell of one gain, and how sure they are together."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import date

import numpy as np

from control.assessment.chain import CHANGE, DEPARTURE, FAR, NONE, STATE, Floats, Ints
from control.assessment.columns.columns import ACTOR_HOLDS, CODE, GOES_ON, MOVES, Bools, ClaimColumns, flags
from control.assessment.columns.groups import Groups, combined, first_best, groups_of
from control.assessment.events import COARSE_DAYS, INDIRECT, Event, exclusive, in_order, told_again
from control.assessment.policy import Policy
from control.assessment.sorted_arrays import heads_of
from control.record.event_kinds import EventKind, Move, Side

_LEAVES = flags(event for event in EventKind if event.meaning.move is Move.LEFT)
_LOSER_HOLDS = flags(event for event in EventKind if event.meaning.holder is Side.LOSER)
_INDIRECT = flags(event for event in EventKind if event.meaning.is_indirect)


@dataclass(frozen=True, slots=True)
class Events:
    """Events, sorted by place and then as the chain takes them; fields as in `events.Event`, arrays of one length."""

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
    gains = MOVES[claims.event] & (claims.actor != NONE)
    by_loser = np.where(_LOSER_HOLDS[claims.event], claims.loser, NONE)
    holder = np.where(ACTOR_HOLDS[claims.event], claims.actor, by_loser)
    side = np.where(gains, claims.actor, holder)
    states = np.flatnonzero(holder != NONE)
    indirect = _INDIRECT[claims.event[states]]
    strength = weight[states] * 0.5 ** _stronger(claims, weight, family, side, actors, policy.group_days)[states]
    strength[indirect] *= INDIRECT
    begun = ACTOR_HOLDS[claims.event] & (claims.actor != NONE) & claims.dates
    _tell_once(claims, strength, states, np.flatnonzero(begun[states]), policy.hazard)
    left = np.flatnonzero(_LEAVES[claims.event] & (claims.actor == NONE) & (claims.loser != NONE))
    changes = _changes(*_with_beginnings(claims, weight, family, gains, begun), actors, policy)

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


def _tell_once(claims: ClaimColumns, strength: Floats, states: Ints, dated: Ints, hazard: float) -> None:
    """Weaken in place what a `holds since` says of its own day, as `events.told_again` does; they are few."""
    if not len(dated):
        return
    keys, begins = claims.place * FAR + claims.day, claims.begins
    for number in dated.tolist():
        row = states[number]
        first = np.searchsorted(keys, claims.place[row] * FAR + begins[row], side="right")
        between = slice(first, np.searchsorted(keys, keys[row]))
        holder, gainer = claims.actor[row], claims.actor[between]
        passed = ((gainer != NONE) & (gainer != holder)) | (claims.loser[between] == holder)
        if not (MOVES[claims.event[between]] & passed).any():
            strength[number] = told_again(float(strength[number]), int(claims.day[row] - begins[row]), hazard)


def _with_beginnings(
    claims: ClaimColumns, weight: Floats, family: Ints, gains: Bools, begun: Bools
) -> tuple[ClaimColumns, Floats, Ints, Bools]:
    """Add to the claims a gain on the day since which a side is said to hold a place, as `events._beginning` reads it."""
    rows = np.flatnonzero(begun)
    if not len(rows):
        return claims, weight, family, gains
    first, last = claims.begun_first[rows], claims.begun_last[rows]
    added = replace(
        claims.take(rows), event=np.full(len(rows), CODE[EventKind.CAPTURED]), loser=np.full(len(rows), NONE),
        first=first, last=last,
    )  # fmt: skip
    whole = ClaimColumns(
        *(np.concatenate((getattr(added, f.name), getattr(claims, f.name))) for f in fields(ClaimColumns))
    )
    order = np.lexsort((whole.rank, whole.place * FAR + whole.day))
    weight, family = np.concatenate((weight[rows], weight)), np.concatenate((family[rows], family))
    gains = np.concatenate((np.ones(len(rows), bool), gains))
    return whole.take(order), weight[order], family[order], gains[order]


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
    groups = groups_of(claims, gains, GOES_ON[claims.event], actors, policy.group_days)
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
        Event(
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

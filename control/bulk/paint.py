"""Tenures, fighting and sieges -> intervals, as `control.resolve` lays one over the other."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from control.bulk.columns import CODE, FAR, NONE, Bools, ClaimColumns, Ints, flags
from control.bulk.gather import Events
from control.bulk.groups import distinct, heads_of
from control.bulk.tenures import Tenures
from control.model import Event, Status
from control.policy import Policy, settles

STATUSES = tuple(Status)
"""Status of each code."""
_STATUS = {status: code for code, status in enumerate(STATUSES)}
_SETTLES = flags(event for event in Event if settles(event))
_COVERS = flags(event for event in Event if not settles(event) and event is not Event.OFFENSIVE_STARTED)
_WORD = 63
"""Actors of one column of `Painted.rivals`."""


@dataclass(frozen=True, slots=True)
class Painted:
    """Intervals, sorted by place and day: they tile [0, length) of each place.

    Attributes
    ----------
    status
        Codes of `STATUSES`.
    rivals
        Sets of actors: actor a is bit a % 63 of column a // 63.
    """

    place: Ints
    start: Ints
    end: Ints
    status: Ints
    actor: Ints
    besieger: Ints
    rivals: Ints
    assumed: Bools


def rivals_of(bits: Ints) -> tuple[int, ...]:
    """Return the codes of the actors in one row of `Painted.rivals`, lowest first."""
    return tuple(
        word * _WORD + bit for word, value in enumerate(bits.tolist()) for bit in range(_WORD) if value >> bit & 1
    )


def looking_back(tenures: Tenures, events: Events, start: int, look_back: int) -> Tenures:
    """Leave who is named as the loser in the first report no more than `look_back` days before it; earlier is unknown."""
    heads = heads_of(events.place)
    first = np.full(int(tenures.place.max(initial=-1)) + 1, -FAR)
    first[events.place[heads]] = events.day[heads] - start
    cut = first - look_back
    early = tenures.day < cut[tenures.place]
    held = np.zeros(len(cut), bool)
    held[tenures.place[early & (tenures.holder != NONE)]] = True
    dropped = early & held[tenures.place]
    if not dropped.any():
        return tenures
    last = np.flatnonzero(dropped & ~np.append(dropped[1:] & (tenures.place[1:] == tenures.place[:-1]), False))
    place = tenures.place[last]
    going_on = last[tenures.holder[last] != NONE]
    nobody = np.full(len(place), NONE)
    columns = (
        np.concatenate((place, tenures.place[going_on], tenures.place[~dropped])),
        np.concatenate((np.zeros_like(place), cut[tenures.place[going_on]], tenures.day[~dropped])),
        np.concatenate((nobody, tenures.holder[going_on], tenures.holder[~dropped])),
        np.concatenate((nobody, tenures.rival[going_on], tenures.rival[~dropped])),
    )
    order = np.argsort(columns[0] * FAR + columns[1], kind="stable")
    return Tenures(*(column[order] for column in columns))


def paint(claims: ClaimColumns, tenures: Tenures, actors: int, start: int, length: int, policy: Policy) -> Painted:
    """Lay fighting and sieges over tenures, and cut the span where anything changes.

    Parameters
    ----------
    claims
        Usable claims, sorted by place, day and rank.
    start
        First day of the span, as claims count days.
    """
    places = int(tenures.place.max(initial=-1)) + 1
    covers, until = _covers(claims, start, length, policy)
    place, day = claims.place[covers], claims.day[covers] - start
    begin, finish = np.clip(day, 0, length), np.clip(until, 0, length)
    spans = tenures.place * FAR + tenures.day
    edges = np.concatenate((begin, finish))
    inside = edges < length
    cuts = distinct(
        np.concatenate(
            (spans[tenures.day < length], (np.tile(place, 2) * FAR + edges)[inside], np.arange(places) * FAR)
        )
    )
    tenure = np.searchsorted(spans, cuts, side="right") - 1
    holder, rival = tenures.holder[tenure], tenures.rival[tenure]

    # Each cover lies over the pieces from `low` to before `high`.
    low, high = (np.searchsorted(cuts, place * FAR + edge) for edge in (begin, finish))
    counts = np.maximum(0, high - low)
    which = np.repeat(np.arange(len(covers)), counts)
    piece = np.arange(len(which)) - np.repeat(np.cumsum(counts) - counts, counts) + low[which]
    is_siege = claims.event[covers] == CODE[Event.BESIEGED]
    fought, last_siege = np.zeros(len(cuts), bool), np.full(len(cuts), NONE)
    fought[piece[~is_siege[which]]] = True
    np.maximum.at(last_siege, piece[is_siege[which]], covers[which[is_siege[which]]])
    counted = is_siege[which] != fought[piece]  # where there is fighting, it counts alone
    sides = _Sides(len(cuts), actors)
    sides.add(piece[counted], claims.actor[covers[which[counted]]])
    sides.add(piece[counted], claims.loser[covers[which[counted]]])

    besieged = np.append(claims.loser, NONE)[last_siege]
    besieger = np.append(claims.actor, NONE)[last_siege]
    under_siege = (last_siege != NONE) & ~fought & ((holder == NONE) | (holder == besieged)) & (rival == NONE)
    contested = ~under_siege & (fought | (last_siege != NONE) | (rival != NONE))
    sides.add(np.arange(len(cuts)), rival)
    sides.remove(holder)
    sides.bits[~contested] = 0
    status = np.where(holder == NONE, _STATUS[Status.UNKNOWN], _STATUS[Status.CONTROLLED])
    status[contested], status[under_siege] = _STATUS[Status.CONTESTED], _STATUS[Status.BESIEGED]
    actor = np.where(under_siege, besieged, holder)
    besieger = np.where(under_siege, besieger, NONE)

    where, when = cuts // FAR, cuts % FAR
    told_of = _among(cuts, claims.place * FAR + (claims.day - start))
    changes = np.append(True, where[1:] != where[:-1])[: len(cuts)]
    for column in (status, actor, besieger, *sides.bits.T):
        changes[1:] |= column[1:] != column[:-1]
    kept = np.flatnonzero(changes)
    ends = np.append(when[kept][1:], 0)
    ends[np.append(where[kept][1:] != where[kept][:-1], True)] = length
    return Painted(
        where[kept], when[kept], ends, status[kept], actor[kept], besieger[kept], sides.bits[kept],
        (when > 0)[kept] & ~told_of[kept],
    )  # fmt: skip


def _among(keys: Ints, table: Ints) -> Bools:
    """Whether each key is in a sorted table."""
    if not len(table):
        return np.zeros(len(keys), bool)
    return np.asarray(table[np.minimum(np.searchsorted(table, keys), len(table) - 1)] == keys)


class _Sides:
    """A set of actors for each piece."""

    def __init__(self, pieces: int, actors: int) -> None:
        self.bits = np.zeros((pieces, max(1, -(-actors // _WORD))), np.int64)

    def add(self, piece: Ints, actor: Ints) -> None:
        piece, actor = piece[actor != NONE], actor[actor != NONE]
        at = piece * self.bits.shape[1] + actor // _WORD
        np.bitwise_or.at(self.bits.reshape(-1), at, np.left_shift(1, actor % _WORD))

    def remove(self, actor: Ints) -> None:
        """Take one actor, or nobody, from each set."""
        piece = np.flatnonzero(actor != NONE)
        self.bits[piece, actor[piece] // _WORD] &= ~np.left_shift(1, actor[piece] % _WORD)


def _covers(claims: ClaimColumns, start: int, length: int, policy: Policy) -> tuple[Ints, Ints]:
    """Claims of fighting and siege, and the day on which each ends: when a claim settles it, or its own time runs out."""
    rows = np.flatnonzero(_COVERS[claims.event])
    place, day = claims.place[rows], claims.day[rows] - start
    is_siege = claims.event[rows] == CODE[Event.BESIEGED]
    until = np.where(is_siege, length, day + policy.contested_days)
    holds = _SETTLES[claims.event] & (claims.event == CODE[Event.HOLDS])
    others = np.flatnonzero(_SETTLES[claims.event] & ~holds)
    from_day = day + is_siege
    for settling, besieged in ((others, None), (np.flatnonzero(holds), claims.loser[rows])):
        if not len(settling):
            continue
        keys = claims.place[settling] * FAR + (claims.day[settling] - start)
        at = np.searchsorted(keys, place * FAR + from_day)
        if besieged is not None:
            # that the besieged still hold the place does not lift the siege
            who, where = claims.actor[settling], claims.place[settling]
            heads = np.append(heads_of(where * (int(who.max()) + 2) + who + 1), len(who))
            clipped = np.minimum(at, len(who) - 1)
            own = is_siege & (at < len(who)) & (where[clipped] == place) & (who[clipped] == besieged)
            at = np.where(own, heads[np.searchsorted(heads, at, side="right") % len(heads)], at)
        clipped = np.minimum(at, len(settling) - 1)
        found = (at < len(settling)) & (claims.place[settling][clipped] == place)
        until = np.where(found, np.minimum(until, keys[clipped] - place * FAR), until)
    lasting = until > day
    return rows[lasting], until[lasting]

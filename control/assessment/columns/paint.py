"""Tenures, fighting, sieges and division -> intervals, as `control.assessment.resolve` lays one over the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from control.assessment.chain import FAR, NONE, STATE, Floats, Ints
from control.assessment.columns.columns import (
    BESIEGES,
    DIVIDES,
    EVENTS,
    FIGHTS,
    SETTLES,
    Bools,
    ClaimColumns,
    Objects,
    flags,
    tuples,
)
from control.assessment.columns.gather import Events
from control.assessment.covers import Parts, Told, covers_of, parts_of
from control.assessment.model import Status
from control.assessment.policy import Policy
from control.assessment.sorted_arrays import distinct, heads_of
from control.assessment.tenures import Tenures
from control.record.event_kinds import EventKind

STATUSES = tuple(Status)
"""Status of each code."""
_STATUS = {status: code for code, status in enumerate(STATUSES)}
_COVERS = flags(event for event in EventKind if event.meaning.cover)
_MEANINGS = [event.meaning for event in EVENTS]
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
    shares
        As in `model.Holding`.
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


def rivals_of(bits: Ints) -> tuple[int, ...]:
    """Return the codes of the actors in one row of `Painted.rivals`, lowest first."""
    return tuple(
        word * _WORD + bit for word, value in enumerate(bits.tolist()) for bit in range(_WORD) if value >> bit & 1
    )


def looking_back(tenures: Tenures, events: Events, start: int, policy: Policy) -> Tenures:
    """Leave whom the first report names as the holder before it for a while before it; earlier the place is unknown."""
    heads = heads_of(events.place)
    cut = np.full(int(tenures.place.max(initial=-1)) + 1, -FAR)
    look_back = np.where(events.kind[heads] == STATE, policy.look_back_days, policy.loser_days)
    cut[events.place[heads]] = events.day[heads] - start - look_back
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


def paint(
    claims: ClaimColumns, weight: Floats, tenures: Tenures, actors: int, start: int, length: int, policy: Policy
) -> Painted:
    """Lay fighting, sieges and division over tenures, and cut the span where anything changes.

    Parameters
    ----------
    claims
        Usable claims, sorted by place, day and rank.
    weight
        Of each claim.
    start
        First day of the span, as claims count days.
    """
    places = int(tenures.place.max(initial=-1)) + 1
    covers, since, until, parts = _covers(claims, weight, start, length, policy)
    place = claims.place[covers]
    begin, finish = np.clip(since, 0, length), np.clip(until, 0, length)
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
    kind = claims.event[covers[which]]
    fights, besieges, divides = FIGHTS[kind], BESIEGES[kind], DIVIDES[kind]
    fought, last_siege = np.zeros(len(cuts), bool), np.full(len(cuts), NONE)
    fought[piece[fights]] = True
    np.maximum.at(last_siege, piece[besieges], covers[which[besieges]])
    divided = _divided(piece[divides], which[divides], parts)
    parted = np.zeros(len(cuts), bool)
    parted[list(divided)] = True
    # where there is fighting, it counts alone
    counted = ~parted[piece] & (fights | (besieges & ~fought[piece]))
    sides = _Sides(len(cuts), actors)
    for on, claim in zip(piece[counted].tolist(), covers[which[counted]].tolist(), strict=True):
        sides.add_all(on, claims.others[claim])
    sides.add(piece[counted], claims.actor[covers[which[counted]]])
    sides.add(piece[counted], claims.loser[covers[which[counted]]])

    besieged = np.append(claims.loser, NONE)[last_siege]
    besieger = np.append(claims.actor, NONE)[last_siege]
    under_siege = (last_siege != NONE) & ~fought & ~parted & ((holder == NONE) | (holder == besieged)) & (rival == NONE)
    contested = ~under_siege & ~parted & (fought | (last_siege != NONE) | (rival != NONE))
    sides.add(np.flatnonzero(~parted), rival[~parted])
    holder, shares = _shared(holder, divided, sides)
    sides.remove(holder)
    sides.bits[~contested & ~parted] = 0
    status = np.where(holder == NONE, _STATUS[Status.UNKNOWN], _STATUS[Status.CONTROLLED])
    status[contested], status[under_siege] = _STATUS[Status.CONTESTED], _STATUS[Status.BESIEGED]
    status[parted] = _STATUS[Status.DIVIDED]
    actor = np.where(under_siege, besieged, holder)
    besieger = np.where(under_siege, besieger, NONE)

    where, when = cuts // FAR, cuts % FAR
    told_on = [claims.place * FAR + (day - start) for day in (claims.day, claims.begins)]
    told_of = _among(cuts, np.sort(np.concatenate(told_on)) if claims.dates.any() else told_on[0])
    changes = np.append(True, where[1:] != where[:-1])[: len(cuts)]
    for column in (status, actor, besieger, shares, *sides.bits.T):
        changes[1:] |= column[1:] != column[:-1]
    kept = np.flatnonzero(changes)
    ends = np.append(when[kept][1:], 0)
    ends[np.append(where[kept][1:] != where[kept][:-1], True)] = length
    return Painted(
        where[kept], when[kept], ends, status[kept], actor[kept], besieger[kept], sides.bits[kept],
        shares[kept],
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

    def add_all(self, piece: int, actors: tuple[int, ...]) -> None:
        for actor in actors:
            self.bits[piece, actor // _WORD] |= np.int64(1 << actor % _WORD)

    def remove(self, actor: Ints) -> None:
        """Take one actor, or nobody, from each set."""
        piece = np.flatnonzero(actor != NONE)
        self.bits[piece, actor[piece] // _WORD] &= ~np.left_shift(1, actor[piece] % _WORD)


def _covers(
    claims: ClaimColumns, weight: Floats, start: int, length: int, policy: Policy
) -> tuple[Ints, Ints, Ints, list[Parts]]:
    """Claims of fighting, siege and division, the days from which and until which each lasts, and between whom."""
    telling = np.flatnonzero(_COVERS[claims.event])
    has_any = np.zeros(int(claims.place.max(initial=-1)) + 1, bool)
    has_any[claims.place[telling]] = True
    rows = np.flatnonzero(has_any[claims.place] & (_COVERS | SETTLES)[claims.event])
    firsts = np.append(heads_of(claims.place[rows]), len(rows)).tolist()
    columns = (
        claims.day - start,
        claims.begins - start,
        claims.event,
        claims.actor,
        claims.loser,
        claims.others,
        claims.shares,
        weight,
    )
    every = [_told(*row) for row in zip(*(column[rows].tolist() for column in columns), strict=True)]
    found: list[tuple[int, int, int]] = []
    parts: list[Parts] = []
    for first, last in zip(firsts, firsts[1:], strict=False):
        for span in covers_of(every[first:last], policy, length):
            found.append((first + span.row, span.start, span.end))
            parts.append((span.parties, span.shares))
    numbers, since, until = np.array(found, np.int64).reshape(-1, 3).T
    return rows[numbers], since, until, parts


def _divided(pieces: Ints, covers: Ints, parts: Sequence[Parts]) -> dict[int, Parts]:
    """Say who holds which share, for each piece over which reports of division lie; they are few."""
    told: dict[int, list[Parts]] = {}
    for piece, cover in sorted(zip(pieces.tolist(), covers.tolist(), strict=True)):
        told.setdefault(piece, []).append(parts[cover])
    return {piece: parts_of(divisions) for piece, divisions in told.items()}


def _shared(holder: Ints, divided: dict[int, Parts], sides: _Sides) -> tuple[Ints, Objects]:
    """Name the holder and the shares of divided pieces, and add the others to the sides."""
    holder, shares = holder.copy(), tuples([()] * len(holder))
    for piece, (parts, measured) in divided.items():
        holder[piece], shares[piece] = parts[0], measured
        sides.add_all(piece, parts)
    return holder, shares


def _told(
    day: int,
    begins: int,
    event: int,
    actor: int,
    loser: int,
    others: tuple[int, ...],
    shares: tuple[float, ...],
    weight: float,
) -> Told:
    meaning = _MEANINGS[event]
    parties = tuple(side for side in (actor, loser, *others) if side != NONE) if meaning.has_shares else ()
    return Told(
        day,
        begins,
        meaning,
        None if actor == NONE else actor,
        None if loser == NONE else loser,
        parties,
        shares,
        weight,
    )

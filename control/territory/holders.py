"""Holders: who has each site on a day, by report or by estimate."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from functools import cached_property
from itertools import repeat

import numpy as np
from numpy.typing import NDArray

from control.assessment.model import Holding, Status
from control.assessment.timeline import Timeline
from control.territory.estimator import Estimator
from geo.place import Place

Ints = NDArray[np.int64]

NONE = -1
"""Index of no actor."""


class Standing(IntEnum):
    """What an answer about a site rests on. Estimates are never mixed with assessments."""

    ASSESSED = 0
    ESTIMATED = 1
    CONTESTED = 2
    UNKNOWN = 3
    DIVIDED = 4

    def __str__(self) -> str:
        return self.name.lower()


_STANDINGS = {Status.CONTESTED: Standing.CONTESTED, Status.DIVIDED: Standing.DIVIDED}
_WEAKEST_LAST = np.array([0, 3, 2, 4, 1], dtype=np.int64)
"""Rank of each standing where several sites share one spot: what somebody reported comes before any estimate."""


@dataclass(frozen=True, slots=True)
class Hold:
    """One way in which a site can be held; actors by index, `NONE` for nobody.

    Attributes
    ----------
    actor
        Holder; for `CONTESTED` the one it belonged to last, for `DIVIDED` the one with the largest part.
    rivals
        For `CONTESTED`: the others who are named for it; for `DIVIDED`: who holds the other parts.
    besieger
        Who is reported to encircle it.
    shares
        For `DIVIDED`: the parts of the actor and of each rival, 0-1; empty where nobody measured them.
    """

    standing: Standing
    actor: int = NONE
    rivals: tuple[int, ...] = ()
    besieger: int = NONE
    shares: tuple[float, ...] = ()

    @property
    def sides(self) -> tuple[int, ...]:
        """Whoever holds it or is named for it."""
        return tuple(actor for actor in (self.actor, *self.rivals) if actor >= 0)

    @property
    def ground(self) -> Hold:
        """The same without siege and shares: they change nothing of between whom its ground is."""
        return Hold(self.standing, self.actor, self.rivals)


class Holds:
    """The ways to hold a site that occur, numbered: 0 is unknown, 1 + a is estimated for actor a.

    Attributes
    ----------
    actor, rival, besieger
        Index of an actor for each number, `NONE` for nobody; `rival` is the first of several.
    standing
        Number of the `Standing` for each number.
    """

    def __init__(self, actors: Sequence[str], holdings: Sequence[Holding]) -> None:
        number = {actor: i for i, actor in enumerate(actors)}
        estimated = [Hold(Standing.ESTIMATED, i) for i in range(len(actors))]
        reported = {self._hold(holding, number) for holding in holdings} - {Hold(Standing.UNKNOWN)}
        order = sorted(reported, key=lambda h: (h.standing, h.actor, h.rivals, h.besieger, h.shares))
        self.all = (Hold(Standing.UNKNOWN), *estimated, *order)
        self._code = {hold: code for code, hold in enumerate(self.all)}
        self._number = number
        self.actor = np.array([h.actor for h in self.all], dtype=np.int64)
        self.rival = np.array([h.rivals[0] if h.rivals else NONE for h in self.all], dtype=np.int64)
        self.standing = np.array([h.standing for h in self.all], dtype=np.int64)
        self.besieger = np.array([h.besieger for h in self.all], dtype=np.int64)

    def __len__(self) -> int:
        return len(self.all)

    def code(self, holding: Holding) -> int:
        """Return the number of a holding."""
        return self._code[self._hold(holding, self._number)]

    @staticmethod
    def _hold(holding: Holding, number: dict[str, int]) -> Hold:
        if holding.status is Status.UNKNOWN or (holding.actor is None and not holding.rivals):
            return Hold(Standing.UNKNOWN)
        standing = _STANDINGS.get(holding.status, Standing.ASSESSED)
        actor = number[holding.actor] if holding.actor else NONE
        besieger = number[holding.besieger] if holding.besieger else NONE
        return Hold(standing, actor, tuple(number[r] for r in holding.rivals), besieger, holding.shares)


@dataclass(frozen=True)
class Holders:
    """Who has each site on a day.

    Attributes
    ----------
    actors
        Ids that indices of actors stand for.
    code
        Number in `holds` for each site, shape (n,).
    ground_code
        The same for its ground: of sites that share a spot, which have one ground, the first shows what is known best.
    """

    day: date
    actors: tuple[str, ...]
    holds: Holds
    code: Ints
    ground_code: Ints

    @property
    def actor(self) -> Ints:
        """Index of each site's holder, shape (n,)."""
        return np.asarray(self.holds.actor[self.code])

    @property
    def rival(self) -> Ints:
        """Index of who else is named for a contested site, shape (n,)."""
        return np.asarray(self.holds.rival[self.code])

    @property
    def standing(self) -> Ints:
        """Number of each site's `Standing`, shape (n,)."""
        return np.asarray(self.holds.standing[self.code])

    @property
    def besieger(self) -> Ints:
        """Index of who is reported to encircle each site, shape (n,)."""
        return np.asarray(self.holds.besieger[self.code])


class HolderBook:
    """The holders of all sites on every day of a timeline.

    Parameters
    ----------
    sites
        Places that have ground.
    owner
        For each site the one whose ground it shares, shape (n,).
    estimator
        Answers for sites that no report tells of; without one they are unknown.
    """

    def __init__(
        self, timeline: Timeline, sites: Sequence[Place], owner: Ints, estimator: Estimator | None = None
    ) -> None:
        self.timeline, self.estimator = timeline, estimator
        held = (actor.id for actor in timeline.theatre.actors.values() if not actor.parent)
        self.actors = estimator.actors if estimator else tuple(sorted(held))
        found = [(site, i) for site, place in enumerate(sites) for i in timeline.intervals.get(place.id, ())]
        self.holds = Holds(self.actors, [interval.holding for _, interval in found])
        rows = sorted((i.start.toordinal(), site, self.holds.code(i.holding)) for site, i in found)
        changes = np.array(rows, dtype=np.int64).reshape(-1, 3)
        self._days, self._sites, self._codes = changes.T
        self._size = len(sites)
        self._spots = _shared_spots(owner)

    @cached_property
    def change_days(self) -> tuple[date, ...]:
        """The days on which the assessment of any site changes, and the first of the span."""
        return tuple(date.fromordinal(int(day)) for day in np.unique(self._days))

    def on(self, day: date) -> Holders:
        """Return the holders on one day.

        Raises
        ------
        SpanError
            When `day` is outside the theatre's span.
        """
        return next(self.over([day]))

    def over(self, days: Sequence[date]) -> Iterator[Holders]:
        """Return the holders on many days, in one pass that is fast when they ascend. Raises as `on`."""
        for day in days:
            self.timeline.theatre.check_date(day)
        fields = self.estimator.fields(days) if self.estimator else repeat(None)
        reported = np.zeros(self._size, dtype=np.int64)
        done = 0
        for day, field in zip(days, fields, strict=False):
            until = int(np.searchsorted(self._days, day.toordinal(), side="right"))
            if until < done:
                reported[:] = 0
                done = 0
            # of several changes of a site the last one stays: they are in order of time
            reported[self._sites[done:until]] = self._codes[done:until]
            done = until
            code = reported.copy()
            if field is not None:
                silent = (reported == 0) & (field.actor >= 0)
                code[silent] = 1 + field.actor[silent]
            yield Holders(day, self.actors, self.holds, code, self._ground_code(code))

    def _ground_code(self, code: Ints) -> Ints:
        members, starts, owners = self._spots
        if not len(owners):
            return code
        rank = _WEAKEST_LAST[self.holds.standing[code[members]]] * len(members) + np.arange(len(members))
        best = members[np.minimum.reduceat(rank, starts) % len(members)]
        found = code.copy()
        found[owners] = code[best]
        return found


def _shared_spots(owner: Ints) -> tuple[Ints, Ints, Ints]:
    """Sites that share a spot, one spot after the other, the owner first; where each spot starts; its owner."""
    order = np.lexsort((np.arange(len(owner)), owner != np.arange(len(owner)), owner))
    owners, counts = np.unique(owner[order], return_counts=True)
    shared = counts > 1
    members = order[np.repeat(shared, counts)]
    lengths = counts[shared]
    return members.astype(np.int64), (np.cumsum(lengths) - lengths).astype(np.int64), owners[shared].astype(np.int64)

"""Claims as columns: one array a field, codes instead of names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from control.assessment.chain import NONE, Floats, Ints
from control.assessment.policy import Policy
from control.record.event_kinds import Cover, EventKind, Side
from control.record.model import Claim, Source

Bools = NDArray[np.bool_]
Objects = NDArray[np.object_]

EVENTS = tuple(EventKind)
"""Kind of event of each code."""
CODE = {event: code for code, event in enumerate(EVENTS)}


def flags(events: Iterable[EventKind]) -> Bools:
    """Return a table that says of each code whether it is one of `events`."""
    wanted = set(events)
    return np.array([event in wanted for event in EVENTS])


MOVES = flags(event for event in EventKind if event.meaning.move)
GOES_ON = flags(event for event in EventKind if event.meaning.goes_on)
SETTLES = flags(event for event in EventKind if event.meaning.settles)
ACTOR_HOLDS = flags(event for event in EventKind if event.meaning.holder is Side.ACTOR)
UNUSED = flags(event for event in EventKind if event.meaning.unused)
FIGHTS = flags(event for event in EventKind if event.meaning.cover is Cover.FIGHTING)
BESIEGES = flags(event for event in EventKind if event.meaning.cover is Cover.SIEGE)
DIVIDES = flags(event for event in EventKind if event.meaning.cover is Cover.PARTS)


@dataclass(frozen=True, slots=True)
class Outlets:
    """What is asked of the sources; the code of a source is its position.

    Attributes
    ----------
    grade
        Letters A-F.
    family
        Codes: sources of one family copy each other.
    aligned
        Code of the actor that the source speaks for, or `NONE`.
    """

    grade: tuple[str, ...]
    family: Ints
    aligned: Ints


@dataclass(frozen=True, slots=True)
class ClaimColumns:
    """Claims, arrays of one length in any order.

    Attributes
    ----------
    place
        Codes 0 to places - 1.
    event
        Codes of `EVENTS`.
    actor, loser
        Codes of actors, in the order of the actors' ids, or `NONE`.
    others, shares
        Codes of the third side and those after it, and the share of each side: a tuple each, as in `model.Claim`.
    first, last
        First and last day of the window, as `date.toordinal` counts them.
    known
        Day from which a reader can have known it.
    source
        Codes of `Outlets`.
    credibility, place_score
        As in `model.Claim`.
    begun_first, begun_last
        First and last day of `Claim.begun`: the window again, where the claim does not say since when.
    dates
        Whether it says so.
    rank
        Which of two claims of one day comes first: the order of their ids, all different.
    """

    place: Ints
    event: Ints
    actor: Ints
    loser: Ints
    others: Objects
    shares: Objects
    first: Ints
    last: Ints
    known: Ints
    source: Ints
    credibility: Ints
    place_score: Floats
    begun_first: Ints
    begun_last: Ints
    dates: Bools
    rank: Ints

    def __len__(self) -> int:
        return len(self.place)

    @property
    def day(self) -> Ints:
        """Middle days of the windows; the earlier of two."""
        return np.asarray(self.first + (self.last - self.first) // 2)

    @property
    def begins(self) -> Ints:
        """Middle days of `Claim.begun`."""
        return np.asarray(self.begun_first + (self.begun_last - self.begun_first) // 2)

    def take(self, rows: Ints | Bools | slice) -> ClaimColumns:
        """Return some rows."""
        return ClaimColumns(*(getattr(self, field.name)[rows] for field in fields(self)))

    def weights(self, outlets: Outlets, policy: Policy) -> Floats:
        """P(claim true) of each claim, as `Policy.weight` gives it."""
        grades = np.array([policy.grades[grade] for grade in outlets.grade])
        credible = np.zeros(max(policy.credibilities) + 1)
        credible[list(policy.credibilities)] = list(policy.credibilities.values())
        weight = grades[self.source] * credible[self.credibility] * self.place_score
        side = outlets.aligned[self.source]
        own = (side != NONE) & (side == self.actor)
        against = (side != NONE) & ~own & (side == self.loser) & MOVES[self.event]
        weight[own] *= policy.own_side_factor
        weight[against] = np.maximum(weight[against], policy.against_interest)
        return np.minimum(0.99, weight)


def tuples(values: Sequence[tuple[float, ...]]) -> Objects:
    """Put tuples of any length into a column."""
    column = np.empty(len(values), dtype=object)
    column[:] = values
    return column


def columns_of(claims: Sequence[Claim], places: Sequence[str], actors: Sequence[str]) -> tuple[ClaimColumns, Outlets]:
    """Turn claims into columns.

    Parameters
    ----------
    places
        Ids of the places; their positions are the codes.
    actors
        Ids of the actors, sorted.
    """
    at = {place_id: code for code, place_id in enumerate(places)}
    who = {actor_id: code for code, actor_id in enumerate(actors)} | {None: NONE}
    sources: dict[Source, int] = {}
    families: dict[str, int] = {}
    for claim in claims:
        sources.setdefault(claim.source, len(sources))
        families.setdefault(claim.source.family, len(families))
    ranks = np.empty(len(claims), np.int64)
    ranks[sorted(range(len(claims)), key=lambda row: claims[row].id)] = np.arange(len(claims))

    def column(values: Iterable[int]) -> Ints:
        return np.fromiter(values, np.int64, len(claims))

    table = ClaimColumns(
        column(at[c.place_id] for c in claims),
        column(CODE[c.event] for c in claims),
        column(who[c.actor] for c in claims),
        column(who[c.loser] for c in claims),
        tuples([tuple(who[other] for other in c.others) for c in claims]),
        tuples([c.shares for c in claims]),
        column(c.window.first.toordinal() for c in claims),
        column(c.window.last.toordinal() for c in claims),
        column(c.known_from.toordinal() for c in claims),
        column(sources[c.source] for c in claims),
        column(c.credibility for c in claims),
        np.fromiter((c.place_score for c in claims), np.float64, len(claims)),
        column(c.begun.first.toordinal() for c in claims),
        column(c.begun.last.toordinal() for c in claims),
        np.fromiter((c.since is not None for c in claims), np.bool_, len(claims)),
        ranks,
    )
    family = np.array([families[source.family] for source in sources], np.int64)
    aligned = np.array([who[source.aligned_with or None] for source in sources], np.int64)
    return table, Outlets(tuple(source.grade for source in sources), family, aligned)

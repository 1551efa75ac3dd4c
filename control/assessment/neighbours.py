"""What the places around a place say of it, as the chain hears it.

An assessment is its own odds times what its neighbours say, to a power (`Policy.neighbours`). And where the neighbours
change hands, the place is likely to have changed, too: there the chain forgets its holder, the more the more they moved, and
draws it anew from what they say. What is said of a place rests on reports of other places alone: its own never change it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from control.assessment.nodes import FAR, NONE, SHIFT, Floats, Ints, Nodes

SHIFTED = 0.75
"""How far a holder is forgotten when all neighbours change hands: exp(-0.75), a half, of the belief is left."""


@dataclass(frozen=True, slots=True)
class NeighbourSay:
    """What the neighbours of places say, each piece from its day on until the next one of the place.

    Attributes
    ----------
    actors
        Ids that the columns of `odds` stand for.
    rows
        Place id -> its number.
    keys
        number * FAR + day since the start of the span, sorted; the first piece of each place is of day 0.
    odds
        P(actor), shape (pieces, K); above zero.
    moved
        0-1: how far the odds moved when the neighbours changed hands on that day, else 0; shape (pieces,).
    """

    actors: tuple[str, ...]
    rows: Mapping[str, int]
    keys: Ints
    odds: Floats
    moved: Floats

    def at(self, numbers: Ints, day: int) -> Floats:
        """Return what is said of places, by their numbers, on a day, shape (places, K)."""
        return self.odds[np.searchsorted(self.keys, numbers * FAR + day, side="right") - 1]


@dataclass(frozen=True, slots=True)
class Beside:
    """What is said of the states of chains: each piece from its day on; a place that is not in it hears nothing.

    Attributes
    ----------
    keys
        place * FAR + day, sorted.
    odds
        P(state), shape (K, keys).
    factors
        What the odds of the states are multiplied with, shape (K, keys).
    moved
        As `NeighbourSay` has it.
    """

    keys: Ints
    odds: Floats
    factors: Floats
    moved: Floats

    def lean(self, places: Ints, days: Ints) -> Floats:
        """Return the factors for pairs of place and day, shape (K, pairs)."""
        row, known = self._rows(places, days)
        return np.where(known, self.factors[:, row], 1.0)

    def drawn(self, places: Ints, days: Ints) -> Floats:
        """Return the odds of the states for pairs of place and day, shape (K, pairs)."""
        return self.odds[:, self._rows(places, days)[0]]

    def with_shifts(self, nodes: Nodes) -> Nodes:
        """Put in nodes where the neighbours change hands."""
        rows = np.flatnonzero(self.moved > 0)
        if not len(rows):
            return nodes
        nobody = np.full(len(rows), NONE)
        weight = 1 - np.exp(-SHIFTED * self.moved[rows])
        keys = self.keys[rows]
        shifts = Nodes(keys // FAR, keys % FAR, np.full(len(rows), SHIFT), nobody, nobody, weight)
        # on one day the neighbours come first: what is reported of the place itself is newer
        following = np.searchsorted(nodes.place * FAR + nodes.day, keys, side="left")
        order = np.argsort(np.append(np.arange(len(nodes)) + 0.5, following.astype(float)), kind="stable")
        return nodes.and_also(shifts).take(order)

    def _rows(self, places: Ints, days: Ints) -> tuple[Ints, Ints]:
        if not len(self.keys):
            return np.zeros(len(places), np.int64), np.zeros(len(places), bool)
        row = np.maximum(np.searchsorted(self.keys, places * FAR + days, side="right") - 1, 0)
        return row, (self.keys[row] // FAR == places) & (self.keys[row] <= places * FAR + days)


def beside_of(
    say: NeighbourSay, places: Sequence[str], actors: Sequence[tuple[str, ...]], states: Ints, power: float
) -> Beside | None:
    """Say it of the states of chains; `None` where nothing is said of any.

    Parameters
    ----------
    places, actors, states
        Of each chain: the id of its place, the actors of its first states, and how many states it has; the others are
        somebody else's, each alike.
    power
        To which the odds are taken.
    """
    number = {actor: i for i, actor in enumerate(say.actors)}
    heard = [row for row, place in enumerate(places) if place in say.rows and actors[row]]
    if not len(say.keys) or not heard:
        return None
    rows = np.array([say.rows[places[row]] for row in heard], dtype=np.int64)
    width, count = int(states.max(initial=1)), len(say.actors)
    column = np.full((len(heard), width), count, dtype=np.int64)
    named = np.zeros((len(heard), count), dtype=bool)
    for i, row in enumerate(heard):
        numbers = [number[actor] for actor in actors[row]]
        column[i, : len(numbers)] = numbers
        named[i, numbers] = True
    low, high = np.searchsorted(say.keys, rows * FAR), np.searchsorted(say.keys, (rows + 1) * FAR)
    counts = high - low
    which = np.repeat(np.arange(len(heard)), counts)
    piece = np.arange(len(which)) - np.repeat(np.cumsum(counts) - counts, counts) + low[which]
    keys = np.array(heard, dtype=np.int64)[which] * FAR + say.keys[piece] % FAR
    odds, unnamed = say.odds[piece], ~named[which]
    left = np.maximum(unnamed.sum(axis=1), 1)
    rest = np.where(unnamed, odds, 0.0).sum(axis=1)
    factor = np.where(unnamed, odds**power, 0.0).sum(axis=1) / left
    nobody = np.maximum(states[np.array(heard, dtype=np.int64)][which] - named.sum(axis=1)[which], 1)
    drawn = np.column_stack((odds, rest / nobody))
    leaning = np.column_stack((odds**power, np.where(unnamed.any(axis=1), factor, 1e-6)))
    states_of = column[which]
    exists = np.arange(width) < states[np.array(heard, dtype=np.int64)][which][:, None]
    target = np.where(exists, np.take_along_axis(drawn, states_of, axis=1), 0.0)
    return Beside(
        keys,
        (target / target.sum(axis=1, keepdims=True)).T,
        np.where(exists, np.take_along_axis(leaning, states_of, axis=1), 1.0).T,
        say.moved[piece],
    )

"""What the chains of places are made of: what each event says, in numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

STATE, CHANGE, DEPARTURE, SHIFT, FADE = 0, 1, 2, 3, 4

NONE = -1
"""Number of no state, and of no actor."""

FEWEST_STATES = 3
"""So many at the least: nobody's ground is somebody's."""

SUREST = 0.99
"""No event is surer than this."""

FAR = 1 << 24
"""More days than any span has: (place, day) pairs are sorted as place * FAR + day."""


class Node(NamedTuple):
    """What one event says, in numbers.

    Attributes
    ----------
    day
        Days since the start of the span; nodes of a place come sorted by day.
    kind
        `STATE`, `CHANGE` or `DEPARTURE`; `SHIFT` where the neighbours change hands; `FADE` where, further back, a change no
        longer speaks for its loser.
    gainer, loser
        Index of the state, or `NONE`.
    weight
        P(claim true), 0-1.
    """

    day: int
    kind: int
    gainer: int
    loser: int
    weight: float


@dataclass(frozen=True, slots=True)
class Nodes:
    """The nodes of many places, arrays of one length: sorted by place, those of one place as the chain takes them.

    Fields as in `Node`, and the number of the place.
    """

    place: Ints
    day: Ints
    kind: Ints
    gainer: Ints
    loser: Ints
    weight: Floats

    @classmethod
    def of(cls, places: Sequence[Sequence[Node]]) -> Nodes:
        """Put the nodes of each place into arrays."""
        number = np.repeat(np.arange(len(places)), np.array([len(nodes) for nodes in places], np.int64))
        table = [node for nodes in places for node in nodes]
        day, kind, gainer, loser = (
            np.fromiter((node[field] for node in table), np.int64, len(table)) for field in range(4)
        )
        return cls(number, day, kind, gainer, loser, np.fromiter((node.weight for node in table), float, len(table)))

    def __len__(self) -> int:
        return len(self.place)

    def and_also(self, others: Nodes) -> Nodes:
        """Return these, and then the others."""
        return Nodes(*(np.append(getattr(self, field.name), getattr(others, field.name)) for field in fields(self)))

    def take(self, rows: Ints) -> Nodes:
        """Return some of them."""
        return Nodes(*(getattr(self, field.name)[rows] for field in fields(self)))


@dataclass(frozen=True, slots=True)
class ChainRates:
    """The numbers of the chain: `hazard` per day, and what a reset leaves to those it does not name.

    Attributes
    ----------
    silence_days
        After so many days of silence a node that names another holder counts 63 % more, in the end twice; 0 for never.
    loser_days
        How long before a change the loser that it names is believed to have held the place, where the node before names
        another one; 0 for no end.
    """

    hazard: float = 1 / 700
    other_loser: float = 0.05
    left_behind: float = 0.1
    silence_days: int = 0
    loser_days: int = 0

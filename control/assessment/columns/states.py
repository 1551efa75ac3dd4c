"""The states of each place's chain: the actors that its events name, in the order of their codes, and somebody else."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from control.assessment.chain import FEWEST_STATES, NONE, SUREST, Ints, Nodes
from control.assessment.columns.gather import Events


@dataclass(frozen=True, slots=True)
class States:
    """Which actor is which state of a place.

    Attributes
    ----------
    named
        Number of named states of each place.
    counts
        Number of states of each place.
    actor
        Code of the actor of each state, `NONE` where it is nobody's, shape (places, K); its last column is `NONE`, so that
        state `NONE` is no actor.
    state
        State of each actor, `NONE` where no event names it, shape (places, actors + 1); its last column is `NONE`, too.
    """

    named: Ints
    counts: Ints
    actor: Ints
    state: Ints


def states_of(events: Events, places: int, actors: int) -> States:
    """Give each actor that the events of a place name a state of its chain."""
    present = np.zeros((places, actors), bool)
    for side in (events.gainer, events.loser):
        present[events.place[side != NONE], side[side != NONE]] = True
    named = present.sum(axis=1)
    counts = np.maximum(FEWEST_STATES, named + 1)
    number = np.where(present, np.cumsum(present, axis=1) - 1, NONE)
    state = np.column_stack((number, np.full(places, NONE)))
    actor = np.full((places, int(counts.max(initial=FEWEST_STATES)) + 1), NONE)
    where, who = np.nonzero(present)
    actor[where, state[where, who]] = who
    return States(named, counts, actor, state)


def nodes_of(events: Events, states: States, start: int) -> Nodes:
    """Write events as nodes of the chains.

    Parameters
    ----------
    start
        First day of the span, as events count days.
    """
    return Nodes(
        events.place,
        np.maximum(0, events.day - start),
        events.kind,
        states.state[events.place, events.gainer],
        states.state[events.place, events.loser],
        np.minimum(events.weight, SUREST),
    )

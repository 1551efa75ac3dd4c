"""A hidden Markov chain per place, evaluated only at the days of its reports.

The states are the actors that the claims of a place name, and one for `somebody else`. Between two reports the holder
stays with probability s = exp(-h D) over D days, and is otherwise drawn anew from the prior pi = 1/K:

    T(D) = s I + (1 - s) 1 pi'

A claim enters as one of three kinds of node (P(claim true) = rho):

state (g holds the place)
    emission rho / pi_g for g, (1 - rho) / (1 - pi_g) for all others;
change (g took it from l)
    a reset, since the claim says both who holds it now and who held it before: forward
    a+ = (1 - rho) a- + rho (c.a-)/(c.pi) delta_g, backward b- = (1 - rho) b+ + rho b+(g)/(c.pi) c, with c = 1 for the named
    loser and `other_loser` for all others; without a named loser 1 for all but g, and `other_loser` for g;
departure (l left it)
    the same reset onto the prior with `left_behind` for l.

Between two nodes the posterior is a closed form, so a day costs nothing until it is asked for. Forward and backward
messages: Rabiner (1989), A tutorial on hidden Markov models. All places run at once: the k-th node of every place is one
step of numpy.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

STATE, CHANGE, DEPARTURE = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Node:
    """What one event says, in numbers.

    Attributes
    ----------
    day
        Days since the start of the span; nodes of a place come sorted by day.
    kind
        `STATE`, `CHANGE` or `DEPARTURE`.
    gainer, loser
        Index of the state, or -1 for none named.
    weight
        P(claim true), 0-1.
    """

    day: int
    kind: int
    gainer: int
    loser: int
    weight: float


@dataclass(frozen=True, slots=True)
class ChainRates:
    """The numbers of the chain: `hazard` per day, and what a reset leaves to those it does not name."""

    hazard: float = 1 / 700
    other_loser: float = 0.05
    left_behind: float = 0.1


FAR = 1 << 24
"""More days than any span has: (place, day) pairs are sorted as place * FAR + day."""


@dataclass(frozen=True)
class Curves:
    """The posteriors of many places, to be asked for any place and day.

    Attributes
    ----------
    keys
        place * FAR + day of every node, sorted, shape (n,).
    after, before
        Forward message right after each node, backward message right before it, shape (n, K); K is the greatest number of
        states, and a place with fewer has zeros beyond its own.
    states
        Number of states of each place, shape (places,); the last one is `somebody else`.
    """

    keys: Ints
    after: Floats
    before: Floats
    states: Ints
    rates: ChainRates

    def at(self, places: Ints, days: Ints) -> Floats:
        """Return P(state) for pairs of place and day, shape (pairs, K). A node counts from its own day on."""
        width = self.after.shape[1]
        counts = self.states[places][:, None]
        prior = np.where(np.arange(width)[None, :] < counts, 1 / counts, 0.0)
        if not len(self.keys):
            return prior
        position = np.searchsorted(self.keys, places * FAR + days, side="right")
        last, following = np.maximum(position - 1, 0), np.minimum(position, len(self.keys) - 1)
        has_last = (position > 0) & (self.keys[last] // FAR == places)
        has_next = (position < len(self.keys)) & (self.keys[following] // FAR == places)
        since = np.where(has_last, days - self.keys[last] % FAR, 0)
        ahead = np.where(has_next, self.keys[following] % FAR - days, 0)
        message = np.where(has_last[:, None], self.after[last], prior)
        forward = _forward(message, since, prior, self.rates.hazard)
        message = np.where(has_next[:, None], self.before[following], 1.0)
        posterior = forward * _backward(message, ahead, prior, self.rates.hazard)
        return np.asarray(posterior / posterior.sum(axis=1, keepdims=True))


def run(places: Sequence[Sequence[Node]], states: Sequence[int], rates: ChainRates) -> Curves:
    """Run the chains of many places at once.

    Parameters
    ----------
    places
        The nodes of each place, sorted by day.
    states
        Number of states of each place, at least 2.

    """
    width = max(states, default=2)
    length = max((len(nodes) for nodes in places), default=0)
    counts = np.array([len(nodes) for nodes in places], dtype=np.int64)
    prior = np.zeros((len(places), width))
    for row, k in enumerate(states):
        prior[row, :k] = 1 / k
    table = _table(places, length)
    after = np.zeros((length, len(places), width))
    before = np.ones((length, len(places), width))

    forward, last_day = prior.copy(), np.zeros(len(places))
    for step in range(length):
        on = np.flatnonzero(counts > step)
        days = table["day"][on, step]
        arriving = _forward(forward[on], days - last_day[on], prior[on], rates.hazard)
        leaving = _apply_forward(arriving, _step(table, on, step), prior[on], rates)
        forward[on] = leaving / leaving.sum(axis=1, keepdims=True)
        last_day[on] = days
        after[step, on] = forward[on]

    backward, next_day = np.ones((len(places), width)), np.zeros(len(places))
    for step in reversed(range(length)):
        on = np.flatnonzero(counts > step)
        days = table["day"][on, step]
        gap = np.where(counts[on] == step + 1, 0, next_day[on] - days)
        arriving = _backward(backward[on], gap, prior[on], rates.hazard)
        leaving = _apply_backward(arriving, _step(table, on, step), prior[on], rates)
        backward[on] = leaving / leaving.max(axis=1, keepdims=True)
        next_day[on] = days
        before[step, on] = backward[on]

    order = [(row, step) for row, count in enumerate(counts.tolist()) for step in range(count)]
    rows, steps = np.array(order, dtype=np.int64).reshape(-1, 2).T
    return Curves(
        rows * FAR + table["day"][rows, steps].astype(np.int64),
        after[steps, rows],
        before[steps, rows],
        np.array(states, dtype=np.int64),
        rates,
    )


def _table(places: Sequence[Sequence[Node]], length: int) -> dict[str, Any]:
    """Put the nodes into arrays of shape (places, length); what is beyond a place's nodes is never read."""
    table = {
        "day": np.zeros((len(places), length)),
        "kind": np.zeros((len(places), length), dtype=np.int64),
        "gainer": np.full((len(places), length), -1),
        "loser": np.full((len(places), length), -1),
        "weight": np.zeros((len(places), length)),
    }
    for row, nodes in enumerate(places):
        for step, node in enumerate(nodes):
            for field in ("day", "kind", "gainer", "loser", "weight"):
                table[field][row, step] = getattr(node, field)
    return table


def _step(table: dict[str, Any], on: Ints, step: int) -> dict[str, Any]:
    return {field: values[on, step] for field, values in table.items()}


def _forward(message: Floats, gap: Floats, prior: Floats, hazard: float) -> Floats:
    stay = np.exp(-hazard * gap)[:, None]
    return np.asarray(stay * message + (1 - stay) * message.sum(axis=1, keepdims=True) * prior)


def _backward(message: Floats, gap: Floats, prior: Floats, hazard: float) -> Floats:
    stay = np.exp(-hazard * gap)[:, None]
    return np.asarray(stay * message + (1 - stay) * (message * prior).sum(axis=1, keepdims=True))


def _onto(index: Ints, width: int) -> Floats:
    """One-hot rows; -1 gives a row of zeros."""
    return np.asarray(np.arange(width)[None, :] == index[:, None], dtype=np.float64)


def _emission(step: dict[str, Any], prior: Floats) -> Floats:
    """Give the emission of state nodes; a weight below the prior, which would speak against the claim, says nothing."""
    held = _onto(step["gainer"], prior.shape[1])
    base = (held * prior).sum(axis=1)
    weight = np.maximum(step["weight"], base)
    others = (1 - weight) / np.maximum(1 - base, 1e-12)
    return np.asarray(np.where(held > 0, (weight / np.maximum(base, 1e-12))[:, None], others[:, None]))


def _lost_by(step: dict[str, Any], prior: Floats, rates: ChainRates) -> Floats:
    """Weigh how well each state fits as the one that lost the place: the vector c of a reset."""
    width = prior.shape[1]
    loser, gainer = _onto(step["loser"], width), _onto(step["gainer"], width)
    named = (step["loser"] >= 0)[:, None]
    fits = np.where(named, rates.other_loser + (1 - rates.other_loser) * loser, 1 - (1 - rates.other_loser) * gainer)
    return np.where(prior > 0, fits, 0.0)


def _target(step: dict[str, Any], prior: Floats, rates: ChainRates) -> Floats:
    """Where a reset leads: to the gainer, or after a departure to anybody but the one who left."""
    width = prior.shape[1]
    gone = prior * (1 - (1 - rates.left_behind) * _onto(step["loser"], width))
    gone /= gone.sum(axis=1, keepdims=True)
    departs = (step["kind"] == DEPARTURE)[:, None]
    return np.where(departs, gone, _onto(step["gainer"], width))


def _apply_forward(message: Floats, step: dict[str, Any], prior: Floats, rates: ChainRates) -> Floats:
    weight = step["weight"][:, None]
    fits = _lost_by(step, prior, rates)
    ratio = (fits * message).sum(axis=1, keepdims=True) / (fits * prior).sum(axis=1, keepdims=True)
    reset = (1 - weight) * message + weight * ratio * _target(step, prior, rates)
    return np.where((step["kind"] == STATE)[:, None], message * _emission(step, prior), reset)


def _apply_backward(message: Floats, step: dict[str, Any], prior: Floats, rates: ChainRates) -> Floats:
    weight = step["weight"][:, None]
    fits = _lost_by(step, prior, rates)
    reached = (_target(step, prior, rates) * message).sum(axis=1, keepdims=True)
    reset = (1 - weight) * message + weight * reached * fits / (fits * prior).sum(axis=1, keepdims=True)
    return np.where((step["kind"] == STATE)[:, None], message * _emission(step, prior), reset)

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
messages: Rabiner (1989), A tutorial on hidden Markov models.

What lies between two nodes counts, too (`control/assessment/gaps.py`): an emission is raised to a power where it breaks a
silence, and a fade, some weeks before a change, gives up the share w of what the change says for its loser l there:
backward b-(l) = b(l) - w max(0, b(l) - mean of the others), forward nothing.

All places run at once, in arrays with a row a state and a column a node or a place. Places stand by their number of nodes,
the longest first, and nodes by step: what is still running is always the first part, and each step of numpy is a slice.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from control.assessment.gaps import emphasis_of, with_fades
from control.assessment.neighbours import Beside
from control.assessment.nodes import (
    CHANGE,
    DEPARTURE,
    FADE,
    FAR,
    FEWEST_STATES,
    NONE,
    SHIFT,
    STATE,
    SUREST,
    ChainRates,
    Floats,
    Ints,
    Node,
    Nodes,
)
from control.assessment.sorted_arrays import heads_of

__all__ = [
    "CHANGE",
    "DEPARTURE",
    "FAR",
    "FEWEST_STATES",
    "NONE",
    "STATE",
    "SUREST",
    "ChainRates",
    "Curves",
    "Floats",
    "Ints",
    "Node",
    "Nodes",
    "Stretches",
    "run",
]


@dataclass(frozen=True, slots=True)
class Stretches:
    """Stretches between two nodes, or before the first or after the last, of any places: what a posterior is made of.

    Attributes
    ----------
    prior, after, before
        The prior, the forward message right after the node before, and the backward message right before the next one,
        shape (K, n); where there is none the prior, and ones.
    last, next
        Days of these nodes, or `NONE`.
    hazard
        Rate, per day, at which a holder is forgotten.
    lean
        Factor for each state, shape (K, n), of what stands beside the nodes (`control.assessment.neighbours`).
    """

    prior: Floats
    after: Floats
    before: Floats
    last: Ints
    next: Ints
    hazard: float
    lean: Floats | None = None

    def take(self, at: Ints) -> Stretches:
        """Return some of them."""
        return Stretches(
            self.prior[:, at],
            self.after[:, at],
            self.before[:, at],
            self.last[at],
            self.next[at],
            self.hazard,
            None if self.lean is None else self.lean[:, at],
        )

    def ahead(self, day: Ints) -> Ints:
        """Days from a day of each to the next node; 0 without one."""
        return np.where(self.next == NONE, 0, self.next - day)

    def forward(self, day: Ints) -> Floats:
        """Return the forward message on a day of each, shape (K, n)."""
        since = np.where(self.last == NONE, 0, day - self.last)
        return _forward(self.after, np.exp(-self.hazard * since), self.prior)

    def posterior(self, day: Ints) -> Floats:
        """P(state) on a day of each, shape (K, n)."""
        backward = _backward(self.before, np.exp(-self.hazard * self.ahead(day)), self.prior)
        posterior = self.forward(day) * backward
        if self.lean is not None:
            posterior *= self.lean
        return np.asarray(posterior / posterior.sum(axis=0))


@dataclass(frozen=True)
class Curves:
    """The posteriors of many places, to be asked for any place and day.

    Attributes
    ----------
    keys
        place * FAR + day of every node, sorted.
    prior
        Shape (K, places); K is the greatest number of states, and a place with fewer has zeros beyond its own, the last
        of which is `somebody else`.
    after, before
        Forward message right after each node, backward message right before it, shape (K, nodes).
    beside
        What the neighbours say, if they are heard.
    """

    nodes: Nodes
    keys: Ints
    prior: Floats
    after: Floats
    before: Floats
    rates: ChainRates
    beside: Beside | None = None

    @property
    def cuts(self) -> Ints:
        """Days, as `keys` have them, between which a posterior is smooth, sorted."""
        return self.keys if self.beside is None else np.sort(np.concatenate((self.keys, self.beside.keys)))

    def at(self, places: Ints, days: Ints) -> Floats:
        """Return P(state) for pairs of place and day, shape (K, pairs). A node counts from its own day on."""
        return self.around(places, days).posterior(days)

    def around(self, places: Ints, days: Ints) -> Stretches:
        """Return the stretches in which pairs of place and day lie."""
        prior = self.prior[:, places]
        lean = None if self.beside is None else self.beside.lean(places, days)
        if not len(self.keys):
            nowhere = np.full(len(places), NONE)
            return Stretches(prior, prior, np.ones_like(prior), nowhere, nowhere, self.rates.hazard, lean)
        position = np.searchsorted(self.keys, places * FAR + days, side="right")
        last, following = np.maximum(position - 1, 0), np.minimum(position, len(self.keys) - 1)
        has_last = (position > 0) & (self.nodes.place[last] == places)
        has_next = (position < len(self.keys)) & (self.nodes.place[following] == places)
        return Stretches(
            prior,
            np.where(has_last, self.after[:, last], prior),
            np.where(has_next, self.before[:, following], 1.0),
            np.where(has_last, self.nodes.day[last], NONE),
            np.where(has_next, self.nodes.day[following], NONE),
            self.rates.hazard,
            lean,
        )


def run(nodes: Nodes, states: Ints, rates: ChainRates, beside: Beside | None = None) -> Curves:
    """Run the chains of many places at once.

    Parameters
    ----------
    states
        Number of states of each place, at least 2.
    beside
        What the neighbours of the places say.
    """
    nodes = with_fades(nodes, states, rates)
    if beside is not None:
        nodes = beside.with_shifts(nodes)
    width = int(states.max(initial=FEWEST_STATES))
    prior = np.where(np.arange(width)[:, None] < states, 1 / states, 0.0)
    counts = np.bincount(nodes.place, minlength=len(states))
    longest = np.argsort(-counts, kind="stable")
    rank = np.empty(len(states), np.int64)
    rank[longest] = np.arange(len(states))
    heads = heads_of(nodes.place)
    step = np.arange(len(nodes)) - np.repeat(heads, counts[nodes.place[heads]])
    running = np.bincount(step) if len(step) else np.empty(0, np.int64)
    begins = np.append(0, np.cumsum(running))
    at = begins[step] + rank[nodes.place]  # where each node stands
    order = np.empty(len(nodes), np.int64)
    order[at] = np.arange(len(nodes))

    gap = np.diff(nodes.day, prepend=0).astype(np.float64)
    gap[heads] = nodes.day[heads]
    ahead = np.append(gap[1:], 0.0)[: len(gap)]
    ahead[np.append(heads[1:], len(nodes))[: len(heads)] - 1] = 0.0
    drawn = beside.drawn(nodes.place[order], nodes.day[order]) if beside is not None and len(beside.keys) else None
    emphasis, priors = emphasis_of(nodes, states, rates)[order], prior[:, nodes.place[order]]
    steps = _Steps.of(nodes.take(order), emphasis, priors, rates, drawn)
    stay, stay_on = np.exp(-rates.hazard * gap)[order], np.exp(-rates.hazard * ahead)[order]
    after = _all_forward(steps, stay, begins, prior[:, longest])
    before = _all_backward(steps, stay_on, begins, prior[:, longest])
    return Curves(nodes, nodes.place * FAR + nodes.day, prior, after[:, at], before[:, at], rates, beside)


@dataclass(frozen=True, slots=True)
class _Steps:
    """What each node does to a message m: keep * m + weight * (fits . m) / base * target; backwards the other way round.

    A state node only keeps, each state by its emission; a fade takes from a state, backwards, what it has above the others.
    """

    keep: Floats
    fits: Floats
    base: Floats
    weight: Floats
    target: Floats
    fade: Floats | None
    """Share to take from each state, shape (K, n); `None` where no node fades."""

    @classmethod
    def of(cls, nodes: Nodes, emphasis: Floats, prior: Floats, rates: ChainRates, drawn: Floats | None) -> _Steps:
        is_state, departs, fades = (nodes.kind == kind for kind in (STATE, DEPARTURE, FADE))
        weight = np.where(fades, 0.0, nodes.weight)
        number = np.arange(len(prior))[:, None]
        to = (number == nodes.gainer).astype(np.float64)
        of = (number == nodes.loser).astype(np.float64)
        base = (to * prior).sum(axis=0)
        sure = np.maximum(weight, base)  # below the prior it would speak against the claim: it says nothing
        others = (1 - sure) / np.maximum(1 - base, 1e-12)
        emission = np.where(to > 0, sure / np.maximum(base, 1e-12), others) ** emphasis
        # how well each state fits as the one that lost the place
        named = rates.other_loser + (1 - rates.other_loser) * of
        fits = np.where(nodes.loser != NONE, named, 1 - (1 - rates.other_loser) * to)
        fits = np.where((prior > 0) & ~is_state, fits, 0.0)
        # where a reset leads: to the gainer, or after a departure to anybody but the one who left
        gone = prior * (1 - (1 - rates.left_behind) * of)
        gone /= gone.sum(axis=0)
        target = np.where(is_state, 0.0, np.where(departs, gone, to))
        keep = np.where(is_state, emission, 1 - weight)
        base = np.where(is_state, 1.0, (fits * prior).sum(axis=0))
        if drawn is not None and (shifts := nodes.kind == SHIFT).any():
            fits, base = np.where(shifts, prior > 0, fits), np.where(shifts, 1.0, base)
            target = np.where(shifts, drawn, target)
        return cls(keep, fits, base, weight, target, of * np.where(fades, nodes.weight, 0.0) if fades.any() else None)


def _forward(message: Floats, stay: Floats, prior: Floats) -> Floats:
    """Let days pass: the holder stays with probability `stay`, and is otherwise drawn anew from the prior."""
    return np.asarray(stay * message + ((1 - stay) * message.sum(axis=0)) * prior)


def _backward(message: Floats, stay: Floats, prior: Floats) -> Floats:
    """Let days pass backwards."""
    return np.asarray(stay * message + (1 - stay) * (message * prior).sum(axis=0))


def _above_others(message: Floats, prior: Floats) -> Floats:
    """How much more a message says for each state than for the others on the mean; 0 where it says less."""
    others = ((message * prior).sum(axis=0) - message * prior) / (1 - prior)
    return np.asarray(np.maximum(0.0, message - others))


def _all_forward(steps: _Steps, stay: Floats, begins: Ints, prior: Floats) -> Floats:
    message, found = prior.copy(), np.empty_like(steps.keep)
    for first, last in zip(begins[:-1].tolist(), begins[1:].tolist(), strict=True):
        on, some = slice(first, last), slice(0, last - first)
        arriving = _forward(message[:, some], stay[on], prior[:, some])
        ratio = (steps.fits[:, on] * arriving).sum(axis=0) / steps.base[on]
        leaving = steps.keep[:, on] * arriving + (steps.weight[on] * ratio) * steps.target[:, on]
        leaving /= leaving.sum(axis=0)
        message[:, some] = found[:, on] = leaving
    return found


def _all_backward(steps: _Steps, stay: Floats, begins: Ints, prior: Floats) -> Floats:
    message, found = np.ones_like(prior), np.empty_like(steps.keep)
    for first, last in zip(begins[-2::-1].tolist(), begins[:0:-1].tolist(), strict=True):
        on, some = slice(first, last), slice(0, last - first)
        arriving = _backward(message[:, some], stay[on], prior[:, some])
        reached = (steps.target[:, on] * arriving).sum(axis=0)
        leaving = steps.keep[:, on] * arriving + (steps.weight[on] * reached) * steps.fits[:, on] / steps.base[on]
        if steps.fade is not None:
            leaving -= steps.fade[:, on] * _above_others(leaving, prior[:, some])
        leaving /= leaving.max(axis=0)
        message[:, some] = found[:, on] = leaving
    return found

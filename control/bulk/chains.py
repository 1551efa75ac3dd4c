"""The chain of `control.chain` for places of many lengths: a row a state, a column a node, each step a slice.

Places stand by their number of nodes, the longest first, and nodes by step: what is still running is always the first
part. Each number is made by the operations of `control.chain`, in their order, so that ties fall the same way.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from control.bulk.columns import NONE, Floats, Ints
from control.bulk.gather import Events
from control.bulk.groups import heads_of
from control.chain import DEPARTURE, STATE, ChainRates

FEWEST_STATES = 3
"""So many at the least: nobody's ground is somebody's."""


@dataclass(frozen=True)
class Chains:
    """The messages of the nodes of many places, as in `chain.Curves`, with a row for each state.

    Attributes
    ----------
    place, day
        Of the nodes, sorted by both; days count from the start of the span.
    gainer
        State that each node speaks for, or `NONE`.
    actors
        Code of the actor of each state, `NONE` beyond those that are named, shape (places, K).
    named
        Number of named states of each place.
    prior
        Shape (K, places).
    after, before
        Shape (K, nodes).
    """

    place: Ints
    day: Ints
    gainer: Ints
    actors: Ints
    named: Ints
    prior: Floats
    after: Floats
    before: Floats


def run_chains(events: Events, places: int, actors: int, start: int, rates: ChainRates) -> Chains:
    """Run the chains of `places` places.

    Parameters
    ----------
    start
        First day of the span, as events count days.
    """
    present = np.zeros((places, actors), bool)
    for side in (events.gainer, events.loser):
        present[events.place[side != NONE], side[side != NONE]] = True
    named = present.sum(axis=1)
    states = np.maximum(FEWEST_STATES, named + 1)
    width = int(states.max(initial=FEWEST_STATES))
    state = np.column_stack((np.cumsum(present, axis=1) - 1, np.full(places, NONE)))  # the last is of no actor
    who = np.full((places, width), NONE)
    where, actor = np.nonzero(present)
    who[where, state[where, actor]] = actor
    prior = np.where(np.arange(width)[:, None] < states, 1 / states, 0.0)

    counts = np.bincount(events.place, minlength=places)
    longest = np.argsort(-counts, kind="stable")
    rank = np.empty(places, np.int64)
    rank[longest] = np.arange(places)
    heads = heads_of(events.place)
    step = np.arange(len(events)) - np.repeat(heads, counts[events.place[heads]])
    running = np.bincount(step) if len(step) else np.empty(0, np.int64)
    begins = np.append(0, np.cumsum(running))
    at = begins[step] + rank[events.place]  # where each node stands
    order = np.empty(len(events), np.int64)
    order[at] = np.arange(len(events))

    day = np.maximum(0, events.day - start)
    gainer = state[events.place, events.gainer]
    gap = np.diff(day, prepend=0).astype(np.float64)
    gap[heads] = day[heads]
    ahead = np.append(gap[1:], 0.0)[: len(gap)]
    ahead[np.append(heads[1:], len(day))[: len(heads)] - 1] = 0.0
    nodes = _Nodes.of(
        events.kind[order], gainer[order], state[events.place, events.loser][order],
        np.minimum(events.weight, 0.99)[order], prior[:, events.place[order]], rates,
    )  # fmt: skip
    stay, stay_on = np.exp(-rates.hazard * gap)[order], np.exp(-rates.hazard * ahead)[order]
    after = _forward(nodes, stay, begins, prior[:, longest])
    before = _backward(nodes, stay_on, begins, prior[:, longest])
    return Chains(events.place, day, gainer, who, named, prior, after[:, at], before[:, at])


@dataclass(frozen=True, slots=True)
class _Nodes:
    """What each node does to a message m: keep * m + weight * (fits . m) / base * target; backwards the other way round.

    A state node only keeps, each state by its emission.
    """

    keep: Floats
    fits: Floats
    base: Floats
    weight: Floats
    target: Floats

    @classmethod
    def of(cls, kind: Ints, gainer: Ints, loser: Ints, weight: Floats, prior: Floats, rates: ChainRates) -> _Nodes:
        is_state, departs = kind == STATE, kind == DEPARTURE
        number = np.arange(len(prior))[:, None]
        to = (number == gainer).astype(np.float64)
        of = (number == loser).astype(np.float64)
        base = (to * prior).sum(axis=0)
        sure = np.maximum(weight, base)  # below the prior it would speak against the claim: it says nothing
        others = (1 - sure) / np.maximum(1 - base, 1e-12)
        emission = np.where(to > 0, sure / np.maximum(base, 1e-12), others)
        left = rates.other_loser + (1 - rates.other_loser) * of
        fits = np.where(loser != NONE, left, 1 - (1 - rates.other_loser) * to)
        fits = np.where((prior > 0) & ~is_state, fits, 0.0)
        gone = prior * (1 - (1 - rates.left_behind) * of)
        gone /= gone.sum(axis=0)
        target = np.where(is_state, 0.0, np.where(departs, gone, to))
        keep = np.where(is_state, emission, 1 - weight)
        return cls(keep, fits, np.where(is_state, 1.0, (fits * prior).sum(axis=0)), weight, target)


def _forward(nodes: _Nodes, stay: Floats, begins: Ints, prior: Floats) -> Floats:
    message, found = prior.copy(), np.empty_like(nodes.keep)
    for first, last in zip(begins[:-1].tolist(), begins[1:].tolist(), strict=True):
        on, some = slice(first, last), slice(0, last - first)
        arriving = message[:, some]
        total = arriving.sum(axis=0)
        arriving = stay[on] * arriving + ((1 - stay[on]) * total) * prior[:, some]
        ratio = (nodes.fits[:, on] * arriving).sum(axis=0) / nodes.base[on]
        leaving = nodes.keep[:, on] * arriving + (nodes.weight[on] * ratio) * nodes.target[:, on]
        leaving /= leaving.sum(axis=0)
        message[:, some] = found[:, on] = leaving
    return found


def _backward(nodes: _Nodes, stay: Floats, begins: Ints, prior: Floats) -> Floats:
    message, found = np.ones_like(prior), np.empty_like(nodes.keep)
    for first, last in zip(begins[-2::-1].tolist(), begins[:0:-1].tolist(), strict=True):
        on, some = slice(first, last), slice(0, last - first)
        arriving = message[:, some]
        mean = (arriving * prior[:, some]).sum(axis=0)
        arriving = stay[on] * arriving + (1 - stay[on]) * mean
        reached = (nodes.target[:, on] * arriving).sum(axis=0)
        leaving = nodes.keep[:, on] * arriving + (nodes.weight[on] * reached) * nodes.fits[:, on] / nodes.base[on]
        leaving /= leaving.max(axis=0)
        message[:, some] = found[:, on] = leaving
    return found

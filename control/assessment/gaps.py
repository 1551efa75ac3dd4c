"""What lies between two nodes of a chain: silence that a newer report breaks, and how long a named loser is believed.

Fronts move and hinterlands do not. A report that names another holder than the one before it, after a long silence, tells of
a move that nobody reported: it counts for more than the silence, up to twice, in log-odds. It is compared with the last node
that names somebody else, so that one more report for a side never makes another one for it weaker.

A change that names its loser tells who held the place just before. Where the reports before name others, that belief lasts
`loser_days`: earlier, it is given up as far as they are sure. It is given up and nothing is put in its place, so that one
more report for a side never lowers that side.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from control.assessment.nodes import CHANGE, FADE, FAR, NONE, ChainRates, Floats, Ints, Nodes
from control.assessment.sorted_arrays import heads_of

Bools = NDArray[np.bool_]

FORGOTTEN = 0.95
"""Of what a change says for its loser so much is given up before `loser_days`, where a sure report before names another."""


def beyond_chance(nodes: Nodes, states: Ints) -> Floats:
    """Return how far each node is surer of a holder than chance, 0-1; 0 where it names none, or says nothing.

    `states` is the number of states of each place.
    """
    least = 1 / states[nodes.place]
    return np.where(nodes.gainer != NONE, np.maximum(0.0, (nodes.weight - least) / (1 - least)), 0.0)


def emphasis_of(nodes: Nodes, states: Ints, rates: ChainRates) -> Floats:
    """Return the exponent, 1-2, of what each state node says; `states` is the number of states of each place."""
    found = np.ones(len(nodes))
    said = beyond_chance(nodes, states)
    speaks = np.flatnonzero(said > 0)
    if not rates.silence_days or not len(speaks):
        return found
    place, day = nodes.place[speaks], nodes.day[speaks]
    heads = heads_of(place * FAR + nodes.gainer[speaks])  # of each run of nodes that name one holder
    other = heads - 1
    known = (heads > 0) & (place[other] == place[heads])
    lengths = np.diff(np.append(heads, len(speaks)))
    last, strength = np.repeat(day[other], lengths), np.repeat(np.where(known, said[speaks][other], 0.0), lengths)
    silence = np.maximum(0, day - last)
    found[speaks] += strength * (1 - np.exp(-silence / rates.silence_days))
    return found


def with_fades(nodes: Nodes, states: Ints, rates: ChainRates) -> Nodes:
    """Return the nodes, and one `loser_days` before each change whose loser the reports before it contradict."""
    said = beyond_chance(nodes, states)
    late, doubt = _doubted(nodes, said, rates.loser_days)
    if not len(late):
        return nodes
    fades = Nodes(
        nodes.place[late],
        nodes.day[late] - rates.loser_days,
        np.full(len(late), FADE),
        np.full(len(late), NONE),
        nodes.loser[late],
        FORGOTTEN * doubt,
    )
    keys = nodes.place * FAR + nodes.day
    after = np.searchsorted(keys, fades.place * FAR + fades.day, side="right")
    order = np.argsort(np.append(np.arange(len(nodes)), after - 0.5), kind="stable")
    return nodes.and_also(fades).take(order)


def _doubted(nodes: Nodes, said: Floats, loser_days: int) -> tuple[Ints, Floats]:
    """Return the changes after a silence whose loser others held by the reports before, and how sure the surest is."""
    changes = np.flatnonzero((nodes.kind == CHANGE) & (nodes.loser != NONE))
    if not loser_days or not len(changes):
        return np.empty(0, np.int64), np.empty(0)
    at = np.arange(len(nodes))
    heads = np.repeat(heads_of(nodes.place), np.diff(np.append(heads_of(nodes.place), len(nodes))))
    last = np.maximum.accumulate(np.where(said > 0, at, -1))  # the last node that says something, up to each
    last = np.append(-1, last[:-1])[changes]
    late = (last >= heads[changes]) & (nodes.day[changes] - nodes.day[last] > loser_days)
    changes, since = changes[late], np.maximum(heads[changes], _after_last_naming(nodes, said > 0, changes))[late]
    doubted = since < changes
    changes, since = changes[doubted], since[doubted]
    # reduceat takes pairs of (first, end): the odd ones are what lies between two pairs
    bounds = np.column_stack((since, changes)).ravel()
    doubt = np.maximum.reduceat(said, bounds)[::2] if len(changes) else np.empty(0)
    return changes[doubt > 0], doubt[doubt > 0]


def _after_last_naming(nodes: Nodes, says: Bools, changes: Ints) -> Ints:
    """Return the node after the last one, before each change, that says its loser holds the place; 0 without one."""
    many, names = len(nodes), int(nodes.gainer.max(initial=0)) + 1
    speaks = np.flatnonzero(says)
    runs = np.sort((nodes.place[speaks] * names + nodes.gainer[speaks]) * many + speaks)
    run = nodes.place[changes] * names + nodes.loser[changes]
    before = np.searchsorted(runs, run * many + changes) - 1
    found = runs[np.maximum(before, 0)] if len(runs) else np.zeros(len(changes), np.int64)
    named = (before >= 0) & (found // many == run) & (nodes.loser[changes] < names)
    return np.asarray(np.where(named, found % many + 1, 0))

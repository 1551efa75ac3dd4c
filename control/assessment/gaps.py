"""What lies between two nodes of a chain: silence that a newer report breaks, and how long a named loser is believed.

Fronts move and hinterlands do not. A report that names another holder than the one before it, after a long silence, tells of
a move that nobody reported: it counts for more than the silence, up to twice, in log-odds. It is compared with the last node
that names somebody else, so that one more report for a side never makes another one for it weaker.

A change that names its loser tells who held the place just before. Where the node before names another one, that belief
lasts `loser_days`: earlier, the earlier node is believed.
"""

from __future__ import annotations

import numpy as np

from control.assessment.nodes import FAR, NONE, STATE, ChainRates, Floats, Ints, Nodes
from control.assessment.sorted_arrays import heads_of

FORGOTTEN = 3.0
"""Over `loser_days` so many times the mean life of a belief go by: a twentieth of it is left."""


def emphasis_of(nodes: Nodes, states: Ints, rates: ChainRates) -> Floats:
    """Return the exponent, 1-2, of what each state node says; `states` is the number of states of each place."""
    found = np.ones(len(nodes))
    speaks = np.flatnonzero(nodes.gainer != NONE)
    if not rates.silence_days or not len(speaks):
        return found
    place, day = nodes.place[speaks], nodes.day[speaks]
    heads = heads_of(place * FAR + nodes.gainer[speaks])  # of each run of nodes that name one holder
    other = heads - 1
    known = (heads > 0) & (place[other] == place[heads])
    least = 1 / states[place[other]]  # a node no surer than this says nothing: there is no silence after it
    said = np.maximum(0.0, (nodes.weight[speaks][other] - least) / (1 - least))
    lengths = np.diff(np.append(heads, len(speaks)))
    last, strength = np.repeat(day[other], lengths), np.repeat(np.where(known, said, 0.0), lengths)
    silence = np.maximum(0, day - last)
    found[speaks] += strength * (1 - np.exp(-silence / rates.silence_days))
    return found


def gaps_of(nodes: Nodes, rates: ChainRates) -> tuple[Nodes, Floats]:
    """Return the nodes, with some more that say nothing where the hazard changes, and the hazard before each of them."""
    hazard = np.full(len(nodes), rates.hazard)
    if len(nodes) < 2 or not rates.loser_days:
        return nodes, hazard
    same_place = np.append(False, nodes.place[1:] == nodes.place[:-1])
    before = np.append(NONE, nodes.gainer[:-1])  # who holds the place after the node before
    differs = same_place & (nodes.loser != NONE) & (before != NONE) & (before != nodes.loser)
    gap = nodes.day - np.append(0, nodes.day[:-1])
    late = np.flatnonzero(differs & (gap > rates.loser_days))
    hazard[late] = max(rates.hazard, FORGOTTEN / rates.loser_days)
    return _with_silence(nodes, hazard, late, rates)


def _with_silence(nodes: Nodes, hazard: Floats, late: Ints, rates: ChainRates) -> tuple[Nodes, Floats]:
    """Put a node that says nothing `loser_days` before some: up to it the usual hazard counts."""
    if not len(late):
        return nodes, hazard
    nobody = np.full(len(late), NONE)
    silent = Nodes(
        nodes.place[late],
        nodes.day[late] - rates.loser_days,
        np.full(len(late), STATE),
        nobody,
        nobody,
        np.zeros(len(late)),
    )
    order = np.argsort(np.append(np.arange(len(nodes)), late - 0.5), kind="stable")
    return nodes.and_also(silent).take(order), np.append(hazard, np.full(len(late), rates.hazard))[order]

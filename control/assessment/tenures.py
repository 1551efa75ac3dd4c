"""Who is ahead, and from which day: the search between the nodes of the chains of all places at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np

from control.assessment.chain import FAR, NONE, Curves, Floats, Ints, Stretches
from control.assessment.policy import Policy
from control.assessment.sorted_arrays import distinct, heads_of

SAMPLES = 9
"""Points between two nodes at which it is looked up who is ahead; where that differs, the day is found by bisection."""

BLOCK = 16_384
"""So many stretches between nodes are looked at together: their messages stay in the processor's cache."""


@dataclass(frozen=True, slots=True)
class Tenures:
    """Where the label changes, sorted by place and day; the first of each place on day 0.

    Attributes
    ----------
    holder
        The state that is ahead, or `NONE`; of two between which it is open, the one that was ahead before, else the first.
    rival
        The other of two, or `NONE`.
    """

    place: Ints
    day: Ints
    holder: Ints
    rival: Ints


class Search:
    """Finds tenures and probabilities between the nodes of chains.

    Parameters
    ----------
    named
        How many states of each place are actors; the first ones are.
    since
        Day from which each state may hold anything, shape (K, places).
    births
        Days on which any actor begins to exist.
    length
        Days of the span.
    """

    def __init__(
        self, curves: Curves, named: Ints, since: Ints, births: Sequence[int], length: int, policy: Policy
    ) -> None:
        self.curves, self.policy = curves, policy
        self._named_states, self._since = named, since
        self._born = bool((since > 0).any())
        self._length = length
        self._width = len(curves.prior)
        nodes = curves.nodes
        speaks = nodes.gainer != NONE
        self._evidence = np.sort((nodes.place[speaks] * self._width + nodes.gainer[speaks]) * FAR + nodes.day[speaks])
        always = np.array([0, *sorted({day for day in births if 0 < day < length})])
        everywhere = (np.arange(len(named))[:, None] * FAR + always).ravel()
        cuts = curves.cuts
        self._cuts = distinct(np.concatenate((everywhere, cuts[cuts % FAR < length])))

    def tenures(self) -> Tenures:
        """Find the tenures of all places."""
        if not len(self._cuts):
            return Tenures(*(np.empty(0, np.int64) for _ in fields(Tenures)))
        found = [self._changes(slice(low, low + BLOCK)) for low in range(0, len(self._cuts), BLOCK)]
        place, day, label = (np.concatenate(columns) for columns in zip(*found, strict=True))
        order = np.argsort(place * FAR + day, kind="stable")
        place, day, label = place[order], day[order], label[order]
        kept = heads_of(place * (self._width**2 + self._width + 1) + label + 1)
        return self._named(place[kept], day[kept], label[kept])

    def probability(self, place: Ints, day: Ints, state: Ints) -> Floats:
        """P(`state` holds the place) on days of the span; 0 for `NONE`."""
        found = np.empty(len(place))
        for low in range(0, len(place), BLOCK):
            part = slice(low, low + BLOCK)
            posterior = self._posterior(self.curves.around(place[part], day[part]), place[part], day[part])
            mine = np.take_along_axis(posterior, np.maximum(state[part], 0)[None, :], axis=0)[0]
            found[part] = np.where(state[part] == NONE, 0.0, mine)
        return found

    def _changes(self, part: slice) -> tuple[Ints, Ints, Ints]:
        """(place, day, label) at the cuts of a block, and wherever the label changes up to the next ones."""
        keys = self._cuts[part]
        following = self._cuts[part.start + 1 : part.start + 1 + len(keys)]
        following = np.append(following, FAR * (keys[-1] // FAR + 1))[: len(keys)]
        place, begin = keys // FAR, keys % FAR
        end = np.where(following // FAR == place, following % FAR, self._length) - 1
        stretches = self.curves.around(place, begin)
        labels = np.empty((SAMPLES, len(keys)), np.int64)
        points = begin + (end - begin) * np.arange(SAMPLES)[:, None] // (SAMPLES - 1)
        for sample in range(SAMPLES):
            labels[sample] = self._label(stretches, place, points[sample])
        changed = [(place, begin, labels[0])]
        turn, at = np.nonzero(labels[1:] != labels[:-1])
        low, high = points[turn, at], points[turn + 1, at]
        before, after = labels[turn, at], labels[turn + 1, at]
        while len(at):  # halve what lies between two days with different labels, until they are neighbours
            near = high - low <= 1
            changed.append((place[at[near]], high[near], after[near]))
            at, low, high, before, after = (column[~near] for column in (at, low, high, before, after))
            middle = (low + high) // 2
            label = self._label(stretches.take(at), place[at], middle)
            left, right = before != label, label != after
            at, low, high, before, after = (
                np.concatenate(pair)
                for pair in (
                    (at[left], at[right]), (low[left], middle[right]), (middle[left], high[right]),
                    (before[left], label[right]), (label[left], after[right]),
                )
            )  # fmt: skip
        return tuple(np.concatenate(columns) for columns in zip(*changed, strict=True))  # type: ignore[return-value]

    def _posterior(self, stretches: Stretches, place: Ints, day: Ints) -> Floats:
        """P(state) on a day of each; before an actor existed, whatever speaks for it speaks for somebody else."""
        posterior = stretches.posterior(day)
        return np.where(day < self._since[:, place], 0.0, posterior) if self._born else posterior

    def _label(self, stretches: Stretches, place: Ints, day: Ints) -> Ints:
        """Who is ahead: a state, `NONE`, or two between which it is open as width + low * width + high."""
        posterior = self._posterior(stretches, place, day)
        named = self._named_states[place]
        best, second_best = np.zeros(len(day), np.int64), np.zeros(len(day), np.int64)
        first, second = np.where(named > 0, posterior[0], -1.0), np.full(len(day), -1.0)
        for state in range(1, self._width):
            value = np.where(state < named, posterior[state], -1.0)
            ahead, behind = value > first, value > second
            second_best = np.where(ahead, best, np.where(behind, state, second_best))
            second = np.where(ahead, first, np.where(behind, value, second))
            best, first = np.where(ahead, state, best), np.where(ahead, value, first)
        label = np.where((first < self.policy.least_probability) | (first <= 0), NONE, best)
        near = np.flatnonzero((first - second < self.policy.contested_margin) & (second > 0))
        where, on = place[near], day[near]
        one, other = best[near], second_best[near]
        open_ = self._has_evidence(where, one, on) & self._has_evidence(where, other, on)
        low, high = np.minimum(one, other), np.maximum(one, other)
        label[near[open_]] = (self._width + low * self._width + high)[open_]
        return label

    def _has_evidence(self, place: Ints, state: Ints, day: Ints) -> Ints:
        key = (place * self._width + state) * FAR
        first = np.searchsorted(self._evidence, key + np.maximum(day - self.policy.evidence_days, 0))
        return np.asarray(np.searchsorted(self._evidence, key + day, side="right") > first)

    def _named(self, place: Ints, day: Ints, label: Ints) -> Tenures:
        """Turn labels into states. What is open goes to the one that was ahead before, if it is one of the two."""
        is_open = label >= self._width
        low, high = np.where(is_open, label - self._width, 0) // self._width, np.where(is_open, label, 0) % self._width
        holder = np.where(is_open, low, label)
        settled = ~is_open
        waiting = np.flatnonzero(is_open)
        rival = np.full(len(place), NONE)
        while len(waiting):
            first = (waiting == 0) | (place[waiting - 1] != place[waiting])
            ready = waiting[first | settled[waiting - 1]]
            previous = np.where((ready > 0) & (place[ready - 1] == place[ready]), holder[ready - 1], NONE)
            second = previous == high[ready]
            holder[ready] = np.where(second, high[ready], low[ready])
            rival[ready] = np.where(second, low[ready], high[ready])
            settled[ready] = True
            waiting = waiting[~settled[waiting]]
        return Tenures(place, day, holder, rival)

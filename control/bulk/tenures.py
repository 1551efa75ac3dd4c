"""Who is ahead, and from which day: the search of `control.resolve` between the nodes of all places at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from control.bulk.chains import Chains
from control.bulk.columns import FAR, NONE, Floats, Ints
from control.bulk.groups import distinct, heads_of
from control.policy import Policy
from control.resolve import SAMPLES

BLOCK = 16_384
"""So many stretches between nodes are looked at together: their messages stay in the processor's cache."""


@dataclass(frozen=True, slots=True)
class Tenures:
    """Where the label changes, sorted by place and day; the first of each place on day 0.

    Attributes
    ----------
    holder
        Code of the actor who is ahead, or `NONE`; of two between whom it is open, the first.
    rival
        The second of two, or `NONE`.
    """

    place: Ints
    day: Ints
    holder: Ints
    rival: Ints


class Search:
    """Finds tenures and probabilities between the nodes of chains.

    Parameters
    ----------
    since
        Day from which each actor may hold anything, by code.
    length
        Days of the span.
    """

    def __init__(self, chains: Chains, since: Ints, length: int, policy: Policy) -> None:
        self.chains, self.policy = chains, policy
        self._length = length
        self._width = len(chains.prior)
        self._nodes = chains.place * FAR + chains.day
        speaks = chains.gainer != NONE
        evidence = (chains.place[speaks] * self._width + chains.gainer[speaks]) * FAR + chains.day[speaks]
        self._evidence = np.sort(evidence)
        self._since = np.append(since, 0)[chains.actors].T
        self._born = bool((since > 0).any())
        births = np.unique(since[(since > 0) & (since < length)])
        always = np.append(0, births)
        everywhere = (np.arange(len(chains.named))[:, None] * FAR + always).ravel()
        self._cuts = distinct(np.concatenate((everywhere, self._nodes[chains.day < length])))

    def tenures(self) -> Tenures:
        """Find the tenures of all places."""
        found = [self._changes(slice(low, low + BLOCK)) for low in range(0, len(self._cuts), BLOCK)]
        place, day, label = (np.concatenate(columns) for columns in zip(*found, strict=True))
        order = np.argsort(place * FAR + day, kind="stable")
        place, day, label = place[order], day[order], label[order]
        kept = heads_of(place * (self._width**2 + self._width + 1) + label + 1)
        return self._named(place[kept], day[kept], label[kept])

    def probability(self, place: Ints, day: Ints, actor: Ints) -> Floats:
        """P(`actor` holds the place) on days of the span."""
        found = np.empty(len(place))
        for low in range(0, len(place), BLOCK):
            part = slice(low, low + BLOCK)
            between = self._between(place[part], place[part] * FAR + day[part])
            mine = actor[part] == self.chains.actors[place[part]].T
            posterior = np.where(day[part] < self._since[:, place[part]], 0.0, self._posterior(between, day[part]))
            found[part] = (mine * posterior).sum(axis=0)
        return found

    def _changes(self, part: slice) -> tuple[Ints, Ints, Ints]:
        """(place, day, label) at the cuts of a block, and wherever the label changes up to the next ones."""
        keys = self._cuts[part]
        following = self._cuts[part.start + 1 : part.start + 1 + len(keys)]
        following = np.append(following, FAR * (keys[-1] // FAR + 1))[: len(keys)]
        place, begin = keys // FAR, keys % FAR
        end = np.where(following // FAR == place, following % FAR, self._length) - 1
        between = self._between(place, keys)
        labels = np.empty((SAMPLES, len(keys)), np.int64)
        points = begin + (end - begin) * np.arange(SAMPLES)[:, None] // (SAMPLES - 1)
        for sample in range(SAMPLES):
            labels[sample] = self._label(between, points[sample])
        changed = [(place, begin, labels[0])]
        turn, at = np.nonzero(labels[1:] != labels[:-1])
        low, high = points[turn, at], points[turn + 1, at]
        before, after = labels[turn, at], labels[turn + 1, at]
        while len(at):  # halve what lies between two days with different labels, until they are neighbours
            near = high - low <= 1
            changed.append((place[at[near]], high[near], after[near]))
            at, low, high, before, after = (column[~near] for column in (at, low, high, before, after))
            middle = (low + high) // 2
            label = self._label(between.take(at), middle)
            left, right = before != label, label != after
            at, low, high, before, after = (
                np.concatenate(pair)
                for pair in (
                    (at[left], at[right]), (low[left], middle[right]), (middle[left], high[right]),
                    (before[left], label[right]), (label[left], after[right]),
                )
            )  # fmt: skip
        return tuple(np.concatenate(columns) for columns in zip(*changed, strict=True))  # type: ignore[return-value]

    def _between(self, place: Ints, keys: Ints) -> _Between:
        """Take up the messages on both sides of (place, day) keys."""
        chains = self.chains
        following = np.searchsorted(self._nodes, keys, side="right")
        last = np.maximum(following - 1, 0)
        following = np.minimum(following, len(self._nodes) - 1)
        prior = chains.prior[:, place]
        if not len(self._nodes):
            nowhere = np.zeros(len(place), np.int64)
            return _Between(place, prior, prior, np.ones_like(prior), nowhere - 1, nowhere - 1)
        has_last = (self._nodes[last] // FAR == place) & (self._nodes[last] <= keys)
        has_next = (self._nodes[following] // FAR == place) & (self._nodes[following] > keys)
        return _Between(
            place,
            prior,
            np.where(has_last, chains.after[:, last], prior),
            np.where(has_next, chains.before[:, following], 1.0),
            np.where(has_last, chains.day[last], NONE),
            np.where(has_next, chains.day[following], NONE),
        )

    def _posterior(self, between: _Between, day: Ints) -> Floats:
        """P(state) on a day of each, shape (K, n)."""
        since = np.where(between.last == NONE, 0, day - between.last)
        ahead = np.where(between.next == NONE, 0, between.next - day)
        stay, stay_on = np.exp(-self.policy.hazard * since), np.exp(-self.policy.hazard * ahead)
        message = between.after
        forward = stay * message + ((1 - stay) * message.sum(axis=0)) * between.prior
        message = between.before
        backward = stay_on * message + (1 - stay_on) * (message * between.prior).sum(axis=0)
        posterior = forward * backward
        return np.asarray(posterior / posterior.sum(axis=0))

    def _label(self, between: _Between, day: Ints) -> Ints:
        """Who is ahead: as in `resolve._Labels`."""
        posterior = self._posterior(between, day)
        if self._born:
            posterior = np.where(day < self._since[:, between.place], 0.0, posterior)
        named = self.chains.named[between.place]
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
        place, on = between.place[near], day[near]
        one, other = best[near], second_best[near]
        open_ = self._has_evidence(place, one, on) & self._has_evidence(place, other, on)
        low, high = np.minimum(one, other), np.maximum(one, other)
        label[near[open_]] = (self._width + low * self._width + high)[open_]
        return label

    def _has_evidence(self, place: Ints, state: Ints, day: Ints) -> Ints:
        key = (place * self._width + state) * FAR
        first = np.searchsorted(self._evidence, key + np.maximum(day - self.policy.evidence_days, 0))
        return np.asarray(np.searchsorted(self._evidence, key + day, side="right") > first)

    def _named(self, place: Ints, day: Ints, label: Ints) -> Tenures:
        """Turn labels into actors. What is open goes to the one who held it before, if he is one of the two."""
        who = self.chains.actors
        is_open = label >= self._width
        low, high = np.where(is_open, label - self._width, 0) // self._width, np.where(is_open, label, 0) % self._width
        holder = np.where(label == NONE, NONE, who[place, np.where(is_open, low, label)])
        one, other = who[place, low], who[place, high]
        settled = ~is_open
        waiting = np.flatnonzero(is_open)
        rival = np.full(len(place), NONE)
        while len(waiting):
            first = (waiting == 0) | (place[waiting - 1] != place[waiting])
            ready = waiting[first | settled[waiting - 1]]
            previous = np.where((ready > 0) & (place[ready - 1] == place[ready]), holder[ready - 1], NONE)
            second = previous == other[ready]
            holder[ready] = np.where(second, other[ready], one[ready])
            rival[ready] = np.where(second, one[ready], other[ready])
            settled[ready] = True
            waiting = waiting[~settled[waiting]]
        return Tenures(place, day, holder, rival)


@dataclass(frozen=True, slots=True)
class _Between:
    """Messages on both sides of a stretch, shape (K, n), and the days of the nodes there, or `NONE`."""

    place: Ints
    prior: Floats
    after: Floats
    before: Floats
    last: Ints
    next: Ints

    def take(self, at: Ints) -> _Between:
        return _Between(
            self.place[at], self.prior[:, at], self.after[:, at], self.before[:, at], self.last[at], self.next[at]
        )

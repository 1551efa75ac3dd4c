"""Claims -> the intervals in which somebody held a place, and how probable that is on any day.

1. The claims of a place become events (`control.events`), the events nodes of a hidden Markov chain (`control.chain`).
2. Whoever is most probable holds the place; with less than `least_probability` for anybody it is unknown.
3. It is contested while the two best are within `contested_margin` of each other and both had evidence of their own
   in the `evidence_days` before.
4. Who is named as the loser in the first report of a place held it before, but no longer than `look_back_days` is said so.
5. Fighting, a siege or an offensive never changes hands: it covers the holder with a status until a claim settles it,
   or, for fighting, until `contested_days` have passed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from control.chain import FAR, ChainRates, Curves, Floats, Ints, Node, run
from control.events import Told, tell
from control.model import Claim, Event, Holding, Interval, Status
from control.policy import Policy, settles

SAMPLES = 9
"""Points between two events at which the holder is looked up; where he differs, the day is found by bisection."""

_UNKNOWN = -1


@dataclass(frozen=True)
class Resolution:
    """The intervals of one place, what it was told of, and the claims that nothing leans on, with the rule for it."""

    intervals: tuple[Interval, ...]
    told: tuple[Told, ...]
    discarded: tuple[tuple[Claim, str], ...]


@dataclass(frozen=True)
class Resolutions:
    """The resolutions of many places, and their posteriors."""

    places: Mapping[str, Resolution]
    rows: Mapping[str, int]
    actors: Sequence[tuple[str, ...]]
    curves: Curves
    active_from: Mapping[str, int]
    start: date

    def probabilities(self, place_id: str, day: date) -> tuple[tuple[str, float], ...]:
        """Return (actor, P(it holds the place)) on a day, best first; what is missing to 1 is somebody else's."""
        actors = self.actors[self.rows[place_id]]
        if not actors:
            return ()
        posterior = self._posterior(place_id, [day])[0]
        pairs = [(actor, round(float(p), 4)) for actor, p in zip(actors, posterior, strict=False)]
        return tuple(sorted(pairs, key=lambda pair: (-pair[1], pair[0])))

    def probability(self, place_id: str, actor: str, days: Sequence[date]) -> list[float]:
        """Return P(`actor` holds the place) on many days at once."""
        actors = self.actors[self.rows[place_id]]
        if actor not in actors or not days:
            return [0.0] * len(days)
        return [float(p) for p in self._posterior(place_id, days)[:, actors.index(actor)]]

    def _posterior(self, place_id: str, days: Sequence[date]) -> Floats:
        row = self.rows[place_id]
        numbers = np.array([(day - self.start).days for day in days], dtype=np.int64)
        posterior = self.curves.at(np.full(len(days), row, dtype=np.int64), numbers)
        for column, actor in enumerate(self.actors[row]):
            # before it existed, whatever speaks for it speaks for somebody else
            posterior[numbers < self.active_from.get(actor, 0), column] = 0.0
        return posterior


@dataclass(slots=True)
class _Stretch:
    """A tenure from `start` on: a holder, or two between whom it is open."""

    start: date
    holder: str | None
    rival: str | None = None
    rule: str = ""
    claims: list[Claim] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Cover:
    """Fighting or a siege over [start, end)."""

    start: date
    end: date
    claim: Claim
    is_siege: bool


def resolve_all(
    claims: Mapping[str, Sequence[Claim]],
    policy: Policy,
    start: date,
    end: date,
    active_from: Mapping[str, date] | None = None,
    also: Sequence[str] = (),
) -> Resolutions:
    """Assess many places over the span [start, end).

    Parameters
    ----------
    claims
        Place id -> all its claims that may be used; their order does not matter.
    active_from
        Actor id -> the day before which it cannot have held anything.
    also
        Actors that may hold a place though its claims do not name them: so that leaving out the only claim that names one
        does not change what else is possible.

    Returns
    -------
    Resolutions
        With intervals that tile [start, end) without gap or overlap, for each place.
    """
    ids = sorted(claims)
    sifted = [_sift(claims[place_id], policy) for place_id in ids]
    told = [tell(usable, policy) for usable, _ in sifted]
    actors = [_named(events, also) for events in told]
    rates = ChainRates(policy.hazard, policy.other_loser, policy.left_behind)
    nodes = [_nodes(events, names, start) for events, names in zip(told, actors, strict=True)]
    curves = run(nodes, [max(3, len(names) + 1) for names in actors], rates)
    active = {actor: (day - start).days for actor, day in (active_from or {}).items()}
    length = (end - start).days
    look_back = timedelta(days=policy.look_back_days)
    tenures = _tenures(curves, nodes, actors, active, length, policy)
    places = {}
    for row, place_id in enumerate(ids):
        usable, discarded = sifted[row]
        stretches = _stretches(tenures[row], curves.after.shape[1], actors[row], told[row], start, end, look_back)
        settling = [c for c in usable if settles(c.event)]
        covers = _covers([c for c in usable if not settles(c.event)], settling, policy, end)
        told_of = {t.day for t in told[row]} | {c.window.middle for c in usable}
        intervals = _paint(place_id, stretches, covers, told_of, start, end)
        places[place_id] = Resolution(tuple(intervals), tuple(told[row]), tuple(discarded))
    return Resolutions(places, {p: row for row, p in enumerate(ids)}, actors, curves, active, start)


def _sift(claims: Sequence[Claim], policy: Policy) -> tuple[list[Claim], list[tuple[Claim, str]]]:
    usable: list[Claim] = []
    discarded: list[tuple[Claim, str]] = []
    for claim in sorted(claims, key=lambda c: (c.window.middle, c.id)):
        weight = policy.weight(claim)
        if claim.event is Event.CEASEFIRE:
            discarded.append((claim, "a ceasefire changes no control"))
        elif weight <= 0 or weight < policy.least_weight:
            discarded.append((claim, f"weight {weight:.2f} is below {policy.least_weight}, too weak to count"))
        else:
            usable.append(claim)
    return usable, discarded


def _named(events: Sequence[Told], also: Sequence[str]) -> tuple[str, ...]:
    return tuple(sorted({side for t in events for side in (t.gainer, t.loser) if side} | set(also)))


def _nodes(events: Sequence[Told], actors: Sequence[str], start: date) -> list[Node]:
    index = {actor: i for i, actor in enumerate(actors)} | {None: -1}
    return [
        Node(max(0, (t.day - start).days), t.kind, index[t.gainer], index[t.loser], min(t.weight, 0.99)) for t in events
    ]


class _Labels:
    """Who is ahead, for any place and day: an index, `_UNKNOWN`, or a pair of rivals as width + first * width + second."""

    def __init__(
        self,
        curves: Curves,
        nodes: Sequence[Sequence[Node]],
        actors: Sequence[tuple[str, ...]],
        active: Mapping[str, int],
        policy: Policy,
    ) -> None:
        self.curves, self.policy = curves, policy
        self.width = curves.after.shape[1]
        self.counts = np.array([len(names) for names in actors], dtype=np.int64)
        # day from which each state may hold anything, shape (places, K)
        self.since = np.zeros((len(actors), self.width), dtype=np.int64)
        for row, names in enumerate(actors):
            for column, name in enumerate(names):
                self.since[row, column] = active.get(name, 0)
        evidence = [
            (row * self.width + node.gainer) * FAR + node.day
            for row, place in enumerate(nodes)
            for node in place
            if node.gainer >= 0
        ]
        self.evidence = np.array(sorted(evidence), dtype=np.int64)

    def at(self, rows: Ints, days: Ints) -> Ints:
        posterior = self.curves.at(rows, days)
        posterior = np.where(days[:, None] < self.since[rows], 0.0, posterior)
        named = np.where(np.arange(self.width)[None, :] < self.counts[rows][:, None], posterior, -1.0)
        best = named.argmax(axis=1)
        first = named[np.arange(len(rows)), best]
        named[np.arange(len(rows)), best] = -1.0
        second_best = named.argmax(axis=1)
        second = named[np.arange(len(rows)), second_best]
        label = np.where((first < self.policy.least_probability) | (first <= 0), _UNKNOWN, best)
        open_ = (first - second < self.policy.contested_margin) & (second > 0)
        open_ &= self._has_evidence(rows, best, days) & self._has_evidence(rows, second_best, days)
        low, high = np.minimum(best, second_best), np.maximum(best, second_best)
        return np.where(open_, self.width + low * self.width + high, label).astype(np.int64)

    def _has_evidence(self, rows: Ints, sides: Ints, days: Ints) -> NDArray[np.bool_]:
        key = (rows * self.width + sides) * FAR
        reach = self.policy.evidence_days
        first = np.searchsorted(self.evidence, key + np.maximum(days - reach, 0))
        last = np.searchsorted(self.evidence, key + days, side="right")
        return np.asarray(last > first)


def _tenures(
    curves: Curves,
    nodes: Sequence[Sequence[Node]],
    actors: Sequence[tuple[str, ...]],
    active: Mapping[str, int],
    length: int,
    policy: Policy,
) -> list[list[tuple[int, int]]]:
    """For each place, (day, label) wherever the label changes; the first on day 0. Labels as in `_Labels`."""
    if not nodes:
        return []
    labels = _Labels(curves, nodes, actors, active, policy)
    births = sorted({day for day in active.values() if 0 < day < length})
    cuts = [(row, day) for row, place in enumerate(nodes) for day in _cut_days(place, births, length)]
    rows, begins = np.array(cuts, dtype=np.int64).T
    ends = np.where(np.append(rows[1:] == rows[:-1], False), np.append(begins[1:], 0), length) - 1
    points = begins[:, None] + (ends - begins)[:, None] * np.arange(SAMPLES)[None, :] // (SAMPLES - 1)
    found = labels.at(np.repeat(rows, SAMPLES), points.ravel()).reshape(-1, SAMPLES)

    changes: set[tuple[int, int, int]] = {
        (row, day, label) for row, day, label in zip(rows.tolist(), begins.tolist(), found[:, 0].tolist(), strict=True)
    }
    segment, column = np.nonzero(found[:, 1:] != found[:, :-1])
    brackets = (rows[segment], points[segment, column], points[segment, column + 1])
    wanted = (found[segment, column], found[segment, column + 1])
    while len(brackets[0]):
        brackets, wanted, done = _bisect(labels, brackets, wanted)
        changes |= done
    by_row: list[list[tuple[int, int]]] = [[] for _ in nodes]
    for row, day, label in sorted(changes):
        if not by_row[row] or by_row[row][-1][1] != label:
            by_row[row].append((day, label))
    return by_row


def _cut_days(place: Sequence[Node], births: Sequence[int], length: int) -> list[int]:
    return sorted({0, *births, *(node.day for node in place if node.day < length)})


def _bisect(
    labels: _Labels, brackets: tuple[Ints, Ints, Ints], wanted: tuple[Ints, Ints]
) -> tuple[tuple[Ints, Ints, Ints], tuple[Ints, Ints], set[tuple[int, int, int]]]:
    """Halve brackets (row, low, high) whose labels differ; those of neighbouring days are done."""
    (rows, low, high), (at_low, at_high) = brackets, wanted
    near = high - low <= 1
    done = {
        (row, day, label)
        for row, day, label in zip(rows[near].tolist(), high[near].tolist(), at_high[near].tolist(), strict=True)
    }
    rows, low, high, at_low, at_high = (v[~near] for v in (rows, low, high, at_low, at_high))
    if not len(rows):
        return (rows, low, high), (at_low, at_high), done
    middle = (low + high) // 2
    at_middle = labels.at(rows, middle)
    left, right = at_low != at_middle, at_middle != at_high
    return (
        (
            np.concatenate((rows[left], rows[right])),
            np.concatenate((low[left], middle[right])),
            np.concatenate((middle[left], high[right])),
        ),
        (np.concatenate((at_low[left], at_middle[right])), np.concatenate((at_middle[left], at_high[right]))),
        done,
    )


def _stretches(
    tenures: Sequence[tuple[int, int]],
    width: int,
    actors: Sequence[str],
    told: Sequence[Told],
    start: date,
    end: date,
    look_back: timedelta,
) -> list[_Stretch]:
    """Tenures with names, dates and the claims behind them."""
    stretches: list[_Stretch] = []
    for day, label in tenures:
        on = start + timedelta(days=day)
        stretch = _Stretch(on, None)
        if label >= width:
            pair = [actors[i] for i in divmod(label - width, width)]
            previous = stretches[-1].holder if stretches else None
            stretch.holder = previous if previous in pair else pair[0]
            stretch.rival = pair[1] if stretch.holder == pair[0] else pair[0]
        elif label >= 0:
            stretch.holder = actors[label]
        stretches.append(stretch)
    stretches = _looking_back(stretches, told, start, look_back)
    for stretch, after in zip(stretches, [*stretches[1:], None], strict=True):
        _support(stretch, after.start if after else end, told)
    return stretches


def _looking_back(stretches: list[_Stretch], told: Sequence[Told], start: date, look_back: timedelta) -> list[_Stretch]:
    """Leave who is named as the loser in the first report no more than `look_back` before it; earlier is unknown."""
    if not told:
        return stretches
    cut = min(t.day for t in told) - look_back
    early = [stretch for stretch in stretches if stretch.start < cut]
    if not any(stretch.holder for stretch in early):
        return stretches
    kept = [_Stretch(start, None, rule="the first report is much later")]
    if early[-1].holder:
        kept.append(_Stretch(cut, early[-1].holder, early[-1].rival))
    return kept + stretches[len(early) :]


def _support(stretch: _Stretch, until: date, told: Sequence[Told]) -> None:
    """Find the claims that a tenure leans on, and say by what rule it stands."""
    sides = {stretch.holder, stretch.rival} - {None}
    if not sides:
        stretch.rule = stretch.rule or ("nobody is probable enough" if told else "no report says who holds it")
        return
    gained = [t for t in told if t.gainer in sides and stretch.start <= t.day < until]
    lost = [t for t in told if t.loser in sides and stretch.start < t.day <= until]
    if gained:
        stretch.rule = "the reports of it say so" if len(gained) > 1 or lost else "one report says so"
    elif lost:
        stretch.rule = "named as the one who lost it later"
    else:
        stretch.rule = "the nearest reports say so"
        nearest = [t for t in told if sides & {t.gainer, t.loser}]
        lost = sorted(nearest, key=lambda t: abs((t.day - stretch.start).days))[:1]
    if stretch.rival:
        stretch.rule = "the reports for both sides weigh nearly the same"
    claims = [c for t in (*gained, *lost) for c in t.claims]
    stretch.claims = list(dict.fromkeys(claims))


def _covers(claims: Sequence[Claim], settling: Sequence[Claim], policy: Policy, end: date) -> list[_Cover]:
    """Stretches of fighting and siege: each lasts until a claim settles the place, or its own time runs out."""
    covers = []
    for claim in claims:
        if claim.event is Event.OFFENSIVE_STARTED:
            continue  # an offensive against a place is not yet fighting in it
        day = claim.window.middle
        is_siege = claim.event is Event.BESIEGED
        settled = (
            c.window.middle
            for c in settling
            if c.window.middle >= day + timedelta(days=is_siege)
            # that the besieged still hold the place does not lift the siege
            and not (is_siege and c.event is Event.HOLDS and c.actor == claim.loser)
        )
        limit = end if is_siege else day + timedelta(days=policy.contested_days)
        until = min([limit, *settled])
        if until > day:
            covers.append(_Cover(day, until, claim, is_siege))
    return covers


def _paint(
    place_id: str,
    stretches: Sequence[_Stretch],
    covers: Sequence[_Cover],
    told_of: Set[date],
    start: date,
    end: date,
) -> list[Interval]:
    """Lay fighting and sieges over the tenures, and cut the span where anything changes.

    A cut on a day that no report tells of is assumed: the odds turned, or a report of fighting grew old.
    """
    cuts = {start, end, *(s.start for s in stretches)}
    for cover in covers:
        cuts |= {cover.start, cover.end}
    days = sorted(day for day in cuts if start <= day <= end)
    intervals: list[Interval] = []
    for day, until in zip(days, days[1:], strict=False):
        stretch = [s for s in stretches if s.start <= day][-1]
        holding, claims = _holding_on(day, stretch, covers)
        assumed = day > start and day not in told_of
        interval = Interval(place_id, day, until, holding, claims, assumed)
        if intervals and intervals[-1].holding.same_as(holding):
            before = intervals.pop()
            merged = tuple(dict.fromkeys((*before.claims, *claims)))
            interval = Interval(place_id, before.start, until, before.holding, merged, before.assumed)
        intervals.append(interval)
    return intervals


def _holding_on(day: date, stretch: _Stretch, covers: Sequence[_Cover]) -> tuple[Holding, tuple[Claim, ...]]:
    fighting = [c.claim for c in covers if c.start <= day < c.end and not c.is_siege]
    sieges = [c.claim for c in covers if c.start <= day < c.end and c.is_siege]
    if fighting:
        return _contested(stretch, fighting, "reported as fought over")
    if sieges:
        siege = sieges[-1]
        if stretch.holder in {None, siege.loser} and not stretch.rival:
            holding = Holding(Status.BESIEGED, siege.loser, besieger=siege.actor, rule="reported as besieged")
            return holding, tuple(dict.fromkeys((siege, *sieges, *stretch.claims)))
        divided = stretch.holder == siege.actor
        rule = (
            "one part is held by the besieger, another is besieged"
            if divided
            else "reports disagree on who is besieged"
        )
        return _contested(stretch, sieges, rule)
    if stretch.rival:
        return _contested(stretch, [], stretch.rule)
    if stretch.holder is None:
        return Holding(Status.UNKNOWN, rule=stretch.rule), tuple(stretch.claims)
    return Holding(Status.CONTROLLED, stretch.holder, rule=stretch.rule), tuple(stretch.claims)


def _contested(stretch: _Stretch, claims: Sequence[Claim], rule: str) -> tuple[Holding, tuple[Claim, ...]]:
    sides = {side for c in claims for side in (c.actor, c.loser) if side} | ({stretch.rival} - {None})
    rivals = tuple(sorted(side for side in sides - {stretch.holder} if side))
    holding = Holding(Status.CONTESTED, stretch.holder, rivals=rivals, rule=rule)
    return holding, tuple(dict.fromkeys((*claims, *stretch.claims)))

"""Claims -> the intervals in which somebody held a place, and how probable that is on any day.

1. The claims of a place become events (`events.py`), the events nodes of a hidden Markov chain (`chain.py`).
2. Whoever is most probable holds the place (`tenures.py`); with less than `least_probability` for anybody it is unknown.
3. It is contested while the two best are within `contested_margin` of each other and both had evidence of their own
   in the `evidence_days` before.
4. Whom the first report of a place names as its holder held it before, for `look_back_days` at the most; whom it names as
   the loser, for `loser_days` (`stretches.py`).
5. Where its neighbours are heard, what they say of a place, its own reports left out, counts with its reports
   (`neighbours.py`).
6. Fighting, a siege, a division or an offensive never changes hands: it covers the holder with a status until a claim
   settles it, or its time has passed (`covers.py`, `intervals.py`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np

from control.assessment.chain import FEWEST_STATES, NONE, SUREST, Node, Nodes, run
from control.assessment.events import Event, gather_events
from control.assessment.intervals import covered, paint
from control.assessment.neighbours import NeighbourSay, beside_of
from control.assessment.policy import Policy
from control.assessment.resolutions import Resolution, Resolutions
from control.assessment.stretches import stretches_of
from control.assessment.tenures import Search, Tenures
from control.record.model import Claim


def resolve_all(
    claims: Mapping[str, Sequence[Claim]],
    policy: Policy,
    start: date,
    end: date,
    active_from: Mapping[str, date] | None = None,
    also: Sequence[str] = (),
    say: NeighbourSay | None = None,
    place_of: Mapping[str, str] | None = None,
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
    say
        What the neighbours of the places say; without it each place is judged by its own reports alone.
    place_of
        Key of `claims` -> id of the place it is about, where the keys are no ids of places.

    Returns
    -------
    Resolutions
        With intervals that tile [start, end) without gap or overlap, for each place.
    """
    ids = sorted(claims)
    sifted = [_sift(claims[place_id], policy) for place_id in ids]
    gathered = [gather_events(usable, policy) for usable, _ in sifted]
    actors = [_named(events, also) for events in gathered]
    nodes = Nodes.of([_nodes(events, names, start) for events, names in zip(gathered, actors, strict=True)])
    named = np.array([len(names) for names in actors], dtype=np.int64)
    states = np.maximum(FEWEST_STATES, named + 1)
    places_of = [place_of[key] for key in ids] if place_of else ids
    beside = beside_of(say, places_of, actors, states, policy.neighbours) if say is not None else None
    curves = run(nodes, states, policy.rates, beside)
    active = {actor: (day - start).days for actor, day in (active_from or {}).items()}
    since = np.zeros(curves.prior.shape, dtype=np.int64)
    for row, names in enumerate(actors):
        since[: len(names), row] = [active.get(name, 0) for name in names]
    search = Search(curves, named, since, list(active.values()), (end - start).days, policy)
    tenures = _by_place(search.tenures(), len(ids))
    places = {}
    for row, place_id in enumerate(ids):
        usable, discarded = sifted[row]
        stretches = stretches_of(tenures[row], actors[row], gathered[row], start, end, policy)
        covers = covered(usable, policy, start, end)
        reported_days = {t.day for t in gathered[row]} | {day for c in usable for day in (c.begins, c.window.middle)}
        intervals = paint(place_id, stretches, covers, reported_days, start, end)
        places[place_id] = Resolution(tuple(intervals), tuple(gathered[row]), tuple(discarded))
    return Resolutions(places, {p: row for row, p in enumerate(ids)}, actors, curves, active, start)


def _sift(claims: Sequence[Claim], policy: Policy) -> tuple[list[Claim], list[tuple[Claim, str]]]:
    usable: list[Claim] = []
    discarded: list[tuple[Claim, str]] = []
    for claim in sorted(claims, key=lambda c: (c.window.middle, c.id)):
        weight = policy.weight(claim)
        if unused := claim.event.meaning.unused:
            discarded.append((claim, unused))
        elif weight <= 0 or weight < policy.least_weight:
            discarded.append(
                (claim, f"its weight, {weight:.2f}, is below {policy.least_weight}, the least that counts")
            )
        else:
            usable.append(claim)
    return usable, discarded


def _named(events: Sequence[Event], also: Sequence[str]) -> tuple[str, ...]:
    return tuple(sorted({side for t in events for side in (t.gainer, t.loser) if side} | set(also)))


def _nodes(events: Sequence[Event], actors: Sequence[str], start: date) -> list[Node]:
    index = {actor: i for i, actor in enumerate(actors)} | {None: NONE}
    return [
        Node(max(0, (t.day - start).days), t.kind, index[t.gainer], index[t.loser], min(t.weight, SUREST))
        for t in events
    ]


def _by_place(tenures: Tenures, places: int) -> list[list[tuple[int, int, int]]]:
    """(day, holder, rival) of each place, in order."""
    found: list[list[tuple[int, int, int]]] = [[] for _ in range(places)]
    columns = (tenures.place, tenures.day, tenures.holder, tenures.rival)
    for place, day, holder, rival in zip(*(column.tolist() for column in columns), strict=True):
        found[place].append((day, holder, rival))
    return found

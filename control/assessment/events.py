"""Claims of one place -> the events they tell of: who told the same thing twice, and how sure it is together."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import exp

from control.assessment.chain import CHANGE, DEPARTURE, FEWEST_STATES, STATE
from control.assessment.policy import Policy
from control.assessment.testimony import dates_the_holder, said_to_hold
from control.record.event_kinds import EventKind, Move
from control.record.model import Claim

COARSE_DAYS = 7
"""A window longer than this does not say the day."""

INDIRECT = 0.9
"""Factor for a claim that says in passing who holds a place: that it is besieged, or that an offensive has begun."""


@dataclass(frozen=True, slots=True)
class Event:
    """One event, told by one or several claims.

    Attributes
    ----------
    kind
        `chain.STATE`, `chain.CHANGE` or `chain.DEPARTURE`.
    gainer, loser
        Who holds the place after it, and who held it before.
    weight
        P(it happened), 0-1.
    """

    day: date
    kind: int
    gainer: str | None
    loser: str | None
    weight: float
    claims: tuple[Claim, ...]


def gather_events(claims: Sequence[Claim], policy: Policy) -> list[Event]:
    """Gather the claims of one place into events, sorted by day; on one day what was before comes first.

    Claims that the same side took the place within `group_days`, with nobody else in between, are one event. A claim that
    says only the month joins an event that another dates to the day.
    """
    takings = [c for c in claims if c.actor and c.event.meaning.move]
    begun = [_beginning(c) for c in claims if c.actor and dates_the_holder(c)]
    written = {c.id: c for c in claims}
    told = [
        replace(event, claims=tuple(written[c.id] for c in event.claims))
        for event in _changes([*takings, *begun], [c for c in claims if c.event.meaning.goes_on], policy)
    ]
    states = [(c, said_to_hold(c)) for c in claims]
    told += _states([(c, holder) for c, holder in states if holder], takings, claims, policy)
    told += [
        Event(_day(c), DEPARTURE, None, c.loser, policy.weight(c), (c,))
        for c in claims
        if c.event.meaning.move is Move.LEFT and not c.actor and c.loser
    ]
    return sorted(told, key=lambda t: (t.day, _order(t)))  # stable: what is sorted within stays so


def _day(claim: Claim) -> date:
    return claim.window.middle


def _beginning(claim: Claim) -> Claim:
    """Read `holds since` as a gain on that day, from nobody named: so nothing in it speaks for the holder before."""
    return replace(claim, event=EventKind.CAPTURED, loser=None, window=claim.begun)


def told_again(weight: float, days: int, hazard: float) -> float:
    """Return what a `holds since` still says of its own day, beyond what it said of the beginning so many days before.

    A gain leaves P = prior + kept x weight x (1 - prior) after these days. The state adds the odds that are missing to what
    the report would say alone, so that both ends of it count once: nothing after few days, nearly all after many years.
    """
    prior = 1 / FEWEST_STATES
    left = prior + exp(-hazard * days) * weight * (1 - prior)
    odds = _odds(weight) * (1 - left) / left * prior / (1 - prior)
    return odds / (1 + odds)


def _is_denied(claim: Claim, claims: Sequence[Claim]) -> bool:
    """Whether the place is told to have changed hands between the beginning and the day of a `holds since`.

    Then its two ends say different things. Who else is only said to hold it in between does not part them: another report
    for a side would weaken it.
    """
    return any(
        claim.begins < _day(other) < _day(claim)
        and other.event.meaning.move is not None
        and (other.loser == claim.actor or other.actor not in {None, claim.actor})
        for other in claims
    )


def _order(told: Event) -> int:
    """On one day: who held it, then who left or took it, then who is said to hold it afterwards."""
    if told.kind == STATE:
        return 0 if told.claims[0].event.meaning.is_indirect else 3
    return 1 if told.kind == DEPARTURE else 2


def _changes(takings: Sequence[Claim], holding: Sequence[Claim], policy: Policy) -> list[Event]:
    precise = sorted((c for c in takings if c.window.days <= COARSE_DAYS), key=lambda c: (_day(c), c.id))
    groups: list[list[Claim]] = []
    open_groups: dict[str, list[Claim]] = {}
    others = sorted((*precise, *holding), key=lambda c: (_day(c), c.id))
    for claim in others:
        actor = claim.actor or ""
        for rival in [a for a in open_groups if a != actor]:
            if _day(open_groups[rival][-1]) < _day(claim):
                del open_groups[rival]  # somebody else is told of in between: what follows is another event
        if claim.event.meaning.goes_on:
            continue
        group = open_groups.get(actor)
        if group is None or (_day(claim) - _day(group[-1])).days > policy.group_days:
            group = []
            groups.append(group)
            open_groups[actor] = group
        group.append(claim)
    for claim in sorted((c for c in takings if c.window.days > COARSE_DAYS), key=lambda c: (_day(c), c.id)):
        fitting = [g for g in groups if g[0].actor == claim.actor and any(claim.window.contains(_day(c)) for c in g)]
        if fitting:
            min(fitting, key=lambda g: (abs((_day(g[0]) - _day(claim)).days), _day(g[0]))).append(claim)
        else:
            groups.append([claim])
    by_day: dict[date, list[Event]] = defaultdict(list)
    for told in sorted((_merge(group, policy) for group in groups), key=lambda t: (t.gainer or "", t.claims[0].id)):
        by_day[told.day].append(told)
    return [told for day in sorted(by_day) for told in exclusive(in_order(by_day[day]))]


def in_order(changes: Sequence[Event]) -> list[Event]:
    """Order the changes of one day so that who lost the place took it before; without a story any fixed order will do."""
    waiting, ordered = list(changes), []
    while waiting:
        free = [t for t in waiting if not any(o.gainer == t.loser for o in waiting if o is not t)]
        ordered.append((free or waiting)[0])
        waiting.remove(ordered[-1])
    return ordered


def exclusive(changes: Sequence[Event]) -> list[Event]:
    """Weaken changes of one day that cannot all be true: P(only this one | at most one) = odds / (1 + sum of the odds).

    The chain takes one after the other, and each takes its share of those before it: they are raised to make up for that.
    """
    weakened = []
    for place, told in enumerate(changes):
        rivals = [o for o in changes if o is not told and not _story(o, told) and o.gainer != told.gainer]
        if not rivals:
            weakened.append(told)
            continue
        whole = 1 + sum(_odds(o.weight) for o in (told, *rivals))
        after = sum(_odds(o.weight) / whole for o in rivals if changes.index(o) > place)
        weakened.append(replace(told, weight=_odds(told.weight) / whole / (1 - after)))
    return weakened


def _story(a: Event, b: Event) -> bool:
    return a.loser == b.gainer or b.loser == a.gainer


def _odds(weight: float) -> float:
    return weight / (1 - min(weight, 0.99))


def _merge(group: Sequence[Claim], policy: Policy) -> Event:
    """One event out of the claims that tell of it: on the day that most speaks for, from the loser that most name."""
    precise = [c for c in group if c.window.days <= COARSE_DAYS] or list(group)
    by_day: dict[date, list[Claim]] = defaultdict(list)
    losers: dict[str, list[Claim]] = defaultdict(list)
    for claim in precise:
        by_day[_day(claim)].append(claim)
    for claim in group:
        if claim.loser:
            losers[claim.loser].append(claim)
    day = max(sorted(by_day), key=lambda d: policy.combined(by_day[d]))
    loser = max(sorted(losers), key=lambda side: policy.combined(losers[side]), default=None)
    ordered = tuple(sorted(group, key=lambda c: (-policy.weight(c), c.id)))
    return Event(day, CHANGE, group[0].actor, loser, policy.combined(group), ordered)


def _states(
    states: Sequence[tuple[Claim, str]], takings: Sequence[Claim], claims: Sequence[Claim], policy: Policy
) -> list[Event]:
    """One event a claim; of one family within `group_days` the strongest counts fully, each further one half as much."""
    heard: dict[tuple[str, str], list[tuple[int, float, str]]] = defaultdict(list)
    for claim, side in [*((c, c.actor or "") for c in takings), *states]:
        heard[claim.source.family, side].append((_day(claim).toordinal(), policy.weight(claim), claim.id))
    for tellers in heard.values():
        tellers.sort()
    told = []
    for claim, holder in sorted(states, key=lambda s: (_day(s[0]), s[0].id)):
        day, strength = _day(claim), (policy.weight(claim), claim.id)
        tellers = heard[claim.source.family, holder]
        since = bisect_left(tellers, day.toordinal() - policy.group_days, key=lambda t: t[0])
        until = bisect_right(tellers, day.toordinal() + policy.group_days, key=lambda t: t[0])
        stronger = sum(teller[1:] > strength for teller in tellers[since:until])
        weight = policy.weight(claim) * 0.5**stronger
        if claim.event.meaning.is_indirect:
            weight *= INDIRECT
        if dates_the_holder(claim) and not _is_denied(claim, claims):
            weight = told_again(weight, (_day(claim) - claim.begins).days, policy.hazard)
        told.append(Event(_day(claim), STATE, holder, None, weight, (claim,)))
    return told

"""Claims of one place -> the intervals in which somebody held it.

The first rule, plain enough to check by hand:

1. The latest claim that names a holder decides, and the best graded of those within `conflict_days`.
2. Claims for different holders within `conflict_days` make the place contested for that long, unless the later one
   says that it took the place from the earlier holder: that is a story, not a conflict.
3. A named loser is believed to have held the place before, for up to `fade_days` and not before it existed. Where an
   earlier claim names somebody else, nobody reported the hand-over between them: halfway is assumed, and marked so.
4. The same side reported to take a place again within `repeat_days` is one event told twice; so is a report that says
   only a month, when a report of the same event says the day.
5. Fighting, a siege or an offensive never changes hands: it covers the holder with a status until a claim settles it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from control.model import Claim, Event, Holding, Interval, Status
from control.policy import Policy, settles

COARSE_DAYS = 7
"""A window longer than this does not say the day."""


@dataclass(frozen=True, slots=True)
class Resolution:
    """The intervals of one place over the span, and the claims that none leans on, with the rule that discarded them."""

    intervals: tuple[Interval, ...]
    discarded: tuple[tuple[Claim, str], ...]


@dataclass(slots=True)
class _Stretch:
    """Somebody's tenure, from `start` to the next one."""

    start: date
    holder: str | None
    rule: str
    claims: list[Claim] = field(default_factory=list)
    assumed: bool = False


@dataclass(frozen=True, slots=True)
class _Cover:
    """Fighting or a siege over [start, end)."""

    start: date
    end: date
    claim: Claim
    is_siege: bool


def resolve(
    place_id: str,
    claims: Iterable[Claim],
    policy: Policy,
    start: date,
    end: date,
    active_from: Mapping[str, date] | None = None,
) -> Resolution:
    """Assess one place over the span [start, end).

    Parameters
    ----------
    claims
        All claims of the place that may be used; their order does not matter.
    active_from
        Actor id -> the day before which it cannot have held anything.

    Returns
    -------
    Resolution
        Intervals that tile [start, end) without gap or overlap.
    """
    ordered = sorted(claims, key=lambda c: (_day(c), not settles(c.event), c.id))
    usable, discarded = _sift(ordered, policy)
    settling = [c for c in usable if settles(c.event)]
    stretches = _tenures(settling, usable, policy, start, active_from or {})
    covers = _covers([c for c in usable if not settles(c.event)], settling, policy, end)
    conflicts = _conflicts(settling, policy)
    intervals = _paint(place_id, stretches, covers, conflicts, start, end)
    return Resolution(tuple(intervals), tuple(discarded))


def _day(claim: Claim) -> date:
    return claim.window.middle


def _sift(claims: Sequence[Claim], policy: Policy) -> tuple[list[Claim], list[tuple[Claim, str]]]:
    usable: list[Claim] = []
    discarded: list[tuple[Claim, str]] = []
    precise = [c for c in claims if c.window.days <= COARSE_DAYS and settles(c.event)]
    for claim in claims:
        if claim.event is Event.CEASEFIRE:
            discarded.append((claim, "a ceasefire changes no control"))
        elif policy.weight(claim) < policy.least_weight:
            discarded.append(
                (claim, f"weight {policy.weight(claim):.2f} is below {policy.least_weight}, too weak to decide")
            )
        elif claim.window.days > COARSE_DAYS and any(
            p.actor == claim.actor and claim.window.contains(_day(p)) and policy.weight(p) >= policy.least_weight
            for p in precise
        ):
            discarded.append((claim, "says only the month of an event that another report dates to the day"))
        else:
            usable.append(claim)
    return usable, discarded


def _tenures(
    settling: Sequence[Claim], usable: Sequence[Claim], policy: Policy, start: date, active_from: Mapping[str, date]
) -> list[_Stretch]:
    """Who held the place from when, by the claims that name a holder."""
    stretches = _before_first(usable, policy, start, active_from)
    for position, claim in enumerate(settling):
        day, current = max(_day(claim), start), stretches[-1]
        if _outweighed(claim, settling[:position], policy):
            continue
        if claim.actor is not None and claim.actor == current.holder:
            if not _lost_between(claim, current, policy):
                current.claims.append(claim)
                continue
            stretches.append(_halfway(current, claim, day, active_from))
        elif _unreported_loss(claim, current):
            stretches.append(_halfway(current, claim, day, active_from))
        stretches.append(_Stretch(day, claim.actor, _rule_of(claim, len(settling)), [claim]))
    return stretches


def _rule_of(claim: Claim, count: int) -> str:
    if claim.actor is None:
        return "one side left and no report says who came after"
    return "the latest claim decides" if count > 1 else "the only claim decides"


def _before_first(
    usable: Sequence[Claim], policy: Policy, start: date, active_from: Mapping[str, date]
) -> list[_Stretch]:
    """Who is believed to have held the place before anything is reported of it, and since when one may believe it."""
    nobody = _Stretch(start, None, "no report yet says who holds it")
    for claim in usable:
        before = claim.actor if claim.event is Event.SIEGE_LIFTED else claim.loser
        if before:
            since = max(start, _day(claim) - timedelta(days=policy.fade_days), active_from.get(before, start))
            rule = "named as the holder until then in the first report"
            return [nobody, _Stretch(since, before, rule, [claim], assumed=since > start)]
        if settles(claim.event):
            break
    return [nobody]


def _outweighed(claim: Claim, earlier: Sequence[Claim], policy: Policy) -> bool:
    """Whether a better graded claim within the conflict days names another holder."""
    recent = [c for c in earlier if (_day(claim) - _day(c)).days <= policy.conflict_days and _conflict(c, claim)]
    return any(policy.weight(c) > policy.weight(claim) for c in recent)


def _conflict(earlier: Claim, later: Claim) -> bool:
    """Whether two claims cannot both be part of one story."""
    if earlier.actor == later.actor or later.actor is None:
        return False
    told = later.loser == earlier.actor and _day(earlier) < _day(later)
    return not told


def _lost_between(claim: Claim, current: _Stretch, policy: Policy) -> bool:
    """Whether the holder must have lost the place unreported since: it is said to take it from another long after."""
    if not current.claims or not claim.loser or claim.loser == current.holder or claim.event is Event.SIEGE_LIFTED:
        return False
    return (_day(claim) - max(_day(c) for c in current.claims)).days > policy.repeat_days


def _unreported_loss(claim: Claim, current: _Stretch) -> bool:
    """Whether `claim` names a loser who was never reported to have taken the place from `current`."""
    return bool(
        claim.loser
        and current.holder
        and current.holder not in {claim.loser, claim.actor}
        and claim.event is not Event.SIEGE_LIFTED
    )


def _halfway(current: _Stretch, claim: Claim, day: date, active_from: Mapping[str, date]) -> _Stretch:
    last = max((_day(c) for c in current.claims if _day(c) >= current.start), default=current.start)
    middle = last + (day - last) // 2
    rule = f"named as the loser on {claim.window}; no report says when it came to hold the place, halfway is assumed"
    since = max(middle, current.start, active_from.get(claim.loser or "", middle))
    return _Stretch(min(since, day), claim.loser, rule, [claim], assumed=True)


def _covers(claims: Sequence[Claim], settling: Sequence[Claim], policy: Policy, end: date) -> list[_Cover]:
    """Stretches of fighting and siege: each lasts until a claim settles the place, or its own time runs out."""
    covers = []
    for claim in claims:
        if claim.event is Event.OFFENSIVE_STARTED:
            continue  # an offensive against a place is not yet fighting in it
        day = _day(claim)
        is_siege = claim.event is Event.BESIEGED
        settled = (_day(c) for c in settling if _day(c) >= day and (_day(c) > day or not is_siege))
        limit = end if is_siege else day + timedelta(days=policy.contested_days)
        until = min([limit, *settled])
        if until > day:
            covers.append(_Cover(day, until, claim, is_siege))
    return covers


def _conflicts(settling: Sequence[Claim], policy: Policy) -> list[tuple[date, date, Claim, Claim]]:
    """Stretches in which two claims for different holders stand against each other: [later day, + conflict_days)."""
    found = []
    for position, later in enumerate(settling):
        for earlier in settling[:position]:
            apart = (_day(later) - _day(earlier)).days
            superseded = any(
                _day(earlier) < _day(c) < _day(later) and c.actor != earlier.actor for c in settling[:position]
            )
            if apart <= policy.conflict_days and _conflict(earlier, later) and not superseded:
                found.append((_day(later), _day(later) + timedelta(days=policy.conflict_days), earlier, later))
    return found


def _paint(
    place_id: str,
    stretches: Sequence[_Stretch],
    covers: Sequence[_Cover],
    conflicts: Sequence[tuple[date, date, Claim, Claim]],
    start: date,
    end: date,
) -> list[Interval]:
    """Lay conflicts, fighting and sieges over the tenures, and cut the span where anything changes."""
    cuts = {start, end, *(s.start for s in stretches)}
    for cover in covers:
        cuts |= {cover.start, cover.end}
    for first, last, _, _ in conflicts:
        cuts |= {first, last}
    days = sorted(day for day in cuts if start <= day <= end)
    intervals: list[Interval] = []
    for day, until in zip(days, days[1:], strict=False):
        stretch = [s for s in stretches if s.start <= day][-1]
        holding, claims = _holding_on(day, stretch, covers, conflicts)
        interval = Interval(
            place_id, day, until, holding, claims, assumed=stretch.assumed and stretch.start == day and day != start
        )
        if intervals and intervals[-1].holding.same_as(holding):
            before = intervals.pop()
            merged = tuple(dict.fromkeys((*before.claims, *claims)))
            interval = Interval(place_id, before.start, until, before.holding, merged, before.assumed)
        intervals.append(interval)
    return intervals


def _holding_on(
    day: date, stretch: _Stretch, covers: Sequence[_Cover], conflicts: Sequence[tuple[date, date, Claim, Claim]]
) -> tuple[Holding, tuple[Claim, ...]]:
    sides: dict[str, list[Claim]] = defaultdict(list)
    for first, last, earlier, later in conflicts:
        if first <= day < last:
            for claim in (earlier, later):
                sides[claim.actor or ""].append(claim)
    fighting = [c.claim for c in covers if c.start <= day < c.end and not c.is_siege]
    sieges = [c.claim for c in covers if c.start <= day < c.end and c.is_siege]
    if sides:
        claims = [c for group in sides.values() for c in group]
        return _contested(stretch, claims, "claims for different holders stand against each other")
    if fighting:
        return _contested(stretch, fighting, "reported as fought over")
    if sieges:
        siege = sieges[-1]
        if stretch.holder in {None, siege.loser}:
            rule = "reported as besieged"
            holding = Holding(Status.BESIEGED, siege.loser, besieger=siege.actor, rule=rule)
            return holding, tuple(dict.fromkeys((siege, *sieges, *stretch.claims)))
        return _contested(stretch, sieges, "one part is held by the besieger, another is besieged")
    if stretch.holder is None:
        return Holding(Status.UNKNOWN, rule=stretch.rule), tuple(stretch.claims)
    return Holding(Status.CONTROLLED, stretch.holder, rule=stretch.rule), tuple(stretch.claims)


def _contested(stretch: _Stretch, claims: Sequence[Claim], rule: str) -> tuple[Holding, tuple[Claim, ...]]:
    sides = {side for c in claims for side in (c.actor, c.loser) if side}
    rivals = tuple(sorted(sides - {stretch.holder}))
    holding = Holding(Status.CONTESTED, stretch.holder, rivals=rivals, rule=rule)
    return holding, tuple(dict.fromkeys((*claims, *stretch.claims)))

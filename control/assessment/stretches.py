"""Stretches of a place: who held it from when on, the claims it leans on, and by what rule."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from control.assessment.chain import STATE
from control.assessment.events import Event
from control.assessment.model import Holding, Status
from control.assessment.policy import Policy
from control.record.model import Claim

_LOST_LATER = "reported to have lost it later"
_NOBODY = "no side is likely enough: its reports are too old, too weak or contradict each other"


@dataclass(slots=True)
class Stretch:
    """A tenure from `start` on: a holder, or two between whom it is open."""

    start: date
    holder: str | None
    rival: str | None = None
    rule: str = ""
    claims: list[Claim] = field(default_factory=list)


def stretches_of(
    tenures: Sequence[tuple[int, int, int]],
    actors: Sequence[str],
    events: Sequence[Event],
    start: date,
    end: date,
    policy: Policy,
) -> list[Stretch]:
    """Tenures with names, dates and the claims behind them."""
    names = [*actors, None]  # the last is `NONE`
    stretches = [Stretch(start + timedelta(days=day), names[holder], names[rival]) for day, holder, rival in tenures]
    stretches = _looking_back(stretches, events, start, policy)
    for stretch, after in zip(stretches, [*stretches[1:], None], strict=True):
        _support(stretch, after.start if after else end, events)
    return stretches


def _looking_back(stretches: list[Stretch], events: Sequence[Event], start: date, policy: Policy) -> list[Stretch]:
    """Leave whom the first report names as the holder before it for a while before it; earlier the place is unknown."""
    if not events:
        return stretches
    first = events[0]
    look_back = timedelta(days=policy.look_back_days if first.kind == STATE else policy.loser_days)
    cut = first.day - look_back
    early = [stretch for stretch in stretches if stretch.start < cut]
    if not any(stretch.holder for stretch in early):
        return stretches
    kept = [Stretch(start, None, rule=_much_later(look_back))]
    if early[-1].holder:
        kept.append(Stretch(cut, early[-1].holder, early[-1].rival))
    return kept + stretches[len(early) :]


def _much_later(look_back: timedelta) -> str:
    return f"the first report naming a holder is more than {look_back.days} days later"


def _support(stretch: Stretch, until: date, events: Sequence[Event]) -> None:
    """Find the claims that a tenure leans on, and say by what rule it stands."""
    sides = {stretch.holder, stretch.rival} - {None}
    if not sides:
        stretch.rule = stretch.rule or (_NOBODY if events else Holding(Status.UNKNOWN).rule)
        return
    gained = [t for t in events if t.gainer in sides and stretch.start <= t.day < until]
    lost = [t for t in events if t.loser in sides and stretch.start < t.day <= until]
    if not gained and not lost:
        nearest = [t for t in events if sides & {t.gainer, t.loser}]
        lost = sorted(nearest, key=lambda t: abs((t.day - stretch.start).days))[:1]
        stretch.rule = "by the report nearest in time"
    stretch.claims = list(dict.fromkeys(c for t in (*gained, *lost) for c in t.claims))
    if stretch.rival:
        stretch.rule = "the reports for both sides weigh nearly the same"
    elif not stretch.rule:
        stretch.rule = "reported as its holder" if gained else _LOST_LATER

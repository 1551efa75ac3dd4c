"""What an answer rests on, in one clause: `last reported as its holder 16 days earlier`. Plain text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from control.assessment.intervals import CONTESTED_BY_REPORT
from control.assessment.model import Assessment, Status
from control.assessment.testimony import confirms, dates_the_holder, names_on, sides_of, turns_on
from control.record.date_words import away_words, days_away, long_date, when_words, window_words
from control.record.event_kinds import Cover
from control.record.model import Claim
from control.record.theatre import Theatre
from control.territory.fronts import side_name

OLD_DAYS = 365
"""A report that is older is too old, whatever else is wrong with it."""


def basis_words(theatre: Theatre, assessment: Assessment) -> str:
    """Say what an answer rests on, in one clause without brackets."""
    said = {
        Status.UNKNOWN: _why_unknown,
        Status.CONTESTED: _why_contested,
        Status.DIVIDED: _why_divided,
        Status.BESIEGED: _why_besieged,
        Status.CONTROLLED: _why_held,
    }[assessment.holding.status]
    return said(theatre, assessment)


def _why_held(theatre: Theatre, assessment: Assessment) -> str:
    return _held(assessment) + _left_since(theatre, assessment) + _besieged_before(theatre, assessment)


def _left_since(theatre: Theatre, assessment: Assessment) -> str:
    """Say when the holder was reported to have left, after the last report that it held the place: nobody is named then."""
    day, side = assessment.day, assessment.holding.actor
    about = [c for c in claims_about(theatre, assessment) if turns_on(c) <= day]
    told = [c for c in about if side in sides_of(c) and c.event.meaning.settles]
    last = max(told, key=lambda c: (turns_on(c), c.id), default=None)
    if last is None or sides_of(last)[1] is not None:
        return ""
    away = f"{away_words(last.window, day)} earlier" if days_away(last.window, day) else when_words(last.window)
    return f", though reported to have {last.event.meaning.deed} {away}"


def _besieged_before(theatre: Theatre, assessment: Assessment) -> str:
    """Say when the holder was last reported besieged, where nothing has been heard of that siege's end."""
    about = [c for c in claims_about(theatre, assessment) if c.window.middle <= assessment.day]
    told = [c for c in about if c.event.meaning.cover is Cover.SIEGE or c.event.meaning.settles]
    last = max(told, key=lambda c: (c.window.middle, c.id), default=None)
    if last is None or last.event.meaning.cover is not Cover.SIEGE or last.loser != assessment.holding.actor:
        return ""
    return f"; last reported besieged {when_words(last.window)}"


def _held(assessment: Assessment) -> str:
    day, side = assessment.day, assessment.holding.actor
    since, until = _around(assessment)
    if since and dates_the_holder(since) and day < since.window.first:
        return f"reported as its holder{since_words(since)}"
    if since:
        is_of_the_day = not days_away(since.window, day)
        said = "reported as its holder for this date"
        return said if is_of_the_day else _joined("last reported as its holder", since, until, day)
    later = _nearest((c for c in assessment.claims if c.window.middle > day and names_on(c, day) == side), day)
    if later and later is not until:
        return f"reported as its holder only {away_words(later.window, day)} later"
    if until:
        return _joined("", None, until, day)
    nearest = _nearest(assessment.claims, day)
    if nearest is None:
        return assessment.holding.rule
    order = "later" if nearest.window.middle > day else "earlier"
    return f"judged by the report nearest in time, {away_words(nearest.window, day)} {order}"


def _why_besieged(theatre: Theatre, assessment: Assessment) -> str:
    day, holder = assessment.day, assessment.holding.actor
    sieges = [c for c in assessment.claims if c.event.meaning.cover is Cover.SIEGE and c.begins <= day]
    if not sieges or holder is None:
        return assessment.holding.rule
    siege = max(sieges, key=lambda c: (c.window.middle, c.id))
    name = side_name(theatre.actors[holder])
    _, until = _around(assessment)
    if day < siege.window.first and siege.since:
        return f"{name} was reported besieged there{since_words(siege)}"
    if not days_away(siege.window, day):
        return f"{name} is reported besieged there for this date"
    return _joined(f"{name} was reported besieged there", siege, until, day, "is reported")


def _why_divided(theatre: Theatre, assessment: Assessment) -> str:  # noqa: ARG001
    day = assessment.day
    told = [c for c in assessment.claims if c.event.meaning.cover is Cover.PARTS and c.begins <= day]
    if not told:
        return assessment.holding.rule
    before = [c for c in told if c.window.middle <= day]
    if not before:
        first = min(told, key=lambda c: (c.window.middle, c.id))
        return f"reported as divided{since_words(first)}"
    latest = max(before, key=lambda c: (c.window.middle, c.id))
    if not days_away(latest.window, day):
        return "reported as divided for this date"
    return f"last reported as divided {away_words(latest.window, day)} earlier, and not known to be one side's by this date"


def _why_contested(theatre: Theatre, assessment: Assessment) -> str:
    day, holding = assessment.day, assessment.holding
    fights = [c for c in assessment.claims if c.event.meaning.cover is Cover.FIGHTING and c.begins <= day]
    if not fights or holding.rule not in {"", CONTESTED_BY_REPORT}:
        return holding.rule
    fight = max(fights, key=lambda c: (c.window.middle, c.id))
    when = f"{away_words(fight.window, day)} earlier" if days_away(fight.window, day) else "for this date"
    said = f"reported as contested {when}"
    if holding.rivals:
        return said
    before = f"; last held by {side_name(theatre.actors[holding.actor])}" if holding.actor else ""
    return f"{said}, without naming the sides{before}"


def _why_unknown(theatre: Theatre, assessment: Assessment) -> str:
    day = assessment.day
    claims = [c for c in claims_about(theatre, assessment) if any(sides_of(c))]
    if not claims:
        return _why_silent(theatre, assessment)
    if not assessment.probabilities:
        return "its reports count for nothing under this policy"
    behind = _nearest((c for c in claims if c.window.middle <= day), day)
    ahead = _nearest((c for c in claims if c.window.middle > day), day)
    if behind is not None:
        return _why_not_likely(theatre, day, len(claims), behind, ahead)
    if ahead is None:
        return assessment.holding.rule
    away = away_words(ahead.window, day)
    if any(c.window.middle <= day for c in claims_about(theatre, assessment)):
        return f"no report by then says who held it; the first that does is from {window_words(ahead.window)}, {away} later"
    return f"the first report naming a holder is from {window_words(ahead.window)}, {away} later"


def _why_silent(theatre: Theatre, assessment: Assessment) -> str:
    """Say that no report names a holder, or that none did that was published by then."""
    known_on = assessment.known_on
    if known_on and any(c.place_id == assessment.place_id and any(sides_of(c)) for c in theatre.claims):
        return f"no report published by {long_date(known_on)} says who held it"
    return assessment.holding.rule


def _why_not_likely(theatre: Theatre, day: date, count: int, behind: Claim, ahead: Claim | None) -> str:
    """Say why no side is likely enough, from the nearest reports before the day and after it, and how many there are."""
    age = away_words(behind.window, day)
    if ahead is None:
        which = "the only report" if count == 1 else "the last report"
        if days_away(behind.window, day) > OLD_DAYS:
            return f"{which} is {age} old"
        old = f", {age} old," if days_away(behind.window, day) else ""
        return f"{which}{old} is too weak" + ("" if count == 1 else ", or at odds with others")
    before, after = names_on(behind, day), names_on(ahead, day)
    later = away_words(ahead.window, day)
    if before and after and before != after:
        sides = [side_name(theatre.actors[side]) for side in (before, after)]
        return f"{sides[0]} is reported {age} earlier and {sides[1]} {later} later, and neither is likely enough"
    return f"the nearest reports are of {age} earlier and of {later} later"


def claims_about(theatre: Theatre, assessment: Assessment) -> Sequence[Claim]:
    """Return the claims about the place of an assessment that were known then."""
    known_on = assessment.known_on
    return [
        claim
        for claim in theatre.claims
        if claim.place_id == assessment.place_id and (known_on is None or claim.known_from <= known_on)
    ]


def _around(assessment: Assessment) -> tuple[Claim | None, Claim | None]:
    """Return the nearest reports by which the holder held it: up to the day, and until it lost it after the day."""
    day = assessment.day
    near = [claim for claim in assessment.claims if confirms(claim, assessment.holding.actor, day)]
    return (
        _nearest((c for c in near if turns_on(c) <= day), day),
        _nearest((c for c in near if turns_on(c) > day), day),
    )


def since_words(claim: Claim) -> str:
    """Say since when it was so, where the source does: ` since 22 September 2014`."""
    if claim.since is None:
        return ""
    when = when_words(claim.since).removeprefix("on ").removeprefix("in ")
    return f" since {'some time ' if when.startswith('between ') else ''}{when}"


def _nearest(claims: Iterable[Claim], day: date) -> Claim | None:
    return min(claims, key=lambda c: (_distance(c, day), c.id), default=None)


def _distance(claim: Claim, day: date) -> int:
    """Days between a day and the middle of a window: one that says only the month is not of every day in it.

    What a claim dates from its beginning is of every day since.
    """
    if turns_on(claim) <= day <= claim.window.middle:
        return 0
    return abs((claim.window.middle - day).days)


def _joined(said: str, since: Claim | None, until: Claim | None, day: date, reported: str = "reported") -> str:
    """Say what was reported before, and what was lost later where that is nearer to the day."""
    parts = [f"{said} {away_words(since.window, day)} earlier"] if since else []
    if until and (since is None or _distance(until, day) < _distance(since, day)):
        before, after = sides_of(until)
        again = "there again" if since else "there"
        when = f"{away_words(until.window, day)} later" if days_away(until.window, day) else when_words(until.window)
        parts.append(f"{reported} {'to have lost it' if before != after else again} {when}")
    return ", and ".join(parts)

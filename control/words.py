"""Assessments, claims and changes as a person would say them. Plain text: escaping is up to whoever shows it."""

from __future__ import annotations

from datetime import date

from control.model import LEAVINGS, TAKINGS, Assessment, Change, Claim, Event, Holding, Status
from control.theatre import Theatre
from control.timeline import Explanation, Weighed

_LIKELIHOOD = (
    (0.95, "almost certainly"),
    (0.8, "very likely"),
    (0.65, "likely"),
    (0.5, "more likely than not"),
    (0.0, "perhaps"),
)
"""Words of estimative probability, after Kent (1964) and ICD 203."""

_EVENT_WORDS = {
    Event.CAPTURED: "{actor} took it",
    Event.RECAPTURED: "{actor} retook it",
    Event.HOLDS: "{actor} held it",
    Event.HANDOVER: "it passed to {actor}",
    Event.CONTESTED: "it was fought over",
    Event.BESIEGED: "{actor} besieged {loser} in it",
    Event.SIEGE_LIFTED: "{actor} was relieved there",
    Event.OFFENSIVE_STARTED: "{actor} began an offensive against it",
    Event.CEASEFIRE: "a ceasefire was agreed",
}


def long_date(day: date) -> str:
    """Write a day out, without leading zero: `3 November 2017`."""
    return f"{day.day} {day:%B %Y}"


def actor_name(theatre: Theatre, actor: str | None) -> str:
    """Name an actor, or say that none is named."""
    return theatre.actors[actor].name if actor else "nobody named"


def likelihood(probability: float | None) -> str:
    """Say a probability in words."""
    if probability is None:
        return "unknown"
    return next(word for least, word in _LIKELIHOOD if probability >= least)


def describe_holding(theatre: Theatre, holding: Holding) -> str:
    """Say who holds a place: `ISIL`, `contested between ISIL and the Iraqi government`, `unknown`."""
    name = actor_name(theatre, holding.actor)
    if holding.status is Status.UNKNOWN:
        return "unknown"
    if holding.status is Status.CONTESTED:
        sides = [actor_name(theatre, a) for a in ((holding.actor,) if holding.actor else ()) + holding.rivals]
        return "contested" + (f" between {' and '.join(sides)}" if len(sides) > 1 else "")
    if holding.status is Status.BESIEGED:
        return f"{name}, besieged by {actor_name(theatre, holding.besieger)}"
    return name


def describe_assessment(theatre: Theatre, assessment: Assessment) -> str:
    """Say who held a place on a date and how sure that is, in one sentence."""
    place = theatre.gazetteer.place(assessment.place_id)
    return f"{place.name}, {long_date(assessment.day)}: {describe_finding(theatre, assessment)}"


def describe_finding(theatre: Theatre, assessment: Assessment) -> str:
    """Say who held it and how sure that is, without place and date."""
    holding = assessment.holding
    said = describe_holding(theatre, holding)
    if holding.status in {Status.UNKNOWN, Status.CONTESTED}:
        return f"{said} ({holding.rule})."
    age = assessment.days_since_confirmed
    confirmed = ""
    if age is not None:
        away = f"nearest confirmation {age} day{'s' if age > 1 else ''} away"
        confirmed = f"; {away}" if age else "; confirmed that day"
    return f"{likelihood(assessment.probability)} {said}{confirmed} ({holding.rule})."


def event_words(theatre: Theatre, claim: Claim) -> str:
    """Say what happened, without date and source: `ISIL took it from the Iraqi government`."""
    actor, loser = actor_name(theatre, claim.actor), actor_name(theatre, claim.loser)
    if claim.event in LEAVINGS:
        return f"{loser} left it" + (f" to {actor}" if claim.actor else "")
    said = _EVENT_WORDS[claim.event].format(actor=actor if claim.actor else "one side", loser=loser)
    return said + (f" from {loser}" if claim.event in TAKINGS and claim.loser else "")


def describe_claim(theatre: Theatre, claim: Claim) -> str:
    """Say what a source reported, in one line with date, source and grade."""
    note = f": {claim.report.note}" if claim.report.note else ""
    return (
        f"{claim.window}: {event_words(theatre, claim)}{note} "
        f"[{claim.source.title}, published {claim.published}, graded {claim.source.grade}{claim.credibility}]"
    )


def describe_change(theatre: Theatre, change: Change) -> str:
    """Say what changed where, in one line."""
    place = theatre.gazetteer.place(change.place_id)
    before, after = (describe_holding(theatre, h) for h in (change.before, change.after))
    assumed = " (no report names the day: it is assumed)" if change.assumed else ""
    return f"{change.day} {place.name}: {before} -> {after}{assumed}"


def brief_holding(theatre: Theatre, holding: Holding) -> str:
    """Say who holds a place in a few characters: `ISIL`, `ISIL / Iraq govt`, `?`."""
    sides = [theatre.actors[a].short_name for a in ((holding.actor,) if holding.actor else ()) + holding.rivals]
    if holding.status is Status.BESIEGED and holding.besieger:
        return f"{sides[0]}, besieged by {theatre.actors[holding.besieger].short_name}"
    if holding.status is Status.CONTESTED:
        return f"contested, {' / '.join(sides)}" if sides else "contested"
    return sides[0] if sides else "?"


def explain(theatre: Theatre, explanation: Explanation) -> list[str]:
    """Say why, in lines: the finding, the odds, what speaks for and against it, and what it hangs on."""
    assessment = explanation.assessment
    lines = [describe_assessment(theatre, assessment)]
    odds = [f"{actor_name(theatre, actor)} {p:.0%}" for actor, p in assessment.probabilities if p >= 0.005]
    if odds:
        lines.append("Odds: " + ", ".join(odds) + ".")
    for title, weighed in (
        ("What speaks for it, by how much would be lost without it:", explanation.supporting),
        ("What speaks against it:", explanation.contradicting),
        ("Not used:", explanation.discarded),
        ("Of little weight on that date:", explanation.other),
    ):
        if weighed:
            lines.append(title)
            lines += [f"  {_weighed(theatre, w)}" for w in weighed]
    hangs_on = [w.claim for w in explanation.flips]
    if hangs_on:
        named = "; ".join(f"{c.source.title}, {c.window}" for c in hangs_on)
        lines.append(f"If one of these alone were false, the answer would be another: {named}.")
    elif explanation.supporting:
        lines.append("No single report, if false, would change the answer.")
    return lines


def _weighed(theatre: Theatre, weighed: Weighed) -> str:
    if weighed.rule:
        return f"{describe_claim(theatre, weighed.claim)} -- {weighed.rule}"
    points = weighed.influence * 100
    moved = f"{points:+.0f} points" if abs(points) >= 0.5 else "under 1 point"
    return f"{moved:>13}  {describe_claim(theatre, weighed.claim)}"

"""Assessments, claims and changes as a person would say them. Plain text: escaping is up to whoever shows it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from control.estimate import Driver, Estimate
from control.fronts import side_name
from control.ground import Enclave, Front, Siege
from control.locate import PointAssessment, Where
from control.model import LEAVINGS, TAKINGS, Assessment, Change, Claim, Event, Holding, Status
from control.statistics import DayFigures, Figures, Range, Series
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
    """Say who holds a place: `Red Army`, `contested between Red Army and Blue Front`, `unknown`."""
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
    """Say what happened, without date and source: `Red Army took it from Blue Front`."""
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
    """Say who holds a place in a few words: `Red`, `Red / Blue`, `unknown`."""
    sides = [theatre.actors[a].short_name for a in ((holding.actor,) if holding.actor else ()) + holding.rivals]
    if holding.status is Status.BESIEGED and holding.besieger:
        return f"{sides[0]}, besieged by {theatre.actors[holding.besieger].short_name}"
    if holding.status is Status.CONTESTED:
        return f"contested, {' / '.join(sides)}" if sides else "contested"
    return sides[0] if sides else "unknown"


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


def describe_point(theatre: Theatre, answer: PointAssessment) -> str:
    """Say who held a point on a date, and from what that is known or estimated."""
    if answer.where is Where.OUTSIDE:
        return "abroad or water: outside the theatre's land"
    if answer.place is None:
        return f"no one's: no place within {theatre.settings.reach_km:g} km, as far as the gazetteer knows"
    if answer.assessment is not None:
        said = describe_assessment(theatre, answer.assessment)
        return f"estimated from {answer.place.name}, {answer.distance_km:.0f} km. {said}" if answer.estimated else said
    at = f"{answer.place.name}, {long_date(answer.day)}"
    if answer.estimate is None or answer.estimate.actor is None:
        return f"{at}: unknown (no report tells of the place on that date, and its neighbours do not say enough)."
    return f"{at}: {describe_estimate(theatre, answer.estimate)}."


def describe_estimate(theatre: Theatre, estimate: Estimate) -> str:
    """Say who probably holds a place that no report tells of: `likely Red, estimated from Alpha, 11 km, and Beta, 9 km`."""
    said = f"{likelihood(estimate.probability)} {actor_name(theatre, estimate.actor)}"
    drivers = [_driver(theatre, driver) for driver in estimate.drivers[:DRIVERS_NAMED]]
    return f"{said}, estimated from {_listed(drivers)}" if drivers else f"{said}, estimated"


DRIVERS_NAMED = 3
"""How many of the places that an estimate rests on are named in words."""


def _driver(theatre: Theatre, driver: Driver) -> str:
    return f"{theatre.gazetteer.place(driver.place_id).name}, {driver.distance_km:.0f} km"


def _listed(items: Sequence[str]) -> str:
    """Join with commas and a last `and`."""
    return ", and ".join([", ".join(items[:-1]), items[-1]]) if len(items) > 1 else "".join(items)


def describe_front(front: Front) -> str:
    """Say where a front ran and how much of it is known from reports, in one line."""
    known = f"{front.assessed_m / 1000:,.0f} km of them" if front.assessed_m >= 500 else "none of them"
    return f"{front.name}: {front.length_m / 1000:,.0f} km, {known} between reported places"


def describe_enclave(theatre: Theatre, enclave: Enclave) -> str:
    """Say who was shut in where, by whom and since when, in one line."""
    first, *others = (theatre.gazetteer.place(place).name for place in enclave.places)
    where = f"{first} and {len(others)} more place{'s' if len(others) > 1 else ''}" if others else first
    holder, enemy = (side_name(theatre.actors[actor]) for actor in (enclave.actor, enclave.surrounded_by))
    said = (
        f"{holder} at {where}: possibly encircled by {enemy} since {enclave.since}, {_area(enclave.area_m2 / 1e6)} km2"
    )
    count = len(enclave.unknown)
    said += f"; nothing is known of {count} more place{'s' if count > 1 else ''} in the ring" if count else ""
    said += "; against the border, across which nothing is known" if enclave.against_border else ""
    return said + ("; besieged, by a report" if enclave.besieged_by_report else "")


def describe_siege(theatre: Theatre, siege: Siege) -> str:
    """Say which place was reported as besieged, in one line."""
    holder, besieger = (actor_name(theatre, actor) for actor in (siege.actor, siege.besieger))
    return f"{theatre.gazetteer.place(siege.place_id).name}: {holder}, reported as besieged by {besieger}"


def statistics_table(theatre: Theatre, figures: DayFigures) -> list[str]:
    """Write the figures of a day as lines of a table: the best figure and its range for each actor."""
    columns: list[tuple[str, Callable[[Figures], Range]]] = [
        ("km2 within reach", lambda f: f.effective_km2),
        ("km2 in all", lambda f: f.total_km2),
        ("places", lambda f: f.places),
        ("people", lambda f: f.population),
    ]
    rows = [["", *(title for title, _ in columns), "towns without a figure"]]
    for found in figures.actors:
        blank = "" if found.population_unknown is None else f"{found.population_unknown:.0%}"
        rows.append([side_name(theatre.actors[found.actor]), *(_range(of(found)) for _, of in columns), blank])
    for name, rest in (("contested", figures.contested), ("unknown", figures.unknown)):
        rows.append([name, _area(rest.effective_km2), _area(rest.total_km2), f"{rest.places:,}", "", ""])
    lines = _aligned(rows)
    share = figures.beyond_km2 / figures.land_km2 if figures.land_km2 else 0
    return [
        f"{theatre.settings.title}, {long_date(figures.day)}: best (from assessed alone to all that is contested)",
        *lines,
        f"{share:.0%} of the land lies beyond the reach of any place: nobody's, though the figures `in all` share it out.",
    ]


def series_table(theatre: Theatre, series: Series) -> list[str]:
    """Write figures over time as lines of a table: the ground within reach, best figure, a column an actor."""
    lines = series.lines("effective_km2")
    names = [side_name(theatre.actors[actor]) for actor in lines]
    rows = [["km2 within reach", *names]]
    for number, day in enumerate(series.days):
        rows.append([day.isoformat(), *(_area(line[number].best) for line in lines.values())])
    return _aligned(rows)


def _range(figure: Range) -> str:
    low, best, high = _area(figure.low), _area(figure.best), _area(figure.high)
    return best if low == high else f"{best} ({low}-{high})"


def _area(figure: float) -> str:
    return f"{figure:,.0f}"


def _aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    """Pad the cells of a table: the first column to the left, the others to the right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        "  ".join(
            [row[0].ljust(widths[0]), *(cell.rjust(w) for cell, w in zip(row[1:], widths[1:], strict=True))]
        ).rstrip()
        for row in rows
    ]

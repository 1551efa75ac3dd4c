"""Assessments, claims and changes as a person would say them. Plain text: escaping is up to whoever shows it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from control.assessment.audit import Contradiction
from control.assessment.changes import Balance, Change, ChangeKind
from control.assessment.likelihood import FAR_KM, about, likelihood, percent
from control.assessment.model import Assessment, Holding, Status
from control.record.date_words import long_date, when_words, window_words
from control.record.model import Claim
from control.record.theatre import Theatre
from control.territory.estimate import Driver, Estimate
from control.territory.fronts import side_name
from control.territory.ground import Enclave, Front, Siege
from control.territory.locate import PointAssessment, Where
from control.territory.statistics import DayFigures, Figures, Range, Series
from control.words.basis import basis_words, since_words
from control.words.sources import grade_words, published_words


def actor_name(theatre: Theatre, actor: str | None) -> str:
    """Name an actor, or say that none is named."""
    return theatre.actors[actor].name if actor else "nobody named"


def describe_holding(theatre: Theatre, holding: Holding) -> str:
    """Say who holds a place: `Red Army`, `contested between Red Army and Blue Front`, `unknown`."""
    name = actor_name(theatre, holding.actor)
    if holding.status is Status.UNKNOWN:
        return "unknown"
    if holding.status is Status.CONTESTED:
        return f"contested{between_words(theatre, holding.actor, *holding.rivals)}"
    if holding.status is Status.DIVIDED:
        return f"divided{_with_shares(theatre, (holding.actor or '', *holding.rivals), holding.shares)}"
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
    said, basis = describe_holding(theatre, holding), basis_words(theatre, assessment)
    beside = mention_words(theatre, assessment)
    if holding.status is Status.UNKNOWN or holding.status.is_shared:
        return f"{said} ({basis}).{beside}"
    return f"{likelihood(assessment.probability)} {said} ({basis}).{beside}"


def mention_words(theatre: Theatre, assessment: Assessment) -> str:
    """Say what is told beside the holder: ` Also reported: fighters of Red were there, without control, on 3 May 2017`."""
    said = [f"{event_words(theatre, claim)}, {when_words(claim.window)}" for claim in assessment.mentioned]
    return f" Also reported: {'; '.join(said)}." if said else ""


def event_words(theatre: Theatre, claim: Claim) -> str:
    """Say what happened, without date and source: `Red Army took it from Blue Front`, `Red Army had held it since 2013`."""
    actor = actor_name(theatre, claim.actor) if claim.actor else "one side"
    loser = actor_name(theatre, claim.loser) if claim.loser else "its holder"
    meaning = claim.event.meaning
    return (meaning.words_since if claim.since else meaning.words).format(
        actor=actor,
        since=since_words(claim),
        loser=loser,
        from_loser=f" from {loser}" if claim.loser else "",
        to_actor=f" to {actor}" if claim.actor else "",
        before_actor=f" and left it to {actor}" if claim.actor else "",
        held_by=f", held by {loser}" if claim.loser else "",
        between=sides_words(theatre, claim),
    )


def sides_words(theatre: Theatre, claim: Claim) -> str:
    """Say between whom an event is told, and their shares where it has some: ` between Red (60 %) and Blue (40 %)`."""
    return _with_shares(theatre, claim.parties, claim.shares)


def _with_shares(theatre: Theatre, parties: Sequence[str], shares: Sequence[float]) -> str:
    if not shares:
        return between_words(theatre, *parties)
    sides = [
        f"{side_name(theatre.actors[side])} ({percent(share)})" for side, share in zip(parties, shares, strict=True)
    ]
    return f" between {_listed(sides)}"


def between_words(theatre: Theatre, *actors: str | None) -> str:
    """Say between whom a place is contested, by short names, which hold no `and`; nothing of fewer than two sides."""
    sides = [side_name(theatre.actors[actor]) for actor in actors if actor]
    return f" between {_listed(sides)}" if len(sides) > 1 else ""


def describe_claim(theatre: Theatre, claim: Claim) -> str:
    """Say what a source reported, in one line with date, source and grade."""
    note = f": {claim.report.note}" if claim.report.note else ""
    return (
        f"{window_words(claim.window)}: {event_words(theatre, claim)}{note} [{claim.source.title}, "
        f"{published_words(claim.published)}, {grade_words(claim)}]"
    )


def describe_contradiction(theatre: Theatre, found: Contradiction) -> str:
    """Say which claim others deny, and who says what instead."""
    said = [f"{c.source.title} ({actor_name(theatre, c.actor)}, {c.window})" for c in found.by]
    place = theatre.gazetteer.place(found.claim.place_id).name
    return f"contradicted: {place} {found.claim.window}, {actor_name(theatre, found.claim.actor)}; by {'; '.join(said)}"


def describe_change(theatre: Theatre, change: Change) -> str:
    """Say what changed where, in one line."""
    place = theatre.gazetteer.place(change.place_id)
    before, after = (describe_holding(theatre, h) for h in (change.before, change.after))
    assumed = " (no report names the day: it is assumed)" if change.assumed else ""
    return f"{change.day} {place.name}: {change_words(change.kind, before, after, '->')}{assumed}"


def brief_change(theatre: Theatre, change: Change) -> str:
    """Say what changed in a few words, without the place: `Red → Blue`, `first known as Red`, `Red, no longer confirmed`."""
    before, after = (brief_holding(theatre, h) for h in (change.before, change.after))
    return change_words(change.kind, before, after, "\N{RIGHTWARDS ARROW}")


def change_words(kind: ChangeKind, before: str, after: str, arrow: str) -> str:
    """Say what changed, from what was said of the place to what is said of it: fading is no loss, first word no gain."""
    if kind is ChangeKind.FIRST_KNOWN:
        return f"first known as {after}"
    if kind is ChangeKind.KNOWN_AGAIN:
        return f"known again as {after}"
    if kind is ChangeKind.NO_LONGER_CONFIRMED:
        return f"{before}, no longer confirmed"
    return f"{before} {arrow} {after}"


def describe_balance(theatre: Theatre, balance: Balance) -> str:
    """Say what an actor gained and lost, in places: `Red Army: 2 gained, 1 lost; 3 newly known`."""
    parts = [f"{balance.gained} gained, {balance.lost} lost"]
    parts += [f"{balance.newly_known} newly known"] if balance.newly_known else []
    parts += [f"{balance.no_longer_confirmed} no longer confirmed"] if balance.no_longer_confirmed else []
    return f"{actor_name(theatre, balance.actor)}: {'; '.join(parts)}"


def brief_holding(theatre: Theatre, holding: Holding) -> str:
    """Say who holds a place in a few words: `Red`, `Red / Blue`, `unknown`."""
    sides = [theatre.actors[a].short_name for a in ((holding.actor,) if holding.actor else ()) + holding.rivals]
    if holding.status is Status.BESIEGED and holding.besieger:
        return f"{sides[0]}, besieged by {theatre.actors[holding.besieger].short_name}"
    if holding.status.is_shared:
        return f"{holding.status}, {' / '.join(sides)}" if sides else str(holding.status)
    return sides[0] if sides else "unknown"


def describe_point(theatre: Theatre, answer: PointAssessment) -> str:
    """Say who held a point on a date, and from what that is known or estimated."""
    if answer.where is Where.OUTSIDE:
        return "abroad or water: outside the theatre's land"
    if answer.place is None:
        return _beyond_reach(theatre, answer.estimate)
    if answer.assessment is not None:
        said = describe_assessment(theatre, answer.assessment)
        if not answer.estimated:
            return said
        # The ground around a place goes with it: nobody reported of the very point.
        away = _away(answer.distance_km or 0.0)
        return f"estimated from {answer.place.name}, {away}, on whose ground the point lies. {said}"
    at = f"{answer.place.name}, {long_date(answer.day)}"
    if answer.estimate is None or answer.estimate.actor is None:
        return f"{at}: unknown (no report tells of the place on that date, and its neighbours do not say enough)."
    return f"{at}: {describe_estimate(theatre, answer.estimate)}."


def _beyond_reach(theatre: Theatre, estimate: Estimate | None) -> str:
    nobody = f"no one's: no place within {theatre.settings.reach_km:g} km, as far as the gazetteer knows"
    if estimate is None or estimate.actor is None:
        return nobody
    return f"{nobody}. Estimated, beyond the reach of reports: {describe_estimate(theatre, estimate)}"


def describe_estimate(theatre: Theatre, estimate: Estimate) -> str:
    """Say who probably holds a place that no report tells of: `likely Red, about 70 %, estimated from Alpha (5 km away)`.

    Places are named the nearest first; where the nearest is beyond `FAR_KM`, it is said that it is far.
    """
    said = f"{likelihood(estimate.probability)} {actor_name(theatre, estimate.actor)}"
    said += "" if estimate.probability is None else f", {about(estimate.probability)}"
    named = sorted(estimate.drivers[:DRIVERS_NAMED], key=lambda driver: driver.distance_km)
    others = [_driver(theatre, driver) for driver in named if driver.place_id != estimate.place_id]
    own = [_own_report(estimate)] if len(others) < len(named) else []
    far = "places far away: " if not own and named and named[0].distance_km > FAR_KM else ""
    parts = [*own, *([f"reports of {far}{_listed(others)}"] if others else [])]
    return f"{said}, estimated{' from ' if parts else ''}{' and from '.join(parts)}"


DRIVERS_NAMED = 3
"""How many of the places that an estimate rests on are named in words."""


def _own_report(estimate: Estimate) -> str:
    """Say of when the reports of the place itself are that an estimate rests on, beside those of other places."""
    window = estimate.own_report
    if window is None:
        return "reports of this place at other times"
    return f"{'a later' if window.middle > estimate.day else 'an older'} report of this place ({window_words(window)})"


def _driver(theatre: Theatre, driver: Driver) -> str:
    return f"{theatre.gazetteer.place(driver.place_id).name} ({_away(driver.distance_km)})"


def _away(km: float) -> str:
    return f"{km:.0f} km away" if km >= 0.95 else "less than 1 km away"


def _listed(items: Sequence[str]) -> str:
    """Join with commas and a last `and`."""
    return " and ".join(items) if len(items) < 3 else f"{', '.join(items[:-1])}, and {items[-1]}"


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
        f"{holder} at {where}: possibly encircled by {enemy} since {long_date(enclave.since)}, "
        f"{_area(enclave.area_m2 / 1e6)} km2"
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
        (f"km2 within {theatre.settings.reach_km:g} km", lambda f: f.effective_km2),
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
        f"{theatre.settings.title}, {long_date(figures.day)}: best (from what is sure to what may be)",
        *lines,
        f"{share:.0%} of the land lies beyond the reach of any place: nobody's, though the figures `in all` share it out.",
    ]


def series_table(theatre: Theatre, series: Series) -> list[str]:
    """Write figures over time as lines of a table: the ground within reach, best figure, a column an actor."""
    lines = series.lines("effective_km2")
    names = [side_name(theatre.actors[actor]) for actor in lines]
    rows = [[f"km2 within {theatre.settings.reach_km:g} km", *names]]
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

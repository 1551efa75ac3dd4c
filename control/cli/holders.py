"""The commands `assess` and `why`: who held a place or a point, and by which reports."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from control.assessment.model import Assessment, Status
from control.assessment.then_and_now import then_and_now as both_of
from control.assessment.timeline import Timeline
from control.cli.arguments import needed_day, open_timeline, position_of
from control.cli.console import print_json, say
from control.cli.options import DEFAULT_THEATRE, DateOption, JsonOption, KnownOnOption, PolicyOption, TheatreOption
from control.cli.points import assess_points
from control.cli.toponyms import place_named
from control.export.records import (
    area_assessment_to_dict,
    assessment_to_dict,
    estimate_to_dict,
    point_to_dict,
    then_and_now_to_dict,
    weighed_to_dict,
)
from control.record.theatre import Theatre
from control.territory.area_assessment import area_reports, assess_area
from control.territory.estimate import Estimate
from control.territory.ground import Grounds
from control.territory.locate import assess_point
from control.words.areas import area_lines, reports_around
from control.words.assessments import describe_assessment, describe_claim, describe_estimate, describe_point
from control.words.reasons import explain
from control.words.then_and_now import then_and_now_lines
from geo.place import Place


def register(app: typer.Typer) -> None:
    """Add the commands `assess` and `why` to a command line."""
    app.command("assess")(assess)
    app.command("why")(why)


def assess(
    day: DateOption = "",
    place: Annotated[str | None, typer.Option("--place", help="A toponym, as a source writes it.")] = None,
    lon: Annotated[float | None, typer.Option("--lon", help="Degrees east, WGS84.")] = None,
    lat: Annotated[float | None, typer.Option("--lat", help="Degrees north, WGS84.")] = None,
    points: Annotated[
        Path | None, typer.Option("--points", help="CSV with columns lon, lat and optionally date.")
    ] = None,
    known_on: KnownOnOption = None,
    policy: PolicyOption = "balanced",
    then_and_now: Annotated[
        bool, typer.Option("--then-and-now", help="What was known of --place on that day, beside what is known now.")
    ] = False,
    theatre: TheatreOption = DEFAULT_THEATRE,
    as_json: JsonOption = False,
) -> None:
    """Say who held a place or a point on a date."""
    if then_and_now and (place is None or known_on is not None):
        raise typer.BadParameter("--then-and-now belongs to --place NAME, and takes the place of --known-on")
    if sum((place is not None, lon is not None or lat is not None, points is not None)) != 1:
        raise typer.BadParameter("give exactly one of --place NAME, --lon X --lat Y, or --points FILE.csv")
    timeline = open_timeline(theatre, known_on, policy)
    loaded = timeline.theatre
    if points is not None:
        assess_points(timeline, points, day, as_json)
        return
    when = needed_day(day)
    if place is not None:
        named = place_named(loaded, place)
        if named.kind.is_area:
            if then_and_now:
                raise typer.BadParameter(
                    f"{named.name} is an area; --then-and-now is about a place that one side can hold"
                )
            _show_area(timeline, named, when, as_json)
            return
        if then_and_now:
            _show_then_and_now(timeline, named, when, as_json)
            return
        assessment = timeline.assess(named.id, when)
        record, words = assessment_to_dict(loaded, assessment), describe_assessment(loaded, assessment)
        estimate = _estimate(timeline, assessment)
        if estimate is not None:
            record["estimate"] = estimate_to_dict(loaded, estimate)
            words += f" Best guess: {describe_estimate(loaded, estimate)}."
        _show(loaded, assessment, record, words, as_json)
        return
    if lon is None or lat is None:
        raise typer.BadParameter("--lon and --lat belong together")
    answer = assess_point(Grounds.of(timeline), position_of(lon, lat), when)
    _show(loaded, answer.assessment, point_to_dict(loaded, answer), describe_point(loaded, answer), as_json)


def why(
    place: Annotated[str, typer.Argument(help="A toponym, as a source writes it.")],
    day: DateOption,
    known_on: KnownOnOption = None,
    policy: PolicyOption = "balanced",
    theatre: TheatreOption = DEFAULT_THEATRE,
    as_json: JsonOption = False,
) -> None:
    """Explain who held a place on a date by the reports behind it."""
    timeline = open_timeline(theatre, known_on, policy)
    loaded = timeline.theatre
    named, when = place_named(loaded, place), needed_day(day)
    if named.kind.is_area:
        _show_area(timeline, named, when, as_json)
        return
    explanation = timeline.why(named.id, when)
    groups = {
        "supporting": explanation.supporting,
        "contradicting": explanation.contradicting,
        "discarded": explanation.discarded,
        "other": explanation.other,
    }
    if as_json:
        print_json(assessment_to_dict(loaded, explanation.assessment))
        for group, weighed in groups.items():
            for w in weighed:
                print_json({"group": group, **weighed_to_dict(w)})
        return
    for line in (
        *explain(loaded, explanation),
        *reports_around(loaded, area_reports(Grounds.of(timeline), named, when)),
    ):
        say(line)


def _show_then_and_now(timeline: Timeline, place: Place, day: date, as_json: bool) -> None:
    """Print what was known of a place on a day, and what is known of that day now."""
    found = both_of(timeline, place.id, day)
    if as_json:
        print_json(then_and_now_to_dict(timeline.theatre, found))
        return
    for line in then_and_now_lines(timeline.theatre, found):
        say(line)


def _show_area(timeline: Timeline, area: Place, day: date, as_json: bool) -> None:
    """Print who holds how much of an area, and the reports of it as a whole."""
    found = assess_area(Grounds.of(timeline), area, day)
    if as_json:
        print_json(area_assessment_to_dict(found))
        return
    for line in area_lines(timeline.theatre, found):
        say(line)


def _estimate(timeline: Timeline, assessment: Assessment) -> Estimate | None:
    """Return what the neighbours say of a place that nobody told of; an estimate is kept apart from the assessment."""
    if assessment.holding.status is not Status.UNKNOWN:
        return None
    grounds = Grounds.of(timeline)
    site = grounds.landscape.index.get(assessment.place_id)
    found = grounds.estimator.estimate(site, assessment.day) if grounds.estimator and site is not None else None
    return found if found and found.actor else None


def _show(theatre: Theatre, assessment: Assessment | None, record: dict[str, Any], words: str, as_json: bool) -> None:
    if as_json:
        print_json(record)
        return
    say(words)
    for claim in assessment.claims if assessment else ():
        say(f"  {describe_claim(theatre, claim)}")

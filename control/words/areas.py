"""Whole areas as a person would say them. Plain text: escaping is up to whoever shows it."""

from __future__ import annotations

from collections.abc import Iterator

from control.record.date_words import long_date
from control.record.theatre import Theatre
from control.territory.area_assessment import AreaAssessment, AreaReports, AreaShare
from control.territory.fronts import side_name
from control.words.assessments import describe_claim

MOST_REPORTS = 6


def describe_area(theatre: Theatre, found: AreaAssessment) -> str:
    """Say who holds how much of an area and how much is only estimated, in one sentence."""
    said = describe_balance_of(theatre, found)
    return f"{found.area.name}, {long_date(found.day)}: {said[0].lower()}{said[1:]}"


def describe_balance_of(theatre: Theatre, found: AreaAssessment) -> str:
    """Say the same without name and date: `Of 9 places Red Army 8 (3 estimated); 1 unknown.`."""
    if not found.places:
        return "The map has no place in it that a side could hold."
    held = ", ".join(_share(theatre, share) for share in found.shares)
    rest = [f"{count} {word}" for count, word in ((found.contested, "contested"), (found.unknown, "unknown")) if count]
    parts = "; ".join(part for part in (held, ", ".join(rest)) if part)
    return f"Of {found.places} place{'' if found.places == 1 else 's'} {parts}."


def _share(theatre: Theatre, share: AreaShare) -> str:
    estimated = f" ({share.estimated} estimated)" if share.estimated else ""
    return f"{side_name(theatre.actors[share.actor])} {share.places}{estimated}"


def area_lines(theatre: Theatre, found: AreaAssessment) -> Iterator[str]:
    """Say what is known of an area, one sentence or report a line."""
    yield describe_area(theatre, found)
    if not found.claims:
        yield "No report speaks of it as a whole."
        return
    yield "Reports of it as a whole, the nearest in time first; each counts a little for every place in it:"
    for claim in found.claims[:MOST_REPORTS]:
        yield f"  {describe_claim(theatre, claim)}"
    if (more := len(found.claims) - MOST_REPORTS) > 0:
        yield f"  and {more} more"


def reports_around(theatre: Theatre, found: tuple[AreaReports, ...]) -> Iterator[str]:
    """Say what was reported of the areas around a place, one report a line; nothing where there is none."""
    if found:
        yield "Reports of the area around it, which count a little for each place there:"
    for reports in found:
        for claim in reports.claims[:MOST_REPORTS]:
            yield f"  {reports.area.name}, {describe_claim(theatre, claim)}"

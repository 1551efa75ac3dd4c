"""What the program knows as flat records: the properties, rows and JSON of exports and of the command line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from control.assessment.audit import Contradiction, SourceAudit
from control.assessment.changes import Change
from control.assessment.explanation import Weighed
from control.assessment.model import Assessment, Holding, Status
from control.assessment.then_and_now import ThenAndNow
from control.export.place_span import PlaceSpan
from control.export.tables.columns import AreaRecord, ChangeRow, FrontRecord, HoldingRecord, PlaceRecord, PlaceSpanRow
from control.record.inexact_matches import InexactMatch
from control.record.model import Claim
from control.record.theatre import Theatre
from control.territory.area_assessment import AreaAssessment, AreaReports
from control.territory.estimate import Estimate
from control.territory.ground import Enclave, Front, GroundArea, Siege, Standing
from control.territory.locate import PointAssessment
from control.territory.statistics import DayFigures, Range, Rest
from geo.gazetteer import Candidate
from geo.place import Place

MEASURES = ("total_km2", "effective_km2", "places", "population")
FIGURE_COLUMNS = (
    "date", "group", "actor", "name", *(m + end for m in MEASURES for end in ("_low", "", "_high")), "population_unknown",
)  # fmt: skip
"""One row an actor and day; then `contested` and `unknown`, which complete the land; `beyond` is how much of all this lies
beyond the reach of any place."""


def place_to_dict(place: Place) -> PlaceRecord:
    """Describe a place, without its position."""
    return {
        "place_id": place.id,
        "name": place.name,
        "kind": str(place.kind),
        "country": place.country,
        "admin": place.admin or None,
        "population": place.population,
    }


def holding_to_dict(theatre: Theatre, holding: Holding) -> HoldingRecord:
    """Describe how a place is held, and by whom."""
    actor = theatre.actors[holding.actor] if holding.actor else None
    return {
        "status": str(holding.status),
        "actor": holding.actor,
        "actor_name": actor.name if actor else None,
        "colour": actor.colour if actor else None,
        "rivals": "; ".join(holding.rivals) or None,
        "besieger": holding.besieger,
    }


def place_span_to_row(theatre: Theatre, span: PlaceSpan) -> PlaceSpanRow:
    """Describe a span as one flat row; dates stay dates."""
    place, holding = span.place, span.interval.holding
    return {
        **place_to_dict(place),
        "lon": place.position.lon,
        "lat": place.position.lat,
        "start": span.start,
        "end": span.end,
        **holding_to_dict(theatre, holding),
        "probability": span.probability,
        "probability_least": span.probability_least,
        "assumed": span.interval.assumed and span.start == span.interval.start,
        "rule": holding.rule,
        "reports": _titles(span.interval.claims) or None,
    }


def claim_to_dict(claim: Claim) -> dict[str, Any]:
    """Describe a claim as JSON: what was said, when it was so, by whom and when it was published."""
    return {
        "claim_id": claim.id,
        "event_date": claim.window.text,
        "place_as_written": claim.report.place,
        "event": str(claim.event),
        "actor": claim.actor,
        "loser": claim.loser,
        "actor_as_written": claim.report.actor or None,
        "loser_as_written": claim.report.loser or None,
        "source": claim.source.id,
        "source_title": claim.source.title,
        "published": claim.published.text,
        "reference": claim.source.reference,
        "grade": claim.source.grade,
        "credibility": claim.credibility,
        "note": claim.report.note,
    }


def weighed_to_dict(weighed: Weighed) -> dict[str, Any]:
    """Describe a claim of an explanation as JSON: what hangs on it, and the claim."""
    return {
        "influence": weighed.influence,
        "evidence": weighed.evidence,
        "flips": weighed.flips,
        "rule": weighed.rule or None,
        **claim_to_dict(weighed.claim),
    }


def assessment_to_dict(theatre: Theatre, assessment: Assessment) -> dict[str, Any]:
    """Describe the assessment of a place on a date as JSON, with the claims behind it."""
    place, holding = theatre.gazetteer.place(assessment.place_id), assessment.holding
    return {
        "place_id": place.id,
        "name": place.name,
        "lon": place.position.lon,
        "lat": place.position.lat,
        "date": assessment.day.isoformat(),
        "known_on": assessment.known_on.isoformat() if assessment.known_on else None,
        "status": str(holding.status),
        "actor": holding.actor,
        "rivals": list(holding.rivals),
        "besieger": holding.besieger,
        "shares": list(holding.shares),
        "probability": assessment.probability,
        "estimated": False,
        "days_since_confirmed": assessment.days_since_confirmed,
        "also_reported": mentions_to_list(assessment),
        "reports": [claim_to_dict(claim) for claim in assessment.claims],
    }


def then_and_now_to_dict(theatre: Theatre, found: ThenAndNow) -> dict[str, Any]:
    """Describe what was known of a place on a day, and what is known of that day now, as JSON."""
    return {
        "then": assessment_to_dict(theatre, found.then),
        "now": assessment_to_dict(theatre, found.now),
        "then_reports": found.then_reports,
        "now_reports": found.now_reports,
        "agreement": str(found.agreement),
    }


def mentions_to_list(assessment: Assessment) -> list[dict[str, Any]]:
    """Describe what is said beside the holder: the event, the ids of the sides, the date and the claim."""
    return [
        {"event": str(c.event), "actors": list(c.parties), "event_date": c.window.text, "claim_id": c.id}
        for c in assessment.mentioned
    ]


def point_to_dict(theatre: Theatre, answer: PointAssessment) -> dict[str, Any]:
    """Describe the answer for a point as JSON: the assessment of its place, else what is estimated there."""
    if answer.assessment is not None:
        record = assessment_to_dict(theatre, answer.assessment)
    else:
        said = estimate_to_dict(theatre, answer.estimate) if answer.estimate else {"actor": None, "probability": None}
        record = {
            "place_id": answer.place.id if answer.place else None,
            "name": answer.place.name if answer.place else None,
            "date": answer.day.isoformat(),
            "status": "estimated" if said["actor"] else str(Status.UNKNOWN),
            **said,
            "reports": [],
        }
    record |= {"lon": answer.position.lon, "lat": answer.position.lat, "estimated": answer.estimated}
    return {**record, "where": str(answer.where), "distance_km": answer.distance_km}


def area_reports_to_dict(reports: AreaReports) -> dict[str, Any]:
    """Describe an area and what was said of it as a whole as JSON."""
    return {**_area(reports.area), "reports": [claim_to_dict(claim) for claim in reports.claims]}


def area_assessment_to_dict(found: AreaAssessment) -> dict[str, Any]:
    """Describe who holds how much of an area as JSON, and what reports say of it as a whole."""
    return {
        **_area(found.area),
        "date": found.day.isoformat(),
        "known_on": found.known_on.isoformat() if found.known_on else None,
        "places": found.places,
        "shares": [
            {"actor": s.actor, "places": s.places, "reported": s.reported, "estimated": s.estimated}
            for s in found.shares
        ],
        "contested": found.contested,
        "unknown": found.unknown,
        "probabilities": [{"actor": actor, "probability": round(p, 4)} for actor, p in found.odds],
        "reports": [claim_to_dict(claim) for claim in found.claims],
    }


def change_to_dict(theatre: Theatre, change: Change) -> dict[str, Any]:
    """Describe a change as JSON, with the claims behind it."""
    return {
        "date": change.day.isoformat(),
        "place_id": change.place_id,
        "name": theatre.gazetteer.place(change.place_id).name,
        "change": str(change.kind),
        "before": {"status": str(change.before.status), "actor": change.before.actor},
        "after": {"status": str(change.after.status), "actor": change.after.actor},
        "assumed": change.assumed,
        "reports": [claim_to_dict(claim) for claim in change.claims],
    }


def change_to_row(theatre: Theatre, change: Change) -> ChangeRow:
    """Describe a change as one flat row; its date stays a date."""
    place = theatre.gazetteer.place(change.place_id)
    return {
        "date": change.day,
        "place_id": place.id,
        "name": place.name,
        "lon": place.position.lon,
        "lat": place.position.lat,
        "change": str(change.kind),
        "status_before": str(change.before.status),
        "actor_before": change.before.actor,
        "status_after": str(change.after.status),
        "actor_after": change.after.actor,
        "assumed": change.assumed,
        "reports": _titles(change.claims),
    }


def contradiction_to_dict(contradiction: Contradiction) -> dict[str, Any]:
    """Describe a claim that others deny as JSON, and those who do."""
    claim = contradiction.claim
    by = [
        {"source": c.source.id, "title": c.source.title, "event_date": str(c.window), "actor": c.actor}
        for c in contradiction.by
    ]
    return {"place_id": claim.place_id, "event_date": str(claim.window), "actor": claim.actor, "by": by}


def inexact_match_to_dict(match: InexactMatch) -> dict[str, Any]:
    """Describe a spelling that its place does not have as JSON: the rows that have it, and what it was taken for."""
    return {
        "written": match.match.query,
        "rows": [{"file": origin.file, "line": origin.line} for origin in match.origins],
        "taken": _candidate(match.chosen),
        "runner_up": _candidate(match.runner_up) if match.runner_up else None,
    }


def source_audit_to_dict(audit: SourceAudit) -> dict[str, Any]:
    """Describe what a source contributes as JSON, what others deny of it, and what hangs on it."""
    return {
        "source": audit.source.id,
        "title": audit.source.title,
        "grade": audit.source.grade,
        "claims": audit.claims,
        "first": audit.first,
        "contradicted": audit.contradicted,
        "contradictions": [contradiction_to_dict(found) for found in audit.contradictions],
        "flips": [{"place_id": f.place_id, "date": f.day.isoformat(), "days": f.days} for f in audit.flips],
    }


def area_to_dict(theatre: Theatre, area: GroundArea) -> AreaRecord:
    """Describe an area: whose it is, what that rests on, and how large it is."""
    actor = theatre.actors[area.actor] if area.actor else None
    return {
        "actor": area.actor,
        "actor_name": actor.name if actor else None,
        "colour": actor.colour if actor else None,
        "standing": str(area.standing) if area.effective else "nobody",
        "estimated": area.standing is Standing.ESTIMATED,
        "rivals": "; ".join(area.rivals) or None,
        "within_reach": area.effective,
        "area_km2": round(area.area_m2 / 1e6, 3),
    }


def front_to_dict(theatre: Theatre, front: Front) -> FrontRecord:
    """Describe a front: its sides, where it runs, how long it is."""
    first, second = (theatre.actors[actor] for actor in front.actors)
    return {
        "name": front.name,
        "actor": first.id,
        "actor_name": first.name,
        "other_actor": second.id,
        "other_actor_name": second.name,
        "estimated": not front.assessed,
        "length_km": round(front.length_m / 1000, 2),
        "assessed_km": round(front.assessed_m / 1000, 2),
        "river": front.river,
        "near": "; ".join(front.near),
    }


def enclave_to_dict(theatre: Theatre, enclave: Enclave) -> dict[str, Any]:
    """Describe an enclave as JSON: who is shut in where, by whom, since when, and how sure that is."""
    return {
        "actor": enclave.actor,
        "surrounded_by": enclave.surrounded_by,
        "since": enclave.since.isoformat(),
        "against_border": enclave.against_border,
        "besieged_by_report": enclave.besieged_by_report,
        "area_km2": round(enclave.area_m2 / 1e6, 3),
        "places": [_named(theatre, place) for place in enclave.places],
        "unknown": [_named(theatre, place) for place in enclave.unknown],
        "links": [{"inside": inside, "outside": outside} for inside, outside in enclave.links],
    }


def siege_to_dict(theatre: Theatre, siege: Siege) -> dict[str, Any]:
    """Describe a reported siege as JSON."""
    return {**_named(theatre, siege.place_id), "actor": siege.actor, "besieger": siege.besieger}


def estimate_to_dict(theatre: Theatre, estimate: Estimate) -> dict[str, Any]:
    """Describe an estimate as JSON: who, how probable, and the reported places it rests on with their shares."""
    drivers = [
        {**_named(theatre, d.place_id), "distance_km": round(d.distance_km, 2), "share": round(d.share, 4)}
        for d in estimate.drivers
    ]
    return {"actor": estimate.actor, "probability": estimate.probability, "drivers": drivers}


def figures_to_dicts(theatre: Theatre, figures: DayFigures) -> Iterator[dict[str, Any]]:
    """Describe the figures of a day as JSON, one record an actor; then what is contested, unknown, and beyond any reach."""
    day = figures.day.isoformat()
    for found in figures.actors:
        record: dict[str, Any] = {"date": day, "group": "actor", "actor": found.actor}
        record["name"] = theatre.actors[found.actor].name
        for measure in MEASURES:
            record |= _range(measure, getattr(found, measure))
        share = found.population_unknown
        yield {**record, "population_unknown": None if share is None else round(share, 4)}
    for group, rest in (("contested", figures.contested), ("unknown", figures.unknown)):
        yield {"date": day, "group": group, **_rest(rest)}
    name = (
        f"farther than {theatre.settings.reach_km:g} km from any place"  # the reach of `effective_km2`, said beside it
    )
    yield {"date": day, "group": "beyond", "name": name, "total_km2": round(figures.beyond_km2, 1)}


def _range(measure: str, figure: Range) -> dict[str, Any]:
    decimals = 1 if measure.endswith("km2") else None
    return {
        f"{measure}_low": round(figure.low, decimals),
        measure: round(figure.best, decimals),
        f"{measure}_high": round(figure.high, decimals),
    }


def _rest(rest: Rest) -> dict[str, Any]:
    return {
        "total_km2": round(rest.total_km2, 1),
        "effective_km2": round(rest.effective_km2, 1),
        "places": rest.places,
    }


def _area(place: Place) -> dict[str, Any]:
    return {
        "place_id": place.id,
        "name": place.name,
        "kind": str(place.kind),
        "lon": place.position.lon,
        "lat": place.position.lat,
        "radius_km": place.radius_km,
    }


def _named(theatre: Theatre, place_id: str) -> dict[str, Any]:
    return {"place_id": place_id, "name": theatre.gazetteer.place(place_id).name}


def _titles(claims: tuple[Claim, ...]) -> str:
    """Dates and titles of the reports, each once."""
    return "; ".join(dict.fromkeys(f"{claim.window} {claim.source.title}" for claim in claims))


def _candidate(candidate: Candidate) -> dict[str, Any]:
    place = candidate.place
    return {"place_id": place.id, "name": place.name, "score": candidate.score, "reason": candidate.reason}

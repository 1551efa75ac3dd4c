"""The answer to `why this colour?` as HTML: the finding, the odds, the biography, every report with its influence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from control.app.panel.shown_report import ShownReport, shown_report
from control.app.panel.strip import biography, join_alike
from control.app.widgets.colours import GREY, safe_colour
from control.app.widgets.html_template import render_html
from control.assessment.explanation import Explanation, Weighed
from control.assessment.timeline import Timeline
from control.record.theatre import Theatre
from control.territory.area_assessment import AreaReports
from control.territory.ground import Grounds
from control.words.assessments import describe_estimate, describe_finding
from control.words.places import where_words
from control.words.reasons import probability_words, reason, sections
from control.words.stretches import stretches

LEAST_SHOWN, MOST_SHOWN, MOST_AGAINST = 3, 6, 2
"""So many reports are shown at once, those that matter most, and so many at least of those against it when there is no
room for all; the others are one click away."""


def reasons_html(
    timeline: Timeline, place_id: str, day: date, estimate: str = "", around: Sequence[AreaReports] = ()
) -> str:
    """Explain one place on one day.

    Parameters
    ----------
    timeline, place_id, day
        What to explain.
    estimate
        What its neighbours make of a place that no report tells of, as sentences.
    around
        Reports of the areas that it lies in.

    Returns
    -------
    str
        HTML in which every text of the data is escaped; the classes are those of `app.css`.

    Raises
    ------
    SpanError
        When `day` is outside the theatre's span.
    KeyError
        When the place is an area or not in the gazetteer.
    """
    theatre, why = timeline.theatre, timeline.why(place_id, day)
    place = theatre.gazetteer.place(place_id)
    where = where_words(place, theatre.gazetteer.countries)
    finding = describe_finding(theatre, why.assessment)
    shown, others = _divided(theatre, why)
    return render_html(
        "reasons.html",
        place=place.name,
        where=where,
        finding=finding[0].upper() + finding[1:],
        estimate=estimate,
        odds=[(f"{p:.1%}", safe_colour(theatre.actors[a].colour)) for a, p in why.assessment.probabilities],
        odds_words=probability_words(theatre, why.assessment),
        strip=biography(timeline, place_id, day),
        holders=_holders(timeline, place_id, day),
        sections=shown,
        others=others,
        others_count=sum(len(reports) for _, reports in others),
        around=_around(theatre, around),
    )


def estimate_words(grounds: Grounds, place_id: str, day: date) -> str:
    """Say what its neighbours make of a place, as a sentence; nothing where nothing is estimated."""
    site = grounds.landscape.index.get(place_id)
    if grounds.estimator is None:
        return ""
    if site is None:
        return (
            "No best guess: one is made for every town, and for other places only where something is reported of them."
        )
    found = grounds.estimator.estimate(site, day)
    if found.actor is None:
        return "No best guess: the reports of places around it are too far away, or name different sides."
    return f"Best guess, drawn paler on the map: {describe_estimate(grounds.timeline.theatre, found)}."


@dataclass(frozen=True)
class Holder:
    """A stretch of the biography of a place, in words."""

    holding: str
    colour: str
    when: str
    is_current: bool


def _holders(timeline: Timeline, place_id: str, day: date) -> list[Holder]:
    theatre = timeline.theatre
    joined = join_alike(timeline.intervals[place_id])
    told = stretches(theatre, joined, timeline.claims.get(place_id, ()))
    return [
        Holder(
            stretch.holder,
            safe_colour(theatre.actors[interval.holding.actor].colour) if interval.holding.actor else GREY,
            stretch.dates,
            interval.start <= day < interval.end,
        )
        for interval, stretch in zip(joined, told, strict=True)
    ]


Headed = list[tuple[str, list[ShownReport]]]
"""Reports by heading."""


def _divided(theatre: Theatre, why: Explanation) -> tuple[Headed, Headed]:
    """Return the reports that are shown at once, and those that are one click away."""
    found = sections(theatre, why)
    at_once = _shown(why)
    most = max((abs(w.evidence) for section in found for w in section.items), default=1.0) or 1.0

    def headed(is_at_once: bool) -> Headed:
        parts = [(each.heading, [w for w in each.items if (w in at_once) is is_at_once]) for each in found]
        return [(heading, [_report(theatre, why, w, most) for w in items]) for heading, items in parts if items]

    return headed(True), headed(False)


def _shown(why: Explanation) -> list[Weighed]:
    """Choose the reports that are shown at once: what decides, what says so too, and what says otherwise."""
    # Who asks for the reasons of a colour reads first what speaks for it.
    against = why.contradicting[: max(MOST_AGAINST, MOST_SHOWN - len(why.supporting))]
    matter = [*why.supporting[: MOST_SHOWN - len(against)], *against]
    matter += [w for w in why.flips if w not in matter]
    rest = [w for w in why.other if w not in matter]
    return [*matter, *rest[: max(0, LEAST_SHOWN - len(matter))]]


def _report(theatre: Theatre, why: Explanation, weighed: Weighed, most: float) -> ShownReport:
    side = "for" if weighed in why.supporting else "against" if weighed in why.contradicting else ""
    width = f"{min(1.0, abs(weighed.evidence) / most):.0%}" if side else ""
    return shown_report(theatre, weighed.claim, side=side, width=width, reason=reason(theatre, why, weighed))


def _around(theatre: Theatre, found: Sequence[AreaReports]) -> list[ShownReport]:
    return [shown_report(theatre, claim, about=each.area.name) for each in found for claim in each.claims]

"""The answer to `why this colour?` as HTML: the finding, the odds, the biography, every report with its influence."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from control.app.hypertext import GREY, anchor, escape, safe_colour
from control.app.strip import biography, join_alike
from control.model import Assessment
from control.theatre import Theatre
from control.timeline import Explanation, Timeline, Weighed
from control.words import describe_finding, describe_holding, event_words, long_date

LEAST_SHOWN, MOST_SHOWN, MOST_AGAINST = 3, 6, 2
"""So many reports are shown at once, those that matter most, and so many at least of those against it when there is no
room for all; the others are one click away."""


def reasons_html(timeline: Timeline, place_id: str, day: date, estimate: str = "") -> str:
    """Explain one place on one day.

    Parameters
    ----------
    timeline, place_id, day
        What to explain.
    estimate
        What its neighbours make of a place that no report tells of, in words.

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
    where = ", ".join(part for part in (place.kind.replace("-", " "), place.admin, place.country) if part)
    finding = describe_finding(theatre, why.assessment)
    parts = [
        f'<div class="cm-place"><h5>{escape(place.name)}</h5><p class="cm-small">{escape(where)}</p></div>',
        f'<p class="cm-finding">{escape(finding[0].upper() + finding[1:])}</p>',
        f'<p class="cm-estimate">Estimated, not reported: {escape(estimate)}.</p>' if estimate else "",
        _odds(theatre, why.assessment),
        _strip(timeline, place_id, day),
        _reports(theatre, why),
    ]
    return f'<section class="cm-reasons">{"".join(parts)}</section>'


def percent(probability: float) -> str:
    """Write a probability without claiming certainty: `99 %`, `over 99 %`, `under 1 %`."""
    if probability >= 0.995:
        return "over 99 %"
    return "under 1 %" if probability < 0.005 else f"{probability:.0%}".replace("%", " %")


def _odds(theatre: Theatre, assessment: Assessment) -> str:
    """One bar, divided as the probabilities are; its words stand under it."""
    odds = [(theatre.actors[actor], p) for actor, p in assessment.probabilities if p >= 0.005]
    if not odds:
        return ""
    parts = "".join(f'<i style="width:{p:.1%};background:{safe_colour(a.colour)}"></i>' for a, p in odds)
    words = " · ".join(f"{escape(actor.short_name)} {percent(p)}" for actor, p in odds)
    return f'<div class="cm-odds" aria-hidden="true">{parts}</div><p class="cm-small">Odds: {words}</p>'


def _strip(timeline: Timeline, place_id: str, day: date) -> str:
    theatre, drawn = timeline.theatre, biography(timeline, place_id, day)
    rows = []
    for interval in join_alike(timeline.intervals[place_id]):
        holding, now = interval.holding, interval.start <= day < interval.end
        colour = theatre.actors[holding.actor].colour if holding.actor else GREY
        since, until = long_date(interval.start), long_date(interval.end - timedelta(days=1))
        rows.append(
            f'<li{" aria-current=date" if now else ""}><i class="cm-dot" style="background:{safe_colour(colour)}"></i>'
            f"{escape(describe_holding(theatre, holding))}<br><small>{since} to {until}</small></li>"
        )
    return (
        f'<img class="cm-strip" alt="{escape(drawn.words)}" src="{drawn.source}">'
        f"<details><summary>Holders of {escape(theatre.gazetteer.place(place_id).name)} over time</summary>"
        f'<ol class="cm-holders">{"".join(rows)}</ol></details>'
    )


def _reports(theatre: Theatre, why: Explanation) -> str:
    day = why.assessment.day
    near = sorted(why.other, key=lambda w: (abs(w.claim.window.middle - day), w.claim.id))
    # Who asks for the reasons of a colour reads first what speaks for it.
    against = why.contradicting[: max(MOST_AGAINST, MOST_SHOWN - len(why.supporting))]
    matter = (*why.supporting[: MOST_SHOWN - len(against)], *against)
    # Where many agree, none of them matters alone: the nearest stand for them.
    shown = (*matter, *near[: max(0, LEAST_SHOWN - len(matter))])
    ranked = (*why.supporting, *why.contradicting, *near)
    others = [*(weighed for weighed in ranked if weighed not in shown), *why.discarded]
    if not shown and not others:
        return '<p class="cm-small">No report is about it.</p>'
    most = max((abs(weighed.evidence) for weighed in ranked), default=1.0) or 1.0
    html = f'<ol class="cm-reports">{_items(theatre, why.assessment, shown, most)}</ol>'
    if others:
        count = f"{len(others)} other report{'' if len(others) == 1 else 's'}"
        items = _items(theatre, why.assessment, others, most)
        html += f'<details><summary>{count}</summary><ol class="cm-reports">{items}</ol></details>'
    return html


def _items(theatre: Theatre, assessment: Assessment, weighed: Sequence[Weighed], most: float) -> str:
    return "".join(_item(theatre, assessment, each, most) for each in weighed)


def _item(theatre: Theatre, assessment: Assessment, weighed: Weighed, most: float) -> str:
    claim, source = weighed.claim, weighed.claim.source
    note = f": {escape(claim.report.note)}" if claim.report.note else ""
    return (
        f"<li><p><b>{escape(claim.window.text)}</b> {escape(event_words(theatre, claim))}{note}</p>"
        f'<p class="cm-small">{anchor(source.title, source.reference)}, published {escape(claim.published.text)}, '
        f"graded {escape(source.grade)}{claim.credibility}</p>{_influence(assessment, weighed, most)}</li>"
    )


def _influence(assessment: Assessment, weighed: Weighed, most: float) -> str:
    """Draw how much a report matters: a bar, and what would be left without it in words."""
    if weighed.rule:
        return f'<p class="cm-small">Discarded: {escape(weighed.rule)}</p>'
    side = "against" if weighed.evidence < 0 else "for"
    words = "speaks against it" if weighed.evidence < 0 else "speaks for it"
    if assessment.probability is not None:
        without = min(1.0, max(0.0, assessment.probability - weighed.influence))
        left, now = percent(without), percent(assessment.probability)
        words += f"; without it {left} instead of {now}" if left != now else f"; without it {now} as well"
    if abs(weighed.evidence) < 0.1 and not weighed.flips:
        words = "of little weight on that date"
    if weighed.flips:
        words += "; <b>the answer hangs on it</b>"
    width = min(1.0, abs(weighed.evidence) / most)
    return (
        f'<div class="cm-influence cm-{side}"><span aria-hidden="true"><i style="width:{width:.0%}"></i></span>'
        f"<em>{words}</em></div>"
    )

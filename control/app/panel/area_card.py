"""The card of a whole area as HTML: who holds how much of it, and what was reported of it."""

from __future__ import annotations

from control.app.panel.shown_report import shown_report
from control.app.widgets.colours import GREY, safe_colour
from control.app.widgets.html_template import render_html
from control.record.theatre import Theatre
from control.territory.area_assessment import AreaAssessment
from control.words.areas import MOST_REPORTS, describe_balance_of
from control.words.places import where_words


def area_html(theatre: Theatre, found: AreaAssessment) -> str:
    """Show an area on a day. Every text of the data is escaped; the classes are those of `app.css`."""
    total = max(found.places, 1)
    shares = [(share.places, safe_colour(theatre.actors[share.actor].colour)) for share in found.shares]
    reports = [shown_report(theatre, claim) for claim in found.claims]
    return render_html(
        "area.html",
        area=found.area.name,
        where=where_words(found.area, theatre.gazetteer.countries),
        finding=describe_balance_of(theatre, found),
        shares=[
            (f"{count / total:.1%}", colour) for count, colour in (*shares, (found.contested + found.unknown, GREY))
        ],
        reports=reports[:MOST_REPORTS],
        others=reports[MOST_REPORTS:],
    )

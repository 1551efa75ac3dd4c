"""The panel beside the map: why a place has its colour, what changed, how the figures ran, what was not used."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import streamlit as st

from control.app.caches import figures_of, figures_on, ground_of, visitor_safe_cache
from control.app.link import Link
from control.app.navigation import go
from control.app.panel.area_card import area_html
from control.app.panel.compare import show_comparison
from control.app.panel.policies import show_policies
from control.app.panel.reasons import estimate_words, reasons_html
from control.app.panel.share import show_share
from control.app.panel.then_and_now import show_then_and_now
from control.app.resuming import carry_out
from control.app.session_state import FIRST_TAB, TAB, session
from control.app.widgets.colours import colour_on_dark, safe_colour
from control.app.widgets.keys import widget_key
from control.assessment.audit import all_contradictions
from control.assessment.changes import Change
from control.assessment.model import Status
from control.assessment.timeline import Timeline
from control.markup import escape_markdown
from control.record.date_words import long_date
from control.record.report_counts import count_reports
from control.record.report_origins import trace_reports
from control.record.theatre import Theatre
from control.territory.area_assessment import area_reports, assess_area
from control.words.assessments import brief_change, describe_contradiction

CHANGE_DAYS = 14
WELCOME_CHANGES = 5
MEASURES = {
    "Area": ("effective_km2", "Ground within {reach} of the places held, km²"),
    "Population": ("population", "People in the towns held, by the gazetteer's figures"),
    "Places": ("places", "Places held"),
}
TABS = (FIRST_TAB, "Changes", "Compare", "Charts", "Cite", "About")
CITE = "Cite"


def show_panel(timeline: Timeline, day: date, link: Link, snapshot_id: str) -> None:
    """Show the panel. Only the open tab does work that takes longer than the page itself."""
    place_id = link.place
    if place_id != session.last_place:
        if place_id is not None:
            del session.area
        if not session.keeps_tab:
            # Somebody pointed at a place: its reasons come forward.
            session.tab = FIRST_TAB
        del session.keeps_tab
    session.last_place = place_id
    why, changes, compare, charts, cite, about = st.tabs(TABS, key=TAB, on_change="rerun")
    with why:
        if session.area is not None and session.area in timeline.theatre.gazetteer:
            st.html(_area(timeline, session.area, day))
        else:
            show_place(timeline, place_id, day)
    with changes:
        show_changes(timeline, day)
    with compare:
        show_comparison(timeline, day, drawn=bool(compare.open))
        if compare.open:
            show_policies(timeline, day)
    with charts:
        if charts.open:
            show_charts(timeline, day)
    with cite:
        if cite.open:
            show_share(timeline, link, snapshot_id)
    with about:
        show_about(timeline, snapshot_id, drawn=bool(about.open))


def show_place(timeline: Timeline, place_id: str | None, day: date) -> None:
    """Answer `why this colour?`."""
    if place_id is None:
        show_welcome(timeline, day)
        return
    st.html(_reasons(timeline, place_id, day))
    show_then_and_now(timeline, place_id, day)


# The map confirms every order, and that is another run; and readers come back to places.
@visitor_safe_cache(st.cache_data, max_entries=256, show_spinner=False)
def _reasons(timeline: Timeline, place_id: str, day: date) -> str:
    """Say why a place has its colour: each report is left out in turn for it."""
    unknown = timeline.assess(place_id, day).holding.status is Status.UNKNOWN
    estimate = estimate_words(ground_of(timeline), place_id, day) if unknown else ""
    grounds, place = ground_of(timeline), timeline.theatre.gazetteer.place(place_id)
    return reasons_html(timeline, place_id, day, estimate, area_reports(grounds, place, day))


@visitor_safe_cache(st.cache_data, max_entries=64, show_spinner=False)
def _area(timeline: Timeline, area_id: str, day: date) -> str:
    """Say who holds how much of an area, and what was reported of it."""
    area = timeline.theatre.gazetteer.place(area_id)
    return area_html(timeline.theatre, assess_area(ground_of(timeline), area, day))


def show_welcome(timeline: Timeline, day: date) -> None:
    """Say what can be asked, and offer the places that changed last."""
    st.caption("Click a town on the map, or find it above, to read which reports give it its colour.")
    told = [change for change in _lately(timeline, day) if change.after.actor and not change.assumed]
    lately = told[-WELCOME_CHANGES:]
    if lately:
        st.caption("What changed last:")
        with st.container(gap=None):
            for change in reversed(lately):
                show_change(change, timeline.theatre, "welcome")


def show_changes(timeline: Timeline, day: date) -> None:
    """List what changed in the days up to a date; a click goes there."""
    changes = _lately(timeline, day)
    st.caption(f"From {long_date(_since(timeline, day))} to {long_date(day)}. Click one to go there.")
    with st.container(gap=None):
        for change in reversed(changes):
            show_change(change, timeline.theatre, "list")
    if not changes:
        st.caption("Nothing changed.")


def _since(timeline: Timeline, day: date) -> date:
    return max(day - timedelta(days=CHANGE_DAYS - 1), timeline.theatre.settings.start)


def _lately(timeline: Timeline, day: date) -> Sequence[Change]:
    return timeline.changes(_since(timeline, day), day)


def show_change(change: Change, theatre: Theatre, where: str) -> None:
    """Show one change; a click goes to its date and place. It may stand in several lists, each with a name of its own."""
    name = theatre.gazetteer.place(change.place_id).name
    said = escape_markdown(f"{name}: {brief_change(theatre, change)}")
    label = f"**{long_date(change.day)}** {said}"
    label += " *(assumed)*" if change.assumed else ""
    key = widget_key("change", where, change.day, change.place_id)
    target = (change.day, change.place_id)
    pressed = st.button(label, key=key, type="tertiary", on_click=_go_from_list, args=target)
    carry_out(pressed, _go_from_list, *target)


def _go_from_list(day: date, place_id: str) -> None:
    session.keeps_tab = True
    go(day, place_id)


def show_charts(timeline: Timeline, day: date) -> None:
    """Draw a figure by actor over time."""
    # Altair takes a quarter of a second to import, and the first map need not wait for it.
    from control.app.panel.charts import chart_words, control_chart, to_lines

    theatre, figures = timeline.theatre, figures_of(timeline).with_day(figures_on(timeline, day))
    chosen = st.segmented_control(
        "Figure",
        list(MEASURES),
        default="Area",
        required=True,
        key=widget_key("charts", "measure"),
        label_visibility="collapsed",
    )
    measure, title = MEASURES[chosen or "Area"]
    title = title.format(reach=f"{theatre.settings.reach_km:g} km")
    fit = colour_on_dark if st.context.theme.type == "dark" else safe_colour
    names = {actor.id: (actor.short_name, fit(actor.colour)) for actor in theatre.actors.values()}
    lines = to_lines(figures.lines(measure), names)
    words = chart_words(figures.days, lines, day, title)
    st.caption(title)
    st.altair_chart(control_chart(figures.days, lines, day), alt=words)
    st.caption(
        "Line: reports and estimates. Band: from what is sure to what may be; click a name "
        "to see one alone. The dashed line is the date of the map."
    )


def show_about(timeline: Timeline, snapshot_id: str, *, drawn: bool) -> None:
    """Say what the map rests on: what was used and what was not, with every reason."""
    theatre = timeline.theatre
    st.markdown(f"{count_reports(theatre)}. {escape_markdown(str(trace_reports(theatre)))}.")
    st.markdown(
        "Each place is assessed from dated reports alone, weighed by the grade of their source. A report that names a "
        "loser also tells who held the place before. Where no report tells enough, the place is unknown, or estimated "
        "from its neighbours and said to be so."
    )
    with st.expander("Reports that are not used, and why"):
        if not theatre.faulty_rows:
            st.markdown("No row was rejected.")
        lines = [str(fault) for fault in theatre.faults] + [str(item) for item in theatre.waiting]
        lines += [f"{remark} (mended, and used)" for remark in theatre.remarks]
        lines += [f"{origin}: says again what another row says" for origin in theatre.duplicates]
        st.markdown("\n".join(f"- {escape_markdown(line)}" for line in lines))
    if drawn:
        _show_contradictions(timeline)
    st.caption(f"Snapshot {snapshot_id}. {escape_markdown(theatre.settings.attribution)}")


def _show_contradictions(timeline: Timeline) -> None:
    """List the reports that others contradict, and who says what instead."""
    found = all_contradictions(timeline)
    with st.expander(f"Reports that others contradict ({len(found)})"):
        st.markdown(
            "Sources of other families say that somebody else held the place at that time, or within ten days after it, and "
            "together they are more likely right."
        )
        told = [f"{one.claim.source.title}: {describe_contradiction(timeline.theatre, one)}" for one in found]
        st.markdown("\n".join(f"- {escape_markdown(line)}" for line in told) or "No report is.")

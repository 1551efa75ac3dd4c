"""The panel beside the map: why a place has its colour, what changed, how the figures ran, what was not used."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import streamlit as st

from control.app.compare import show_comparison
from control.app.hypertext import colour_on_dark, safe_colour
from control.app.link import Link
from control.app.loading import figures_of, ground_of, kept
from control.app.policies import show_policies
from control.app.reasons import reasons_html
from control.app.share import show_share
from control.app.soundness import count_unused
from control.app.steering import go
from control.markup import escape_markdown
from control.model import Change, Status
from control.theatre import Theatre
from control.timeline import Timeline
from control.words import brief_holding, describe_estimate, long_date

CHANGE_DAYS = 14
WELCOME_CHANGES = 5
MEASURES = {
    "Area": ("effective_km2", "Ground within reach of the places held, km²"),
    "Population": ("population", "People in the towns held, by the gazetteer's figures"),
    "Places": ("places", "Places held"),
}
TABS = ("Why", "Changes", "Compare", "Charts", "Cite", "About")
CITE = "Cite"


def show_panel(timeline: Timeline, day: date, link: Link, snapshot_id: str) -> None:
    """Show the panel. Only the open tab does work that takes longer than the page itself."""
    place_id = link.place
    if place_id != st.session_state.get("last_place") and not st.session_state.pop("keep_tab", False):
        # Somebody pointed at a place: its reasons come forward.
        st.session_state["tab"] = TABS[0]
    st.session_state["last_place"] = place_id
    why, changes, compare, charts, cite, about = st.tabs(TABS, key="tab", on_change="rerun")
    with why:
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
        show_about(timeline, snapshot_id)


def show_place(timeline: Timeline, place_id: str | None, day: date) -> None:
    """Answer `why this colour?`."""
    if place_id is None:
        show_welcome(timeline, day)
        return
    st.html(_reasons(timeline, place_id, day))


# The map confirms every order, and that is another run; and readers come back to places.
@kept(st.cache_data, max_entries=256, show_spinner=False)
def _reasons(timeline: Timeline, place_id: str, day: date) -> str:
    """Say why a place has its colour: each report is left out in turn for it."""
    estimate = ""
    if timeline.assess(place_id, day).holding.status is Status.UNKNOWN:
        grounds = ground_of(timeline)
        if place_id in grounds.landscape.index and grounds.estimator:
            found = grounds.estimator.estimate(grounds.landscape.index[place_id], day)
            estimate = describe_estimate(timeline.theatre, found) if found.actor else ""
    return reasons_html(timeline, place_id, day, estimate)


def show_welcome(timeline: Timeline, day: date) -> None:
    """Say what can be asked, and offer the places that changed hands last."""
    st.caption("Click a town on the map, or find it above, to read which reports give it its colour.")
    lately = [change for change in _lately(timeline, day) if change.after.actor and not change.assumed][
        -WELCOME_CHANGES:
    ]
    if lately:
        st.caption("What changed hands last:")
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
        st.caption("Nothing changed hands.")


def _since(timeline: Timeline, day: date) -> date:
    return max(day - timedelta(days=CHANGE_DAYS - 1), timeline.theatre.settings.start)


def _lately(timeline: Timeline, day: date) -> Sequence[Change]:
    return timeline.changes(_since(timeline, day), day)


def show_change(change: Change, theatre: Theatre, where: str) -> None:
    """Show one change; a click goes to its date and place. It may stand in several lists, each with a name of its own."""
    name = theatre.gazetteer.place(change.place_id).name
    before, after = (brief_holding(theatre, holding) for holding in (change.before, change.after))
    label = f"**{change.day.day} {change.day:%b}** {escape_markdown(f'{name}: {before} → {after}')}"
    label += " *(assumed)*" if change.assumed else ""
    key = f"{where}-{change.day}-{change.place_id}"
    st.button(label, key=key, type="tertiary", on_click=_go_from_list, args=(change.day, change.place_id))


def _go_from_list(day: date, place_id: str) -> None:
    st.session_state["keep_tab"] = True
    go(day, place_id)


def show_charts(timeline: Timeline, day: date) -> None:
    """Draw a figure by actor over time."""
    # Altair takes a quarter of a second to import, and the first map need not wait for it.
    from control.app.charts import chart_words, control_chart, to_lines

    theatre, figures = timeline.theatre, figures_of(timeline)
    chosen = st.segmented_control(
        "Figure", list(MEASURES), default="Area", required=True, key="measure", label_visibility="collapsed"
    )
    measure, title = MEASURES[chosen or "Area"]
    fit = colour_on_dark if st.context.theme.type == "dark" else safe_colour
    names = {actor.id: (actor.short_name, fit(actor.colour)) for actor in theatre.actors.values()}
    lines = to_lines(figures.lines(measure), names)
    words = chart_words(figures.days, lines, day, title)
    st.caption(title)
    st.altair_chart(control_chart(figures.days, lines, day), alt=words)
    st.caption(
        "Line: reports and estimates. Band: from what reports alone say to all that is contested as well; click a name "
        "to see one alone. The dashed line is the date of the map."
    )


def show_about(timeline: Timeline, snapshot_id: str) -> None:
    """Say what the map rests on: what was used and what was not, with every reason."""
    theatre = timeline.theatre
    used, places = len(theatre.claims), len(theatre.reported_places)
    sources = {claim.source.id for claim in theatre.claims}
    st.markdown(
        f"{used} reports about {places} places and {len(theatre.area_claims)} of areas, from {len(sources)} "
        f"sources. {count_unused(theatre)}."
    )
    st.markdown(
        "Each place is assessed from dated reports alone, weighed by the grade of their source. A report that names a "
        "loser also tells who held the place before. Where no report tells enough, the place is unknown, or estimated "
        "from its neighbours and said to be so."
    )
    with st.expander("Reports that are not used, and why"):
        if not theatre.rejected_rows:
            st.markdown("No row was rejected.")
        lines = [str(rejection) for rejection in theatre.rejections] + [str(item) for item in theatre.waiting]
        lines += [f"{origin}: says again what another row says" for origin in theatre.duplicates]
        st.markdown("\n".join(f"- {escape_markdown(line)}" for line in lines))
    st.caption(f"Snapshot {snapshot_id}. {escape_markdown(theatre.settings.attribution)}")

"""The app: the map on the left, the reasons on the right. Run with `streamlit run streamlit_app.py`."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import streamlit as st

from control.dates import DateError, parse_day
from control.export.geojson import dump_geojson, snapshot_to_geojson
from control.map.bridge import Goto, control_map
from control.map.view import map_page
from control.markup import escape_markdown, safe_file_name, safe_link
from control.model import Change, Claim
from control.snapshot import take_snapshot
from control.theatre import SpanError, Theatre, load_theatre
from control.timeline import Timeline
from control.words import brief_holding, describe_finding, event_words, long_date
from geo.gazetteer import PlaceError

ROOT = Path(__file__).parent
THEATRE = ROOT / "seeds" / "iraq-syria"
CHANGE_DAYS = 14


@st.cache_resource(show_spinner="Reading the reports ...")
def load() -> tuple[Timeline, str]:
    """Read the theatre and draw its map once for all visitors."""
    timeline = Timeline(load_theatre(THEATRE))
    return timeline, map_page(timeline)


@st.cache_data(max_entries=64, show_spinner=False)
def snapshot_file(day: date, _timeline: Timeline) -> tuple[str, str]:
    """Return the id and the GeoJSON of a date. Made before it is asked for, so that a click never waits for a rerun."""
    taken = take_snapshot(_timeline, day)
    return taken.id, dump_geojson(snapshot_to_geojson(taken))


def go(day: date | None = None, place: str | None = None) -> None:
    """Order the map to a date or a place; it is carried out once."""
    order: Goto = {"nonce": st.session_state.get("nonce", 0) + 1}
    if day:
        order["date"] = day.isoformat()
    if place:
        order["place"] = place
    st.session_state["nonce"] = order["nonce"]
    st.session_state["goto"] = order


def read_link(theatre: Theatre) -> None:
    """Open the date and the place that the link names; say what is wrong with it."""
    if "linked" in st.session_state:
        return
    st.session_state["linked"] = True
    day = place = None
    try:
        if text := st.query_params.get("date"):
            day = theatre.check_date(parse_day(text))
    except (DateError, SpanError) as error:
        st.session_state["complaint"] = str(error)
    if (wanted := st.query_params.get("place")) and wanted in theatre.gazetteer:
        place = wanted
    if day or place:
        go(day, place)


def search(timeline: Timeline) -> None:
    """Find a place by any spelling and go there."""
    st.session_state.pop("complaint", None)
    text = st.session_state["search"].strip()
    if not text:
        return
    try:
        found = timeline.theatre.gazetteer.find(text).place
    except PlaceError as error:
        st.session_state["complaint"] = str(error)
        return
    if found.id not in timeline.claims:
        st.session_state["complaint"] = f"{found.name} ({found.kind}) is known, but no report is about it."
        return
    go(place=found.id)


def show_claim(claim: Claim, theatre: Theatre, rule: str = "") -> None:
    """Show one report with its source."""
    source = claim.source
    note = f": {escape_markdown(claim.report.note)}" if claim.report.note else ""
    st.markdown(
        f"**{escape_markdown(claim.window.text)}** {escape_markdown(event_words(theatre, claim))}{note}  \n"
        f":small[{safe_link(source.title, source.reference)}, published {escape_markdown(claim.published.text)}, "
        f"graded {source.grade}{claim.credibility}{escape_markdown('; ' + rule) if rule else ''}]"
    )


def show_place(timeline: Timeline, place_id: str, day: date) -> None:
    """Answer `why this colour?`."""
    theatre, why = timeline.theatre, timeline.why(place_id, day)
    place = theatre.gazetteer.place(place_id)
    where = ", ".join(part for part in (place.kind.replace("-", " "), place.admin, place.country) if part)
    finding = describe_finding(theatre, why.assessment)
    st.markdown(f"##### {escape_markdown(place.name)}\n:small[{escape_markdown(where)}]")
    st.markdown(escape_markdown(finding[0].upper() + finding[1:]))
    for claim in why.deciding:
        show_claim(claim, theatre)
    others = [(c, "agrees") for c in why.supporting] + [(c, "says otherwise") for c in why.contradicting]
    others += [(c, f"discarded: {rule}") for c, rule in why.discarded] + [(c, "of a later time") for c in why.later]
    if others:
        with st.expander(f"{len(others)} other reports of {escape_markdown(place.name)}"):
            for claim, rule in others:
                show_claim(claim, theatre, rule)


def show_change(change: Change, theatre: Theatre) -> None:
    """Show one change; a click goes to its date and place."""
    name = theatre.gazetteer.place(change.place_id).name
    before, after = (brief_holding(theatre, holding) for holding in (change.before, change.after))
    label = f"**{change.day.day} {change.day:%b}** {escape_markdown(f'{name}: {before} → {after}')}"
    label += " *(assumed)*" if change.assumed else ""
    key = f"{change.day}-{change.place_id}"
    st.button(label, key=key, type="tertiary", on_click=go, args=(change.day, change.place_id))


def show_data(theatre: Theatre) -> None:
    """Say what was used and what was not, with every reason."""
    used, places = len(theatre.claims), len(theatre.reported_places)
    rejected, waiting = theatre.rejected_rows, theatre.waiting
    st.caption(f"{used} reports about {places} places. {rejected} rows rejected, {len(waiting)} set aside.")
    with st.expander("Reports that are not used, and why"):
        if not rejected:
            st.markdown("No row was rejected.")
        lines = [str(rejection) for rejection in theatre.rejections] + [str(item) for item in waiting]
        st.markdown("\n".join(f"- {escape_markdown(line)}" for line in lines))


st.set_page_config(page_title="controlmap", layout="wide", initial_sidebar_state="collapsed")
st.html(ROOT / "control" / "map" / "app.css")
timeline, page = load()
theatre = timeline.theatre
read_link(theatre)
st.markdown(f"##### {escape_markdown(theatre.settings.title)}: who held what, when, according to whom")
left, right = st.columns([7, 3], gap="medium")
with left:
    view = control_map(page, key="map", goto=st.session_state.get("goto"), height=740, title=theatre.settings.title)
day = parse_day(view["date"]) if view["date"] else theatre.settings.opening_date
place_id = view["place"] if view["place"] in timeline.intervals else None
st.query_params.from_dict({"date": day.isoformat(), **({"place": place_id} if place_id else {})})
changes = timeline.changes(max(day - timedelta(days=CHANGE_DAYS - 1), theatre.settings.start), day)
with right:
    if complaint := st.session_state.get("complaint"):
        st.error(escape_markdown(complaint))
    label = "Find a place, in any spelling"
    st.text_input(label, key="search", on_change=search, args=(timeline,), max_chars=100, placeholder=label,
                  label_visibility="collapsed")  # fmt: skip
    st.markdown(f"#### {long_date(day)}")
    with st.container(height=470, border=False):
        if place_id:
            show_place(timeline, place_id, day)
        else:
            st.caption("Click a town to read which reports give it its colour.")
        st.markdown(f"##### Changes of the last {CHANGE_DAYS} days")
        with st.container(gap=None):
            for change in reversed(changes):
                show_change(change, theatre)
        if not changes:
            st.caption("Nothing changed hands.")
    snapshot_id, geojson = snapshot_file(day, timeline)
    st.download_button(
        f"Download {long_date(day)} as GeoJSON",
        geojson,
        file_name=f"{safe_file_name(theatre.settings.id)}_{day}.geojson",
        mime="application/geo+json",
        on_click="ignore",
        width="stretch",
    )
    show_data(theatre)
    st.caption(f"Snapshot {snapshot_id}. {escape_markdown(theatre.settings.attribution)}")

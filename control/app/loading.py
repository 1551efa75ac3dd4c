"""What is computed once for all visitors: theatres, timelines with their maps, the ground, figures over time, snapshots."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import streamlit as st

from control.export.extract import Extract
from control.export.snapshots import extract_to_snapshot
from control.ground import Grounds
from control.kept import KeptEstimator
from control.landscape import Landscape, landscape_of
from control.map.view import map_page, reports_page
from control.policy import load_policy
from control.statistics import Series, series
from control.theatre import Theatre, load_theatre
from control.timeline import Timeline

SERIES_DAYS = 28
"""A chart as narrow as the panel shows no shorter steps."""

Stamp = tuple[tuple[str, int, int], ...]


@st.cache_resource(max_entries=4, show_spinner="Reading the reports ...")
def load(folder: Path, stamp: Stamp = ()) -> Theatre:  # noqa: ARG001  a part of the key: changed files are read again
    """Read a theatre; `stamp` is that of its files (`control.app.theatres.file_stamp`)."""
    return load_theatre(folder)


def _name_of(theatre: Theatre) -> str:
    """Name a theatre for a cache, as its files were when it was read. Two folders may give themselves the same id."""
    return f"{theatre.folder} {theatre.data_hash}"


def _names_of(timeline: Timeline) -> tuple[str, str, date | None]:
    """Name a timeline for a cache: only policies that come with the program are used here."""
    return _name_of(timeline.theatre), timeline.policy.name, timeline.known_on


@st.cache_resource(max_entries=4, show_spinner="Dividing the ground ...", hash_funcs={Theatre: _name_of})
def _landscape(theatre: Theatre) -> Landscape:
    """Divide the land among the places, once for all policies and dates."""
    return landscape_of(theatre)


@st.cache_resource(max_entries=24, show_spinner=False, hash_funcs={Timeline: _names_of})
def ground_of(timeline: Timeline) -> Grounds:
    """Prepare the ground of a timeline, with estimates where no report tells."""
    landscape = _landscape(timeline.theatre)
    return Grounds(timeline, landscape, KeptEstimator(timeline, landscape))


@st.cache_resource(max_entries=24, show_spinner="Weighing the reports ...", hash_funcs={Theatre: _name_of})
def weigh(theatre: Theatre, policy: str, known_on: date | None) -> Timeline:
    """Weigh what was known on a day."""
    return Timeline(theatre, load_policy(policy), known_on)


@st.cache_resource(max_entries=24, show_spinner="Drawing the ground ...", hash_funcs={Timeline: _names_of})
def draw(timeline: Timeline, online: bool) -> str:
    """Draw the map of a timeline, on a background from the network if that is wanted."""
    return map_page(timeline, ground_of(timeline).estimator, online=online)


def draw_reports(timeline: Timeline, online: bool) -> str | None:
    """Draw what is reported alone, where the ground has to be divided or estimates have to be solved; None where not."""
    grounds = ground_of(timeline)
    if grounds.landscape.is_at_hand and isinstance(grounds.estimator, KeptEstimator) and grounds.estimator.is_at_hand:
        return None
    return reports_page(timeline, grounds.landscape, online=online)


@st.cache_resource(max_entries=12, show_spinner="Adding up area and population ...", hash_funcs={Timeline: _names_of})
def figures_of(timeline: Timeline) -> Series:
    """Return the figures over the whole span."""
    settings = timeline.theatre.settings
    return series(ground_of(timeline), settings.start, settings.last_day, SERIES_DAYS)


@st.cache_data(max_entries=64, show_spinner=False, hash_funcs={Timeline: _names_of})
def snapshot_file(timeline: Timeline, day: date) -> tuple[str, str]:
    """Return the id and the GeoJSON of a date. Made before it is asked for, so that a click never waits for a rerun."""
    extract = Extract(timeline, day, day)
    return extract.id, extract_to_snapshot(extract)[0].decode()

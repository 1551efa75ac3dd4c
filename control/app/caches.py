"""What is computed once for all visitors: theatres, timelines with their maps, the ground, figures over time, snapshots.

What has a visitor's uploaded reports in it is kept for that visitor's session alone, and goes when the session ends.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import wraps
from pathlib import Path
from typing import Any, ParamSpec, TypeVar, cast

import streamlit as st

from control.assessment.policy import load_policy
from control.assessment.timeline import Timeline
from control.export.extract import Extract
from control.export.geodata.snapshot_geojson import extract_to_snapshot
from control.map.view import map_page, reports_page
from control.record.theatre import Theatre, load_theatre
from control.territory.cached_estimates import CachedEstimator
from control.territory.ground import Grounds
from control.territory.landscape import Landscape, landscape_of
from control.territory.statistics import DayFigures, Series, series, statistics_on
from control.territory.surroundings import CoupledTimeline

P = ParamSpec("P")
T = TypeVar("T")

OWN_ENTRIES = 2
"""So many maps, grounds, figures and files of its own does a session keep of each."""

SERIES_DAYS = 28
"""A chart as narrow as the panel shows no shorter steps."""

Stamp = tuple[tuple[str, int, int], ...]


@st.cache_resource(max_entries=4, show_spinner="Reading the reports ...")
def load(folder: Path, stamp: Stamp = ()) -> Theatre:  # noqa: ARG001  a part of the key: changed files are read again
    """Read a theatre; `stamp` is that of its files (`control.app.theatres.file_stamp`)."""
    return load_theatre(folder)


def _name_of(theatre: Theatre) -> str:
    """Name a theatre for a cache, as its files were when it was read. Two folders may give themselves the same id."""
    return f"{theatre.folder} {theatre.data_hash} {theatre.moments}"  # on the map, though no assessment depends on them


def _names_of(timeline: Timeline) -> tuple[str, str, date | None]:
    """Name a timeline for a cache: only policies that come with the program are used here."""
    return _name_of(timeline.theatre), timeline.policy.name, timeline.known_on


def visitor_safe_cache(cache: Callable[..., Any], **options: Any) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Keep the results of a function whose first argument is a theatre or a timeline.

    They are kept for all visitors, or in the session alone where the theatre has uploaded reports in it.
    """
    options["hash_funcs"] = {Theatre: _name_of, Timeline: _names_of, CoupledTimeline: _names_of}

    def decorate(function: Callable[P, T]) -> Callable[P, T]:
        shared = cache(**options)(function)
        own = cache(**{**options, "max_entries": OWN_ENTRIES, "scope": "session"})(function)

        @wraps(function)
        def choose(*args: P.args, **kwargs: P.kwargs) -> T:
            subject = args[0]
            theatre = subject.theatre if isinstance(subject, Timeline) else cast("Theatre", subject)
            return cast("T", (own if theatre.uploaded else shared)(*args, **kwargs))

        return choose

    return decorate


@visitor_safe_cache(st.cache_resource, max_entries=4, show_spinner="Dividing the ground ...")
def _landscape(theatre: Theatre) -> Landscape:
    """Divide the land among the places, once for all policies and dates."""
    landscape = landscape_of(theatre)
    return replace(landscape, cache=None) if theatre.uploaded else landscape


@visitor_safe_cache(st.cache_resource, max_entries=24, show_spinner=False)
def ground_of(timeline: Timeline) -> Grounds:
    """Prepare the ground of a timeline, with estimates where no report tells."""
    landscape = _landscape(timeline.theatre)
    return Grounds(timeline, landscape, CachedEstimator(timeline, landscape))


@visitor_safe_cache(st.cache_resource, max_entries=24, show_spinner="Weighing the reports ...")
def weigh(theatre: Theatre, policy: str, known_on: date | None) -> Timeline:
    """Weigh what was known on a day."""
    return CoupledTimeline(theatre, load_policy(policy), known_on, _landscape(theatre))


@visitor_safe_cache(st.cache_resource, max_entries=24, show_spinner="Drawing the ground ...")
def draw(timeline: Timeline, online: bool) -> str:
    """Draw the map of a timeline, on a background from the network if that is wanted."""
    return map_page(timeline, ground_of(timeline).estimator, online=online)


def draw_reports(timeline: Timeline, online: bool) -> str | None:
    """Draw what is reported alone, where the ground has to be divided or estimates have to be solved; None where not."""
    grounds = ground_of(timeline)
    if grounds.landscape.is_at_hand and isinstance(grounds.estimator, CachedEstimator) and grounds.estimator.is_at_hand:
        return None
    return reports_page(timeline, grounds.landscape, online=online)


@visitor_safe_cache(st.cache_resource, max_entries=12, show_spinner="Adding up area and population ...")
def figures_of(timeline: Timeline) -> Series:
    """Return the figures over the whole span."""
    settings = timeline.theatre.settings
    return series(ground_of(timeline), settings.start, settings.last_day, SERIES_DAYS)


@visitor_safe_cache(st.cache_data, max_entries=24, show_spinner=False)
def figures_on(timeline: Timeline, day: date) -> DayFigures:
    """Return the figures of a day: those of a chart are of every fourth week."""
    return statistics_on(ground_of(timeline), day)


@visitor_safe_cache(st.cache_data, max_entries=24, show_spinner=False)
def snapshot_file(timeline: Timeline, day: date) -> tuple[str, str]:
    """Return the id and the GeoJSON of a date. Made before it is asked for, so that a click never waits for a rerun."""
    extract = Extract(timeline, day, day)
    return extract.id, extract_to_snapshot(extract)[0].decode()

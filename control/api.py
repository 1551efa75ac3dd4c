"""The names that a researcher needs in a notebook, in one place; docs/api.md shows each of them at work.

    from datetime import date

    from control.api import Timeline, load_theatre

    timeline = Timeline(load_theatre("seeds/..."))

Positions are (lon, lat), degrees, WGS84 (EPSG:4326). Spans are [start, end): the day of a hand-over is the new holder's.
Dates are `datetime.date`, calendar days without a time zone.
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from control.assessment.audit import SourceAudit, audit_sources
from control.assessment.changes import Balance, Change, ChangeKind, balances
from control.assessment.explanation import Explanation, Weighed
from control.assessment.model import Assessment, Holding, Interval, Status
from control.assessment.policy import Policy, PolicyError, load_policy
from control.export.citation import Citation
from control.export.errors import ExportError
from control.export.extract import Extract, Step
from control.export.files import write
from control.export.formats import FORMATS, format_named
from control.export.geodata.geojson import dump_geojson, snapshot_to_geojson
from control.export.geodata.lpf import gazetteer_to_lpf
from control.export.records import change_to_row, figures_to_dicts
from control.export.tables.columns import CHANGE_COLUMNS
from control.export.verify import Verdict, verify
from control.record.bundled import default_theatre
from control.record.dates import DateError, parse_day, parse_window
from control.record.event_kinds import EventKind
from control.record.model import Claim
from control.record.new_theatre import new_theatre
from control.record.theatre import SpanError, Theatre, TheatreError, load_theatre
from control.scale.assessed import compile_theatre
from control.snapshot import Layer, Snapshot, snapshot_id, take_snapshot
from control.territory.ground import Grounds
from control.territory.locate import PointAssessment, assess_point
from control.territory.statistics import DayFigures, series, statistics_on
from control.territory.surroundings import CoupledTimeline as Timeline
from control.words.assessments import describe_assessment, describe_change, describe_claim, describe_point
from control.words.reasons import explain
from geo.errors import UserError
from geo.gazetteer import AmbiguousPlaceError, Candidate, Gazetteer, Match, PlaceError, UnknownPlaceError
from geo.place import LonLat, Place, PlaceKind

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

__all__ = [
    "FORMATS", "AmbiguousPlaceError", "Assessment", "Balance", "Candidate", "Change", "ChangeKind", "Citation",
    "Claim", "DateError", "DayFigures", "EventKind", "Explanation", "ExportError", "Extract", "Gazetteer",
    "Grounds", "Holding", "Interval", "Layer", "LonLat", "Match", "Place", "PlaceError", "PlaceKind",
    "PointAssessment", "Policy", "PolicyError", "Snapshot", "SourceAudit", "SpanError", "Status", "Theatre",
    "TheatreError", "Timeline", "UnknownPlaceError", "UserError", "Verdict", "Weighed", "assess_point",
    "audit_sources", "balances", "changes_frame", "cite", "compile_theatre", "default_theatre", "describe_assessment",
    "describe_change", "describe_claim", "describe_point", "dump_geojson", "explain", "export", "figures_frame",
    "gazetteer_to_lpf", "layer_frame", "load_policy", "load_theatre", "new_theatre", "parse_day", "parse_window",
    "series", "snapshot_id", "snapshot_to_geojson", "statistics_on", "take_snapshot", "verify",
]  # fmt: skip


def layer_frame(
    timeline: Timeline,
    layer: Layer | str,
    since: date,
    until: date | None = None,
    *,
    every: Step = "month",
    grounds: Grounds | None = None,
) -> gpd.GeoDataFrame:
    """Return places, areas or fronts of a day, or of a range of days, as a table with geometry.

    Parameters
    ----------
    layer
        `places` (points; one row an interval), `areas` (polygons; on any one day they cover the land once) or `fronts`
        (lines).
    since, until
        First and last day, both included; without `until` the one day.
    every
        For a range: days, or "month", from one state of the ground to the next.
    grounds
        The ground of the timeline, where it was made before: making it takes seconds.

    Returns
    -------
    GeoDataFrame
        EPSG:4326, (lon, lat) in degrees; the columns are those of the data dictionary. `start` is the first day of a row,
        `end` the first day that is no longer part of it.

    Raises
    ------
    SpanError
        When a day is outside the theatre's span.
    ValueError
        When there is no such layer.
    """
    from control.export.geodata.layer_frames import frames  # slow to import: geopandas

    extract = Extract(timeline, since, until or since, every, (Layer(layer),), grounds)
    ((_, frame),) = frames(extract)
    return frame


def changes_frame(timeline: Timeline, since: date, until: date) -> pd.DataFrame:
    """Return what changed hands from one day to another, both included, one row a change, by date and place.

    Returns
    -------
    DataFrame
        `date`, `place_id`, `name`, `lon`, `lat` (degrees, WGS84), `change` (its `ChangeKind`), `status_before`,
        `actor_before`, `status_after`, `actor_after`, `assumed` (no report names the day), `reports` (number of reports
        behind it).
    """
    import pandas as pd  # slow to import

    theatre, found = timeline.theatre, timeline.changes(since, until)
    rows = [{**change_to_row(theatre, change), "reports": len(change.claims)} for change in found]
    return pd.DataFrame(rows, columns=list(CHANGE_COLUMNS))


def figures_frame(grounds: Grounds, since: date, until: date | None = None, *, every: int = 30) -> pd.DataFrame:
    """Return ground, places and people of each actor, one row an actor and day.

    Parameters
    ----------
    since, until
        First and last day, both included; without `until` the one day.
    every
        Days from one row of an actor to the next.

    Returns
    -------
    DataFrame
        The columns of `statistics --format csv`: areas in square kilometres, people in persons, each as low, best and high.

    Raises
    ------
    SpanError
        When a day is outside the theatre's span.
    """
    import pandas as pd  # slow to import

    theatre = grounds.timeline.theatre
    for day in (since, until or since):
        theatre.check_date(day)
    days = series(grounds, since, until or since, every).figures
    frame = pd.DataFrame([record for figures in days for record in figures_to_dicts(theatre, figures)])
    whole = [c for c in map(str, frame.columns) if re.fullmatch(r"(places|population)(_low|_high)?", c)]
    return frame.astype(dict.fromkeys(whole, "Int64"))


def export(
    timeline: Timeline,
    form: str,
    file: Path | str,
    since: date,
    until: date | None = None,
    *,
    every: Step | None = None,
    layers: tuple[Layer, ...] = (),
    grounds: Grounds | None = None,
) -> Path:
    """Write one day, or a range of days, in a format of `FORMATS`; `verify` tells later whether the file still holds.

    Parameters
    ----------
    since, until
        First and last day, both included; without `until` the one day.
    every
        For a range: days, or "month", from one state of the ground to the next; by default a film goes by day, week or
        month as its range is long, and all else by month.
    layers
        What to write; by default what is usual for the format.

    Raises
    ------
    ExportError
        When there is no such format, or it cannot hold that.
    SpanError
        When a day is outside the theatre's span.
    """
    kind = format_named(form)
    last = until or since
    step = kind.usual_step(since, last) if every is None else every
    write(kind.name, Extract(timeline, since, last, step, layers or kind.usual, grounds), Path(file))
    return Path(file)


def cite(timeline: Timeline, day: date, *, url: str = "", accessed: date | None = None) -> Citation:
    """Return the citation of a day: `text` for a footnote, `bibtex` for a bibliography, `snapshot` to be checked.

    Parameters
    ----------
    url
        Where readers find the view or the data; left out when empty.
    accessed
        Day of access; today by default.

    Raises
    ------
    SpanError
        When `day` is outside the theatre's span.
    """
    settings = timeline.theatre.settings
    return Citation(
        settings.title,
        settings.id,
        timeline.theatre.check_date(day),
        timeline.known_on,
        timeline.policy.name,
        snapshot_id(timeline, day),
        url,
        accessed or date.today(),
    )

"""The TOML file that lists assessors: who they are, and which files they are read from."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from control.assessment.policy import load_policy
from control.assessment.timeline import Timeline
from control.assessors.readers import (
    series_of_intervals,
    series_of_polygons,
    series_of_status_table,
    series_of_timeline,
)
from control.assessors.series import Series
from control.imports.mapping import Party, read_parties, read_standings
from control.markup import without_marks
from control.record.tables import TableError
from control.record.theatre import Theatre, load_theatre
from control.territory.surroundings import CoupledTimeline

MAX_BYTES = 1_000_000


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    name: Annotated[str, Field(min_length=1, max_length=80)]


class TimelineEntry(_Entry):
    """The timeline of this theatre, or of another one, under a policy."""

    kind: Literal["timeline"]
    policy: str = "balanced"
    known_on: date | None = None
    theatre: str = ""
    actors: str = ""


class StatusTableEntry(_Entry):
    """A column of tables of (place, day, status)."""

    kind: Literal["status-table"]
    files: Annotated[list[str], Field(min_length=1)]
    statuses: str
    place_column: str = ""
    date_column: str = ""
    status_column: str = ""


class PolygonsEntry(_Entry):
    """Dated polygons."""

    kind: Literal["polygons"]
    files: Annotated[list[str], Field(min_length=1)]
    statuses: str
    date_column: str = ""
    status_column: str = ""
    day: Annotated[date | None, Field(alias="date")] = None
    outside: str | None = None


class IntervalsEntry(_Entry):
    """Intervals of places, as `export csv` writes them."""

    kind: Literal["intervals"]
    files: Annotated[list[str], Field(min_length=1)]
    actors: str = ""


Entry = Annotated[
    TimelineEntry | StatusTableEntry | PolygonsEntry | IntervalsEntry,
    Field(discriminator="kind"),
]


class _Listing(BaseModel):
    model_config = ConfigDict(extra="forbid")

    assessor: Annotated[list[Entry], Field(min_length=1)]


def read_assessors(path: Path, theatre: Theatre) -> list[Series]:
    """Read all assessors that a file lists; the paths in it start at its own folder.

    Parameters
    ----------
    theatre
        Whose places and actors are meant.

    Raises
    ------
    TableError
        When the file, or one that it names, cannot be read; all faults of the list are told at once.
    """
    return [replace(_read(entry, path.parent, theatre), read_from=_record(entry)) for entry in _listed(path)]


def _record(entry: Entry) -> dict[str, Any]:
    """Return what an entry says of where its assessor is read from, without what it leaves empty."""
    described = entry.model_dump(mode="json", by_alias=True, exclude={"name"})
    return {key: value for key, value in described.items() if value is not None and value != ""}


def series_of_policies(
    theatre: Theatre,
    policies: Sequence[str],
    known_on: date | None = None,
    timelines: Mapping[str, Timeline] | None = None,
) -> list[Series]:
    """Return what the timeline of a theatre says under several policies, each under the name of its policy.

    Parameters
    ----------
    timelines
        By the name of the policy, where the caller has them already.

    Raises
    ------
    PolicyError
        When a policy cannot be read.
    """
    made = []
    for name in policies:
        timeline = (timelines or {}).get(name) or CoupledTimeline(theatre, load_policy(name), known_on)
        known = {"known_on": timeline.known_on.isoformat()} if timeline.known_on else {}
        record = {"kind": "timeline", "policy": timeline.policy.name, **known}
        made.append(replace(series_of_timeline(timeline.policy.name, timeline), read_from=record))
    return made


def _listed(path: Path) -> list[Entry]:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise TableError(f"{path.name}: larger than {MAX_BYTES // 1_000_000} MB; expected a list of assessors")
        return _Listing.model_validate(tomllib.loads(path.read_text(encoding="utf-8"))).assessor
    except FileNotFoundError:
        raise TableError(
            f"{path.name}: no such file; expected a TOML list of assessors; see docs/assessors.md"
        ) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise TableError(f"{path.name}: not TOML: {error}; correct it") from None
    except ValidationError as error:
        faults = [
            f"{path.name}: {'.'.join(str(part + 1 if isinstance(part, int) else part) for part in e['loc'])}: {e['msg']}"
            for e in error.errors()
        ]
        raise TableError("\n".join([*faults, "expected [[assessor]] tables as in docs/assessors.md"])) from None


def _read(entry: Entry, folder: Path, theatre: Theatre) -> Series:
    name = " ".join(without_marks(entry.name).split())
    if not name:
        raise TableError(f"{entry.name!r}: a name of marks only; expected letters; rename the assessor")
    if isinstance(entry, TimelineEntry):
        other = load_theatre(folder / entry.theatre) if entry.theatre else theatre
        beside = folder / entry.policy  # a file beside the list, or the name of one that comes with the program
        policy = load_policy(str(beside) if beside.is_file() else entry.policy)
        timeline = CoupledTimeline(other, policy, entry.known_on)
        return series_of_timeline(name, timeline, theatre, _parties(entry.actors, folder, theatre))
    files = [folder / file for file in entry.files]
    if isinstance(entry, IntervalsEntry):
        return series_of_intervals(name, files, theatre, _parties(entry.actors, folder, theatre))
    standings = read_standings(folder / entry.statuses, theatre)
    columns = {"date": entry.date_column, "status": entry.status_column}
    if isinstance(entry, StatusTableEntry):
        columns["place"] = entry.place_column
        return series_of_status_table(name, files, theatre, standings, columns)
    return series_of_polygons(name, files, theatre, standings, columns, day=entry.day, outside=entry.outside)


def _parties(file: str, folder: Path, theatre: Theatre) -> dict[str, Party]:
    return read_parties(folder / file, theatre) if file else {}

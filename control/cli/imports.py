"""`python -m control import`: reports from the data sets of others."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from control.cli.console import print_json, say
from control.imports import acled, ucdp
from control.imports.account import Imported
from control.imports.events import EventColumns, import_events
from control.imports.mapping import read_parties, read_readings, read_standings
from control.imports.rows import day_window
from control.imports.write import write_import
from control.record.dates import DateWindow, parse_day, parse_window
from control.record.model import Source
from control.record.tables import TableError
from control.record.theatre import load_theatre

imports = typer.Typer(
    help="Bring in reports from ACLED, UCDP, status tables, polygons or event feeds.", no_args_is_help=True
)

FileArgument = Annotated[Path, typer.Argument(help="The data set.")]
FilesArgument = Annotated[list[Path], typer.Argument(help="The data set; several files in the order of their dates.")]
TheatreOption = Annotated[Path, typer.Option("--theatre", help="Theatre whose places and actors are meant.")]
OutputOption = Annotated[
    Path | None,
    typer.Option("--output", help="Theatre to append to, new folder, or .csv; without it only the account."),
]
PublishedOption = Annotated[
    str | None, typer.Option("--published", metavar="DATE", help="When the data set was published.")
]
GradeOption = Annotated[str | None, typer.Option("--grade", help="Admiralty reliability A-F of the data set.")]
SourceOption = Annotated[str | None, typer.Option("--source-id", help="Id of its row in sources.csv.")]
TitleOption = Annotated[str, typer.Option("--title", help="Title of the data set.")]
ReferenceOption = Annotated[str, typer.Option("--reference", help="Its address, or how to cite it.")]
SameDayOption = Annotated[bool, typer.Option("--same-day", help="Each day's status was published on that day.")]
LicenceOption = Annotated[str, typer.Option("--licence", help="Licence of the data set.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print the account as JSON.")]
ActorsOption = Annotated[Path, typer.Option("--actors", help="CSV `name,actor`: who the names are.")]
StatusesOption = Annotated[Path, typer.Option("--statuses", help="CSV `name,actor,event`: what the statuses mean.")]


@imports.command("acled")
def acled_command(
    file: FileArgument,
    theatre: TheatreOption,
    actors: ActorsOption,
    output: OutputOption = None,
    published: PublishedOption = None,
    grade: GradeOption = None,
    source_id: SourceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Read your own ACLED export (CSV): who took which place, and where there was fighting."""
    loaded = load_theatre(theatre)
    source = _named(acled.SOURCE, source_id, grade)
    made = acled.import_acled(file, loaded, read_parties(actors, loaded), source=source, published=_window(published))
    _finish(made, output, as_json)


@imports.command("ucdp")
def ucdp_command(
    file: FileArgument,
    theatre: TheatreOption,
    actors: ActorsOption,
    output: OutputOption = None,
    published: PublishedOption = None,
    grade: GradeOption = None,
    source_id: SourceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Read UCDP GED (CSV): where two sides fought; never who holds a place."""
    loaded = load_theatre(theatre)
    source = _named(ucdp.SOURCE, source_id, grade)
    made = ucdp.import_ucdp(file, loaded, read_parties(actors, loaded), source=source, published=_window(published))
    _finish(made, output, as_json)


@imports.command("status-table")
def status_table_command(
    files: FilesArgument,
    theatre: TheatreOption,
    statuses: StatusesOption,
    title: TitleOption,
    reference: ReferenceOption,
    output: OutputOption = None,
    place_column: Annotated[str, typer.Option("--place-column", help="Column with ids of places.csv.")] = "",
    date_column: Annotated[str, typer.Option("--date-column")] = "",
    status_column: Annotated[str, typer.Option("--status-column")] = "",
    published: PublishedOption = None,
    same_day: SameDayOption = False,
    grade: GradeOption = None,
    licence: LicenceOption = "",
    source_id: SourceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Read a table of (place id, date, status) such as VIINA's: a report at each change."""
    from control.imports.status_table import StatusColumns, import_status_table  # pandas is slow to load

    loaded = load_theatre(theatre)
    source = _named(_assessor(title, reference, licence, "C"), source_id, grade)
    made = import_status_table(
        files, loaded, read_standings(statuses, loaded), source,
        columns=StatusColumns(place_column, date_column, status_column),
        published=_window(published), same_day=same_day,
    )  # fmt: skip
    _finish(made, output, as_json)


@imports.command("polygons")
def polygons_command(
    files: FilesArgument,
    theatre: TheatreOption,
    statuses: StatusesOption,
    title: TitleOption,
    reference: ReferenceOption,
    output: OutputOption = None,
    date_column: Annotated[str, typer.Option("--date-column", help="Property with the date.")] = "",
    status_column: Annotated[str, typer.Option("--status-column", help="Property with the status or actor.")] = "",
    day: Annotated[str | None, typer.Option("--date", metavar="DATE", help="Date of all polygons.")] = None,
    outside: Annotated[str | None, typer.Option("--outside", help="Status of places in no polygon.")] = None,
    published: PublishedOption = None,
    same_day: SameDayOption = False,
    grade: GradeOption = None,
    licence: LicenceOption = "",
    source_id: SourceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Read dated polygons (GeoJSON, GeoPackage): a place has the status of the polygon it lies in."""
    from control.imports.polygons import PolygonColumns, import_polygons  # geopandas is slow to load

    loaded = load_theatre(theatre)
    source = _named(_assessor(title, reference, licence, "C"), source_id, grade)
    made = import_polygons(
        files, loaded, read_standings(statuses, loaded), source,
        columns=PolygonColumns(date_column, status_column), day=_day(day), outside=outside,
        published=_window(published), same_day=same_day,
    )  # fmt: skip
    _finish(made, output, as_json)


@imports.command("events")
def events_command(
    file: FileArgument,
    theatre: TheatreOption,
    categories: Annotated[Path, typer.Option("--categories", help="CSV `category,event,...`: what they mean.")],
    title: TitleOption,
    reference: ReferenceOption,
    output: OutputOption = None,
    date_column: Annotated[str, typer.Option("--date-column")] = "",
    lat_column: Annotated[str, typer.Option("--lat-column")] = "",
    lon_column: Annotated[str, typer.Option("--lon-column")] = "",
    category_column: Annotated[str, typer.Option("--category-column")] = "",
    title_column: Annotated[str, typer.Option("--title-column")] = "",
    published: PublishedOption = None,
    grade: GradeOption = None,
    licence: LicenceOption = "",
    source_id: SourceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Read a feed of events with coordinates (CSV), such as Liveuamap's: only what your table says of its categories."""
    loaded = load_theatre(theatre)
    source = _named(_assessor(title, reference, licence, "D"), source_id, grade)
    columns = EventColumns(date_column, lat_column, lon_column, category_column, title_column)
    readings = read_readings(categories, loaded)
    made = import_events(file, loaded, readings, source, columns=columns, published=_window(published))
    _finish(made, output, as_json)


def _assessor(title: str, reference: str, licence: str, grade: str) -> Source:
    """Return the source of a data set that the user names; one project is one family."""
    slug = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")[:60].strip("-")
    if not slug or not reference.strip():
        raise TableError("title or reference is empty; expected what readers can find the data set by; give both")
    return Source(
        id=slug, title=title.strip(), publisher="", published=day_window(date(1970, 1, 1)), reference=reference.strip(),
        family=slug, grade=grade, licence=licence, grade_reason="Grade of the importer; not judged by hand",
    )  # fmt: skip


def _named(source: Source, source_id: str | None, grade: str | None) -> Source:
    if source_id is not None and not re.fullmatch(r"[a-z0-9][a-z0-9-]*", source_id):
        raise TableError(f"source id {source_id!r}; expected lower-case letters, digits and hyphens; choose another")
    if grade is not None and grade not in set("ABCDEF"):
        raise TableError(f"grade {grade!r}; expected an Admiralty grade A-F; F when it cannot be judged")
    source = replace(source, id=source_id) if source_id else source
    return replace(source, grade=grade, grade_reason="Judged by the user") if grade else source


def _window(text: str | None) -> DateWindow | None:
    return parse_window(text) if text else None


def _day(text: str | None) -> date | None:
    return parse_day(text) if text else None


def _finish(made: Imported, output: Path | None, as_json: bool) -> None:
    written = write_import(made, output) if output is not None else []
    if as_json:
        account = made.account
        record = {
            "rows": account.rows, "used": account.used, "merged": account.merged, "reports": len(made.reports),
            "used_for_less": {reason: tally.count for reason, tally in account.lessened.items()},
            "set_aside": {reason: tally.count for reason, tally in account.set_aside.items()},
            "unmapped": dict(account.unmapped),
        }  # fmt: skip
        print_json(record)
        return
    for line in (*made.account.lines(), f"{len(made.reports)} reports", *written):
        say(line)
    if output is None:
        say("nothing was written; give --output")

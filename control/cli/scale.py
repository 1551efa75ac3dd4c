"""`python -m control scale`: tables that are larger than memory, and whole theatres as one table."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.compute as pc  # type: ignore[import-untyped]
import pyarrow.csv  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]
import typer

from control.assessment.policy import load_policy
from control.cli.console import say
from control.cli.options import DEFAULT_THEATRE, KnownOnOption, PolicyOption, TheatreOption
from control.imports.status_table import StatusColumns
from control.record.dates import parse_day
from control.record.tables import TableError
from control.record.theatre import load_theatre
from control.scale.assessed import compile_theatre
from control.scale.reports import last_reports
from control.scale.rule import LastReport
from control.scale.statuses import by_database, by_one_pass
from control.storage.atomic_file import drafts


class Engine(StrEnum):
    """What compiles a status table."""

    DUCKDB = "duckdb"
    PYSPARK = "pyspark"
    ONE_PASS = "one-pass"  # noqa: S105, no password


scale = typer.Typer(help="Intervals as one table, of huge tables or of a whole theatre.", no_args_is_help=True)


USUAL = LastReport()


def _table_file(output: Path) -> Path:
    if output.suffix.lower() not in {".parquet", ".csv"}:
        raise typer.BadParameter("give FILE.parquet or FILE.csv")
    return output


@scale.command()
def intervals(
    files: Annotated[list[Path], typer.Argument(help="Parquet or CSV with place, date, status; all of one kind.")],
    output: Annotated[
        Path,
        typer.Option("--output", help="Parquet or CSV with place, start, end, status.", callback=_table_file),
    ],
    engine: Annotated[
        Engine, typer.Option("--engine", help="A database (extra `scale`), or one pass over a sorted table.")
    ] = Engine.DUCKDB,
    place_column: Annotated[str, typer.Option("--place-column")] = "",
    date_column: Annotated[str, typer.Option("--date-column")] = "",
    status_column: Annotated[str, typer.Option("--status-column")] = "",
) -> None:
    """Turn rows (place, date, status) into intervals [start, end): a status goes on until the place has another one."""
    for path in files:
        if not path.is_file() or path.suffix.lower() not in {".parquet", ".csv"}:
            raise TableError(f"{path.name}: no such Parquet or CSV file; expected FILE.parquet or FILE.csv")
    if len({path.suffix.lower() for path in files}) > 1:
        raise typer.BadParameter("give files of one kind")
    columns = StatusColumns(place_column, date_column, status_column)
    found = by_one_pass(files, columns) if engine is Engine.ONE_PASS else by_database(files, engine, columns)
    _write(found.intervals, output)
    say(f"{output}: {found.intervals.num_rows:,} intervals of {found.rows:,} rows")
    if found.unusable:
        say(f"  left out: {found.unusable:,} rows without a place, a status, or a date like 2022-02-24 or 20220224")
    if found.conflicts:
        first = "in the table" if engine is Engine.ONE_PASS else "by name"
        say(f"  several statuses of one place on one day: {found.conflicts:,}; the first {first} counts")


OutputOption = Annotated[Path, typer.Option("--output", help="Parquet or CSV to write.", callback=_table_file)]


@scale.command()
def assess(
    output: OutputOption,
    policy: PolicyOption = "balanced",
    known_on: KnownOnOption = None,
    theatre: TheatreOption = DEFAULT_THEATRE,
) -> None:
    """Assess every place over the whole span: one row an interval, without the reports behind it."""
    found = compile_theatre(load_theatre(theatre), load_policy(policy), parse_day(known_on) if known_on else None)
    _write(found, output)
    say(f"{output}: {found.num_rows:,} intervals of {pc.count_distinct(found['place']).as_py():,} places")


@scale.command("last-report")
def last_report(
    output: OutputOption,
    fade_days: Annotated[int, typer.Option("--fade-days", min=1, help="So long a report counts.")] = USUAL.fade_days,
    margin: Annotated[
        float, typer.Option("--margin", min=0, max=1, help="Reports of a day weaker by more than this do not count.")
    ] = USUAL.margin,
    policy: PolicyOption = "balanced",
    known_on: KnownOnOption = None,
    theatre: TheatreOption = DEFAULT_THEATRE,
) -> None:
    """Ask DuckDB what the last report about each place says: another rule than the map's (extra `scale`)."""
    weights = load_policy(policy)
    known = parse_day(known_on).toordinal() if known_on else None
    rule = LastReport(known, weights.least_weight, margin, fade_days)
    found = last_reports(load_theatre(theatre), rule, weights)
    _write(found, output)
    say(f"{output}: {found.num_rows:,} intervals of {pc.count_distinct(found['place']).as_py():,} places")


def _write(table: pa.Table, output: Path) -> None:
    with drafts(output) as (part,):
        if output.suffix.lower() == ".parquet":
            pq.write_table(table, part)
        else:
            pyarrow.csv.write_csv(table, part)

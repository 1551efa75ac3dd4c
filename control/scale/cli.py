"""`python -m control scale`: tables that are larger than memory."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import pyarrow.csv  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]
import typer
from rich.console import Console
from rich.markup import escape

from control.imports.status_table import StatusColumns
from control.markup import plain_text
from control.scale.statuses import Compiled, by_database, by_one_pass
from control.tables import TableError

out = Console(soft_wrap=True, highlight=False)


class Engine(StrEnum):
    """What compiles a status table."""

    DUCKDB = "duckdb"
    PYSPARK = "pyspark"
    ONE_PASS = "one-pass"  # noqa: S105, no password


scale = typer.Typer(help="Tables larger than memory, by one pass or by a database.", no_args_is_help=True)


@scale.callback()
def _group() -> None:
    """Keep the name of the only command."""


@scale.command()
def intervals(
    files: Annotated[list[Path], typer.Argument(help="Parquet or CSV with place, date, status; all of one kind.")],
    output: Annotated[Path, typer.Option("--output", help="Parquet or CSV with place, start, end, status.")],
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
    if len({path.suffix.lower() for path in files}) > 1 or output.suffix.lower() not in {".parquet", ".csv"}:
        raise typer.BadParameter("give files of one kind, and --output FILE.parquet or FILE.csv")
    columns = StatusColumns(place_column, date_column, status_column)
    found = by_one_pass(files, columns) if engine is Engine.ONE_PASS else by_database(files, engine, columns)
    _write(found, output)
    out.print(escape(plain_text(f"{output}: {found.intervals.num_rows:,} intervals of {found.rows:,} rows")))
    if found.unusable:
        out.print(
            f"  left out: {found.unusable:,} rows without a place, a status, or a date like 2022-02-24 or 20220224"
        )
    if found.conflicts:
        first = "in the table" if engine is Engine.ONE_PASS else "by name"
        out.print(f"  several statuses of one place on one day: {found.conflicts:,}; the first {first} counts")


def _write(found: Compiled, output: Path) -> None:
    output.parent.mkdir(parents=True, exist_ok=True)
    if output.suffix.lower() == ".parquet":
        pq.write_table(found.intervals, output)
    else:
        pyarrow.csv.write_csv(found.intervals, output)

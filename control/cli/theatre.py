"""`python -m control theatre`: a theatre of one's own."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from control.cli.console import say
from control.record.dates import parse_day
from control.record.new_theatre import new_theatre
from control.record.theatre import load_theatre

STEPS = (
    ("actors.csv", "who can hold ground"),
    ("sources.csv", "what you read"),
    ("reports.csv", "what it said of one place on one day"),
    ("theatre.toml", "opening_date, the day that the map shows first"),
)

theatres = typer.Typer(help="Begin a theatre of your own.", no_args_is_help=True)


@theatres.command("new")
def new(
    countries: Annotated[list[str], typer.Option("--countries", help="ISO codes: UA, or IQ,SY.")],
    output: Annotated[Path, typer.Option("--output", help="Folder to make; one that exists must be empty.")],
    title: Annotated[str | None, typer.Option("--title")] = None,
    start: Annotated[str, typer.Option("--start", metavar="DATE", help="First day of the span.")] = "2022-01-01",
    end: Annotated[str, typer.Option("--end", metavar="DATE", help="Day after its last.")] = "",
) -> None:
    """Write a theatre with the towns of some countries, ready for your reports. Needs the extra `build`."""
    codes = [code.strip().upper() for text in countries for code in text.split(",") if code.strip()]
    until = parse_day(end) if end else date(date.today().year + 1, 1, 1)
    folder = new_theatre(codes, output, title=title, start=parse_day(start), end=until)
    say(f"{folder}: {len(load_theatre(folder).gazetteer)} places, borders, rivers and lakes. Now fill, in this order:")
    for name, what in STEPS:
        say(f"  {folder / name}: {what}")
    say(f"Then see whether all rows are sound: python -m control check --theatre {folder}")
    say(f"and look at the map: python -m streamlit run streamlit_app.py -- --theatre {folder}")

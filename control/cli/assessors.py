"""`python -m control assessors`: several assessors of one theatre side by side."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from control.assessors.bootstrap import DRAWS
from control.assessors.comparison import compare
from control.assessors.describe import describe_comparison
from control.assessors.lags import WINDOW_DAYS
from control.assessors.listing import read_assessors, series_of_policies
from control.assessors.record import comparison_to_dict
from control.assessors.write import write_comparison
from control.cli.arguments import step_of
from control.cli.console import print_json, say
from control.cli.options import DEFAULT_THEATRE, TheatreOption
from control.record.dates import parse_day
from control.record.theatre import load_theatre

assessors = typer.Typer(help="Compare what several assessors say of the same places.", no_args_is_help=True)


@assessors.callback()
def _group() -> None:
    """Keep `compare` a command of its own, though it is the only one."""


@assessors.command("compare")
def compare_command(
    listing: Annotated[Path | None, typer.Argument(help="TOML file that lists the assessors.")] = None,
    policies: Annotated[
        str, typer.Option("--policies", help="This program under several policies, as in balanced,strict.")
    ] = "",
    theatre: TheatreOption = DEFAULT_THEATRE,
    known_on: Annotated[
        str | None, typer.Option("--known-on", metavar="DATE", help="For --policies: only what was published by then.")
    ] = None,
    without_unknown: Annotated[
        bool, typer.Option("--without-unknown", help="Leave out days on which one says that nobody knows.")
    ] = False,
    every: Annotated[
        str, typer.Option("--every", metavar="STEP", help="Agreement over time: days, or month.")
    ] = "month",
    window: Annotated[
        int, typer.Option("--window", min=0, max=3660, help="Days within which a change of hands is the same.")
    ] = WINDOW_DAYS,
    draws: Annotated[
        int, typer.Option("--draws", min=0, max=100_000, help="Samples for the intervals; 0: none.")
    ] = DRAWS,
    day: Annotated[str, typer.Option("--date", metavar="DATE", help="Date of the map; else the theatre's.")] = "",
    output: Annotated[Path | None, typer.Option("--output", help="Folder for tables, GeoJSON and a map.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Say how far assessors agree, who is later, and where they differ."""
    names = [name.strip() for name in policies.split(",") if name.strip()]
    if listing is None and not names:
        raise typer.BadParameter("give a TOML file that lists assessors, or --policies balanced,strict")
    step, known = step_of(every), parse_day(known_on) if known_on else None
    loaded = load_theatre(theatre)
    when: date = loaded.check_date(parse_day(day)) if day else loaded.settings.opening_date
    series = series_of_policies(loaded, names, known)
    series += read_assessors(listing, loaded) if listing is not None else []
    comparison = compare(series, unknown=not without_unknown, every=step, window=window, draws=draws)
    written = write_comparison(loaded, comparison, output, when) if output is not None else []
    if as_json:
        print_json(comparison_to_dict(loaded, comparison))
        return
    lines = [*describe_comparison(loaded, comparison), *([""] if written else []), *written]
    say("\n".join(lines))

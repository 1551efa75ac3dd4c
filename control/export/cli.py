"""The command `export`. `register` adds it to the command line."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape

from control.bundled import default_theatre
from control.dates import DateError, parse_day
from control.export.extract import Extract, Step
from control.export.formats import FORMATS, format_named, write
from control.export.progress import with_bar
from control.markup import plain_text
from control.policy import load_policy
from control.snapshot import Layer
from control.theatre import load_theatre
from control.timeline import Timeline

FormatName = StrEnum("FormatName", {name.upper().replace("-", "_"): name for name in FORMATS})  # type: ignore[misc]
"""The formats, for the help of the command line."""
DEFAULT_THEATRE = default_theatre()
out = Console(soft_wrap=True, highlight=False)


def export(
    form: Annotated[FormatName, typer.Argument(metavar="FORMAT", help="One of " + ", ".join(FORMATS) + ".")],
    output: Annotated[Path, typer.Option("--output", help="File to write; its ending must be that of the format.")],
    day: Annotated[str, typer.Option("--date", metavar="DATE", help="Day, YYYY-MM-DD.")] = "",
    since: Annotated[str, typer.Option("--since", metavar="DATE", help="First day; without dates: all.")] = "",
    until: Annotated[str, typer.Option("--until", metavar="DATE", help="Last day of it, included.")] = "",
    every: Annotated[
        str, typer.Option("--every", metavar="STEP", help="From one state of the ground to the next: days, or month.")
    ] = "month",
    layers: Annotated[str, typer.Option("--layers", help="Any of places,areas,fronts; else what is usual.")] = "",
    known_on: Annotated[
        str | None, typer.Option("--known-on", metavar="DATE", help="Use only what was published by this day.")
    ] = None,
    policy: Annotated[
        str, typer.Option("--policy", help="balanced, strict, claims-only, against-interest, or a file.")
    ] = "balanced",
    theatre: Annotated[Path, typer.Option("--theatre", help="Folder of the theatre.")] = DEFAULT_THEATRE,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON lines.")] = False,
) -> None:
    """Write one date, a range of dates or the whole series for another program: GIS, spreadsheet, globe, paper, talk."""
    if (day and (since or until)) or bool(since) != bool(until):
        raise typer.BadParameter("give --date DAY, or --since DAY --until DAY, or neither for the whole series")
    kind = format_named(str(form))
    if output.suffix.lower() != kind.suffix:
        raise typer.BadParameter(f"{output.name}: a file of this format is named {output.stem}{kind.suffix}")
    step, wanted = _step(every), _layers(layers) or kind.usual
    loaded = load_theatre(theatre)
    timeline = Timeline(loaded, load_policy(policy), parse_day(known_on) if known_on else None)
    if day or since:
        first, last = (loaded.check_date(parse_day(text)) for text in (since or day, until or day))
    else:
        first, last = loaded.settings.start, loaded.settings.last_day
    if first > last:
        raise DateError(f"--since {first} is after --until {last}; give the earlier day first")
    extract = Extract(timeline, first, last, step, wanted, progress=with_bar)
    write(kind.name, extract, output)
    if as_json:
        record = {**extract.provenance(kind.name).to_dict(), "file": str(output), "bytes": output.stat().st_size}
        typer.echo(json.dumps({key: value for key, value in record.items() if key != "content"}))
        return
    said = extract.provenance(kind.name)
    count = output.stat().st_size
    size = f"{count / 1e6:.1f} MB" if count >= 100_000 else f"{count / 1000:.0f} kB"
    out.print(escape(plain_text(f"{output}: {', '.join(wanted)}, {said.dates}, {size}; {said.kind} {said.id}")))


def register(app: typer.Typer) -> None:
    """Add the command to a command line."""
    app.command("export")(export)


def _step(text: str) -> Step:
    if text == "month":
        return "month"
    if text.isdecimal() and 1 <= int(text) <= 3660:
        return int(text)
    raise typer.BadParameter(f"--every {text}: give a number of days from 1 on, or month")


def _layers(text: str) -> tuple[Layer, ...]:
    names = {name.strip() for name in text.split(",") if name.strip()}
    unknown = sorted(names - set(Layer))
    if unknown:
        raise typer.BadParameter(f"no layer {unknown[0]!r}; write one or several of {','.join(Layer)}")
    return tuple(layer for layer in Layer if layer in names)

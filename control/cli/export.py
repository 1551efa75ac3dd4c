"""The command `export`. `register` adds it to the command line."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from control.cli.arguments import open_timeline, span_of, step_of
from control.cli.console import print_json, say
from control.cli.options import DEFAULT_THEATRE, DateOption, JsonOption, KnownOnOption, PolicyOption, TheatreOption
from control.cli.progress import with_bar
from control.export.extract import Extract
from control.export.files import write
from control.export.formats import FORMATS, format_named
from control.snapshot import Layer

FormatName = StrEnum("FormatName", {name.upper().replace("-", "_"): name for name in FORMATS})  # type: ignore[misc]
"""The formats, for the help of the command line."""


def export(
    form: Annotated[FormatName, typer.Argument(metavar="FORMAT", help="One of " + ", ".join(FORMATS) + ".")],
    output: Annotated[Path, typer.Option("--output", help="File to write; its ending must be that of the format.")],
    day: DateOption = "",
    since: Annotated[str, typer.Option("--since", metavar="DATE", help="First day; without dates: all.")] = "",
    until: Annotated[str, typer.Option("--until", metavar="DATE", help="Last day of it, included.")] = "",
    every: Annotated[
        str,
        typer.Option(
            "--every",
            metavar="STEP",
            help="From one state of the ground to the next: days, or month. "
            "Without it a film goes by day, week or month as its range is long, all else by month.",
        ),
    ] = "",
    layers: Annotated[str, typer.Option("--layers", help="Any of places,areas,fronts; else what is usual.")] = "",
    known_on: KnownOnOption = None,
    policy: PolicyOption = "balanced",
    theatre: TheatreOption = DEFAULT_THEATRE,
    as_json: JsonOption = False,
) -> None:
    """Write one date, a range of dates or the whole series for another program: GIS, spreadsheet, globe, paper, talk."""
    if (day and (since or until)) or bool(since) != bool(until):
        raise typer.BadParameter("give --date DAY, or --since DAY --until DAY, or neither for the whole series")
    kind = format_named(str(form))
    if output.suffix.lower() != kind.suffix:
        raise typer.BadParameter(f"{output.name}: a file of this format is named {output.stem}{kind.suffix}")
    chosen, wanted = step_of(every) if every else None, _layers(layers) or kind.usual
    timeline = open_timeline(theatre, known_on, policy)
    settings = timeline.theatre.settings
    if day or since:
        first, last = span_of(timeline.theatre, since or day, until or day)
    else:
        first, last = settings.start, settings.last_day
    step = kind.usual_step(first, last) if chosen is None else chosen
    extract = Extract(timeline, first, last, step, wanted, progress=with_bar)
    write(kind.name, extract, output)
    if as_json:
        record = {**extract.provenance(kind.name).to_dict(), "file": str(output), "bytes": output.stat().st_size}
        print_json({key: value for key, value in record.items() if key != "content"})
        return
    said = extract.provenance(kind.name)
    count = output.stat().st_size
    size = f"{count / 1e6:.1f} MB" if count >= 100_000 else f"{count / 1000:.0f} kB"
    say(f"{output}: {', '.join(wanted)}, {said.dates}, {size}; {said.kind} {said.id}")


def register(app: typer.Typer) -> None:
    """Add the command to a command line."""
    app.command("export")(export)


def _layers(text: str) -> tuple[Layer, ...]:
    names = {name.strip() for name in text.split(",") if name.strip()}
    unknown = sorted(names - set(Layer))
    if unknown:
        raise typer.BadParameter(f"no layer {unknown[0]!r}; write one or several of {','.join(Layer)}")
    return tuple(layer for layer in Layer if layer in names)

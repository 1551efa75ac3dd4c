"""The command `snapshot`: everything about one date as GeoJSON."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from control.cli.arguments import needed_day, open_timeline
from control.cli.console import print_json, say
from control.cli.options import DEFAULT_THEATRE, DateOption, JsonOption, KnownOnOption, PolicyOption, TheatreOption
from control.export.extract import Extract
from control.export.geodata.snapshot_geojson import extract_to_snapshot
from control.snapshot import Layer
from control.storage.atomic_file import write_whole


def register(app: typer.Typer) -> None:
    """Add the command `snapshot` to a command line."""
    app.command("snapshot")(snapshot)


def snapshot(
    day: DateOption,
    output: Annotated[Path, typer.Option("--output", help="File to write; must end in .geojson or .json.")],
    layers: Annotated[str, typer.Option("--layers", help="Any of places,areas,fronts.")] = "places",
    known_on: KnownOnOption = None,
    policy: PolicyOption = "balanced",
    theatre: TheatreOption = DEFAULT_THEATRE,
    as_json: JsonOption = False,
) -> None:
    """Write everything about one date as GeoJSON."""
    if output.suffix not in {".geojson", ".json"}:
        raise typer.BadParameter(f"{output.name}: only GeoJSON can be written; name it {output.stem}.geojson")
    wanted = _layers(layers)
    when = needed_day(day)
    extract = Extract(open_timeline(theatre, known_on, policy), when, when, layers=wanted)
    content, collection = extract_to_snapshot(extract)
    write_whole(output, content)
    known = sum(1 for a in extract.snapshot.assessments.values() if a.claims)
    counts = Counter(feature["properties"]["layer"] for feature in collection["features"])
    if as_json:
        features = len(collection["features"])
        record = {"snapshot_id": extract.id, "file": str(output), "features": features, "assessed": known}
        print_json({**record, "layers": {str(layer): counts[layer] for layer in wanted}})
    else:
        written = [f"{counts[layer]} {layer}" for layer in wanted]
        written[:1] = [f"{written[0]}, {known} of them assessed"] if Layer.PLACES in wanted else written[:1]
        say(f"{output}: {', '.join(written)}, on {when}; snapshot {extract.id}")


def _layers(text: str) -> tuple[Layer, ...]:
    names = [name.strip() for name in text.split(",") if name.strip()]
    unknown = [name for name in names if name not in set(Layer)]
    if unknown or not names:
        wrong = f"no layer {unknown[0]!r}" if unknown else "no layer is named"
        known = ",".join(Layer)
        raise typer.BadParameter(f"{wrong}; write one or several of {known}, as in --layers areas,fronts")
    return tuple(layer for layer in Layer if layer in names)

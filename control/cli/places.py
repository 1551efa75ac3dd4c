"""The command `places`: what the gazetteer finds for a name."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from control.cli.arguments import position_of
from control.cli.console import complain, print_json, say
from control.cli.options import DEFAULT_THEATRE, JsonOption, TheatreOption
from control.export.extract import Extract
from control.export.geodata.lpf import extract_to_lpf
from control.record.tables import read_points
from control.record.theatre import Theatre, load_theatre
from control.storage.atomic_file import write_whole
from control.territory.surroundings import CoupledTimeline
from geo.gazetteer import AmbiguousPlaceError, Candidate, DoubtfulPlaceError, PlaceError, WaterError
from geo.place import LonLat, PlaceKind


def register(app: typer.Typer) -> None:
    """Add the command `places` to a command line."""
    app.command("places")(places)


def places(
    name: Annotated[str | None, typer.Argument(help="A toponym, as a source writes it.")] = None,
    file: Annotated[Path | None, typer.Option("--file", help="CSV with a column `name`: one query a row.")] = None,
    country: Annotated[str | None, typer.Option("--country", help="ISO code the place must lie in.")] = None,
    admin: Annotated[str | None, typer.Option("--admin", help="Division or town that it belongs to.")] = None,
    near: Annotated[list[str] | None, typer.Option("--near", help="LON,LAT of another place of the report.")] = None,
    kind: Annotated[PlaceKind | None, typer.Option("--kind", help="Feature class the place must have.")] = None,
    export: Annotated[
        str | None, typer.Option("--export", help="Write all places: `lpf`, Linked Places Format.")
    ] = None,
    output: Annotated[Path | None, typer.Option("--output", help="File for --export.")] = None,
    theatre: TheatreOption = DEFAULT_THEATRE,
    as_json: JsonOption = False,
) -> None:
    """Show what the gazetteer finds, best first. Exit code 1 when it finds nothing."""
    loaded = load_theatre(theatre)
    if export is not None:
        _export_places(loaded, export, output)
        return
    queries = [name] if name is not None else _names_of(file)
    spots = [_parse_position(text) for text in near or ()]
    found_any = False
    for query in queries:
        candidates = loaded.gazetteer.search(query, near=spots, admin=admin, country=country, kind=kind)
        found_any = found_any or bool(candidates)
        for candidate in candidates:
            if as_json:
                print_json(_candidate_record(query, candidate))
            else:
                say(_candidate_words(candidate))
        if as_json:
            continue
        try:
            loaded.gazetteer.find(query, near=spots, admin=admin, country=country, kind=kind)
        except PlaceError as error:
            (say if candidates else complain)(_why_open(error))
    if not found_any:
        raise typer.Exit(1)


def _why_open(error: PlaceError) -> str:
    """Say why none of the candidates is taken for what is meant."""
    unused = "no report with this spelling is used; write"
    if isinstance(error, AmbiguousPlaceError):
        return f"several may be meant: {unused} one of: {', '.join(error.choices)}"
    if isinstance(error, WaterError):
        return f"{error.query}: a {error.water}: {unused} {' or '.join(error.choices) or 'a place on it'}"
    if isinstance(error, DoubtfulPlaceError):
        return f"only alike: {unused} the place's name, or add the spelling to its names"
    return f"{error.query}: nothing is spelt like it"


def _candidate_record(query: str, candidate: Candidate) -> dict[str, Any]:
    place = candidate.place
    return {
        "query": query,
        "place_id": place.id,
        "name": place.name,
        "kind": str(place.kind),
        "country": place.country,
        "lon": place.position.lon,
        "lat": place.position.lat,
        "score": candidate.score,
        "exact": candidate.exact,
        "doubtful": candidate.doubtful,
    }


def _candidate_words(candidate: Candidate) -> str:
    place = candidate.place
    where = f"{place.admin}, {place.country}" if place.admin else place.country
    lon, lat = place.position
    return f"{candidate.score:.2f}  {place.name} ({place.kind}, {where}) {lon:.4f} {lat:.4f}  {candidate.reason}"


def _names_of(file: Path | None) -> list[str]:
    if file is None:
        raise typer.BadParameter("give a NAME or --file FILE.csv")
    return [row["name"] for row in read_points(file, needed=("name",))]


def _parse_position(text: str) -> LonLat:
    try:
        lon, lat = (float(part) for part in text.split(","))
    except ValueError:
        raise typer.BadParameter(f"{text!r} is no position; write LON,LAT, as in 41.09,34.37") from None
    return position_of(lon, lat)


def _export_places(theatre: Theatre, export: str, output: Path | None) -> None:
    if export != "lpf" or output is None:
        raise typer.BadParameter("write --export lpf --output FILE.json")
    settings = theatre.settings
    write_whole(output, extract_to_lpf(Extract(CoupledTimeline(theatre), settings.start, settings.last_day)))
    say(f"{output}: {len(theatre.gazetteer)} places in Linked Places Format")

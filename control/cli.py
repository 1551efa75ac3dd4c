"""`python -m control`: questions to a theatre. Prints for people, JSON lines with `--json`."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape

from control import verify
from control.assessors.cli import assessors
from control.audit import audit_sources
from control.bundled import default_theatre
from control.dates import DateError, parse_day
from control.estimate import Estimate
from control.export import cli as export_cli
from control.export.changes import change_to_dict, changes_to_atom, changes_to_csv, gains_and_losses
from control.export.errors import ExportError
from control.export.extract import Extract
from control.export.geojson import claim_to_dict
from control.export.ground import enclave_to_dict, estimate_to_dict, front_to_dict, siege_to_dict
from control.export.lpf import extract_to_lpf
from control.export.provenance import ProvenanceError
from control.export.snapshots import extract_to_snapshot
from control.export.statistics import figures_to_csv, figures_to_dicts
from control.ground import Grounds
from control.imports.cli import imports
from control.locate import PointAssessment, assess_point
from control.markup import csv_cell, plain_text
from control.model import Assessment, Status
from control.newtheatre import new_theatre
from control.policy import PolicyError, load_policy
from control.scale.cli import scale
from control.snapshot import Layer
from control.soundness import hints
from control.statistics import series, statistics_on
from control.tables import TableError, read_points
from control.theatre import SpanError, Theatre, TheatreError, load_theatre
from control.timeline import Timeline
from control.words import (
    describe_assessment,
    describe_change,
    describe_claim,
    describe_enclave,
    describe_estimate,
    describe_front,
    describe_point,
    describe_siege,
    explain,
    series_table,
    statistics_table,
)
from geo.gazetteer import Candidate, PlaceError
from geo.geonames import MissingExtraError
from geo.place import LonLat, Place, PlaceKind

DEFAULT_THEATRE = default_theatre()

app = typer.Typer(
    name="control",
    help="Who held which town, on which date, according to whom.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
out = Console(soft_wrap=True, highlight=False)
err = Console(stderr=True, soft_wrap=True, highlight=False)

TheatreOption = Annotated[Path, typer.Option("--theatre", help="Folder of the theatre.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON lines.")]
KnownOnOption = Annotated[
    str | None, typer.Option("--known-on", metavar="DATE", help="Use only what was published by this day.")
]
PolicyOption = Annotated[
    str, typer.Option("--policy", help="balanced, strict, claims-only, against-interest, or a file.")
]
DateOption = Annotated[str, typer.Option("--date", metavar="DATE", help="Day, YYYY-MM-DD.")]


export_cli.register(app)
verify.register(app)
app.add_typer(imports, name="import")
app.add_typer(assessors, name="assessors")
app.add_typer(scale, name="scale")


def main() -> None:
    """Run the command line; a fault of the input is one line on standard error and exit code 1."""
    try:
        app()
    except (
        TheatreError,
        SpanError,
        DateError,
        PlaceError,
        TableError,
        MissingExtraError,
        PolicyError,
        ExportError,
        ProvenanceError,
        OSError,
    ) as error:
        err.print(f"[bold red]error:[/] {escape(plain_text(str(error)))}")
        sys.exit(1)


@app.command()
def check(theatre: TheatreOption = DEFAULT_THEATRE, as_json: JsonOption = False) -> None:
    """Validate a theatre: every bad row as file:line: reason. Exit code 1 when there is one."""
    loaded = load_theatre(theatre)
    if as_json:
        for r in loaded.rejections:
            _print_json(
                {
                    "file": r.origin.file,
                    "line": r.origin.line,
                    "wrong": r.wrong,
                    "expected": r.expected,
                    "remedy": r.remedy,
                }
            )
    else:
        for rejection in loaded.rejections:
            _say(str(rejection))
    places = len(loaded.reported_places)
    summary = {
        "accepted": len(loaded.claims),
        "places": places,
        "sources": len({claim.source.id for claim in loaded.claims}),
        "of_areas": len(loaded.area_claims),
        "set_aside": len(loaded.waiting),
        "duplicates": len(loaded.duplicates),
        "rejected": loaded.rejected_rows,
    }
    if as_json:
        _print_json(summary)
    else:
        _say(
            f"{loaded.settings.title}: {summary['accepted']} reports accepted about {places} places from "
            f"{summary['sources']} sources, and {summary['of_areas']} about areas; {summary['set_aside']} set aside, "
            f"{summary['duplicates']} said twice, {summary['rejected']} rows rejected"
        )
        for reason, count in _count(w.reason for w in loaded.waiting).items():
            _say(f"  set aside: {count} x {reason}")
        for hint in hints(loaded):
            _say(f"  {hint}")
    if loaded.rejections:
        raise typer.Exit(1)


@app.command()
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
        if not candidates and not as_json:
            err.print(f"{escape(plain_text(query))}: nothing is spelt like it")
        for candidate in candidates:
            if as_json:
                _print_json(_candidate_record(query, candidate))
            else:
                _say(_candidate_words(candidate))
    if not found_any:
        raise typer.Exit(1)


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
    return _position(lon, lat)


def _export_places(theatre: Theatre, export: str, output: Path | None) -> None:
    if export != "lpf" or output is None:
        raise typer.BadParameter("write --export lpf --output FILE.json")
    settings = theatre.settings
    _write(output, extract_to_lpf(Extract(Timeline(theatre), settings.start, settings.last_day)).decode())
    _say(f"{output}: {len(theatre.gazetteer)} places in Linked Places Format")


STEPS = (
    ("actors.csv", "who can hold ground"),
    ("sources.csv", "what you read"),
    ("reports.csv", "what it said of one place on one day"),
    ("theatre.toml", "opening_date, the day that the map shows first"),
)
theatres = typer.Typer(help="Begin a theatre of your own.", no_args_is_help=True)
app.add_typer(theatres, name="theatre")


@theatres.command("new")
def new(
    countries: Annotated[list[str], typer.Option("--countries", help="ISO codes: UA, or IQ,SY.")],
    output: Annotated[Path, typer.Option("--output", help="Folder to make; it must not exist or be empty.")],
    title: Annotated[str | None, typer.Option("--title")] = None,
    start: Annotated[str, typer.Option("--start", metavar="DATE", help="First day of the span.")] = "2022-01-01",
    end: Annotated[str, typer.Option("--end", metavar="DATE", help="Day after its last.")] = "",
) -> None:
    """Write a theatre with the towns of some countries, ready for your reports. Needs the extra `build`."""
    codes = [code.strip().upper() for text in countries for code in text.split(",") if code.strip()]
    until = parse_day(end) if end else date(date.today().year + 1, 1, 1)
    folder = new_theatre(codes, output, title=title, start=parse_day(start), end=until)
    _say(f"{folder}: {len(load_theatre(folder).gazetteer)} places, borders, rivers and lakes. Now fill, in this order:")
    for name, what in STEPS:
        _say(f"  {folder / name}: {what}")
    _say(f"Then see whether all rows are sound: python -m control check --theatre {folder}")
    _say(f"and look at the map: python -m streamlit run streamlit_app.py -- --theatre {folder}")


@app.command()
def assess(
    day: DateOption = "",
    place: Annotated[str | None, typer.Option("--place", help="A toponym, as a source writes it.")] = None,
    lon: Annotated[float | None, typer.Option("--lon", help="Degrees east, WGS84.")] = None,
    lat: Annotated[float | None, typer.Option("--lat", help="Degrees north, WGS84.")] = None,
    points: Annotated[
        Path | None, typer.Option("--points", help="CSV with columns lon, lat and optionally date.")
    ] = None,
    known_on: KnownOnOption = None,
    policy: PolicyOption = "balanced",
    theatre: TheatreOption = DEFAULT_THEATRE,
    as_json: JsonOption = False,
) -> None:
    """Say who held a place or a point on a date."""
    if sum((place is not None, lon is not None or lat is not None, points is not None)) != 1:
        raise typer.BadParameter("give exactly one of --place NAME, --lon X --lat Y, or --points FILE.csv")
    timeline = _timeline(theatre, known_on, policy)
    loaded = timeline.theatre
    if points is not None:
        _assess_points(timeline, points, day, as_json)
        return
    when = _needed_day(day)
    if place is not None:
        assessment = timeline.assess(_one_place(loaded, place).id, when)
        record, words = _place_record(loaded, assessment), describe_assessment(loaded, assessment)
        estimate = _estimate(timeline, assessment)
        if estimate is not None:
            record["estimate"] = estimate_to_dict(loaded, estimate)
            words += f" From its neighbours: {describe_estimate(loaded, estimate)}."
        _show(loaded, assessment, record, words, as_json)
        return
    if lon is None or lat is None:
        raise typer.BadParameter("--lon and --lat belong together")
    answer = assess_point(Grounds.of(timeline), _position(lon, lat), when)
    _show(loaded, answer.assessment, _point_record(loaded, answer), describe_point(loaded, answer), as_json)


@app.command()
def why(
    place: Annotated[str, typer.Argument(help="A toponym, as a source writes it.")],
    day: DateOption,
    known_on: KnownOnOption = None,
    policy: PolicyOption = "balanced",
    theatre: TheatreOption = DEFAULT_THEATRE,
    as_json: JsonOption = False,
) -> None:
    """Explain who held a place on a date by the reports behind it."""
    timeline = _timeline(theatre, known_on, policy)
    loaded = timeline.theatre
    explanation = timeline.why(_one_place(loaded, place).id, _needed_day(day))
    groups = {
        "supporting": explanation.supporting,
        "contradicting": explanation.contradicting,
        "discarded": explanation.discarded,
        "of little weight on that date": explanation.other,
    }
    if as_json:
        _print_json(_place_record(loaded, explanation.assessment))
        for group, weighed in groups.items():
            for w in weighed:
                told = {
                    "group": group,
                    "influence": w.influence,
                    "evidence": w.evidence,
                    "flips": w.flips,
                    "rule": w.rule or None,
                }
                _print_json({**told, **claim_to_dict(w.claim)})
        return
    for line in explain(loaded, explanation):
        _say(line)


class ChangeFormat(StrEnum):
    """How `changes` writes its list."""

    TEXT = "text"
    CSV = "csv"
    JSON = "json"
    ATOM = "atom"


@app.command()
def changes(
    since: Annotated[str, typer.Option("--since", metavar="DATE", help="First day.")],
    until: Annotated[str, typer.Option("--until", metavar="DATE", help="Last day, included.")],
    form: Annotated[
        ChangeFormat, typer.Option("--format", help="Sentences, a table, JSON lines or a feed.")
    ] = ChangeFormat.TEXT,
    output: Annotated[Path | None, typer.Option("--output", help="File to write instead of printing.")] = None,
    known_on: KnownOnOption = None,
    policy: PolicyOption = "balanced",
    theatre: TheatreOption = DEFAULT_THEATRE,
    as_json: JsonOption = False,
) -> None:
    """List what changed hands from one day to another, both included."""
    timeline = _timeline(theatre, known_on, policy)
    loaded = timeline.theatre
    first, last = loaded.check_date(parse_day(since)), loaded.check_date(parse_day(until))
    if first > last:
        raise DateError(f"--since {first} is after --until {last}; give the earlier day first")
    found = timeline.changes(first, last)
    if as_json or form is ChangeFormat.JSON:
        text = "".join(json.dumps(change_to_dict(loaded, c), ensure_ascii=False) + "\n" for c in found)
    elif form is ChangeFormat.CSV:
        text = changes_to_csv(loaded, found)
    elif form is ChangeFormat.ATOM:
        text = changes_to_atom(loaded, found, first, last)
    else:
        lines = [describe_change(loaded, change) for change in found] or [f"nothing changed from {first} to {last}"]
        lines += [f"{name}: {gained} gained, {lost} lost" for name, gained, lost in gains_and_losses(loaded, found)]
        text = plain_text("\n".join(lines)) + "\n"
    if output is None:
        sys.stdout.write(text)
    else:
        _write(output, text)


@app.command()
def sources(
    known_on: KnownOnOption = None,
    policy: PolicyOption = "balanced",
    theatre: TheatreOption = DEFAULT_THEATRE,
    as_json: JsonOption = False,
) -> None:
    """Say what each source contributes, how often it was first or contradicted, and what hangs on it."""
    timeline = _timeline(theatre, known_on, policy)
    places = timeline.theatre.gazetteer
    for audit in audit_sources(timeline):
        flips = [{"place_id": f.place_id, "date": f.day.isoformat(), "days": f.days} for f in audit.flips]
        record = {"claims": audit.claims, "first": audit.first, "contradicted": audit.contradicted}
        if as_json:
            source = {"source": audit.source.id, "title": audit.source.title, "grade": audit.source.grade}
            _print_json({**source, **record, "flips": flips})
            continue
        hangs = ", ".join(f"{places.place(f.place_id).name} {f.day}" for f in audit.flips[:3])
        more = f" and {len(audit.flips) - 3} more" if len(audit.flips) > 3 else ""
        _say(
            f"{audit.claims:4d} claims, {audit.first} times first, {audit.contradicted} contradicted  "
            f"[{audit.source.grade}] {audit.source.title}" + (f"; without it other: {hangs}{more}" if hangs else "")
        )


class FiguresFormat(StrEnum):
    """How `statistics` writes its figures."""

    TEXT = "text"
    CSV = "csv"
    JSON = "json"


@app.command("statistics")
def statistics_command(
    day: DateOption = "",
    since: Annotated[str, typer.Option("--since", metavar="DATE", help="First day of a series.")] = "",
    until: Annotated[str, typer.Option("--until", metavar="DATE", help="Last day of it.")] = "",
    every: Annotated[int, typer.Option("--every", min=1, help="Days from one row of it to the next.")] = 30,
    form: Annotated[FiguresFormat, typer.Option("--format", help="A table, CSV or JSON lines.")] = FiguresFormat.TEXT,
    output: Annotated[Path | None, typer.Option("--output", help="File to write instead of printing.")] = None,
    known_on: KnownOnOption = None,
    policy: PolicyOption = "balanced",
    theatre: TheatreOption = DEFAULT_THEATRE,
    as_json: JsonOption = False,
) -> None:
    """Count the ground, places and people of each actor, on a day or over a span."""
    if bool(day) == bool(since and until) or bool(since) != bool(until):
        raise typer.BadParameter("give --date DAY, or --since DAY --until DAY for a series")
    timeline = _timeline(theatre, known_on, policy)
    loaded = timeline.theatre
    first, last = (loaded.check_date(parse_day(text)) for text in (since or day, until or day))
    if first > last:
        raise DateError(f"--since {first} is after --until {last}; give the earlier day first")
    grounds = Grounds.of(timeline)
    if as_json or form is not FiguresFormat.TEXT:
        days = series(grounds, first, last, every).figures
        records = (record for figures in days for record in figures_to_dicts(loaded, figures))
        if as_json or form is FiguresFormat.JSON:
            text = "".join(json.dumps(record, ensure_ascii=False, allow_nan=False) + "\n" for record in records)
        else:
            text = figures_to_csv(loaded, days)
    elif day:
        text = plain_text("\n".join(statistics_table(loaded, statistics_on(grounds, first)))) + "\n"
    else:
        text = plain_text("\n".join(series_table(loaded, series(grounds, first, last, every)))) + "\n"
    if output is None:
        sys.stdout.write(text)
    else:
        _write(output, text)


@app.command()
def fronts(
    day: DateOption,
    known_on: KnownOnOption = None,
    policy: PolicyOption = "balanced",
    theatre: TheatreOption = DEFAULT_THEATRE,
    as_json: JsonOption = False,
) -> None:
    """List the lines where the ground of two actors met, the longest first."""
    when, timeline = _needed_day(day), _timeline(theatre, known_on, policy)
    timeline.theatre.check_date(when)
    found = Grounds.of(timeline).fronts(when)
    for front in found:
        if as_json:
            _print_json({"date": when.isoformat(), **front_to_dict(timeline.theatre, front)})
        else:
            _say(describe_front(front))
    if not found and not as_json:
        _say(f"no two actors met on {when}")


@app.command()
def enclaves(
    day: DateOption,
    known_on: KnownOnOption = None,
    policy: PolicyOption = "balanced",
    theatre: TheatreOption = DEFAULT_THEATRE,
    as_json: JsonOption = False,
) -> None:
    """List groups of places that one other actor surrounded, and places reported as besieged."""
    when, timeline = _needed_day(day), _timeline(theatre, known_on, policy)
    loaded = timeline.theatre
    loaded.check_date(when)
    grounds = Grounds.of(timeline)
    surrounded, besieged = grounds.enclaves(when), grounds.sieges(when)
    if as_json:
        for enclave in surrounded:
            _print_json({"date": when.isoformat(), "group": "enclave", **enclave_to_dict(loaded, enclave)})
        for siege in besieged:
            _print_json({"date": when.isoformat(), "group": "reported siege", **siege_to_dict(loaded, siege)})
        return
    for line in (*(describe_enclave(loaded, e) for e in surrounded), *(describe_siege(loaded, s) for s in besieged)):
        _say(line)
    if not surrounded and not besieged:
        _say(f"nobody was encircled on {when}, as far as places and reports tell")


@app.command()
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
    when = _needed_day(day)
    extract = Extract(_timeline(theatre, known_on, policy), when, when, layers=wanted)
    content, collection = extract_to_snapshot(extract)
    _write(output, content.decode())
    known = sum(1 for a in extract.timeline.at(when).values() if a.claims)
    counts = _count(feature["properties"]["layer"] for feature in collection["features"])
    if as_json:
        features = len(collection["features"])
        record = {"snapshot_id": extract.id, "file": str(output), "features": features, "assessed": known}
        _print_json({**record, "layers": {str(layer): counts.get(layer, 0) for layer in wanted}})
    else:
        written = [f"{counts.get(layer, 0)} {layer}" for layer in wanted]
        written[:1] = [f"{written[0]}, {known} of them assessed"] if Layer.PLACES in wanted else written[:1]
        _say(f"{output}: {', '.join(written)}, on {when}; snapshot {extract.id}")


def _layers(text: str) -> tuple[Layer, ...]:
    names = [name.strip() for name in text.split(",") if name.strip()]
    unknown = [name for name in names if name not in set(Layer)]
    if unknown or not names:
        wrong = f"no layer {unknown[0]!r}" if unknown else "no layer is named"
        known = ",".join(Layer)
        raise typer.BadParameter(f"{wrong}; write one or several of {known}, as in --layers areas,fronts")
    return tuple(layer for layer in Layer if layer in names)


def _write(output: Path, text: str) -> None:
    """Write a file, with the folders above it; the same text gives the same bytes everywhere."""
    output.parent.mkdir(parents=True, exist_ok=True)
    output.write_text(text, encoding="utf-8", newline="\n")


def _say(text: str) -> None:
    """Print text of others for people: no markup, no terminal sequences."""
    out.print(escape(plain_text(text)))


def _timeline(theatre: Path, known_on: str | None, policy: str) -> Timeline:
    weights = load_policy(policy)
    return Timeline(load_theatre(theatre), weights, parse_day(known_on) if known_on else None)


def _one_place(theatre: Theatre, name: str) -> Place:
    """Return the place of a name that one side can hold as a whole."""
    found = theatre.gazetteer.find(name).place
    if found.kind.is_area:
        raise PlaceError(
            f"{found.name} is a {found.kind}: many places, which different sides may hold; ask for one of its towns",
            name,
        )
    return found


def _needed_day(text: str) -> date:
    if not text:
        raise typer.BadParameter("give --date YYYY-MM-DD")
    return parse_day(text)


def _position(lon: float, lat: float) -> LonLat:
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        raise typer.BadParameter(f"({lon}, {lat}) is no position; lon is within 180 and lat within 90 degrees")
    return LonLat(lon, lat)


def _place_record(theatre: Theatre, assessment: Assessment) -> dict[str, Any]:
    place = theatre.gazetteer.place(assessment.place_id)
    return {
        "place_id": place.id,
        "name": place.name,
        "lon": place.position.lon,
        "lat": place.position.lat,
        "date": assessment.day.isoformat(),
        "known_on": assessment.known_on.isoformat() if assessment.known_on else None,
        "status": str(assessment.holding.status),
        "actor": assessment.holding.actor,
        "rivals": list(assessment.holding.rivals),
        "besieger": assessment.holding.besieger,
        "probability": assessment.probability,
        "estimated": False,
        "days_since_confirmed": assessment.days_since_confirmed,
        "reports": [claim_to_dict(claim) for claim in assessment.claims],
    }


def _estimate(timeline: Timeline, assessment: Assessment) -> Estimate | None:
    """Return what the neighbours say of a place that nobody told of; an estimate is kept apart from the assessment."""
    if assessment.holding.status is not Status.UNKNOWN:
        return None
    grounds = Grounds.of(timeline)
    site = grounds.landscape.index.get(assessment.place_id)
    found = grounds.estimator.estimate(site, assessment.day) if grounds.estimator and site is not None else None
    return found if found and found.actor else None


def _point_record(theatre: Theatre, answer: PointAssessment) -> dict[str, Any]:
    if answer.assessment is not None:
        record = _place_record(theatre, answer.assessment)
    else:
        said = estimate_to_dict(theatre, answer.estimate) if answer.estimate else {"actor": None, "probability": None}
        record = {
            "place_id": answer.place.id if answer.place else None,
            "name": answer.place.name if answer.place else None,
            "date": answer.day.isoformat(),
            "status": "estimated" if said["actor"] else str(Status.UNKNOWN),
            **said,
            "reports": [],
        }
    record |= {"lon": answer.position.lon, "lat": answer.position.lat, "estimated": answer.estimated}
    return {**record, "where": str(answer.where), "distance_km": answer.distance_km}


def _assess_points(timeline: Timeline, file: Path, day: str, as_json: bool) -> None:
    rows = read_points(file, needed=("lon", "lat"))
    grounds = Grounds.of(timeline)
    writer: Any = None
    for number, row in enumerate(rows, start=2):
        text = row.get("date") or day
        try:
            answer = assess_point(grounds, _position(float(row["lon"]), float(row["lat"])), _needed_day(text))
        except (ValueError, typer.BadParameter) as error:
            raise TableError(f"{file.name}:{number}: {error}") from None
        record = _point_record(timeline.theatre, answer)
        if as_json:
            _print_json(record)
            continue
        titles = dict.fromkeys(f"{r['event_date']} {r['source_title']}" for r in record["reports"])
        # a column of the user's own that has the name of an answer is kept beside it
        own = {f"input_{k}" if k in _ANSWER_COLUMNS else k: v for k, v in row.items()}
        cells = {**own, **{k: record[k] for k in _POINT_COLUMNS}, "reports": "; ".join(titles)}
        if writer is None:
            writer = csv.DictWriter(sys.stdout, list(cells), lineterminator="\n")
            writer.writeheader()
        writer.writerow({key: csv_cell(value) for key, value in cells.items()})


_ANSWER_COLUMNS = {"place_id", "name", "status", "actor", "probability", "estimated", "where", "reports"}
_POINT_COLUMNS = ("place_id", "name", "lon", "lat", "date", "status", "actor", "probability", "estimated", "where")


def _show(theatre: Theatre, assessment: Assessment | None, record: dict[str, Any], words: str, as_json: bool) -> None:
    if as_json:
        _print_json(record)
        return
    _say(words)
    for claim in assessment.claims if assessment else ():
        _say(f"  {describe_claim(theatre, claim)}")


def _print_json(record: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(record, ensure_ascii=False, allow_nan=False) + "\n")


def _count(reasons: Iterator[str]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for reason in reasons:
        counts[reason] = counts.get(reason, 0) + 1
    return dict(sorted(counts.items()))

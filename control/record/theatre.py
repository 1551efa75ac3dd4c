"""A folder of data, read and validated: everything the engine knows about one conflict."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from control.record.date_words import long_date
from control.record.fault import Fault, Origin
from control.record.ingest import ActorIndex, ingest
from control.record.layers import BASE_LAYERS, Layer, empty_layer, read_layer
from control.record.model import Actor, Claim, Moment, Source, Waiting
from control.record.remembered_places import RememberedPlaces
from control.record.settings import Settings, TheatreError, read_settings
from control.record.tables import (
    ActorRow,
    MomentRow,
    OverrideRow,
    PlaceRow,
    ReportRow,
    SourceRow,
    read_points,
    read_table,
)
from control.storage.files import FileError
from geo.errors import UserError
from geo.gazetteer import Gazetteer
from geo.place import Place

T = TypeVar("T")

__all__ = ["BASE_LAYERS", "Settings", "SpanError", "Theatre", "TheatreError", "load_theatre", "theatre_title"]


class SpanError(UserError, ValueError):
    """A date outside the theatre's span; the message names the span."""


@dataclass(frozen=True)
class Theatre:
    """A validated theatre.

    Attributes
    ----------
    claims
        All usable reports of places, sorted by event date, place and id; each once.
    area_claims
        The same of areas (`place.kind.is_area`): weak evidence about the ground between the places.
    duplicates
        Reports that say word for word what another row says.
    waiting
        Reports set aside on purpose, with the reason.
    faults
        Rows and features that could not be used, in file order.
    moments
        Days that readers know by a headline, sorted.
    layers
        GeoJSON of each base layer, sound features only.
    remarks
        What was mended in the base layers, a sentence each.
    uploaded
        Number of reports among the claims that a visitor uploaded. A theatre that has any is that visitor's alone: it is
        neither shared with others nor kept on disk.
    """

    folder: Path
    settings: Settings
    gazetteer: Gazetteer
    actors: dict[str, Actor]
    sources: dict[str, Source]
    claims: tuple[Claim, ...]
    duplicates: tuple[Origin, ...]
    waiting: tuple[Waiting, ...]
    faults: tuple[Fault, ...]
    area_claims: tuple[Claim, ...] = ()
    layers: Mapping[str, dict[str, Any]] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()
    uploaded: int = 0
    moments: tuple[Moment, ...] = ()

    @property
    def faulty_rows(self) -> int:
        """Number of rows with a fault (a row may have several)."""
        return len({fault.origin for fault in self.faults})

    @cached_property
    def reported_places(self) -> tuple[Place, ...]:
        """Places that at least one claim is about, sorted by id."""
        ids = {claim.place_id for claim in self.claims}
        return tuple(place for place in self.gazetteer.places if place.id in ids)

    @cached_property
    def data_hash(self) -> str:
        """SHA-256 of the content that an assessment depends on; the order of rows does not matter."""
        content = {
            # no assessment depends on the zone: what hangs on it is how a visitor's table is understood
            "settings": self.settings.model_dump(mode="json", exclude={"time_zone"}),
            "places": [asdict(place) for place in self.gazetteer.places],
            "actors": [asdict(self.actors[key]) for key in sorted(self.actors)],
            "sources": [asdict(self.sources[key]) for key in sorted(self.sources)],
            "claims": sorted(
                (c.id, c.actor or "", c.loser or "", c.place_score, *c.others)
                for c in (*self.claims, *self.area_claims)
            ),
        }
        text = json.dumps(content, sort_keys=True, ensure_ascii=False, default=str)
        digest = hashlib.sha256(text.encode())
        for name in BASE_LAYERS:  # cells and fronts follow them
            digest.update(json.dumps(self.geography(name), sort_keys=True).encode())
        return digest.hexdigest()

    def check_date(self, day: date) -> date:
        """Return `day` when the theatre covers it.

        Raises
        ------
        SpanError
            When it does not; the message names the span.
        """
        if not self.settings.start <= day < self.settings.end:
            raise SpanError(
                f"the map {self.settings.title} covers {long_date(self.settings.start)} to "
                f"{long_date(self.settings.last_day)}; {long_date(day)} is not in it"
            )
        return day

    def geography(self, name: str) -> dict[str, Any]:
        """Return a base layer (`borders`, `rivers`, `lakes`) as GeoJSON; empty when the theatre has none."""
        return self.layers.get(name) or empty_layer()


def load_theatre(folder: Path | str) -> Theatre:
    """Read and validate a theatre folder. Bad rows are listed in `faults`; the rest is usable.

    Raises
    ------
    TheatreError
        When the folder lacks a file, or a file cannot be read; all reasons are listed.
    """
    folder = Path(folder)
    if not folder.is_dir():
        raise TheatreError(
            f"{folder} is no theatre: there is no such folder; expected one as docs/theatre-format.md describes it; correct "
            "the path"
        )
    files = _Files(folder)
    settings = files.read("theatre.toml", read_settings)
    actor_rows = files.table("actors.csv", ActorRow)
    source_rows = files.table("sources.csv", SourceRow)
    place_rows = files.table("places.csv", PlaceRow)
    report_rows = files.table("reports.csv", ReportRow)
    override_rows = files.table("places_overrides.csv", OverrideRow, needed=False)
    moment_rows = files.table("moments.csv", MomentRow, needed=False)
    elsewhere = files.read("elsewhere.csv", lambda path: read_points(path, ("name",), folder), needed=False) or []
    layers = {name: files.layer(f"{name}.geojson") for name in BASE_LAYERS}
    if files.unreadable or settings is None:
        raise TheatreError(f"{folder} is no theatre:\n" + "\n".join(f"  {reason}" for reason in files.unreadable))

    faults = files.faults
    actors = _unique(actor_rows, lambda row: row.to_actor(), faults)
    sources = _unique(source_rows, lambda row: row.to_source(), faults)
    places = _unique(place_rows, lambda row: row.to_place(), faults)
    _check_links(actor_rows, "parent", actors, "actors.csv", faults)
    _check_links(source_rows, "aligned_with", actors, "actors.csv", faults)
    _check_links(place_rows, "town", places, "places.csv", faults)
    _check_links(override_rows, "place_id", places, "places.csv", faults)
    actors = _sound_parents(actor_rows, actors, faults)
    sources = {key: replace(s, aligned_with=_holder(s.aligned_with, actors)) for key, s in sources.items()}
    _check_links(moment_rows, "source", sources, "sources.csv", faults)
    overrides = {row.name: row.place_id for _, row in override_rows if row.place_id in places}

    moments = _moments(moment_rows, settings, sources, faults)

    gazetteer = Gazetteer(
        places.values(),
        overrides,
        _country_names(layers["borders"]),
        [row["name"] for row in elsewhere],
        {**_names(layers["lakes"], "lake"), **_names(layers["rivers"], "river")},
    )
    claims, duplicates, waiting = _ingest_all(report_rows, settings, gazetteer, actors, sources, faults)
    return Theatre(
        folder=folder,
        settings=settings,
        gazetteer=gazetteer,
        actors=actors,
        sources=sources,
        claims=tuple(c for c in claims if not places[c.place_id].kind.is_area),
        area_claims=tuple(c for c in claims if places[c.place_id].kind.is_area),
        duplicates=duplicates,
        waiting=waiting,
        faults=tuple(sorted(_tables_first(faults), key=lambda f: (f.origin, f.wrong))),
        layers={name: layer.collection for name, layer in layers.items()},
        remarks=tuple(remark for layer in layers.values() for remark in layer.remarks),
        moments=moments,
    )


def _tables_first(faults: Sequence[Fault]) -> list[Fault]:
    """Send whoever misses an actor, source or place to the faulty rows of its table first: it may be one of them."""
    faulty = {fault.origin.file for fault in faults}
    told = []
    for fault in faults:
        table = next(
            (t for t in ("actors.csv", "sources.csv", "places.csv") if fault.expected.endswith(f" of {t}")), ""
        )
        is_elsewhere = table in faulty and fault.origin.file != table
        remedy = f"mend the faulty rows of {table} first; if it is in none of them, {fault.remedy}"
        told.append(replace(fault, remedy=remedy) if is_elsewhere else fault)
    return told


class _Files:
    """Reads the files of a folder; what keeps one from being read at all is gathered, and told together."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.unreadable: list[str] = []
        self.faults: list[Fault] = []

    def read(self, name: str, reader: Callable[[Path], T], needed: bool = True) -> T | None:
        """Read a file; `None` when it cannot be read, or is not there and not needed."""
        path = self.folder / name
        if not needed and not (path.exists() or path.is_symlink()):
            return None
        try:
            return reader(path)
        except FileError as error:
            self.unreadable += str(error).splitlines()
            return None

    def table(self, name: str, row_type: Any, needed: bool = True) -> list[tuple[Origin, Any]]:
        """Read a table; its bad rows are gathered."""
        rows, bad = self.read(name, lambda path: read_table(path, row_type), needed) or ([], [])
        self.faults.extend(bad)
        return rows

    def layer(self, name: str) -> Layer:
        """Read a base layer; its bad features are gathered."""
        layer = self.read(name, read_layer, needed=False) or Layer(empty_layer())
        self.faults.extend(layer.faults)
        return layer


def theatre_title(folder: Path) -> str:
    """Return what a theatre calls itself, without reading all of it.

    Raises
    ------
    TheatreError
        When its settings cannot be read.
    """
    return read_settings(folder / "theatre.toml").title


def _country_names(borders: Layer) -> dict[str, str]:
    """ISO code -> name of the countries on the map."""
    countries = [feature["properties"] for feature in borders.collection["features"]]
    return {c["iso"]: c.get("name") or c["iso"] for c in countries if c.get("iso")}


def _names(waters: Layer, what: str) -> dict[str, str]:
    """Name -> what it is, of the named features of a layer."""
    return {str(f["properties"]["name"]): what for f in waters.collection["features"] if f["properties"].get("name")}


def _unique(rows: Sequence[tuple[Origin, Any]], convert: Callable[[Any], T], faults: list[Fault]) -> dict[str, T]:
    found: dict[str, T] = {}
    lines: dict[str, Origin] = {}
    for origin, row in rows:
        if row.id in found:
            faults.append(
                Fault(origin, f"id {row.id!r} again", f"it once; it stands at {lines[row.id]}", "rename one of the two")
            )
            continue
        lines[row.id] = origin
        found[row.id] = convert(row)
    return found


def _check_links(
    rows: Sequence[tuple[Origin, Any]], column: str, known: dict[str, Any], table: str, faults: list[Fault]
) -> None:
    for origin, row in rows:
        value = getattr(row, column)
        if value and value not in known:
            faults.append(Fault(origin, f"{column}: unknown id {value!r}", f"an id of {table}", "correct it"))


def _sound_parents(
    rows: Sequence[tuple[Origin, ActorRow]], actors: dict[str, Actor], faults: list[Fault]
) -> dict[str, Actor]:
    """Take the parent from actors whose line of parents leads nowhere or in a circle; the circle is a fault."""
    sound = {key: actor if actor.parent in actors else replace(actor, parent=None) for key, actor in actors.items()}
    for origin, row in rows:
        seen, at = {row.id}, sound[row.id].parent
        while at and at not in seen:
            seen.add(at)
            at = sound[at].parent
        if at:
            wrong = f"parent: {row.parent!r} leads in a circle"
            faults.append(Fault(origin, wrong, "an actor that holds ground of its own", "correct one of them"))
            sound[row.id] = replace(sound[row.id], parent=None)
    return sound


def _holder(actor: str | None, actors: dict[str, Actor]) -> str | None:
    """Return the actor that holds the ground that `actor` takes."""
    while actor in actors and actors[actor].parent:
        actor = actors[actor].parent
    return actor


def _moments(
    rows: Sequence[tuple[Origin, MomentRow]], settings: Settings, sources: Mapping[str, Source], faults: list[Fault]
) -> tuple[Moment, ...]:
    found = []
    for origin, row in rows:
        if not settings.start <= row.date < settings.end:
            wrong, span = f"date {row.date} outside the span", f"a date in [{settings.start}, {settings.end})"
            faults.append(Fault(origin, wrong, span, "correct it, or widen the span in theatre.toml"))
        elif row.source in sources:
            found.append(row.to_moment())
    return tuple(sorted(found, key=lambda moment: (moment.day, moment.headline)))


def _ingest_all(
    rows: Sequence[tuple[Origin, ReportRow]],
    settings: Settings,
    gazetteer: Gazetteer,
    actors: dict[str, Actor],
    sources: dict[str, Source],
    faults: list[Fault],
) -> tuple[tuple[Claim, ...], tuple[Origin, ...], tuple[Waiting, ...]]:
    index, places = ActorIndex(actors.values()), RememberedPlaces(gazetteer)
    claims: dict[str, Claim] = {}
    duplicates: list[Origin] = []
    waiting: list[Waiting] = []
    for origin, row in rows:
        outcome = ingest(row.to_report(origin), places, index, sources)
        if isinstance(outcome, Waiting):
            waiting.append(outcome)
        elif isinstance(outcome, list):
            faults.extend(outcome)
        elif not settings.start <= outcome.window.middle < settings.end:
            faults.append(
                Fault(
                    origin,
                    f"event_date {outcome.window} outside the span",
                    f"a date in [{settings.start}, {settings.end})",
                    "correct it, or widen the span in theatre.toml",
                )
            )
        elif outcome.id in claims:
            duplicates.append(origin)
        else:
            claims[outcome.id] = outcome
    ordered = sorted(claims.values(), key=lambda c: (c.window.middle, c.place_id, c.id))
    return tuple(ordered), tuple(duplicates), tuple(waiting)

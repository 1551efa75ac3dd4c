"""A folder of data, read and validated: everything the engine knows about one conflict."""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from control.ingest import ActorIndex, ingest
from control.model import Actor, Claim, Origin, Rejection, Source, Waiting
from control.tables import ActorRow, OverrideRow, PlaceRow, ReportRow, SourceRow, TableError, read_points, read_table
from geo.gazetteer import Gazetteer
from geo.place import Place

T = TypeVar("T")

BASE_LAYERS = ("borders", "rivers", "lakes")


class TheatreError(ValueError):
    """A folder that is no theatre; the message lists every reason."""


class SpanError(ValueError):
    """A date outside the theatre's span; the message names the span."""


class Settings(BaseModel):
    """The table `[theatre]` of theatre.toml.

    Attributes
    ----------
    start, end
        The span [start, end): no assessment outside it.
    opening_date, opening_bbox
        What the map shows first; `bbox` as (west, south, east, north), degrees WGS84.
    reach_km
        How far from a place the ground is still its own; what lies beyond is nobody's.
    town_radius_km
        How far from a place's coordinate a point still lies in the place itself.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    title: str
    countries: tuple[str, ...]
    bbox: tuple[float, float, float, float]
    start: date
    end: date
    opening_date: date
    opening_bbox: tuple[float, float, float, float]
    reach_km: float = Field(default=25, gt=0, le=500)
    town_radius_km: float = Field(default=5, gt=0, le=50)
    licence: str
    attribution: str

    @property
    def last_day(self) -> date:
        """The last day of the span."""
        return self.end - timedelta(days=1)

    @model_validator(mode="after")
    def _span(self) -> Settings:
        if self.start >= self.end:
            raise ValueError("start must be before end")
        if not self.start <= self.opening_date < self.end:
            raise ValueError("opening_date must lie in [start, end)")
        return self

    @field_validator("bbox", "opening_bbox")
    @classmethod
    def _box(cls, box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
        west, south, east, north = box
        if not (-180 <= west < east <= 180 and -90 <= south < north <= 90):
            raise ValueError(
                "expected west, south, east, north in degrees, west below east and south below north; a theatre cannot lie "
                "across the 180th meridian"
            )
        return box


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
    rejections
        Rows that could not be used, in file order.
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
    rejections: tuple[Rejection, ...]
    area_claims: tuple[Claim, ...] = ()
    uploaded: int = 0

    @property
    def rejected_rows(self) -> int:
        """Number of rows with a fault (a row may have several)."""
        return len({rejection.origin for rejection in self.rejections})

    @cached_property
    def reported_places(self) -> tuple[Place, ...]:
        """Places that at least one claim is about, sorted by id."""
        ids = {claim.place_id for claim in self.claims}
        return tuple(place for place in self.gazetteer.places if place.id in ids)

    @cached_property
    def data_hash(self) -> str:
        """SHA-256 of the content that an assessment depends on; the order of rows does not matter."""
        content = {
            "settings": self.settings.model_dump(mode="json"),
            "places": [asdict(place) for place in self.gazetteer.places],
            "actors": [asdict(self.actors[key]) for key in sorted(self.actors)],
            "sources": [asdict(self.sources[key]) for key in sorted(self.sources)],
            "claims": sorted(
                (c.id, c.actor or "", c.loser or "", c.place_score) for c in (*self.claims, *self.area_claims)
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
                f"{day} is outside the span of {self.settings.title}: {self.settings.start} to {self.settings.last_day}"
            )
        return day

    def geography(self, name: str) -> dict[str, Any]:
        """Return a base layer (`borders`, `rivers`, `lakes`) as GeoJSON; empty when the theatre has none.

        Raises
        ------
        TheatreError
            When the file is no GeoJSON.
        """
        return _read_layer(self.folder / f"{name}.geojson")


def load_theatre(folder: Path | str) -> Theatre:
    """Read and validate a theatre folder. Bad rows are listed in `rejections`; the rest is usable.

    Raises
    ------
    TheatreError
        When the folder lacks a file, or a file cannot be read as a table; all reasons are listed.
    """
    folder = Path(folder)
    settings = _read_settings(folder / "theatre.toml")
    faults: list[str] = []
    rejections: list[Rejection] = []

    def table(name: str, row_type: Any) -> list[tuple[Origin, Any]]:
        try:
            rows, bad = read_table(folder / name, row_type)
        except TableError as error:
            faults.append(str(error))
            return []
        rejections.extend(bad)
        return rows

    actor_rows = table("actors.csv", ActorRow)
    source_rows = table("sources.csv", SourceRow)
    place_rows = table("places.csv", PlaceRow)
    report_rows = table("reports.csv", ReportRow)
    has_overrides = (folder / "places_overrides.csv").exists()
    override_rows = table("places_overrides.csv", OverrideRow) if has_overrides else []
    for name in BASE_LAYERS:
        try:
            _read_layer(folder / f"{name}.geojson")
        except TheatreError as error:
            faults.append(str(error))
    if faults:
        raise TheatreError(f"{folder} is no theatre:\n" + "\n".join(f"  {fault}" for fault in faults))

    actors = _unique(actor_rows, lambda row: row.to_actor(), rejections)
    sources = _unique(source_rows, lambda row: row.to_source(), rejections)
    places = _unique(place_rows, lambda row: row.to_place(), rejections)
    _check_links(actor_rows, "parent", actors, "actors.csv", rejections)
    _check_links(source_rows, "aligned_with", actors, "actors.csv", rejections)
    _check_links(place_rows, "town", places, "places.csv", rejections)
    _check_links(override_rows, "place_id", places, "places.csv", rejections)
    has_elsewhere = (folder / "elsewhere.csv").exists()
    elsewhere = [row["name"] for row in read_points(folder / "elsewhere.csv", ("name",))] if has_elsewhere else []
    actors = _sound_parents(actor_rows, actors, rejections)
    sources = {key: replace(s, aligned_with=_holder(s.aligned_with, actors)) for key, s in sources.items()}
    overrides = {row.name: row.place_id for _, row in override_rows if row.place_id in places}

    gazetteer = Gazetteer(places.values(), overrides, _country_names(folder), elsewhere)
    claims, duplicates, waiting = _ingest_all(report_rows, settings, gazetteer, actors, sources, rejections)
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
        rejections=tuple(sorted(rejections, key=lambda r: (r.origin, r.wrong))),
    )


def theatre_title(folder: Path) -> str:
    """Return what a theatre calls itself, without reading all of it; the name of its folder where that cannot be read."""
    try:
        return _read_settings(folder / "theatre.toml").title
    except TheatreError:
        return folder.name


def _country_names(folder: Path) -> dict[str, str]:
    """ISO code -> name of the countries on the map."""
    countries = [feature["properties"] for feature in _read_layer(folder / "borders.geojson")["features"]]
    return {c["iso"]: c.get("name") or c["iso"] for c in countries if c.get("iso")}


def _read_layer(path: Path) -> dict[str, Any]:
    """Read a FeatureCollection.

    Features need neither geometry nor properties (RFC 7946, 3.2): one without the first is left out, one without the latter
    gets empty ones.
    """
    if not path.exists():
        return {"type": "FeatureCollection", "features": []}
    try:
        layer = json.loads(path.read_text(encoding="utf-8"))
        features = [{**f, "properties": f.get("properties") or {}} for f in layer["features"] if f.get("geometry")]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise TheatreError(
            f"{path.name}: not a GeoJSON FeatureCollection ({error!r}); expected an object with a list `features`, in "
            "UTF-8; write it anew, or take the file away"
        ) from None
    return {**layer, "features": features}


def _read_settings(path: Path) -> Settings:
    try:
        with path.open("rb") as file:
            content = tomllib.load(file)
        return Settings.model_validate(content.get("theatre", {}))
    except FileNotFoundError:
        raise TheatreError(
            f"{path.parent} is no theatre: theatre.toml is missing; see docs/theatre-format.md"
        ) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise TheatreError(f"{path.name}: not TOML: {error}") from None
    except ValidationError as error:
        lines = [f"  {'.'.join(map(str, e['loc'])) or 'theatre'}: {e['msg']}" for e in error.errors()]
        raise TheatreError(f"{path.name}: the table [theatre] has faults:\n" + "\n".join(lines)) from None


def _unique(
    rows: Sequence[tuple[Origin, Any]], convert: Callable[[Any], T], rejections: list[Rejection]
) -> dict[str, T]:
    found: dict[str, T] = {}
    lines: dict[str, Origin] = {}
    for origin, row in rows:
        if row.id in found:
            rejections.append(
                Rejection(
                    origin, f"id {row.id!r} again", f"it once; it stands at {lines[row.id]}", "rename one of the two"
                )
            )
            continue
        lines[row.id] = origin
        found[row.id] = convert(row)
    return found


def _check_links(
    rows: Sequence[tuple[Origin, Any]], column: str, known: dict[str, Any], table: str, rejections: list[Rejection]
) -> None:
    for origin, row in rows:
        value = getattr(row, column)
        if value and value not in known:
            rejections.append(Rejection(origin, f"{column}: unknown id {value!r}", f"an id of {table}", "correct it"))


def _sound_parents(
    rows: Sequence[tuple[Origin, ActorRow]], actors: dict[str, Actor], rejections: list[Rejection]
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
            rejections.append(Rejection(origin, wrong, "an actor that holds ground of its own", "correct one of them"))
            sound[row.id] = replace(sound[row.id], parent=None)
    return sound


def _holder(actor: str | None, actors: dict[str, Actor]) -> str | None:
    """Return the actor that holds the ground that `actor` takes."""
    while actor in actors and actors[actor].parent:
        actor = actors[actor].parent
    return actor


def _ingest_all(
    rows: Sequence[tuple[Origin, ReportRow]],
    settings: Settings,
    gazetteer: Gazetteer,
    actors: dict[str, Actor],
    sources: dict[str, Source],
    rejections: list[Rejection],
) -> tuple[tuple[Claim, ...], tuple[Origin, ...], tuple[Waiting, ...]]:
    index = ActorIndex(actors.values())
    claims: dict[str, Claim] = {}
    duplicates: list[Origin] = []
    waiting: list[Waiting] = []
    for origin, row in rows:
        outcome = ingest(row.to_report(origin), gazetteer, index, sources)
        if isinstance(outcome, Waiting):
            waiting.append(outcome)
        elif isinstance(outcome, list):
            rejections.extend(outcome)
        elif not settings.start <= outcome.window.middle < settings.end:
            rejections.append(
                Rejection(
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

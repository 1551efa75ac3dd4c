"""The CSV files of a theatre: rows in, domain objects and faults out. Every bad row is listed, good ones go on."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from control.record.cell_types import (
    Colour,
    Country,
    Credibility,
    Day,
    EventCell,
    Grade,
    Headline,
    Kind,
    Latitude,
    Longitude,
    MaybeColour,
    MaybeWindow,
    NameText,
    Number,
    Slug,
    Text,
    Window,
    shown,
    split_list,
)  # fmt: skip
from control.record.fault import Fault, Origin
from control.record.model import Actor, Alias, Moment, Report, Source
from control.storage.files import FileError, read_text
from geo.place import LonLat, Name, Place

MAX_BYTES = 64 * 2**20
"""A larger table is refused before it is read."""

MOST_FAULTS = 20
"""Columns of a header that are named in a message."""
_OPENING = re.compile(r'(?:^|,)"')
_CLOSING = re.compile(r'(?>(?:[^"]|"")*)"')
_TAGGED = re.compile(r"([a-z]{2,3}(?:-[A-Za-z]{2,4})?):(.+)")


class TableError(FileError):
    """A file that cannot be read as a table at all."""


class _Row(BaseModel):
    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True, arbitrary_types_allowed=True)


class PlaceRow(_Row):
    """One line of places.csv."""

    id: Slug
    name: NameText
    names: str = ""
    lon: Longitude
    lat: Latitude
    radius_km: Number = None
    country: Country
    admin: str = ""
    kind: Kind
    town: str = ""
    population: Number = None
    coordinate_source: Text
    note: str = ""

    def to_place(self) -> Place:
        """Convert to the domain object."""
        names = []
        for entry in split_list(self.names):
            tagged = _TAGGED.fullmatch(entry)
            names.append(Name(tagged[2].strip(), tagged[1]) if tagged else Name(entry))
        return Place(
            id=self.id,
            name=self.name,
            position=LonLat(self.lon, self.lat),
            country=self.country,
            kind=self.kind,
            names=tuple(names),
            admin=self.admin,
            town=self.town or None,
            population=None if self.population is None else int(self.population),
            radius_km=self.radius_km,
            coordinate_source=self.coordinate_source,
            note=self.note,
        )


class OverrideRow(_Row):
    """One line of places_overrides.csv."""

    name: Text
    place_id: Slug
    note: str = ""


class ActorRow(_Row):
    """One line of actors.csv."""

    id: Slug
    name: NameText
    short_name: NameText
    colour: Colour
    aliases: str = ""
    parent: str = ""
    active_from: MaybeWindow = None
    note: str = ""
    colour_dark: MaybeColour = None

    def to_actor(self) -> Actor:
        """Convert to the domain object."""
        aliases = []
        for entry in split_list(self.aliases):
            bound = re.fullmatch(r"([A-Z]{2}):(.+)", entry)
            aliases.append(Alias(bound[2].strip(), bound[1]) if bound else Alias(entry))
        return Actor(
            id=self.id,
            name=self.name,
            short_name=self.short_name,
            colour=self.colour,
            aliases=tuple(aliases),
            parent=self.parent or None,
            active_from=self.active_from.first if self.active_from else None,
            note=self.note,
            colour_dark=self.colour_dark,
        )


class SourceRow(_Row):
    """One line of sources.csv."""

    id: Slug
    title: NameText
    publisher: str = ""
    published: Window
    reference: Text
    family: Text
    grade: Grade
    grade_reason: str = ""
    aligned_with: str = ""
    licence: str = ""
    note: str = ""

    def to_source(self) -> Source:
        """Convert to the domain object."""
        values = self.model_dump()
        values["aligned_with"] = self.aligned_with or None
        values["published"] = self.published  # model_dump would turn the window into a dict
        return Source(**values)


class ReportRow(_Row):
    """One line of reports.csv."""

    event_date: Window
    place: Text
    country: Country = ""
    event: EventCell
    actor: str = ""
    loser: str = ""
    source: Text
    published: MaybeWindow = None
    credibility: Credibility
    note: str = ""
    set_aside: str = ""
    since: MaybeWindow = None

    def to_report(self, origin: Origin) -> Report:
        """Convert to the domain object."""
        values = {name: getattr(self, name) for name in type(self).model_fields}
        return Report(origin=origin, **values)


class MomentRow(_Row):
    """One line of moments.csv."""

    date: Day
    headline: Headline
    source: Slug

    def to_moment(self) -> Moment:
        """Convert to the domain object."""
        return Moment(self.date, self.headline, self.source)


RowT = TypeVar("RowT", bound=_Row)


def read_table(path: Path, row_type: type[RowT]) -> tuple[list[tuple[Origin, RowT]], list[Fault]]:
    """Read a CSV file; return the good rows with their lines, and every fault of the others.

    Raises
    ------
    TableError
        When the file is missing, too large, not UTF-8, or lacks a needed column or has an unknown one.
    """
    good: list[tuple[Origin, RowT]] = []
    bad: list[Fault] = []
    for origin, cells in _read_cells(path, row_type):
        if isinstance(cells, Fault):
            bad.append(cells)
            continue
        try:
            good.append((origin, row_type.model_validate(cells)))
        except ValidationError as error:
            for found in error.errors():
                column = str(found["loc"][0])
                ctx = found.get("ctx", {})
                bad.append(
                    Fault(
                        origin,
                        _in_column(column, str(ctx.get("wrong", found["msg"]))),
                        str(ctx.get("expected", found["type"])),
                        str(ctx.get("remedy", "correct the cell")),
                    )
                )
    return good, bad


def _in_column(column: str, wrong: str) -> str:
    """Name the column before what is wrong, where that does not begin with its name."""
    return wrong if wrong.startswith(f"{column} ") else f"{column}: {wrong}"


def _read_cells(path: Path, row_type: type[_Row]) -> Iterator[tuple[Origin, dict[str, str] | Fault]]:
    name = path.name
    reader = _open_reader(path, path.parent, comments=True)
    try:
        header = [column.strip() for column in next(filter(None, reader), [])]
    except csv.Error as error:
        raise TableError(
            f"{name}:{reader.line_num}: the header cannot be read: {error}; expected the columns "
            f"{', '.join(row_type.model_fields)}; check its quotes"
        ) from None
    _check_header(name, header, row_type)
    line = reader.line_num + 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield Origin(name, line), Fault(Origin(name, line), str(error), "a CSV row", "check its quotes")
            line = reader.line_num + 1
            continue
        origin, line = Origin(name, line), reader.line_num + 1
        # a spreadsheet puts a comment that has commas into quotes when it saves
        if not any(cell.strip() for cell in cells) or cells[0].startswith("#"):
            continue
        if len(cells) != len(header):
            yield (
                origin,
                Fault(
                    origin,
                    f"{len(cells)} cells",
                    f"{len(header)} cells, as in the header",
                    "quote cells that contain a comma, or add the missing ones",
                ),
            )
            continue
        yield origin, dict(zip(header, (cell.strip() for cell in cells), strict=True))


def without_comments(text: str) -> Iterator[str]:
    """Return the lines of a CSV text, those that begin with `#` as empty ones; inside a quoted cell they stay."""
    quoted = False
    for line in io.StringIO(text, newline=""):
        if not quoted and line.startswith("#"):
            yield "\n"
            continue
        quoted = _quoted_after(line, quoted)
        yield line


def _quoted_after(line: str, quoted: bool) -> bool:
    """Tell whether a line ends inside a quoted cell, as the module `csv` reads quotes."""
    at = 0
    while '"' in line[at:]:
        found = _CLOSING.match(line, at) if quoted else _OPENING.search(line, at)
        if found is None:
            break
        at, quoted = found.end(), not quoted
    return quoted


def _open_reader(path: Path, within: Path | None = None, comments: bool = False) -> Any:
    """Open a CSV file; the result is a `csv.reader`, whose type has no public name."""
    try:
        text = read_text(path, MAX_BYTES, within, "split it or leave rows out")
    except FileError as error:
        raise TableError(str(error)) from None
    return csv.reader(without_comments(text) if comments else io.StringIO(text, newline=""))


def _check_header(name: str, header: Sequence[str], row_type: type[_Row]) -> None:
    known = list(row_type.model_fields)
    faults = [f"unknown column {shown(column)}" for column in header if column not in known][:MOST_FAULTS]
    twice = [column for column, count in sorted(Counter(header).items()) if count > 1]
    faults += [f"column {shown(column)} twice" for column in twice[:MOST_FAULTS]]
    for column, info in row_type.model_fields.items():
        if info.is_required() and column not in header:
            faults.append(f"no column {column!r}")
    if faults:
        raise TableError(f"{name}:1: {'; '.join(faults)}; expected the columns {', '.join(known)}")


def read_points(path: Path, needed: Sequence[str], within: Path | None = None) -> list[dict[str, str]]:
    """Read a CSV file as rows of text; other columns than the `needed` ones are kept.

    Parameters
    ----------
    within
        Folder that the file must not lead out of; `None` for a file that the user named.

    Raises
    ------
    TableError
        When the file is missing, too large, not UTF-8, or lacks a needed column.
    """
    reader = _open_reader(path, within)
    try:
        header, *rows = [list(cells) for cells in reader] or [[]]
    except csv.Error as error:
        raise TableError(f"{path.name}:{reader.line_num}: {error}; check its quotes") from None
    header = [column.strip() for column in header]
    missing = [column for column in needed if column not in header]
    if missing:
        raise TableError(
            f"{path.name}:1: no column {', '.join(missing)}; expected {', '.join(needed)}; found {shown(', '.join(header))}"
        )
    return [dict(zip(header, [*cells, *[""] * len(header)], strict=False)) for cells in rows if any(cells)]

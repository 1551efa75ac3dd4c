"""The CSV files of a theatre: rows in, domain objects and rejections out. Every bad row is listed, good ones go on."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError
from pydantic_core import PydanticCustomError

from control.dates import DateError, DateWindow, parse_window
from control.model import Actor, Alias, Event, Origin, Rejection, Report, Source
from geo.place import LonLat, Name, Place, PlaceKind

MAX_BYTES = 64 * 2**20
"""A larger table is refused before it is read."""

_SLUG = re.compile(r"[a-z0-9][a-z0-9-]*")
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_OPENING = re.compile(r'(?:^|,)"')
_CLOSING = re.compile(r'(?>(?:[^"]|"")*)"')
_TAGGED = re.compile(r"([a-z]{2,3}(?:-[A-Za-z]{2,4})?):(.+)")


class TableError(ValueError):
    """A file that cannot be read as a table at all."""


def _teach(wrong: str, expected: str, remedy: str) -> PydanticCustomError:
    return PydanticCustomError("row", "{wrong}", {"wrong": wrong, "expected": expected, "remedy": remedy})


def _window(text: str) -> DateWindow | None:
    if not text:
        return None
    try:
        return parse_window(text)
    except DateError as error:
        raise _teach(f"impossible date {text!r}", "an EDTF date", str(error)) from error


def _needed_window(text: str) -> DateWindow:
    window = _window(text)
    if window is None:
        raise _teach("empty date", "an EDTF date", "write when it was so, as exactly as the source says")
    return window


def _slug(text: str) -> str:
    if not _SLUG.fullmatch(text):
        raise _teach(f"id {text!r}", "lower-case letters, digits and hyphens", "choose an id that never changes")
    return text


def _text(text: str) -> str:
    if not text:
        raise _teach("empty cell", "a text", "fill it in")
    return text


def _country(text: str) -> str:
    if text and not re.fullmatch(r"[A-Z]{2}", text):
        raise _teach(f"country {text!r}", "an ISO 3166-1 code of two capitals", "write it as in places.csv")
    return text


def _degrees(limit: int) -> Any:
    def check(text: str) -> float:
        try:
            value = float(text)
        except ValueError:
            value = float("nan")
        if not -limit <= value <= limit:  # also catches nan
            raise _teach(f"coordinate {text!r}", f"degrees between -{limit} and {limit}", "give WGS84 decimal degrees")
        return value

    return check


def _number(text: str) -> float | None:
    if not text:
        return None
    try:
        value = float(text)
    except ValueError:
        value = -1
    if not 0 <= value < 1e12:
        raise _teach(f"number {text!r}", "a number that is not negative, or nothing", "leave it empty when unknown")
    return value


def _kind(text: str) -> PlaceKind:
    try:
        return PlaceKind(text)
    except ValueError:
        raise _teach(f"kind {text!r}", "one of " + ", ".join(PlaceKind), "choose the nearest") from None


def _event(text: str) -> Event:
    try:
        return Event(text)
    except ValueError:
        raise _teach(f"event {text!r}", "one of " + ", ".join(Event), "choose the nearest") from None


def _grade(text: str) -> str:
    if text not in set("ABCDEF"):
        raise _teach(f"grade {text!r}", "an Admiralty grade A-F", "F when it cannot be judged")
    return text


def _credibility(text: str) -> int:
    if text not in set("123456"):
        raise _teach(f"credibility {text!r}", "a digit 1-6", "6 when it cannot be judged")
    return int(text)


def _colour(text: str) -> str:
    if not _COLOUR.fullmatch(text):
        raise _teach(f"colour {text!r}", "#rrggbb", "write it as six hexadecimal digits after #")
    return text.lower()


def split_list(text: str) -> list[str]:
    """Split a cell at its semicolons, without blanks and empty entries."""
    return [part for part in (p.strip() for p in text.split(";")) if part]


Window = Annotated[DateWindow, BeforeValidator(_needed_window)]
MaybeWindow = Annotated[DateWindow | None, BeforeValidator(_window)]
Slug = Annotated[str, BeforeValidator(_slug)]
Text = Annotated[str, BeforeValidator(_text)]
Country = Annotated[str, BeforeValidator(_country)]
Number = Annotated[float | None, BeforeValidator(_number)]


class _Row(BaseModel):
    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True, arbitrary_types_allowed=True)


class PlaceRow(_Row):
    """One line of places.csv."""

    id: Slug
    name: Text
    names: str = ""
    lon: Annotated[float, BeforeValidator(_degrees(180))]
    lat: Annotated[float, BeforeValidator(_degrees(90))]
    radius_km: Number = None
    country: Country
    admin: str = ""
    kind: Annotated[PlaceKind, BeforeValidator(_kind)]
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
    name: Text
    short_name: Text
    colour: Annotated[str, BeforeValidator(_colour)]
    aliases: str = ""
    parent: str = ""
    active_from: Annotated[DateWindow | None, BeforeValidator(_window)] = None
    note: str = ""

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
        )


class SourceRow(_Row):
    """One line of sources.csv."""

    id: Slug
    title: Text
    publisher: str = ""
    published: Window
    reference: Text
    family: Text
    grade: Annotated[str, BeforeValidator(_grade)]
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
    event: Annotated[Event, BeforeValidator(_event)]
    actor: str = ""
    loser: str = ""
    source: Text
    published: MaybeWindow = None
    credibility: Annotated[int, BeforeValidator(_credibility)]
    note: str = ""
    set_aside: str = ""

    def to_report(self, origin: Origin) -> Report:
        """Convert to the domain object."""
        values = {name: getattr(self, name) for name in type(self).model_fields}
        return Report(origin=origin, **values)


RowT = TypeVar("RowT", bound=_Row)


def read_table(path: Path, row_type: type[RowT]) -> tuple[list[tuple[Origin, RowT]], list[Rejection]]:
    """Read a CSV file; return the good rows with their lines, and every fault of the others.

    Raises
    ------
    TableError
        When the file is missing, too large, not UTF-8, or lacks a needed column or has an unknown one.
    """
    good: list[tuple[Origin, RowT]] = []
    bad: list[Rejection] = []
    for origin, cells in _read_cells(path, row_type):
        if isinstance(cells, Rejection):
            bad.append(cells)
            continue
        try:
            good.append((origin, row_type.model_validate(cells)))
        except ValidationError as error:
            for fault in error.errors():
                column = str(fault["loc"][0])
                ctx = fault.get("ctx", {})
                bad.append(
                    Rejection(
                        origin,
                        f"{column}: {ctx.get('wrong', fault['msg'])}",
                        str(ctx.get("expected", fault["type"])),
                        str(ctx.get("remedy", "correct the cell")),
                    )
                )
    return good, bad


def _read_cells(path: Path, row_type: type[_Row]) -> Iterator[tuple[Origin, dict[str, str] | Rejection]]:
    name = path.name
    reader = _open_reader(path, comments=True)
    header = [column.strip() for column in next(filter(None, reader), [])]
    _check_header(name, header, row_type)
    line = reader.line_num + 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield Origin(name, line), Rejection(Origin(name, line), str(error), "a CSV row", "check its quotes")
            line = reader.line_num + 1
            continue
        origin, line = Origin(name, line), reader.line_num + 1
        # a spreadsheet puts a comment that has commas into quotes when it saves
        if not any(cell.strip() for cell in cells) or cells[0].startswith("#"):
            continue
        if len(cells) != len(header):
            yield (
                origin,
                Rejection(
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


def _open_reader(path: Path, comments: bool = False) -> Any:
    """Open a CSV file; the result is a `csv.reader`, whose type has no public name."""
    name = path.name
    try:
        if path.stat().st_size > MAX_BYTES:
            raise TableError(f"{name}: larger than {MAX_BYTES // 2**20} MB; split it or leave rows out")
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise TableError(f"{name}: the file is missing; expected it at {path}; see docs/theatre-format.md") from None
    except UnicodeDecodeError as error:
        raise TableError(f"{name}: not UTF-8 at byte {error.start}; save it as UTF-8") from None
    return csv.reader(without_comments(text) if comments else io.StringIO(text, newline=""))


def _check_header(name: str, header: Sequence[str], row_type: type[_Row]) -> None:
    known = list(row_type.model_fields)
    faults = [f"unknown column {column!r}" for column in header if column not in known]
    faults += [f"column {column!r} twice" for column in sorted(set(header)) if header.count(column) > 1]
    for column, info in row_type.model_fields.items():
        if info.is_required() and column not in header:
            faults.append(f"no column {column!r}")
    if faults:
        raise TableError(f"{name}:1: {'; '.join(faults)}; expected the columns {', '.join(known)}")


def read_points(path: Path, needed: Sequence[str]) -> list[dict[str, str]]:
    """Read a user's CSV file as rows of text; other columns than the `needed` ones are kept.

    Raises
    ------
    TableError
        When the file is missing, too large, not UTF-8, or lacks a needed column.
    """
    reader = _open_reader(path)
    try:
        header, *rows = [list(cells) for cells in reader] or [[]]
    except csv.Error as error:
        raise TableError(f"{path.name}:{reader.line_num}: {error}; check its quotes") from None
    header = [column.strip() for column in header]
    missing = [column for column in needed if column not in header]
    if missing:
        raise TableError(
            f"{path.name}:1: no column {', '.join(missing)}; expected {', '.join(needed)}; found {', '.join(header)}"
        )
    return [dict(zip(header, [*cells, *[""] * len(header)], strict=False)) for cells in rows if any(cells)]

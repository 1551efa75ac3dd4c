"""The formats by name: what each can hold, and how it is written."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from control.export import writers
from control.export.changes_csv import CHANGES
from control.export.csvw import Table
from control.export.errors import ExportError
from control.export.extract import Extract
from control.export.intervals_csv import INTERVALS
from control.export.readers import sidecar
from control.snapshot import Layer

ALL = tuple(Layer)


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file.

    Attributes
    ----------
    title
        What it is called.
    suffix
        How its files end.
    about
        For whom it is, and what is in it.
    layers
        What it can hold, and what it holds unless one chooses (`usual`).
    one_date, series
        Whether it can show one date, or a range of dates.
    several, chosen
        Whether a file can hold several layers, and whether one can choose among them: a picture shows them all.
    stepped, frames
        Whether the ground is drawn step by step in a range, and whether every step is a picture, which takes its time.
    dated
        Whether it depends on the dates at all.
    table
        What a CSV file holds: it is described in a file beside it.
    write
        Writes an extract to a file.
    """

    name: str
    title: str
    suffix: str
    about: str
    layers: tuple[Layer, ...]
    usual: tuple[Layer, ...]
    write: Callable[[Extract, Path], None]
    one_date: bool = True
    series: bool = True
    several: bool = True
    chosen: bool = True
    stepped: bool = True
    frames: bool = False
    dated: bool = True
    table: Table | None = None


def write(form: str, extract: Extract, file: Path) -> None:
    """Write an extract as a file of a format; a file that is there already is replaced once the new one is whole.

    Raises
    ------
    ExportError
        When the format cannot hold what the extract asks for, or there is no such format.
    """
    kind = format_named(form)
    if extract.since == extract.until and not kind.one_date:
        raise ExportError(f"{kind.name} shows a range of dates; give --since and --until instead of --date")
    if extract.since != extract.until and not kind.series:
        raise ExportError(f"{kind.name} shows one date; give --date instead of --since and --until")
    wrong = [layer for layer in extract.layers if layer not in kind.layers]
    if wrong:
        raise ExportError(f"{kind.name} holds {', '.join(kind.layers)}, not {wrong[0]}; leave it out of --layers")
    if len(extract.layers) > 1 and not kind.several:
        named = ", ".join(extract.layers)
        raise ExportError(f"{kind.name} holds one layer a file, not {named}; choose one, as in --layers areas")
    if not kind.chosen and set(extract.layers) != set(kind.layers):
        raise ExportError(f"{kind.name} shows {', '.join(kind.layers)} together; leave --layers out")
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_name(f".{file.stem}.{os.getpid()}{file.suffix}")
    try:
        kind.write(extract, part)
        part.replace(file)
        if kind.table:
            content = kind.table.describe(extract.provenance(form), file.name, file.read_bytes())
            sidecar(file).write_bytes(content)
    finally:
        part.unlink(missing_ok=True)


def format_named(name: str) -> Format:
    """Return a format by its name. Raises `ExportError` when there is none."""
    if name not in FORMATS:
        raise ExportError(f"no format {name!r}; write one of {', '.join(FORMATS)}")
    return FORMATS[name]


_PLACES = (Layer.PLACES,)

FORMATS = {
    kind.name: kind
    for kind in (
        Format(
            "csv",
            "CSV: intervals",
            ".csv",
            "spreadsheets, R, pandas: who held each place, a row an interval",
            _PLACES,
            _PLACES,
            writers.csv,
            table=INTERVALS,
        ),
        Format(
            "changes",
            "CSV: changes",
            ".csv",
            "spreadsheets: what changed hands, a row a change",
            _PLACES,
            _PLACES,
            writers.changes,
            table=CHANGES,
        ),
        Format(
            "snapshot",
            "GeoJSON with reports",
            ".geojson",
            "any GIS: one date, with the reports behind each place",
            ALL,
            _PLACES,
            writers.snapshot,
            series=False,
        ),
        Format(
            "geojson",
            "GeoJSON for Leaflet.timeline",
            ".geojson",
            "Leaflet.timeline and any GIS: start and end",
            ALL,
            _PLACES,
            writers.geojson("geojson"),
        ),
        Format(
            "geojson-times",
            "GeoJSON for Leaflet.TimeDimension",
            ".geojson",
            "Leaflet.TimeDimension: times",
            ALL,
            _PLACES,
            writers.geojson("geojson-times"),
        ),
        Format(
            "kepler",
            "GeoJSON for kepler.gl",
            ".geojson",
            "kepler.gl: full datetimes",
            ALL,
            _PLACES,
            writers.geojson("kepler"),
        ),
        Format(
            "ohm",
            "GeoJSON for OpenHistoricalMap",
            ".geojson",
            "OpenHistoricalMap: start_date and end_date",
            ALL,
            _PLACES,
            writers.geojson("ohm"),
        ),
        Format(
            "gpkg", "GeoPackage", ".gpkg", "QGIS, ArcGIS: layers with colours and time", ALL, ALL, writers.geopackage
        ),
        Format(
            "geoparquet",
            "GeoParquet",
            ".parquet",
            "geopandas, DuckDB: one layer a file",
            ALL,
            _PLACES,
            writers.geoparquet,
            several=False,
        ),
        Format("kml", "KML", ".kml", "Google Earth: a time span an interval", ALL, _PLACES, writers.kml),
        Format(
            "lpf",
            "Linked Places",
            ".json",
            "World Historical Gazetteer: the places and their names",
            _PLACES,
            _PLACES,
            writers.lpf,
            dated=False,
        ),
        Format("png", "PNG", ".png", "a paper: picture of one date", ALL, ALL, writers.png, series=False, chosen=False),
        Format(
            "svg",
            "SVG",
            ".svg",
            "a paper: picture of one date that can be edited, text as text",
            ALL,
            ALL,
            writers.svg,
            series=False,
            chosen=False,
        ),
        Format(
            "gif",
            "GIF",
            ".gif",
            "a talk, a message: animation",
            ALL,
            ALL,
            writers.gif,
            one_date=False,
            frames=True,
            chosen=False,
        ),
        Format(
            "mp4",
            "MP4",
            ".mp4",
            "a talk, a web page: film",
            ALL,
            ALL,
            writers.mp4,
            one_date=False,
            frames=True,
            chosen=False,
        ),
        Format(
            "html",
            "HTML",
            ".html",
            "a reader without a network: the map with its slider, one file",
            ALL,
            ALL,
            writers.html,
            one_date=False,
            chosen=False,
            stepped=False,
        ),
    )
}

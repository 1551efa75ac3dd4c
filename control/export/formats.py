"""The formats by name: what each can hold, and how it is written."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from control.export.changes_csv import CHANGES, extract_to_changes
from control.export.csvw import Table
from control.export.dialects import Dialect, extract_to_geojson
from control.export.extract import Extract
from control.export.geojson import dump_geojson
from control.export.intervals_csv import INTERVALS, intervals_to_csv
from control.export.kml import extract_to_kml
from control.export.lpf import extract_to_lpf
from control.export.provenance import seal
from control.export.readers import NEEDS_VIDEO, sidecar
from control.export.snapshots import extract_to_snapshot
from control.snapshot import Layer

ALL = tuple(Layer)


class ExportError(ValueError):
    """Something that a format cannot hold; the message says what it can."""


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file.

    Attributes
    ----------
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
    frames
        Whether every step is a picture, which takes its time.
    dated
        Whether it depends on the dates at all.
    table
        What a CSV file holds: it is described in a file beside it.
    write
        Writes an extract to a file.
    """

    name: str
    suffix: str
    about: str
    layers: tuple[Layer, ...]
    usual: tuple[Layer, ...]
    write: Callable[[Extract, Path], None]
    one_date: bool = True
    series: bool = True
    several: bool = True
    chosen: bool = True
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


def _csv(extract: Extract, file: Path) -> None:
    file.write_bytes(intervals_to_csv(extract))


def _changes(extract: Extract, file: Path) -> None:
    file.write_bytes(extract_to_changes(extract))


def _snapshot(extract: Extract, file: Path) -> None:
    file.write_bytes(extract_to_snapshot(extract)[0])


def _geojson(dialect: str) -> Callable[[Extract, Path], None]:
    def write_it(extract: Extract, file: Path) -> None:
        text = dump_geojson(extract_to_geojson(extract, Dialect(dialect)))
        file.write_bytes(seal(text.encode())[0])

    return write_it


def _geopackage(extract: Extract, file: Path) -> None:
    from control.export.geopackage import write_geopackage  # slow to import: GDAL

    write_geopackage(extract, file)


def _geoparquet(extract: Extract, file: Path) -> None:
    from control.export.geoparquet import extract_to_geoparquet  # slow to import: Arrow

    file.write_bytes(extract_to_geoparquet(extract))


def _kml(extract: Extract, file: Path) -> None:
    file.write_bytes(seal(extract_to_kml(extract))[0])


def _png(extract: Extract, file: Path) -> None:
    from control.export.picture import picture_to_png  # slow to import: Pillow

    file.write_bytes(picture_to_png(extract))


def _svg(extract: Extract, file: Path) -> None:
    from control.export.picture import picture_to_svg  # slow to import: Pillow

    file.write_bytes(picture_to_svg(extract))


def _gif(extract: Extract, file: Path) -> None:
    from control.export.animation import animation_to_gif  # slow to import: Pillow

    file.write_bytes(animation_to_gif(extract))


def _mp4(extract: Extract, file: Path) -> None:
    try:
        from control.export.video import write_mp4  # needs an extra
    except ModuleNotFoundError:
        raise ExportError(NEEDS_VIDEO) from None
    write_mp4(extract, file)


def _html(extract: Extract, file: Path) -> None:
    from control.export.page import extract_to_html  # slow to import: folium

    file.write_bytes(extract_to_html(extract))


def _lpf(extract: Extract, file: Path) -> None:
    file.write_bytes(extract_to_lpf(extract))


_PLACES = (Layer.PLACES,)

FORMATS = {
    kind.name: kind
    for kind in (
        Format("csv", ".csv", "spreadsheets, R, pandas: who held each place, a row an interval", _PLACES, _PLACES, _csv,
               table=INTERVALS),
        Format("changes", ".csv", "spreadsheets: what changed hands, a row a change", _PLACES, _PLACES, _changes,
               table=CHANGES),
        Format("snapshot", ".geojson", "any GIS: one date, with the reports behind each place", ALL, _PLACES, _snapshot,
               series=False),
        Format("geojson", ".geojson", "Leaflet.timeline and any GIS: start and end", ALL, _PLACES, _geojson("geojson")),
        Format("geojson-times", ".geojson", "Leaflet.TimeDimension: times", ALL, _PLACES, _geojson("geojson-times")),
        Format("kepler", ".geojson", "kepler.gl: full datetimes", ALL, _PLACES, _geojson("kepler")),
        Format("ohm", ".geojson", "OpenHistoricalMap: start_date and end_date", ALL, _PLACES, _geojson("ohm")),
        Format("gpkg", ".gpkg", "QGIS, ArcGIS: layers with colours and time", ALL, ALL, _geopackage),
        Format("geoparquet", ".parquet", "geopandas, DuckDB: one layer a file", ALL, _PLACES, _geoparquet, several=False),
        Format("kml", ".kml", "Google Earth: a time span an interval", ALL, _PLACES, _kml),
        Format("lpf", ".json", "World Historical Gazetteer: the places and their names", _PLACES, _PLACES, _lpf,
               dated=False),
        Format("png", ".png", "a paper: picture of one date", ALL, ALL, _png, series=False, chosen=False),
        Format("svg", ".svg", "a paper: picture of one date that can be edited, text as text", ALL, ALL, _svg,
               series=False, chosen=False),
        Format("gif", ".gif", "a talk, a message: animation", ALL, ALL, _gif, one_date=False, frames=True, chosen=False),
        Format("mp4", ".mp4", "a talk, a web page: film", ALL, ALL, _mp4, one_date=False, frames=True, chosen=False),
        Format("html", ".html", "a reader without a network: the map with its slider, one file", ALL, ALL, _html,
               one_date=False, chosen=False),
    )
}  # fmt: skip

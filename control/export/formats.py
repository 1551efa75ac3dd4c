"""The formats by name: what each can hold, and how it is written."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from control.export.dialects import Dialect, extract_to_geojson
from control.export.extract import Extract
from control.export.geojson import dump_geojson
from control.export.intervals_csv import describe_csv, intervals_to_csv
from control.export.kml import extract_to_kml
from control.export.provenance import seal
from control.export.readers import sidecar
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
    layers
        What it can hold, and what it holds unless one chooses (`usual`).
    one_date, series
        Whether it can show one date, or a range of dates.
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
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_name(f".{file.stem}.{os.getpid()}{file.suffix}")
    try:
        kind.write(extract, part)
        part.replace(file)
        if form == "csv":
            _describe(extract, file)
    finally:
        part.unlink(missing_ok=True)


def format_named(name: str) -> Format:
    """Return a format by its name. Raises `ExportError` when there is none."""
    if name not in FORMATS:
        raise ExportError(f"no format {name!r}; write one of {', '.join(FORMATS)}")
    return FORMATS[name]


def _csv(extract: Extract, file: Path) -> None:
    file.write_bytes(intervals_to_csv(extract))


def _describe(extract: Extract, file: Path) -> None:
    sidecar(file).write_bytes(describe_csv(extract.provenance("csv"), file.name, file.read_bytes()))


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

    if len(extract.layers) != 1:
        named = ", ".join(extract.layers)
        raise ExportError(f"geoparquet holds one layer a file, not {named}; choose one, as in --layers areas")
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


_PLACES = (Layer.PLACES,)

FORMATS = {
    kind.name: kind
    for kind in (
        Format("csv", ".csv", "intervals of places, a table", _PLACES, _PLACES, _csv),
        Format("geojson", ".geojson", "start and end: Leaflet.timeline", ALL, _PLACES, _geojson("geojson")),
        Format("geojson-times", ".geojson", "times: Leaflet.TimeDimension", ALL, _PLACES, _geojson("geojson-times")),
        Format("kepler", ".geojson", "full datetimes: kepler.gl", ALL, _PLACES, _geojson("kepler")),
        Format("ohm", ".geojson", "start_date and end_date: OpenHistoricalMap", ALL, _PLACES, _geojson("ohm")),
        Format("gpkg", ".gpkg", "GeoPackage with styles and time for QGIS", ALL, ALL, _geopackage),
        Format("geoparquet", ".parquet", "GeoParquet, one layer", ALL, _PLACES, _geoparquet),
        Format("kml", ".kml", "KML with a time span an interval", ALL, _PLACES, _kml),
        Format("png", ".png", "picture of one date", ALL, ALL, _png, series=False),
        Format("svg", ".svg", "picture of one date, text as text", ALL, ALL, _svg, series=False),
        Format("gif", ".gif", "animation of a range of dates", ALL, ALL, _gif, one_date=False),
    )
}

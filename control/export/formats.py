"""The formats by name: what each can hold, how it is written, and how one reads back where a file comes from.

A format is a module with `write(extract, file)` and `read_provenance(file)`, and an entry here. What is slow to import, the
module imports when it is needed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from control.export.errors import ExportError
from control.export.extract import Extract, Step, film_step
from control.export.geodata import geojson, geopackage, geoparquet, kml, lpf, snapshot_geojson
from control.export.geodata.dialects import Dialect
from control.export.pictures import gif, map_page, mp4, png, svg
from control.export.provenance import Provenance
from control.export.tables import changes_csv, csvw, intervals_csv
from control.export.tables.csvw import Table
from control.snapshot import Layer

ALL = tuple(Layer)


@dataclass(frozen=True, slots=True, kw_only=True)
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
    write
        Writes an extract to a file.
    read_provenance
        Reads where a file comes from. Raises `ProvenanceError`, and `MissingProvenanceError` where another format with the
        same ending may know more.
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
    """

    name: str
    title: str
    suffix: str
    about: str
    layers: tuple[Layer, ...]
    usual: tuple[Layer, ...]
    write: Callable[[Extract, Path], None]
    read_provenance: Callable[[Path], Provenance]
    one_date: bool = True
    series: bool = True
    several: bool = True
    chosen: bool = True
    stepped: bool = True
    frames: bool = False
    dated: bool = True
    table: Table | None = None

    def usual_step(self, since: date, until: date) -> Step:
        """Return the step of a range unless one is chosen: a film goes by the length of the range, all else by month."""
        return film_step(since, until) if self.frames else "month"

    @property
    def suffixes(self) -> tuple[str, ...]:
        """How its files may end: GeoJSON is JSON."""
        return (self.suffix, ".json") if self.suffix == ".geojson" else (self.suffix,)


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
            name="csv",
            title="CSV: intervals",
            suffix=".csv",
            about="spreadsheets, R, pandas: who held each place, a row an interval",
            layers=_PLACES,
            usual=_PLACES,
            write=intervals_csv.write,
            read_provenance=csvw.read_provenance,
            table=intervals_csv.INTERVALS,
        ),
        Format(
            name="changes",
            title="CSV: changes",
            suffix=".csv",
            about="spreadsheets: what changed hands, a row a change",
            layers=_PLACES,
            usual=_PLACES,
            write=changes_csv.write,
            read_provenance=csvw.read_provenance,
            table=changes_csv.CHANGES,
        ),
        Format(
            name="snapshot",
            title="GeoJSON with reports",
            suffix=".geojson",
            about="any GIS: one date, with the reports behind each place",
            layers=ALL,
            usual=_PLACES,
            write=snapshot_geojson.write,
            read_provenance=geojson.read_provenance,
            series=False,
        ),
        Format(
            name="geojson",
            title="GeoJSON for Leaflet.timeline",
            suffix=".geojson",
            about="Leaflet.timeline and any GIS: start and end",
            layers=ALL,
            usual=_PLACES,
            write=Dialect.LEAFLET.write,
            read_provenance=geojson.read_provenance,
        ),
        Format(
            name="geojson-times",
            title="GeoJSON for Leaflet.TimeDimension",
            suffix=".geojson",
            about="Leaflet.TimeDimension: times",
            layers=ALL,
            usual=_PLACES,
            write=Dialect.TIMES.write,
            read_provenance=geojson.read_provenance,
        ),
        Format(
            name="kepler",
            title="GeoJSON for kepler.gl",
            suffix=".geojson",
            about="kepler.gl: full datetimes",
            layers=ALL,
            usual=_PLACES,
            write=Dialect.KEPLER.write,
            read_provenance=geojson.read_provenance,
        ),
        Format(
            name="ohm",
            title="GeoJSON for OpenHistoricalMap",
            suffix=".geojson",
            about="OpenHistoricalMap: start_date and end_date",
            layers=ALL,
            usual=_PLACES,
            write=Dialect.OHM.write,
            read_provenance=geojson.read_provenance,
        ),
        Format(
            name="gpkg",
            title="GeoPackage",
            suffix=".gpkg",
            about="QGIS, ArcGIS: layers with colours and time",
            layers=ALL,
            usual=ALL,
            write=geopackage.write,
            read_provenance=geopackage.read_provenance,
        ),
        Format(
            name="geoparquet",
            title="GeoParquet",
            suffix=".parquet",
            about="geopandas, DuckDB: one layer a file",
            layers=ALL,
            usual=_PLACES,
            write=geoparquet.write,
            read_provenance=geoparquet.read_provenance,
            several=False,
        ),
        Format(
            name="kml",
            title="KML",
            suffix=".kml",
            about="Google Earth: a time span an interval",
            layers=ALL,
            usual=_PLACES,
            write=kml.write,
            read_provenance=kml.read_provenance,
        ),
        Format(
            name="lpf",
            title="Linked Places",
            suffix=".json",
            about="World Historical Gazetteer: the places and their names",
            layers=_PLACES,
            usual=_PLACES,
            write=lpf.write,
            read_provenance=lpf.read_provenance,
            dated=False,
        ),
        Format(
            name="png",
            title="PNG",
            suffix=".png",
            about="a paper: picture of one date",
            layers=ALL,
            usual=ALL,
            write=png.write,
            read_provenance=png.read_provenance,
            series=False,
            chosen=False,
        ),
        Format(
            name="svg",
            title="SVG",
            suffix=".svg",
            about="a paper: picture of one date that can be edited, text as text",
            layers=ALL,
            usual=ALL,
            write=svg.write,
            read_provenance=svg.read_provenance,
            series=False,
            chosen=False,
        ),
        Format(
            name="gif",
            title="GIF",
            suffix=".gif",
            about="a talk, a message: animation",
            layers=ALL,
            usual=ALL,
            write=gif.write,
            read_provenance=gif.read_provenance,
            one_date=False,
            frames=True,
            chosen=False,
        ),
        Format(
            name="mp4",
            title="MP4",
            suffix=".mp4",
            about="a talk, a web page: film",
            layers=ALL,
            usual=ALL,
            write=mp4.write,
            read_provenance=mp4.read_provenance,
            one_date=False,
            frames=True,
            chosen=False,
        ),
        Format(
            name="html",
            title="HTML",
            suffix=".html",
            about="a reader without a network: the map with its slider, one file",
            layers=ALL,
            usual=ALL,
            write=map_page.write,
            read_provenance=map_page.read_provenance,
            one_date=False,
            chosen=False,
            stepped=False,
        ),
    )
}

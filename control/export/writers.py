"""The writers of all formats: an extract into a file. What is slow to import is imported when it is needed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from control.export.changes_csv import extract_to_changes
from control.export.dialects import Dialect, extract_to_geojson
from control.export.errors import ExportError
from control.export.extract import Extract
from control.export.geojson import dump_geojson
from control.export.intervals_csv import intervals_to_csv
from control.export.kml import extract_to_kml
from control.export.lpf import extract_to_lpf
from control.export.provenance import seal
from control.export.readers import NEEDS_VIDEO
from control.export.snapshots import extract_to_snapshot


def csv(extract: Extract, file: Path) -> None:
    """Write the intervals of places as a table."""
    file.write_bytes(intervals_to_csv(extract))


def changes(extract: Extract, file: Path) -> None:
    """Write what changed hands as a table."""
    file.write_bytes(extract_to_changes(extract))


def snapshot(extract: Extract, file: Path) -> None:
    """Write one date with its reports as GeoJSON."""
    file.write_bytes(extract_to_snapshot(extract)[0])


def geojson(dialect: str) -> Callable[[Extract, Path], None]:
    """Return the writer of a dialect of GeoJSON."""

    def write_it(extract: Extract, file: Path) -> None:
        text = dump_geojson(extract_to_geojson(extract, Dialect(dialect)))
        file.write_bytes(seal(text.encode())[0])

    return write_it


def geopackage(extract: Extract, file: Path) -> None:
    """Write a GeoPackage."""
    from control.export.geopackage import write_geopackage  # slow to import: GDAL

    write_geopackage(extract, file)


def geoparquet(extract: Extract, file: Path) -> None:
    """Write GeoParquet."""
    from control.export.geoparquet import extract_to_geoparquet  # slow to import: Arrow

    file.write_bytes(extract_to_geoparquet(extract))


def kml(extract: Extract, file: Path) -> None:
    """Write KML."""
    file.write_bytes(seal(extract_to_kml(extract))[0])


def png(extract: Extract, file: Path) -> None:
    """Write a picture of one date."""
    from control.export.picture import picture_to_png  # slow to import: Pillow

    file.write_bytes(picture_to_png(extract))


def svg(extract: Extract, file: Path) -> None:
    """Write a picture of one date, text as text."""
    from control.export.picture import picture_to_svg  # slow to import: Pillow

    file.write_bytes(picture_to_svg(extract))


def gif(extract: Extract, file: Path) -> None:
    """Write an animation."""
    from control.export.animation import animation_to_gif  # slow to import: Pillow

    file.write_bytes(animation_to_gif(extract))


def mp4(extract: Extract, file: Path) -> None:
    """Write a film. Raises `ExportError` without the extra that it needs."""
    try:
        from control.export.video import write_mp4  # needs an extra
    except ModuleNotFoundError:
        raise ExportError(NEEDS_VIDEO) from None
    write_mp4(extract, file)


def html(extract: Extract, file: Path) -> None:
    """Write the map as one page."""
    from control.export.page import extract_to_html  # slow to import: folium

    file.write_bytes(extract_to_html(extract))


def lpf(extract: Extract, file: Path) -> None:
    """Write the gazetteer as Linked Places."""
    file.write_bytes(extract_to_lpf(extract))

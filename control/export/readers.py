"""Where a file comes from, read back from each format."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

from control.export.provenance import PNG_KEYWORD, Provenance, ProvenanceError, png_chunks, read_json

NEEDS_VIDEO = "MP4 needs PyAV, which brings the encoder along: pip install -e '.[video]'"


def read_provenance(file: Path) -> Provenance:
    """Read where a file comes from.

    Raises
    ------
    ProvenanceError
        When it is none of ours, or does not say any more.
    OSError
        When it cannot be read.
    """
    reader = READERS.get(file.suffix.lower())
    if reader is None:
        raise ProvenanceError(f"{file.name}: no file of ours ends like this; expected one of {', '.join(READERS)}")
    if not file.is_file():
        raise ProvenanceError(f"{file}: no such file; name one that `control export` wrote")
    return reader(file)


def sidecar(file: Path) -> Path:
    """Return the metadata file of a CSV file, where CSV on the Web looks for it."""
    return file.with_name(f"{file.name}-metadata.json")


def _of_csv(file: Path) -> Provenance:
    beside = sidecar(file)
    try:
        record = json.loads(beside.read_text(encoding="utf-8"))["dc:provenance"]
    except FileNotFoundError:
        raise ProvenanceError(f"{file.name}: {beside.name} is not beside it; keep the two together") from None
    except (ValueError, KeyError, TypeError):
        raise ProvenanceError(f"{beside.name}: no metadata of ours; export the file anew") from None
    return read_json(json.dumps(record))


def _of_geojson(file: Path) -> Provenance:
    try:
        record = json.loads(file.read_text(encoding="utf-8"))["provenance"]
    except (ValueError, KeyError, TypeError):
        raise ProvenanceError(
            f"{file.name}: no member `provenance`; only files of `control export` can be verified"
        ) from None
    return read_json(json.dumps(record))


def _of_geopackage(file: Path) -> Provenance:
    from control.export.geopackage import read_geopackage  # slow to import: GDAL

    return read_geopackage(file)


def _of_geoparquet(file: Path) -> Provenance:
    from control.export.geoparquet import read_geoparquet  # slow to import: Arrow

    return read_geoparquet(file)


def _of_xml(path: str) -> Callable[[Path], Provenance]:
    def read_it(file: Path) -> Provenance:
        try:
            # expat refuses entities that grow without end
            found = ET.parse(file).getroot().find(path)  # noqa: S314
        except ET.ParseError as error:
            raise ProvenanceError(f"{file.name}: not XML ({error}); export the file anew") from None
        if found is None or not found.text:
            raise ProvenanceError(f"{file.name}: no provenance; only files of `control export` can be verified")
        return read_json(found.text)

    return read_it


def _of_png(file: Path) -> Provenance:
    head = PNG_KEYWORD + b"\0"
    for kind, data in png_chunks(file.read_bytes()):
        if kind == b"tEXt" and data.startswith(head):
            return read_json(data[len(head) :].decode("latin-1"))
    raise ProvenanceError(
        f"{file.name}: no text chunk of ours; a program that wrote the picture anew may have dropped it"
    )


def _of_gif(file: Path) -> Provenance:
    from PIL import Image, UnidentifiedImageError  # slow to import

    try:
        with Image.open(file) as image:
            comment = image.info.get("comment", b"")
    except UnidentifiedImageError:
        raise ProvenanceError(f"{file.name}: no GIF; export the file anew") from None
    return read_json(comment.decode("latin-1"))


def _of_page(file: Path) -> Provenance:
    from control.export.page import read_page  # slow to import: folium

    return read_page(file)


def _of_lpf(file: Path) -> Provenance:
    from control.export.lpf import read_lpf  # reads with it what it wrote

    return read_lpf(file)


def _of_mp4(file: Path) -> Provenance:
    try:
        from control.export.video import read_mp4  # needs an extra
    except ModuleNotFoundError:
        raise ProvenanceError(f"{file.name}: {NEEDS_VIDEO}") from None
    return read_mp4(file)


_KML = "{*}Document/{*}ExtendedData/{*}Data[@name='provenance']/{*}value"
_SVG = "{http://www.w3.org/2000/svg}metadata"
READERS: dict[str, Callable[[Path], Provenance]] = {
    ".csv": _of_csv,
    ".geojson": _of_geojson,
    ".gpkg": _of_geopackage,
    ".parquet": _of_geoparquet,
    ".kml": _of_xml(_KML),
    ".png": _of_png,
    ".svg": _of_xml(_SVG),
    ".gif": _of_gif,
    ".mp4": _of_mp4,
    ".html": _of_page,
    ".json": _of_lpf,
}

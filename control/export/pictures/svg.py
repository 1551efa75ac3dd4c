"""SVG: the map of one date that can be edited, text as text."""

from __future__ import annotations

from pathlib import Path

from control.export.extract import Extract
from control.export.provenance import Provenance, read_json, seal
from control.export.xml_element import read_element

FORM = "svg"


def write(extract: Extract, file: Path) -> None:
    """Write the map of the extract's first day."""
    from control.export.pictures.date_picture import draw_date, libraries  # slow to import: Pillow
    from control.export.pictures.svg_painter import to_svg

    provenance = extract.provenance(FORM, libraries())
    file.write_bytes(seal(to_svg(draw_date(extract), provenance.line, provenance.to_json()))[0])


def read_provenance(file: Path) -> Provenance:
    """Read where a picture comes from. Raises `ProvenanceError` when it does not say."""
    return read_json(read_element(file, "svg/metadata"))

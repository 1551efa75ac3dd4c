"""PNG: the map of one date for a paper."""

from __future__ import annotations

import io
from pathlib import Path

from control.export.extract import Extract
from control.export.provenance import (
    PNG_KEYWORD,
    Provenance,
    ProvenanceError,
    png_chunks,
    read_json,
    seal,
    with_png_text,
)
from control.export.untrusted_file import read_head

FORM = "png"
SCALE = 2.0
"""Pixels a unit of the drawing."""


def write(extract: Extract, file: Path) -> None:
    """Write the map of the extract's first day, without time of writing."""
    from control.export.pictures.date_picture import draw_date, libraries  # slow to import: Pillow
    from control.export.pictures.raster import to_image

    image, packed = to_image(draw_date(extract), SCALE), io.BytesIO()
    image.save(packed, "PNG", optimize=False, compress_level=9, dpi=(150 * SCALE, 150 * SCALE))
    record = extract.provenance(FORM, libraries()).to_json()
    file.write_bytes(seal(with_png_text(packed.getvalue(), record))[0])


def read_provenance(file: Path) -> Provenance:
    """Read where a picture comes from. Raises `ProvenanceError` when it does not say."""
    head = PNG_KEYWORD + b"\0"
    for kind, data in png_chunks(read_head(file)):
        if kind == b"tEXt" and data.startswith(head):
            return read_json(data[len(head) :].decode("latin-1"))
    raise ProvenanceError(
        f"{file.name}: no text chunk of ours; a program that wrote the picture anew may have dropped it"
    )

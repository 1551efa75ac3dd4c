"""GIF: the map over a range of dates as an animation that plays again and again."""

from __future__ import annotations

import io
from pathlib import Path

from control.export.extract import Extract
from control.export.provenance import MissingProvenanceError, Provenance, ProvenanceError, read_json, seal

FORM = "gif"
SAMPLES = 5
"""Frames whose colours make the palette."""


def write(extract: Extract, file: Path) -> None:
    """Draw the map at every step of an extract and write one GIF.

    Names and legend stay where they are from frame to frame. The comment holds the provenance; there is no time of writing.
    """
    from PIL import Image  # slow to import

    from control.export.pictures.date_picture import libraries
    from control.export.pictures.frames import FRAME_MS, LAST_MS, FramePainter

    days = extract.days
    painter = FramePainter(extract)
    palette = painter.palette(days[:: max(1, len(days) // SAMPLES)])
    frames = [
        frame.quantize(palette=palette, dither=Image.Dither.NONE)
        for frame in painter.frames(extract.progress(days), days)
    ]
    packed = io.BytesIO()
    frames[0].save(
        packed,
        "GIF",
        save_all=True,
        append_images=frames[1:],
        duration=[FRAME_MS] * (len(frames) - 1) + [LAST_MS],
        loop=0,
        comment=extract.provenance(FORM, libraries()).to_json().encode("ascii"),
        optimize=False,
    )
    file.write_bytes(seal(packed.getvalue())[0])


def read_provenance(file: Path) -> Provenance:
    """Read where an animation comes from. Raises `ProvenanceError` when it does not say."""
    from PIL import Image  # slow to import

    try:
        with Image.open(file, formats=["GIF"]) as image:
            comment = image.info.get("comment", b"")
    # of a damaged file Pillow says it in many ways
    except (OSError, SyntaxError, ValueError, IndexError, TypeError, Image.DecompressionBombError):
        raise ProvenanceError(f"{file.name}: no GIF; export the file anew") from None
    if not comment:
        raise MissingProvenanceError(file)
    return read_json(comment.decode("latin-1"))

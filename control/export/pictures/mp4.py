"""MP4: the map over a range of dates as a film; `control.export.pictures.video` encodes it, with the extra that it needs."""

from __future__ import annotations

from pathlib import Path

from control.export.errors import ExportError
from control.export.extract import Extract
from control.export.provenance import Provenance, ProvenanceError

NEEDS_VIDEO = "MP4 needs PyAV, which brings the encoder along: pip install -e '.[video]'"


def write(extract: Extract, file: Path) -> None:
    """Write a film. Raises `ExportError` without the extra that it needs."""
    try:
        from control.export.pictures.video import write_mp4  # needs an extra
    except ModuleNotFoundError:
        raise ExportError(NEEDS_VIDEO) from None
    write_mp4(extract, file)


def read_provenance(file: Path) -> Provenance:
    """Read where a film comes from. Raises `ProvenanceError` when it does not say, or without the extra that it needs."""
    try:
        from control.export.pictures.video import read_mp4  # needs an extra
    except ModuleNotFoundError:
        raise ProvenanceError(f"{file.name}: {NEEDS_VIDEO}") from None
    return read_mp4(file)

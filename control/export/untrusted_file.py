"""Files of strangers: what is looked at of one before it is read."""

from __future__ import annotations

from pathlib import Path

from control.export.provenance import ProvenanceError

HEAD = 4 << 20
"""Bytes from the beginning in which the record of a text format stands; the whole of a table's description is smaller."""
MOST_BYTES = 500_000_000
"""No export comes near it."""


def check_plain(file: Path) -> None:
    """Refuse what is no plain file of a size that exports have. Raises `ProvenanceError`."""
    if not file.exists():
        raise ProvenanceError(f"{file}: no such file; name one that `control export` wrote")
    if not file.is_file():
        raise ProvenanceError(f"{file}: a folder, a device or a pipe; name a file that `control export` wrote")
    size = file.stat().st_size
    if size > MOST_BYTES:
        raise ProvenanceError(f"{file.name}: {size / 1e6:,.0f} MB; no export is larger than {MOST_BYTES / 1e6:.0f} MB")


def read_head(file: Path) -> bytes:
    """Return the beginning of a file; what stands behind it is not read."""
    with file.open("rb") as stream:
        return stream.read(HEAD)

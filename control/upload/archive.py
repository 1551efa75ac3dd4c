"""The ZIP inside of a workbook, opened with care: sizes are checked before and while it is unpacked, and packed anew."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

from control.upload.sheet import SheetError

MAX_ENTRIES = 1000
MAX_UNPACKED = 64 * 2**20
MAX_RATIO = 250
"""Times its packed size that a part may have unpacked; ordinary sheets reach some dozens."""

RATIO_FROM = 2**20
"""Bytes unpacked below which the ratio does not matter."""

_NEEDED = (".xml", ".rels")
_BLOCK = 2**16
_DAMAGED = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError, RuntimeError, NotImplementedError,
    KeyError, IndexError, OverflowError,
)  # fmt: skip
"""What `zipfile` raises on damaged and on hostile archives; RuntimeError: an entry is encrypted."""

_TOO_LARGE = (
    f"the workbook is larger than {MAX_UNPACKED // 2**20} MB when unpacked; save the sheet as CSV, or delete empty rows and "
    "columns that carry formats"
)


def repack(content: bytes) -> bytes:
    """Return the workbook with nothing but its XML parts, unpacked and checked.

    What an archive says of itself may be a lie. Every part is unpacked here within the limits and stored again, so that a
    reader behind it meets no compression, no overlapping entries and no part named twice.

    Raises
    ------
    SheetError
        When it is no workbook, damaged, or larger than it may be.
    """
    packed = io.BytesIO()
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive, zipfile.ZipFile(packed, "w") as clean:
            _copy(archive, clean)
    except SheetError:
        raise
    except _DAMAGED:
        raise SheetError(
            "the workbook is damaged or protected by a password; open it, and save it again as .xlsx or CSV"
        ) from None
    return packed.getvalue()


def _copy(archive: zipfile.ZipFile, clean: zipfile.ZipFile) -> None:
    entries = archive.infolist()
    if len(entries) > MAX_ENTRIES:
        raise SheetError(f"the workbook has {len(entries)} parts, more than {MAX_ENTRIES}; save the sheet as CSV")
    parts = {entry.filename: entry for entry in entries if entry.filename.lower().endswith(_NEEDED)}
    if "[Content_Types].xml" not in parts or "xl/workbook.xml" not in parts:
        raise SheetError("the file is an archive, but no .xlsx workbook; save the sheet as .xlsx or CSV")
    if sum(entry.file_size for entry in parts.values()) > MAX_UNPACKED:
        raise SheetError(_TOO_LARGE)
    left = MAX_UNPACKED
    for name, entry in parts.items():
        if entry.file_size > max(RATIO_FROM, MAX_RATIO * entry.compress_size):
            raise SheetError(_TOO_LARGE)
        if entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            raise SheetError("the workbook is packed in an unusual way; save the sheet as CSV")
        data = _read(archive, entry, left)
        left -= len(data)
        if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
            raise SheetError(
                "the workbook has definitions of its own in its XML, as no spreadsheet writes; save it as CSV"
            )
        clean.writestr(zipfile.ZipInfo(name), data)


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, most: int) -> bytes:
    blocks, size = [], 0
    with archive.open(entry) as part:
        while block := part.read(_BLOCK):
            size += len(block)
            if size > most:
                raise SheetError(_TOO_LARGE)
            blocks.append(block)
    return b"".join(blocks)

"""Workbooks with what a spreadsheet can do to a table: each is made here, by openpyxl and by changes to its XML."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

HEADER = ("date", "place", "event", "actor")
SHEET = "xl/worksheets/sheet1.xml"


def workbook(rows: Sequence[Sequence[object]], change: Callable[[Workbook, Worksheet], None] | None = None) -> bytes:
    """Make a workbook of one sheet, and change it."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    for row in rows:
        sheet.append(list(row))
    if change is not None:
        change(book, sheet)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def with_xml(content: bytes, part: str, *changes: tuple[str, str]) -> bytes:
    """Return a workbook with text of one part replaced; each text must be there."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as archive, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as changed:
        for name in archive.namelist():
            data = archive.read(name).decode()
            for old, new in changes if name == part else ():
                assert old in data, (old, data)
                data = data.replace(old, new)
            changed.writestr(name, data)
    return packed.getvalue()

"""Tables as CSV that a spreadsheet opens right: in the script they were written in, and with no formula of others."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence

from control.markup import csv_cell

UTF8_MARK = "\ufeff"
"""First letter of a table for people: by it Excel knows UTF-8, which it else takes for the code page of the machine."""


def csv_text(columns: Sequence[str], rows: Iterable[Mapping[str, object]]) -> str:
    """Write rows under their columns, one a line; what a row lacks stays empty.

    Text that a spreadsheet would run as a formula is disarmed (`control.markup.csv_cell`). Without the mark of UTF-8: that
    belongs to files, see `csv_file`.
    """
    file = io.StringIO()
    writer = csv.DictWriter(file, columns, restval="", lineterminator="\n")
    writer.writeheader()
    for row in rows:
        writer.writerow({key: csv_cell(value) for key, value in row.items()})
    return file.getvalue()


def csv_file(text: str) -> str:
    """Return the content of a file of CSV: the table behind the mark of UTF-8."""
    return text if text.startswith(UTF8_MARK) else UTF8_MARK + text

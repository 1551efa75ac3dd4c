"""Status tables in files -> intervals: by one pass of our own, or by a database that may be larger than this machine."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from textwrap import shorten
from typing import Any

import numpy as np
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.compute as pc  # type: ignore[import-untyped]
import pyarrow.csv  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]
from numpy.typing import NDArray

from control.imports.account import UnusableRowError
from control.imports.rows import choose_column, read_day
from control.imports.runs import OrderError, RunEncoder
from control.imports.status_table import USUAL, StatusColumns
from control.record.tables import TableError
from control.scale.csv_files import QUOTE, read_head
from geo.geonames import MissingExtraError

EPOCH = date(1970, 1, 1).toordinal()
"""Days in Arrow tables count from here."""
BLOCK_BYTES = 4 * 2**20
BLOCK_ROWS = 1_000_000


@dataclass(frozen=True, slots=True)
class Compiled:
    """Intervals of a table.

    Attributes
    ----------
    intervals
        Arrow table with place, start, end, status, sorted by place and start; [start, end).
    rows
        Rows of the table.
    unusable
        Rows without a place, a status, or a date of the calendar; they are left out.
    conflicts
        Rows (one pass) or days of a place (database) with another status than the one that counts.
    """

    intervals: pa.Table
    rows: int
    unusable: int
    conflicts: int


def by_database(paths: Sequence[Path], engine: str, columns: StatusColumns | None = None) -> Compiled:
    """Compile tables with `duckdb` or `pyspark`. Of several statuses of one day the first by name counts."""
    try:
        from control.scale import engines, relational
    except ImportError:
        raise MissingExtraError("this needs the scale extra: pip install -e '.[scale]'") from None
    try:
        return _ask(engines, relational, paths, engine, columns or StatusColumns())
    except TableError:
        raise  # ours already, and a ValueError too
    except engines.failures(engine) as error:
        raise _unreadable(paths[0], error) from None


def _ask(engines: Any, relational: Any, paths: Sequence[Path], engine: str, columns: StatusColumns) -> Compiled:
    opened = engines.open_tables(engines.connect(engine), paths)
    read = engines.united(
        [relational.readable(table, choose(list(table.columns), columns, name)) for name, table in opened]
    )
    counts = engines.fetch(relational.account(read)).to_pylist()[0]
    found = engines.fetch(relational.quick_intervals(read), "place", "start")
    doubled = 0
    if pc.any(pc.equal(found["doubled"], 1)).as_py():
        doubled = engines.fetch(relational.conflicts(read).count().as_table()).column(0)[0].as_py()
        found = engines.fetch(relational.status_intervals(read), "place", "start")
    intervals = found.select(["place", "start", "end", "status"])
    return Compiled(with_dates(intervals), counts["rows"], counts["unusable"], doubled)


def _unreadable(path: Path, error: Exception) -> TableError:
    why = shorten(str(error), 300) or "empty"  # Spark's errors bring the stack of Java along
    return TableError(f"{path.name}: {why}; expected Parquet, or CSV in UTF-8; export it anew")


def by_one_pass(paths: Sequence[Path], columns: StatusColumns | None = None) -> Compiled:
    """Compile tables in one pass with bounded memory. Of several statuses of one day the first in the table counts.

    Raises
    ------
    TableError
        When the days of a place do not go up.
    """
    place, day, status = _Codes(_text), _Codes(_day), _Codes(_text)
    encoder = RunEncoder(0)
    rows = unusable = conflicts = 0
    for path in paths:
        begin = rows
        for batch in _batches(path, columns or StatusColumns()):
            where, when, what = (codes.of(batch.column(n)) for n, codes in enumerate((place, day, status)))
            good = (where >= 0) & (when >= 0) & (what >= 0)
            numbers = np.arange(rows, rows + len(where))
            rows += len(where)
            unusable += len(where) - int(good.sum())
            when = np.array([*day.values, 0], np.int64)[when]
            try:
                found = encoder.add(where[good], when[good], what[good], numbers[good])
            except OrderError as error:
                raise TableError(
                    f"{path.name}: row {error.row - begin + 1} is earlier than a row of the same place before it; expected "
                    "days that go up; sort the table by date, or name an engine that sorts: --engine duckdb"
                ) from None
            conflicts += len(found)
    runs = encoder.finish()
    last = np.append(runs.place[1:] != runs.place[:-1], True)[: len(runs)]
    ends = np.where(last, runs.last + 1, np.append(runs.first[1:], 0)[: len(runs)])
    table = pa.table(
        {
            "place": pa.array(place.values, pa.string()).take(pa.array(runs.place)),
            "start": runs.first - EPOCH,
            "end": ends - EPOCH,
            "status": pa.array(status.values, pa.string()).take(pa.array(runs.status)),
        }
    )
    ordered = table.sort_by([("place", "ascending"), ("start", "ascending")])
    return Compiled(with_dates(ordered), rows, unusable, conflicts)


def with_dates(table: pa.Table) -> pa.Table:
    """Turn the day numbers of start and end into dates."""
    for name in ("start", "end"):
        dates = table[name].cast(pa.int32()).cast(pa.date32())
        table = table.set_column(table.schema.get_field_index(name), name, dates)
    return table.replace_schema_metadata(None)


def choose(header: Sequence[str], wanted: StatusColumns, name: str) -> dict[str, str]:
    """Find the columns of place, date and status, whatever their case."""
    lower = {column.strip().lower(): column for column in header}
    return {
        what: lower[choose_column(list(lower), getattr(wanted, what) or None, usual, what, name)]
        for what, usual in USUAL.items()
    }


def _batches(path: Path, wanted: StatusColumns) -> Iterator[pa.RecordBatch]:
    """Blocks of place, date and status."""
    try:
        if path.suffix.lower() == ".parquet":
            file = pq.ParquetFile(path)
            names = list(choose(file.schema_arrow.names, wanted, path.name).values())
            for batch in file.iter_batches(BLOCK_ROWS, columns=names):
                yield batch.select(names)
            return
        head = read_head(path)
        names = list(choose(head.columns, wanted, path.name).values())
        cells = pyarrow.csv.ParseOptions(
            delimiter=head.separator, quote_char=QUOTE, double_quote=True, newlines_in_values=True
        )
        kinds = pyarrow.csv.ConvertOptions(
            include_columns=names, column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False
        )
        blocks = pyarrow.csv.ReadOptions(block_size=BLOCK_BYTES)
        yield from pyarrow.csv.open_csv(path, blocks, cells, kinds)
    except TableError:
        raise  # ours already, and a ValueError too
    except (pa.ArrowException, csv.Error, ValueError) as error:
        raise _unreadable(path, error) from None


class _Codes:
    """Numbers the different values of a column: each is looked at once a block, not once a row."""

    def __init__(self, read: Callable[[Any], Any]) -> None:
        self._read = read
        self._codes: dict[Any, int] = {}
        self.values: list[Any] = []

    def of(self, column: pa.Array) -> NDArray[np.int64]:
        """Return the code of each row; -1 where there is no value."""
        if not pa.types.is_dictionary(column.type):
            column = pc.dictionary_encode(column)
        table = np.array([*map(self._code, column.dictionary.to_pylist()), -1], np.int64)
        return np.asarray(table[column.indices.fill_null(len(table) - 1).to_numpy(zero_copy_only=False)])

    def _code(self, raw: Any) -> int:
        value = self._read(raw)
        if value is None:
            return -1
        if value not in self._codes:
            self._codes[value] = len(self.values)
            self.values.append(value)
        return self._codes[value]


def _text(raw: Any) -> str | None:
    if isinstance(raw, float):
        raw = int(raw)  # some exports write ids as decimals
    return (str(raw) or None) if raw is not None else None


def _day(raw: Any) -> int | None:
    if isinstance(raw, date):
        return raw.toordinal()
    try:
        return read_day(_text(raw) or "").toordinal()
    except UnusableRowError:
        return None

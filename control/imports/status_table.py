"""Tables of (place, day, status), such as VIINA's: millions of rows, one pass, a report at each change."""

from __future__ import annotations

import io
import zipfile
import zlib
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from control.imports.account import ROWS_LISTED, Imported, Ledger, UnusableRowError
from control.imports.collect import Collector
from control.imports.mapping import Standing, key
from control.imports.rows import MAX_LINE, check_size, choose_column, day_window, read_day
from control.imports.runs import OrderError, RunEncoder, Runs
from control.imports.sites import Sites, Toponyms
from control.imports.states import add_states
from control.record.dates import DateWindow
from control.record.model import Source
from control.record.tables import TableError
from control.record.theatre import Theatre

MAX_BYTES = 16 * 2**30
"""A larger table, unpacked, is refused."""
CHUNK_ROWS = 500_000
"""So many rows are in memory at a time."""

USUAL = {
    "place": ("geonameid", "katotth", "place_id", "place", "id"),
    "date": ("date", "day"),
    "status": ("status", "control"),
}
"""Names of the columns, the most usual first."""


@dataclass(frozen=True, slots=True)
class StatusColumns:
    """Columns of a table; empty: the first usual name that the file has."""

    place: str = ""
    date: str = ""
    status: str = ""


def import_status_table(
    paths: Sequence[Path],
    theatre: Theatre,
    standings: Mapping[str, Standing],
    source: Source,
    *,
    columns: StatusColumns | None = None,
    published: DateWindow | None = None,
    same_day: bool = False,
) -> Imported:
    """Read tables of statuses (CSV, also in a ZIP) as reports at the first and last day of each run of a status.

    Parameters
    ----------
    paths
        One table, or several in the order of their dates.
    standings
        Status -> what it means, as `mapping.read_standings` reads it.
    published
        When the table was published; by default on its last day.
    same_day
        Each day's status was published on that day.

    Raises
    ------
    TableError
        When a file lacks a column, or the days of a place do not go up.
    """
    ledger, sites = Ledger(), Sites(theatre)
    codes = {name: number for number, name in enumerate(standings)}
    runs, starts = read_runs(paths, columns or StatusColumns(), sites.index, codes, ledger)
    name = paths[0].name if len(paths) == 1 else f"{paths[0].name} and {len(paths) - 1} more"
    collector = Collector(theatre, name, ledger, Toponyms(theatre, by_id=True))
    add_states(
        collector, ledger, runs, sites.places, list(standings.values()),
        lambda row: row - starts[bisect_right(starts, row) - 1] + 2,
        note="status of a table, at a change", same_day=same_day,
    )  # fmt: skip
    return collector.result(lambda last: replace(source, published=published or day_window(last)))


def read_runs(
    paths: Sequence[Path],
    columns: StatusColumns,
    places: Mapping[str, int],
    statuses: Mapping[str, int],
    ledger: Ledger,
) -> tuple[Runs, list[int]]:
    """Read tables as runs of statuses, a block at a time.

    Parameters
    ----------
    places, statuses
        Id of a place -> its code; status, folded by `mapping.key` -> its code.

    Returns
    -------
    runs, starts
        The runs, with rows numbered through all tables, and the number of the first row of each table.
    """
    encoder, starts, read = RunEncoder(len(places)), [0], _Columns(places, statuses, ledger)
    for path in paths:
        for chunk in _chunks(path, columns):
            rows = np.arange(ledger.rows, ledger.rows + len(chunk), dtype=np.int64)
            ledger.rows += len(chunk)
            try:
                _encode(encoder, read, chunk, rows, ledger)
            except OrderError as error:
                line = error.row - starts[-1] + 2
                raise TableError(
                    f"{path.name}:{line}: an earlier day than the row of the same place before it; expected days that go "
                    "up; sort the table by date, and give several tables in the order of their dates"
                ) from None
        starts.append(ledger.rows)
    return encoder.finish(), starts


def _encode(encoder: RunEncoder, read: _Columns, chunk: pd.DataFrame, rows: NDArray[np.int64], ledger: Ledger) -> None:
    place, day, status = (read.codes(chunk, what) for what in ("place", "date", "status"))
    good = np.ones(len(chunk), bool)
    for values, reason in (
        (place, "no such place in places.csv"),
        (day, "impossible date; expected 2022-02-24 or 20220224"),
        (status, "the status is not in the mapping table"),
    ):
        bad = good & (values < 0)
        if bad.any():
            ledger.set_aside(reason, rows[bad][:ROWS_LISTED] + 2, int(bad.sum()))
            good &= ~bad
    if not good.all():
        place, day, status, rows = place[good], day[good], status[good], rows[good]
    conflicts = encoder.add(place, day, status, rows)
    if len(conflicts):
        ledger.set_aside("another status on the same day", conflicts[:ROWS_LISTED] + 2, len(conflicts))
    ledger.used += len(rows) - len(conflicts)


class _Columns:
    """Turns the categories of a block into codes: each spelling is looked at once a block, not once a row."""

    def __init__(self, places: Mapping[str, int], statuses: Mapping[str, int], ledger: Ledger) -> None:
        self._places = places
        self._statuses = statuses
        self._ledger = ledger

    def codes(self, chunk: pd.DataFrame, what: str) -> NDArray[np.int64]:
        values = chunk[what].cat
        look_up = {"place": self._place, "date": _day, "status": self._status}[what]
        table = np.array([look_up(str(text)) for text in values.categories] + [-1], np.int64)
        codes = values.codes.to_numpy()
        if what == "status":
            counts = np.bincount(codes[codes >= 0], minlength=len(table))
            for text, code, count in zip(values.categories, table[:-1], counts, strict=False):
                if code < 0:
                    self._ledger.unmapped(str(text), int(count))
        return table[codes]  # -1, a missing cell, finds the -1 at the end

    def _place(self, text: str) -> int:
        text = text.strip()
        return self._places.get(text.removesuffix(".0"), -1)  # some exports write ids as decimals

    def _status(self, text: str) -> int:
        return self._statuses.get(key(text), -1)


def _day(text: str) -> int:
    try:
        return read_day(text.removesuffix(".0")).toordinal()
    except UnusableRowError:
        return -1


def _chunks(path: Path, wanted: StatusColumns) -> Iterator[pd.DataFrame]:
    check_size(path, MAX_BYTES)
    with _opened(path) as file:
        header = [c.strip().lower() for c in file.readline(1_000_000).decode("utf-8-sig", "replace").split(",")]
        header = [column.strip('"') for column in header]
        twice = sorted(column for column, count in Counter(header).items() if count > 1)
        chosen = {
            what: choose_column(header, getattr(wanted, what) or None, usual, what, path.name)
            for what, usual in USUAL.items()
        }
        if twice:
            raise TableError(f"{path.name}:1: column {twice[0][:100]!r} twice; rename one of them")
        options: dict[str, Any] = {
            "names": header, "header": None, "usecols": list(chosen.values()), "dtype": "category", "encoding": "utf-8",
            "keep_default_na": False, "na_filter": False, "chunksize": CHUNK_ROWS, "skip_blank_lines": False,
            "index_col": False, "on_bad_lines": "error",
        }  # fmt: skip
        try:
            with pd.read_csv(file, **options) as chunks:  # who stops reading half-way leaves nothing open
                for chunk in chunks:
                    yield chunk.rename(columns={column: what for what, column in chosen.items()})
        except pd.errors.EmptyDataError:
            return
        except _DAMAGED as error:
            raise TableError(f"{path.name}: {error}; expected a CSV table in UTF-8; export it anew") from None


_DAMAGED = (
    pd.errors.ParserError, UnicodeDecodeError, zipfile.BadZipFile, zlib.error, EOFError, OverflowError, NotImplementedError,
)  # fmt: skip
"""What a table that is none raises while it is read, and an archive that is damaged while it is unpacked."""


class _ShortLines(io.RawIOBase):
    """A table whose rows are all of a sensible length: one cell of a gigabyte would be in memory several times."""

    def __init__(self, file: IO[bytes], name: str) -> None:
        self._file, self._name = file, name
        self._row = 0  # bytes since the last line end outside quotes
        self._quoted = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._file.read(len(buffer))
        buffer[: len(data)] = data
        self._measure(data)
        if self._row > MAX_LINE:
            raise TableError(
                f"{self._name}: a row of more than {MAX_LINE} bytes; expected a table of places, dates and statuses; check "
                "its quotes"
            )
        return len(data)

    def _measure(self, data: bytes) -> None:
        if not self._quoted and b'"' not in data:
            at = data.rfind(b"\n")
            self._row = len(data) - at - 1 + (self._row if at < 0 else 0)
            return
        for line in data.splitlines(keepends=True):
            self._row += len(line)
            self._quoted ^= bool(line.count(b'"') % 2)
            if line.endswith((b"\n", b"\r")) and not self._quoted:
                self._row = 0


def _short_lines(file: IO[bytes], name: str) -> IO[bytes]:
    return io.BufferedReader(_ShortLines(file, name), 2**16)


@contextmanager
def _opened(path: Path) -> Iterator[IO[bytes]]:
    """Open a CSV file, or the only one in a ZIP."""
    if path.suffix.lower() != ".zip":
        with path.open("rb") as file:
            yield _short_lines(file, path.name)
        return
    try:
        with zipfile.ZipFile(path) as archive:
            inside = [item for item in archive.infolist() if item.filename.lower().endswith(".csv")]
            if len(inside) != 1:
                raise TableError(
                    f"{path.name}: {len(inside)} CSV files in it; expected one; unpack it and name the tables"
                )
            if inside[0].file_size > MAX_BYTES:
                raise TableError(f"{path.name}: larger than {MAX_BYTES // 2**30} GB unpacked; split it by years")
            with archive.open(inside[0]) as packed:
                yield _short_lines(packed, path.name)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, zlib.error) as error:
        raise TableError(f"{path.name}: {error}; expected a ZIP with one CSV table; download it anew") from None

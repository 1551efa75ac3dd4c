"""56 million statuses (33,000 places, 1,700 days) become intervals in one pass: time and memory, beside other ways.

    python bench/status_tables.py             # full size
    python bench/status_tables.py --share 50  # a fiftieth of the places
    python bench/status_tables.py --file      # CSV files of that size too, written first: 2 GB at full size

Every method runs in a process of its own, so that its peak memory is its own. The rows are generated in blocks, by place (as
VIINA orders them) or by day, with a change every 400 days of a place on average; `with making` is the time with generating
them, but without writing files. pandas, Polars and DuckDB find the same intervals in a table that is in memory as a whole.
`rows` is a checksum over place, start, end and status: the same for the same rows.
"""

from __future__ import annotations

import argparse
import gc
import json
import resource
import subprocess
import sys
import tempfile
import time
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).parent.parent))

from control.imports.runs import RunEncoder, Runs  # after the path is set

PLACES, DAYS, BLOCK = 33_000, 1_700, 1_000_000
FIRST_DAY = 738_210  # 2022-02-24
EPOCH = 719_163  # 1970-01-01
CHANGE = 1 / 400
SEED = 7
TARGET_SECONDS, TARGET_MB = 10, 512
NAMES = ("CONTESTED", "RU", "UA")
FIRST_ID = 700_000

Block = tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]


def history(places: int) -> NDArray[np.int8]:
    """Return (place, day) statuses 0 to 2, made for a thousand places at a time, so that making them takes little memory."""
    rng = np.random.default_rng(SEED)
    statuses = np.empty((places, DAYS), np.int8)
    for start in range(0, places, 1000):
        part = statuses[start : start + 1000]
        changes = rng.random(part.shape, np.float32) < CHANGE
        part[:] = (np.cumsum(changes, axis=1, dtype=np.int16) + rng.integers(0, 3, (len(part), 1), np.int16)) % 3
    return statuses


def blocks(statuses: NDArray[np.int8], by_day: bool) -> Iterator[Block]:
    """(place, day, status, row) of a table, in blocks."""
    table = statuses.T if by_day else statuses
    width = table.shape[1]
    step = max(1, BLOCK // width)
    for start in range(0, len(table), step):
        part = table[start : start + step]
        outer = np.repeat(np.arange(start, start + len(part)), width)
        inner = np.tile(np.arange(width), len(part))
        rows = np.arange(start * width, start * width + part.size)
        place, day = (inner, outer) if by_day else (outer, inner)
        yield place, day + FIRST_DAY, part.ravel().astype(np.int64), rows


@dataclass(frozen=True, slots=True)
class Found:
    """What one method found; seconds without making the rows."""

    intervals: int
    rows: str
    seconds: float


def found(seconds: float, *columns: Any) -> Found:
    """Return figures of intervals with place, start, end and status, sorted by place and start; in whatever arrays."""
    table = np.stack([np.asarray(column, np.int64) for column in columns])
    return Found(table.shape[1], f"{zlib.crc32(table.tobytes()):08x}", seconds)


def one_pass(places: int, by_day: bool) -> Found:
    statuses = history(places)
    encoder, spent = RunEncoder(places), 0.0
    for block in blocks(statuses, by_day):
        begin = time.perf_counter()
        encoder.add(*block)
        spent += time.perf_counter() - begin
    begin = time.perf_counter()
    runs: Runs = encoder.finish()
    return found(spent + time.perf_counter() - begin, runs.place, runs.first, runs.last + 1, runs.status)


def whole(places: int) -> dict[str, NDArray[Any]]:
    """Return the table as a whole; small types, sorted by place and day already."""
    table = {
        "place": np.repeat(np.arange(places, dtype=np.int32), DAYS),
        "day": np.tile(np.arange(FIRST_DAY, FIRST_DAY + DAYS, dtype=np.int32), places),
        "status": history(places).ravel(),
    }
    gc.collect()
    return table


def whole_pandas(places: int) -> Found:
    import pandas as pd

    frame = pd.DataFrame(whole(places))
    begin = time.perf_counter()
    frame = frame.sort_values(["place", "day"], kind="stable")
    new = (frame["place"] != frame["place"].shift()) | (frame["status"] != frame["status"].shift())
    runs = frame.groupby(new.cumsum()).agg(
        place=("place", "first"), first=("day", "first"), last=("day", "last"), status=("status", "first")
    )
    seconds = time.perf_counter() - begin
    return found(seconds, runs["place"], runs["first"], runs["last"] + 1, runs["status"])


def whole_polars(places: int) -> Found:
    import polars as pl

    frame = pl.DataFrame(whole(places))
    begin = time.perf_counter()
    runs = (
        frame.lazy()
        .sort("place", "day")
        .with_columns(run=pl.struct("place", "status").rle_id())
        .group_by("run")
        .agg(pl.first("place"), first=pl.min("day"), last=pl.max("day"), status=pl.first("status"))
        .sort("run")
        .collect()
    )
    seconds = time.perf_counter() - begin
    return found(seconds, runs["place"], runs["first"], runs["last"] + 1, runs["status"])


def duckdb(places: int, quick: bool) -> Found:
    """Ask DuckDB by the expression of `control.scale.relational`."""
    import pyarrow as pa

    from control.scale import engines, relational

    table = engines.load(engines.connect("duckdb"), "statuses", pa.table(whole(places)))
    begin = time.perf_counter()
    expression = relational.quick_intervals(table) if quick else relational.status_intervals(table)
    runs = engines.fetch(expression, "place", "start")
    seconds = time.perf_counter() - begin
    return found(seconds, runs["place"], runs["start"], runs["end"], runs["status"])


def file_of(folder: Path, kind: str, places: int) -> Path:
    """Write a table with VIINA's columns, once."""
    import pyarrow as pa
    import pyarrow.csv
    import pyarrow.parquet as pq

    path = folder / f"control.{kind}"
    if path.exists():
        return path
    statuses = history(places)
    calendar = pa.array(np.arange(FIRST_DAY, FIRST_DAY + DAYS) - EPOCH, pa.int32()).cast(pa.date32())
    schema = pa.schema({"geonameid": pa.string(), "date": pa.date32(), "status": pa.string()})
    writer = pyarrow.csv.CSVWriter(path, schema) if kind == "csv" else pq.ParquetWriter(path, schema)
    with writer:
        for place, day, status, _ in blocks(statuses, by_day=False):
            ids = pa.array((FIRST_ID + place).astype(str))
            days = calendar.take(pa.array(day - FIRST_DAY))
            writer.write_table(pa.table([ids, days, pa.array(NAMES).take(pa.array(status))], schema))
    return path


def from_file(path: Path, compiled: Callable[[Sequence[Path]], Any]) -> Found:
    begin = time.perf_counter()
    runs = compiled([path]).intervals
    seconds = time.perf_counter() - begin
    days = [np.asarray(runs[name]).astype(np.int64) + EPOCH for name in ("start", "end")]
    place = np.asarray(runs["place"]).astype(np.int64) - FIRST_ID
    return found(seconds, place, *days, np.searchsorted(NAMES, np.asarray(runs["status"]).astype(str)))


def by_import(path: Path, places: int) -> Found:
    """Read a CSV file as `python -m control import status-table` does."""
    from control.imports.account import Ledger
    from control.imports.status_table import StatusColumns, read_runs

    ids = {str(FIRST_ID + place): place for place in range(places)}
    codes = {name.lower(): code for code, name in enumerate(NAMES)}
    begin = time.perf_counter()
    runs, _ = read_runs([path], StatusColumns(), ids, codes, Ledger())
    return found(time.perf_counter() - begin, runs.place, runs.first, runs.last + 1, runs.status)


def by_command(path: Path, engine: str) -> Found:
    from control.scale.statuses import by_database, by_one_pass

    return from_file(path, by_one_pass if engine == "one pass" else lambda paths: by_database(paths, engine))


Method = Callable[[int, Path], Found]
METHODS: dict[str, Method] = {
    "one pass, by place": lambda places, _: one_pass(places, by_day=False),
    "one pass, by day": lambda places, _: one_pass(places, by_day=True),
    "pandas": lambda places, _: whole_pandas(places),
    "Polars": lambda places, _: whole_polars(places),
    "DuckDB": lambda places, _: duckdb(places, quick=True),
    "DuckDB, any order and repeats": lambda places, _: duckdb(places, quick=False),
    "one pass, Parquet file": lambda places, folder: by_command(file_of(folder, "parquet", places), "one pass"),
    "DuckDB, Parquet file": lambda places, folder: by_command(file_of(folder, "parquet", places), "duckdb"),
    "one pass, CSV file": lambda places, folder: by_command(file_of(folder, "csv", places), "one pass"),
    "DuckDB, CSV file": lambda places, folder: by_command(file_of(folder, "csv", places), "duckdb"),
    "import status-table, CSV file": lambda places, folder: by_import(file_of(folder, "csv", places), places),
}


def run_alone(method: str, places: int, folder: Path) -> None:
    """Run one method in this process and print its figures as JSON."""
    begin = time.perf_counter()
    answer = METHODS[method](places, folder)
    figures = {name: getattr(answer, name) for name in Found.__slots__}
    total, peak = time.perf_counter() - begin, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sys.stdout.write(json.dumps({**figures, "total": total, "peak": peak}))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--share", type=int, default=1, help="divide the number of places by this")
    parser.add_argument("--file", action="store_true", help="measure reading CSV files too")
    parser.add_argument("--alone", nargs=2, metavar=("METHOD", "FOLDER"), help=argparse.SUPPRESS)
    parser.add_argument("--write", nargs=2, metavar=("KIND", "FOLDER"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    places = PLACES // options.share
    if options.alone:
        run_alone(options.alone[0], places, Path(options.alone[1]))
        return
    if options.write:
        file_of(Path(options.write[1]), options.write[0], places)
        return
    print(f"{places:,} places x {DAYS:,} days = {places * DAYS / 1e6:.1f} million rows")
    print(f"{'method':30s} {'intervals':>10s} {'rows':>9s} {'seconds':>8s} {'with making':>12s} {'peak MB':>8s}")
    command = [sys.executable, __file__, "--share", str(options.share)]
    with tempfile.TemporaryDirectory() as folder:
        sums = set()
        for method in METHODS:
            if "CSV" in method and not options.file:
                continue
            if "file" in method:  # written by a process of its own, whose time and memory do not count
                kind = "csv" if "CSV" in method else "parquet"
                subprocess.run([*command, "--write", kind, folder], check=True)
            done = subprocess.run([*command, "--alone", method, folder], capture_output=True, text=True, check=False)
            if done.returncode:
                print(
                    f"{method:30s} failed: {done.stderr.strip().splitlines()[-1] if done.stderr else done.returncode}"
                )
                continue
            figures = json.loads(done.stdout)
            sums.add(figures["rows"])
            print(
                f"{method:30s} {figures['intervals']:10,} {figures['rows']:>9s} {figures['seconds']:8.2f} "
                f"{figures['total']:12.2f} {figures['peak']:8.0f}"
            )
    print(f"target of one pass at full size: under {TARGET_SECONDS} s and {TARGET_MB} MB")
    if len(sums) > 1:
        sys.exit("the rows differ")


if __name__ == "__main__":
    main()

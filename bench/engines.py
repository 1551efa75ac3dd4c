"""2 million claims by the last-report rule: one Ibis expression on databases, beside plain Python, pandas and Polars.

    python bench/engines.py              # plain Python, pandas, Polars and DuckDB at full size, SQLite on a tenth
    python bench/engines.py --spark      # PySpark on a tenth, local, Java 17; status tables too: `pip install pyspark` first
    python bench/engines.py --share 100  # a hundredth of the places

Claims and status tables are those of `bench/claims.py` and `bench/status_tables.py`. Every method runs in a process of its
own. Seconds do not count the making and loading of the tables, nor the start of Spark. `rows` is a checksum over all columns
of the intervals; the command fails where methods differ. Memory of PySpark is that of Java.
"""

from __future__ import annotations

import argparse
import importlib.util
import io
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq

sys.path.insert(0, str(Path(__file__).parent.parent))

from bench import claims, status_tables  # after the path is set
from control.assessment.policy import BALANCED
from control.scale import engines, relational
from control.scale.reports import reports_of
from control.scale.rule import LastReport
from tests.control.scale.plain_rules import Said, last_report

RULE = LastReport(known_on=claims.END.toordinal() - 100, least_weight=0.2)
HELD = pa.schema(
    {"place": pa.string(), "start": pa.int64(), "end": pa.int64(), "side": pa.string(), "rival": pa.string()}
)
TENTH = 10


@dataclass(frozen=True, slots=True)
class Found:
    """What one method found; seconds without loading the rows."""

    told: int
    intervals: int
    rows: str
    seconds: float


def found(told: int, seconds: float, table: pa.Table) -> Found:
    """Return figures of a table of intervals, sorted by place and start."""
    text = io.BytesIO()
    pyarrow.csv.write_csv(table, text)
    return Found(told, table.num_rows, f"{zlib.crc32(text.getbuffer()):08x}", seconds)


def reports(places: int) -> pa.Table:
    table, outlets = claims.made_up(places)
    ids = [f"p{number:05d}" for number in range(places)]
    return reports_of(table, outlets, BALANCED, ids, claims.actor_ids())


def plain(places: int) -> Found:
    told = [Said(*row) for row in zip(*(column.to_pylist() for column in reports(places).columns), strict=True)]
    begin = time.perf_counter()
    held = last_report(told, RULE)
    seconds = time.perf_counter() - begin
    return found(len(told), seconds, pa.table([pa.array(c) for c in zip(*held, strict=True)], HELD))


def by_pandas(places: int) -> Found:
    import pandas as pd

    frame = reports(places).to_pandas()
    begin = time.perf_counter()
    told = frame[(frame["weight"] >= RULE.least_weight) & (frame["known"] <= RULE.known_on)]
    strength = told.groupby(["place", "day", "side"], as_index=False)["weight"].max()
    best = strength.groupby(["place", "day"])["weight"].transform("max")
    near = strength[strength["weight"] >= best - RULE.margin]
    days = near.groupby(["place", "day"])["side"].agg(side="min", other="max").reset_index()
    faded = days["day"] + RULE.fade_days
    days["until"] = pd.concat([days.groupby("place")["day"].shift(-1).fillna(faded), faded], axis=1).min(axis=1)
    before = days.shift()
    goes_on = (before["until"] == days["day"]) & (before["place"] == days["place"])
    goes_on &= (before["side"] == days["side"]) & (before["other"] == days["other"])
    runs = days.groupby((~goes_on).cumsum()).agg(
        place=("place", "first"), start=("day", "min"), end=("until", "max"), side=("side", "first"),
        rival=("other", "first"),
    )  # fmt: skip
    runs["rival"] = runs["rival"].where(runs["rival"] != runs["side"])
    seconds = time.perf_counter() - begin
    return found(len(frame), seconds, pa.Table.from_pandas(runs.astype({"end": "int64"}), HELD, preserve_index=False))


def by_polars(places: int) -> Found:
    import polars as pl

    frame = pl.DataFrame(reports(places))
    begin = time.perf_counter()
    before = pl.struct("place", "side", "other").shift() == pl.struct("place", "side", "other")
    runs = (
        frame.lazy()
        .filter(pl.col("weight") >= RULE.least_weight, pl.col("known") <= RULE.known_on)
        .group_by("place", "day", "side")
        .agg(pl.max("weight"))
        .filter(pl.col("weight") >= pl.max("weight").over("place", "day") - RULE.margin)
        .group_by("place", "day")
        .agg(side=pl.min("side"), other=pl.max("side"))
        .sort("place", "day")
        .with_columns(faded=pl.col("day") + RULE.fade_days)
        .with_columns(until=pl.min_horizontal(pl.col("day").shift(-1).over("place"), "faded"))
        .with_columns(goes_on=(before & (pl.col("until").shift() == pl.col("day"))).fill_null(value=False))
        .with_columns(run=(~pl.col("goes_on")).cum_sum())
        .group_by("run")
        .agg(
            pl.first("place"), start=pl.min("day"), end=pl.max("until"), side=pl.first("side"), rival=pl.first("other")
        )
        .sort("run")
        .select("place", "start", "end", "side", rival=pl.when(pl.col("rival") != pl.col("side")).then("rival"))
        .collect()
    )
    seconds = time.perf_counter() - begin
    return found(len(frame), seconds, runs.to_arrow().cast(HELD))


def by_database(places: int, engine: str) -> Found:
    backend, told = engines.connect(engine), reports(places)
    table = engines.load(backend, "reports", told)
    begin = time.perf_counter()
    runs = engines.fetch(relational.last_report(table, RULE), "place", "start")
    seconds = time.perf_counter() - begin
    return found(told.num_rows, seconds, runs.cast(HELD))


def _ask_spark(expression: Callable[[Any], Any], told: pa.Table, schema: pa.Schema) -> Found:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "told.parquet"
        pq.write_table(told, path)
        ((_, table),) = engines.open_tables(engines.connect("pyspark"), [path])
        begin = time.perf_counter()
        runs = engines.fetch(expression(table), "place", "start")
        seconds = time.perf_counter() - begin
    return found(told.num_rows, seconds, runs.cast(schema))


def _statuses(places: int) -> pa.Table:
    table = pa.table(status_tables.whole(places))
    names = pa.array(status_tables.NAMES).take(table["status"])
    return pa.table({"place": table["place"], "day": table["day"].cast(pa.int64()), "status": names})


RUNS = pa.schema({"place": pa.int32(), "start": pa.int64(), "end": pa.int64(), "status": pa.string()})


def statuses_by(places: int, engine: str) -> Found:
    told = _statuses(places)
    if engine == "pyspark":
        return _ask_spark(relational.status_intervals, told, RUNS)
    table = engines.load(engines.connect(engine), "statuses", told)
    begin = time.perf_counter()
    runs = engines.fetch(relational.status_intervals(table), "place", "start")
    return found(told.num_rows, time.perf_counter() - begin, runs.cast(RUNS))


METHODS: dict[str, Callable[[int], Found]] = {
    "plain Python": plain,
    "pandas": by_pandas,
    "Polars": by_polars,
    "DuckDB": lambda places: by_database(places, "duckdb"),
    "SQLite": lambda places: by_database(places, "sqlite"),
    "PySpark": lambda places: _ask_spark(lambda t: relational.last_report(t, RULE), reports(places), HELD),
    "statuses, DuckDB": lambda places: statuses_by(places, "duckdb"),
    "statuses, SQLite": lambda places: statuses_by(places, "sqlite"),
    "statuses, PySpark": lambda places: statuses_by(places, "pyspark"),
}


def _peak() -> float:
    """Peak memory in MB: of Java where there is one, else of this process."""
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if f"PPid:\t{os.getpid()}\n" in (text := (process / "status").read_text()) and "Name:\tjava" in text:
                return int(text.split("VmHWM:")[1].split()[0]) / 1024
        except OSError:  # it ended meanwhile
            continue
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def run_alone(method: str, places: int) -> None:
    """Run one method in this process and print its figures as JSON."""
    answer = METHODS[method](places)
    sys.stdout.write(json.dumps({**{name: getattr(answer, name) for name in Found.__slots__}, "peak": _peak()}))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--share", type=int, default=1, help="divide the number of places by this")
    parser.add_argument("--spark", action="store_true", help="PySpark, beside DuckDB and SQLite, on a tenth")
    parser.add_argument("--alone", nargs=2, metavar=("METHOD", "PLACES"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.alone:
        run_alone(options.alone[0], int(options.alone[1]))
        return
    whole = claims.PLACES // options.share
    tenth = whole // TENTH
    asked = [(method, whole) for method in ("plain Python", "pandas", "Polars", "DuckDB")]
    asked += [(method, tenth) for method in ("DuckDB", "SQLite")]
    if options.spark:
        if not importlib.util.find_spec("pyspark"):
            parser.error("PySpark is not installed; pip install pyspark, and have Java 17")
        asked = [(method, tenth) for method in METHODS if any(e in method for e in ("DuckDB", "SQLite", "PySpark"))]
    print(
        f"{'method':20s} {'places':>7s} {'rows in':>10s} {'intervals':>10s} {'rows':>9s} {'seconds':>8s} {'peak MB':>8s}"
    )
    sums: dict[tuple[bool, int], set[str]] = {}
    for method, places in asked:
        command = [sys.executable, __file__, "--alone", method, str(places)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            sys.exit(f"{method} failed:\n{done.stderr}")
        figures = json.loads(done.stdout.splitlines()[-1])
        sums.setdefault(("statuses" in method, places), set()).add(figures["rows"])
        print(
            f"{method:20s} {places:7,} {figures['told']:10,} {figures['intervals']:10,} {figures['rows']:>9s} "
            f"{figures['seconds']:8.2f} {figures['peak']:8.0f}"
        )
    if any(len(different) > 1 for different in sums.values()):
        sys.exit("the rows differ")


if __name__ == "__main__":
    main()

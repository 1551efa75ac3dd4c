"""56 million statuses (33,000 places, 1,700 days) become runs in one pass: time and memory.

    python bench/status_tables.py             # full size, encoder and whole tables
    python bench/status_tables.py --share 50  # a fiftieth of the places
    python bench/status_tables.py --file      # a CSV file of that size too, written first: 1.5 GB at full size

Every method runs in a process of its own, so that its peak memory is its own. The rows are generated in blocks, by place (as
VIINA orders them) or by day, with a change every 400 days of a place on average; that time is told apart. `whole pandas` and
`whole polars` (where it is installed) find the same runs in one table that is in memory as a whole.
"""

from __future__ import annotations

import argparse
import gc
import importlib.util
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).parent.parent))

from control.imports.runs import RunEncoder, Runs  # after the path is set

PLACES, DAYS, BLOCK = 33_000, 1_700, 1_000_000
FIRST_DAY = 738_210  # 2022-02-24
CHANGE = 1 / 400
SEED = 7
TARGET_SECONDS, TARGET_MB = 10, 512

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


def one_pass(places: int, by_day: bool) -> tuple[int, float]:
    """Return the number of runs, and the seconds that finding them took."""
    statuses = history(places)
    encoder, spent = RunEncoder(places), 0.0
    for block in blocks(statuses, by_day):
        begin = time.perf_counter()
        encoder.add(*block)
        spent += time.perf_counter() - begin
    begin = time.perf_counter()
    runs: Runs = encoder.finish()
    return len(runs), spent + time.perf_counter() - begin


def whole_pandas(places: int) -> tuple[int, float]:
    """Find the same with one frame; small types, sorted by place and day already."""
    import pandas as pd

    statuses = history(places)
    frame = pd.DataFrame(
        {
            "place": np.repeat(np.arange(places, dtype=np.int32), DAYS),
            "day": np.tile(np.arange(FIRST_DAY, FIRST_DAY + DAYS, dtype=np.int32), places),
            "status": statuses.ravel(),
        }
    )
    del statuses
    gc.collect()
    begin = time.perf_counter()
    frame = frame.sort_values(["place", "day"], kind="stable")
    new = (frame["place"] != frame["place"].shift()) | (frame["status"] != frame["status"].shift())
    runs = frame.groupby(new.cumsum()).agg(
        place=("place", "first"), first=("day", "first"), last=("day", "last"), status=("status", "first")
    )
    return len(runs), time.perf_counter() - begin


def whole_polars(places: int) -> tuple[int, float]:
    """Find the same with one Polars frame."""
    import polars as pl

    statuses = history(places)
    frame = pl.DataFrame(
        {
            "place": np.repeat(np.arange(places, dtype=np.int32), DAYS),
            "day": np.tile(np.arange(FIRST_DAY, FIRST_DAY + DAYS, dtype=np.int32), places),
            "status": statuses.ravel(),
        }
    )
    del statuses
    begin = time.perf_counter()
    runs = (
        frame.lazy()
        .sort("place", "day")
        .with_columns(run=pl.struct("place", "status").rle_id())
        .group_by("run")
        .agg(pl.first("place"), first=pl.min("day"), last=pl.max("day"), status=pl.first("status"))
        .collect()
    )
    return len(runs), time.perf_counter() - begin


def from_file(places: int) -> tuple[int, float]:
    """Read a CSV file with VIINA's columns in blocks of text, look up its ids, dates and statuses, and encode it."""
    from control.imports.account import Ledger
    from control.imports.status_table import StatusColumns, read_runs

    names = np.array(["UA", "RU", "CONTESTED"])
    days = np.array([f"{2022 + d // 365}{d % 365 // 31 + 1:02}{d % 31 + 1:02}" for d in range(DAYS)])
    days = np.unique(days)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "control.csv"
        statuses = history(places)
        with path.open("w", encoding="utf-8") as file:
            file.write("geonameid,date,status_wiki,status_boost,status_dsm,status_isw,status\n")
            for place in range(places):
                file.writelines(
                    f"{700_000 + place},{day},UA,UA,,UA,{name}\n"
                    for day, name in zip(days, names[statuses[place, : len(days)]], strict=True)
                )
        del statuses
        ids = {str(700_000 + place): place for place in range(places)}
        codes = {name.lower(): code for code, name in enumerate(names)}
        begin = time.perf_counter()
        runs, _ = read_runs([path], StatusColumns(), ids, codes, Ledger())
        return len(runs), time.perf_counter() - begin


METHODS: dict[str, Callable[[int], tuple[int, float]]] = {
    "one pass, by place": lambda places: one_pass(places, by_day=False),
    "one pass, by day": lambda places: one_pass(places, by_day=True),
    "one pass from a CSV file": from_file,
    "whole pandas": whole_pandas,
    "whole polars": whole_polars,
    "(generating the rows alone)": lambda places: (sum(len(b[0]) for b in blocks(history(places), False)), 0.0),
}


def run_alone(method: str, places: int) -> None:
    """Run one method in this process and print its figures as JSON."""
    begin = time.perf_counter()
    runs, seconds = METHODS[method](places)
    total = time.perf_counter() - begin
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sys.stdout.write(json.dumps({"runs": runs, "seconds": seconds, "total": total, "peak": peak}))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--share", type=int, default=1, help="divide the number of places by this")
    parser.add_argument("--file", action="store_true", help="measure reading a CSV file too")
    parser.add_argument("--alone", choices=list(METHODS), help=argparse.SUPPRESS)
    options = parser.parse_args()
    places = PLACES // options.share
    if options.alone:
        run_alone(options.alone, places)
        return
    print(f"{places:,} places x {DAYS:,} days = {places * DAYS / 1e6:.1f} million rows")
    print(f"{'method':30s} {'runs':>10s} {'seconds':>8s} {'with generating':>16s} {'peak MB':>8s}")
    for method in METHODS:
        if ("file" in method and not options.file) or ("polars" in method and not importlib.util.find_spec("polars")):
            continue
        command = [sys.executable, __file__, "--share", str(options.share), "--alone", method]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            print(f"{method:30s} failed: {done.stderr.strip().splitlines()[-1] if done.stderr else done.returncode}")
            continue
        found = json.loads(done.stdout)
        print(f"{method:30s} {found['runs']:10,} {found['seconds']:8.2f} {found['total']:16.2f} {found['peak']:8.0f}")
    print(f"target of one pass at full size: under {TARGET_SECONDS} s and {TARGET_MB} MB")


if __name__ == "__main__":
    main()

"""Compare what two checkouts of this program answer: exports, snapshots, command line and the map's data, byte for byte.

    python bench/compare_checkouts.py OLD NEW [--keep FOLDER]

Each command runs in a process of its own, with one checkout on the path and that checkout as its folder. What differs is
listed; exit code 1 when anything does. With --keep the answers stay in FOLDER/old and FOLDER/new, for `diff -r`.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

DAYS = {"iraq-syria": ("2015-06-01", "2017-11-10"), "ukraine": ("2022-03-15", "2022-11-20")}
PLACES = {"iraq-syria": ("Raqqa", "Albu Kamal", "Ana"), "ukraine": ("Kherson", "Izium")}
FORMATS = {
    "csv": "csv", "changes": "csv", "snapshot": "geojson", "geojson": "geojson", "geojson-times": "geojson",
    "kepler": "json", "ohm": "geojson", "gpkg": "gpkg", "geoparquet": "parquet", "kml": "kml", "lpf": "json", "png": "png",
    "svg": "svg",
}  # fmt: skip
ONE_DAY = {"snapshot", "png", "svg"}
PAYLOAD = """
import json, sys
from importlib import import_module
def load(*names):
    for name in names:
        try:
            return import_module(name)
        except ModuleNotFoundError:
            continue
theatre = load("control.record.theatre", "control.theatre").load_theatre({folder!r})
timeline = load("control.assessment.timeline", "control.timeline").Timeline(theatre)
landscape = load("control.territory.landscape", "control.landscape").landscape_of(theatre)
home = load("control.territory.estimator", "control.territory.estimate", "control.estimate")
estimator = home.Estimator(timeline, landscape)
payload = load("control.map").timeline_payload(timeline, estimator)
json.dump(payload, open({output!r}, "w"), sort_keys=True, default=str)
"""


def questions(theatre: str, out: Path) -> Iterator[tuple[str, list[str]]]:
    """Yield a name for each answer, and the command that gives it; `{}` in it is a file to write."""
    folder = ["--theatre", f"seeds/{theatre}"]
    first, second = DAYS[theatre]
    run = ["-m", "control"]
    for name, suffix in FORMATS.items():
        dates = ["--date", first] if name in ONE_DAY else ["--since", first, "--until", "2015-08-31"]
        if theatre == "ukraine" and name not in ONE_DAY:
            dates = ["--since", first, "--until", "2022-05-31"]
        file = str(out / f"{theatre}.{name}.{suffix}")
        yield f"export {name}", [*run, "export", name, *dates, "--output", file, *folder]
    for place in PLACES[theatre]:
        for command, asked in (("why", [place]), ("assess", ["--place", place])):
            for style in ([], ["--json"]):
                yield f"{command} {place} {style}", [*run, command, *asked, "--date", second, *style, *folder]
    for command in ("statistics", "fronts", "enclaves"):
        yield command, [*run, command, "--date", second, "--json", *folder]
    yield "check", [*run, "check", *folder]
    yield "sources", [*run, "sources", "--json", *folder]
    yield "places", [*run, "places", PLACES[theatre][0], *folder]
    yield "changes", [*run, "changes", "--since", first, "--until", second, "--json", *folder]
    yield "snapshot", [*run, "snapshot", "--date", second, "--output", str(out / f"{theatre}.snapshot.json"), *folder]
    code = PAYLOAD.format(folder=f"seeds/{theatre}", output=str(out / f"{theatre}.payload.json"))
    yield "the map's data", ["-c", code]


def answers(checkout: Path, out: Path) -> dict[str, str]:
    """Ask a checkout everything. Returns a digest for each answer and each file."""
    out.mkdir(parents=True)
    environment = {**os.environ, "PYTHONPATH": str(checkout), "SOURCE_DATE_EPOCH": "1500000000"}
    found = {}
    for theatre in DAYS:
        for name, command in questions(theatre, out):
            ran = subprocess.run(
                [sys.executable, *command], cwd=checkout, env=environment, capture_output=True, check=False
            )
            said = (ran.stdout + b"\x00" + ran.stderr + str(ran.returncode).encode()).replace(str(out).encode(), b"OUT")
            (out / f"{theatre}.{name.replace(' ', '-')}.said").write_bytes(said)
    for file in sorted(out.iterdir()):
        found[file.name] = hashlib.sha256(file.read_bytes()).hexdigest()
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("old", type=Path)
    parser.add_argument("new", type=Path)
    parser.add_argument("--keep", type=Path)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        home = asked.keep or Path(scratch)
        old = answers(asked.old.resolve(), home / "old")
        new = answers(asked.new.resolve(), home / "new")
    differing = sorted(name for name in old.keys() | new.keys() if old.get(name) != new.get(name))
    print(f"{len(old | new)} answers, {len(differing)} differ")
    print("\n".join(differing))
    return 1 if differing or not old else 0


if __name__ == "__main__":
    sys.exit(main())

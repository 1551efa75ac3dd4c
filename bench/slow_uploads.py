"""Read uploads whose rows all ask for something else, and say how long each takes.

    python bench/slow_uploads.py [--rows 20000]

Each table is as long as a table may be, with names, hints, regions or coordinates that differ from row to row: slow rules of
the gazetteer would be asked 20,000 times. More than 5 s of processor time for any of them: exit 1.
"""

from __future__ import annotations

import argparse
import csv
import io
import random
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from control.record.theatre import Theatre, load_theatre  # noqa: E402
from control.upload.columns import propose  # noqa: E402
from control.upload.letters import open_sheet  # noqa: E402
from control.upload.reading import Options, Reading, read_upload  # noqa: E402

LONGEST_SECONDS = 5.0
LETTERS = "abcdefghiklmnorst"


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    arguments.add_argument("--rows", type=int, default=20_000)
    rows = arguments.parse_args().rows
    slowest = 0.0
    for folder in ("iraq-syria", "ukraine"):
        theatre = load_theatre(ROOT / "seeds" / folder)
        names = [place.name for place in theatre.gazetteer.places if place.kind == "town"]
        for kind, (header, cells) in tables(names).items():
            content = write(header, (cells(number) for number in range(rows)), str(theatre.settings.opening_date))
            seconds, reading = read(theatre, content)
            slowest = max(slowest, seconds)
            print(
                f"{seconds:5.2f} s {len(content) / 1e6:4.1f} MB {folder}, {kind}: {len(reading.used)} used, "
                f"{len(reading.undecided)} to decide, {len(reading.bad)} not used",
                flush=True,
            )
    print(f"slowest: {slowest:.2f} s")
    return 1 if slowest > LONGEST_SECONDS else 0


def tables(names: list[str]) -> dict[str, tuple[str, Callable[[int], list[object]]]]:
    """Return the kinds of tables: columns beside date, event and side, and the cells of a row."""
    rng = random.Random(1)  # noqa: S311  the same tables every time

    def town() -> str:
        return rng.choice(names)

    def spot() -> list[object]:
        return [round(rng.uniform(29, 52), 4), round(rng.uniform(23, 48), 4)]

    def word() -> str:
        return "".join(rng.choices(LETTERS, k=9)).title()

    return {
        "hints": ("place", lambda n: [f"{town()} (hint {n})"]),
        "hints that are towns": ("place", lambda n: [f"{town()} ({town()}{n % 7})"]),
        "coordinates": ("place,lat,lon", lambda _: [town(), *spot()]),
        "coordinates alone": ("lat,lon", lambda _: spot()),
        "regions": ("place,region", lambda n: [town(), f"region {n}"]),
        "unknown names": ("place", lambda _: [word()]),
        "two names": ("place", lambda n: [f"{town()} / {town()}x{n}"]),
        "unknown names with coordinates": ("place,lat,lon", lambda _: [word(), *spot()]),
        "all of it": (
            "place,lat,lon,region",
            lambda n: [f"{town()} / {word()} (h{n})", *(spot() if n % 2 else ["", ""]), f"r{n}"],
        ),
    }


def write(header: str, rows: Iterable[list[object]], day: str) -> bytes:
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(["date", "event", "actor", *header.split(",")])
    writer.writerows([day, "captured", "ISIL", *cells] for cells in rows)
    return file.getvalue().encode()


def read(theatre: Theatre, content: bytes) -> tuple[float, Reading]:
    started = time.process_time()
    sheet = open_sheet("slow.csv", content, theatre)
    reading = read_upload(sheet, propose(sheet, theatre).columns, Options(), {}, theatre)
    return time.process_time() - started, reading


if __name__ == "__main__":
    sys.exit(main())

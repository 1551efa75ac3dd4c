"""Throw 10,000 hostile uploads at the reader, and count what must not happen.

    python bench/fuzz_uploads.py [--uploads 10000] [--seed 1]

Half are sheets whose good rows are known, among rows that are attacks: each good row must be used. Half are files with
changed bytes: text, workbooks, workbooks whose parts are changed, and archives that unpack to much. Every upload goes the
whole way: bytes, columns, rows, questions, the list of faults, the file of rows to mend, and the theatre with it in. A
traceback, an upload of more than 5 seconds of CPU, a lost good row, markup that is not
escaped, or rows that do not add up: exit 1.
"""

from __future__ import annotations

import argparse
import csv
import io
import random
import re
import sys
import time
import traceback
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from control.app.upload.unused_rows import faults_html  # noqa: E402
from control.record.theatre import Theatre, load_theatre  # noqa: E402
from control.upload.columns import propose  # noqa: E402
from control.upload.corrected import rows_to_mend  # noqa: E402
from control.upload.letters import open_sheet  # noqa: E402
from control.upload.places import PlaceFinder  # noqa: E402
from control.upload.reading import Options, Reading, read_upload  # noqa: E402
from control.upload.session import with_upload  # noqa: E402
from control.upload.sheet import Sheet, SheetError  # noqa: E402
from tests.control.upload.hostile_files import bombs, make_sheet, mutate, mutate_workbook  # noqa: E402

LONGEST_SECONDS = 5.0
FORMULA = ("=", "+", "-", "@", "\t", "\r")
TAG = re.compile(r"<(?!/?(?:ul|li|p|b|em|span|div)\b)")


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    arguments.add_argument("--uploads", type=int, default=10_000)
    arguments.add_argument("--seed", type=int, default=1)
    asked = arguments.parse_args()
    theatre = load_theatre(ROOT / "seeds" / "iraq-syria")
    gazetteer = theatre.gazetteer
    places = [p.name for p in gazetteer.places if p.kind == "town" and _is_plain(theatre, p.name)]
    actors = [actor.name for actor in theatre.actors.values() if actor.parent is None]
    rng = random.Random(asked.seed)  # noqa: S311  the same uploads for the same seed
    fates: Counter[str] = Counter()
    wrong: list[str] = []
    slowest, slowest_what = 0.0, ""
    explosive = list(bombs().items())
    finder = PlaceFinder(theatre)
    samples = [make_sheet(rng, places, actors) for _ in range(40)]
    for number in range(asked.uploads):
        good: set[int] = set()
        if number % 2 == 0:
            made = make_sheet(rng, places, actors, rng.randint(1, 25))
            what, name, content, good = "sheet", made.name, made.content, made.good
        elif number < 2 * 5 * len(explosive):
            what, content = explosive[number // 2 % len(explosive)]
            name = "bomb.xlsx"
        else:
            sample = rng.choice(samples)
            name = sample.name
            packed = name.endswith("xlsx")
            what = "parts changed" if packed and rng.random() < 0.6 else "bytes changed"
            content = mutate_workbook(rng, sample.content) if what == "parts changed" else mutate(rng, sample.content)
        started = time.process_time()
        try:
            fate, complaints = upload(theatre, finder, name, content, good)
        except Exception:  # the very thing that is looked for
            fate, complaints = "traceback", [traceback.format_exc()]
        taken = time.process_time() - started
        fates[f"{'sheets with known good rows' if what == 'sheet' else 'changed bytes and bombs'}: {fate}"] += 1
        if taken > slowest:
            slowest, slowest_what = taken, f"upload {number}, {what}, {name}"
        if taken > LONGEST_SECONDS:
            complaints.append(f"took {taken:.1f} s")
        for complaint in complaints:
            wrong.append(f"upload {number} ({what}): {complaint}")
            print(wrong[-1], flush=True)
    for fate, count in sorted(fates.items()):
        print(f"{count:6} {fate}")
    print(f"slowest: {slowest:.2f} s ({slowest_what}); {len(wrong)} complaints about {asked.uploads} uploads")
    return 1 if wrong else 0


def upload(theatre: Theatre, finder: PlaceFinder, name: str, content: bytes, good: set[int]) -> tuple[str, list[str]]:
    """Take one upload the whole way; return its fate and what is wrong with how it was treated."""
    try:
        sheet = open_sheet(name, content, theatre, finder)
    except SheetError as error:
        lost = [f"{len(good)} good rows lost: {error}"] if good else []
        return "refused with a reason", lost + ([] if str(error) else ["refused without a reason"])
    columns = propose(sheet, theatre).columns
    reading = read_upload(sheet, columns, Options(), {}, theatre, finder)
    complaints = check(sheet, reading)
    used = {*reading.used, *reading.merged}
    if good - used:
        complaints.append(
            f"good rows lost: {sorted(good - used)}: {[str(f) for f in reading.faults if f.row in good - used]}"
        )
    if reading.claims:
        made = with_upload(theatre, reading.claims, reading.sources, alone=True)
        if len(made.claims) + len(made.area_claims) != len(reading.claims):
            complaints.append("claims lost on the way to the theatre")
    return ("read, some rows used" if reading.used else "read, no row used"), complaints


def check(sheet: Sheet, reading: Reading) -> list[str]:
    complaints = []
    fates = [*reading.used, *reading.merged, *reading.undecided, *reading.bad]
    if sorted(fates) != [line.number for line in sheet.lines] or reading.total != len(fates):
        complaints.append("rows do not add up")
    if {fault.row for fault in reading.faults} != set(reading.bad):
        complaints.append("bad rows and faults differ")
    if TAG.search(faults_html(reading)):
        complaints.append("markup not escaped")
    rows = list(csv.reader(io.StringIO(rows_to_mend(sheet, reading).removeprefix("\ufeff"), newline="")))
    if [int(row[0]) for row in rows[1:]] != sorted((*reading.bad, *reading.undecided)):
        complaints.append("the file of rows to mend has other rows")
    formulas = [c for row in rows for c in row if c.startswith(FORMULA) and not _is_number(c)]
    return complaints + ([f"formula in the file of rows to mend: {formulas[0][:80]!r}"] if formulas else [])


def _is_plain(theatre: Theatre, name: str) -> bool:
    try:
        return theatre.gazetteer.find(name).score > 0.95
    except LookupError:
        return False


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


if __name__ == "__main__":
    sys.exit(main())

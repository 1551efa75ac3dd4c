"""Tamper with exports of every format, and let `verify` judge them; then let it judge files that were made to harm.

    python bench/tampered.py [--rounds 24] [--seed 1]

Each round does each kind of tampering once to an export of each format: a flipped bit, a torn file, another word, another
value in the record, a forged id, a forged hash of the data; as they are, or sealed again as anybody can who has the program.
The files made to harm are verified at the command line, one process each, with 3 GB of memory and 60 seconds. A tampered
file that passes unsaid, a traceback, a file that is opened because another names it, or one that takes longer: exit 1.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import threading
import time
import traceback
from collections import Counter, defaultdict
from datetime import date
from pathlib import Path
from random import Random

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from control.assessment.policy import load_policy  # noqa: E402
from control.export.extract import Extract  # noqa: E402
from control.export.files import read_provenance, write  # noqa: E402
from control.export.formats import FORMATS  # noqa: E402
from control.record.theatre import Theatre, load_theatre  # noqa: E402
from control.territory.surroundings import CoupledTimeline  # noqa: E402
from tests.conftest import report, write_mini  # noqa: E402
from tests.control.export.tampering import Files, crafted, outcome, tampered  # noqa: E402

REPORTS = (
    report("2017-03-01", "captured", "Reds"),
    report("2017-09-01", "captured", "Blue Front"),
    report("2017-05-01", "captured", "Reds", place="Beta"),
)
MOST_BYTES, MOST_SECONDS = 3_000_000_000, 60


def main() -> int:
    """Print what became of how many files, and what must not happen."""
    arguments = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    arguments.add_argument("--rounds", type=int, default=24)
    arguments.add_argument("--seed", type=int, default=1)
    asked = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["CONTROLMAP_CACHE"] = f"{folder}/cache"
        mini = write_mini(Path(folder) / "mini", list(REPORTS))
        wrong = tamper(load_theatre(mini), Path(folder), asked.rounds, Random(asked.seed))  # noqa: S311
        wrong += harm(mini, Path(folder))
    for line in wrong:
        print(f"WRONG: {line}")
    return int(bool(wrong))


def tamper(theatre: Theatre, folder: Path, rounds: int, rng: Random) -> list[str]:
    """Verify tampered exports of every format; return those that passed unsaid."""
    fates: dict[str, Counter[str]] = defaultdict(Counter)
    wrong, slowest = [], 0.0
    for form in FORMATS:
        file = folder / f"export{FORMATS[form].suffix}"
        write(form, extract_of(theatre, form), file)
        files, said = Files.of(file), read_provenance(file)
        for number in range(rounds):
            for kind, other in tampered(rng, files, said):
                if other == files:
                    continue
                other.put(file)
                began = time.perf_counter()
                try:
                    fate = outcome(file, theatre)
                except Exception:
                    fate = "traceback"
                    traceback.print_exc()
                slowest = max(slowest, time.perf_counter() - began)
                fates[kind][fate] += 1
                if fate in {"unsaid", "traceback"}:
                    wrong.append(f"{form}, round {number}: {kind}: {fate}")
        for path in folder.glob("export*"):
            path.unlink()
    names = ("refused", "broken", "said", "unsaid", "traceback")
    print(f"{'tampering':<42}" + "".join(f"{name:>11}" for name in names))
    for kind, counts in fates.items():
        print(f"{kind:<42}" + "".join(f"{counts[name]:>11}" for name in names))
    total = sum((counts for counts in fates.values()), Counter())
    print(f"{f'all {total.total():,}':<42}" + "".join(f"{total[name]:>11}" for name in names))
    print(f"slowest: {slowest:.1f} s")
    return wrong


def extract_of(theatre: Theatre, form: str) -> Extract:
    """Return what an export of a format holds: one date, half a year, or three pictures."""
    kind = FORMATS[form]
    since, until = date(2017, 2, 1), date(2017, 10, 31)
    if kind.frames:
        since, until = date(2017, 5, 20), date(2017, 7, 25)
    if not kind.series:
        since = until = date(2017, 6, 1)
    layers = kind.usual if kind.several else kind.usual[:1]
    return Extract(CoupledTimeline(theatre, load_policy("balanced")), since, until, "month", layers)


def harm(mini: Path, folder: Path) -> list[str]:
    """Verify files that were made to harm, at the command line."""
    extract = extract_of(load_theatre(mini), "geojson")
    secret = folder / "secret"
    os.mkfifo(secret)
    opened: list[str] = []
    threading.Thread(target=_listen, args=(secret, opened), daemon=True).start()
    wrong, most_seconds, most_mb = [], 0.0, 0.0
    files = crafted(extract.provenance("geojson").to_dict(), secret)
    for name, content in files.items():
        file = folder / name
        if callable(content):
            content(file)
        else:
            file.write_bytes(content)
        began = time.perf_counter()
        try:
            done = subprocess.run(
                [sys.executable, "-m", "control", "verify", str(file), "--theatre", str(mini)],
                capture_output=True,
                text=True,
                cwd=ROOT,
                timeout=MOST_SECONDS,
                check=False,
                preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (MOST_BYTES, MOST_BYTES)),
            )
        except subprocess.TimeoutExpired:
            wrong.append(f"{name}: longer than {MOST_SECONDS} s")
            continue
        most_seconds = max(most_seconds, time.perf_counter() - began)
        most_mb = max(most_mb, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1000)
        if done.returncode != 1 or "Traceback" in done.stderr or "still holds" in done.stdout.partition(":")[0]:
            wrong.append(f"{name}: exit code {done.returncode}: {(done.stdout + done.stderr)[-300:]}")
    wrong += [f"the file that they name was opened: {line}" for line in opened]
    print(
        f"made to harm: {len(files)} files, {len(wrong)} wrong; slowest {most_seconds:.1f} s, most memory {most_mb:.0f} MB; "
        f"what they name was opened {len(opened)} times"
    )
    return wrong


def _listen(secret: Path, opened: list[str]) -> None:
    """Note when somebody opens the pipe for reading: only then it can be opened for writing."""
    with secret.open("wb"):
        opened.append(str(secret))


if __name__ == "__main__":
    sys.exit(main())

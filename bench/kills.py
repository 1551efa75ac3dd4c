"""Kill every command that writes, at random moments and while it writes, and let each run on full disks.

    python bench/kills.py [--kills 6] [--seed 1] [--only export]

What is written replaces an earlier version. After a kill each file must be the earlier one or the new one, whole; a table
beside the description of the other version must be said by `verify`. The next run must leave the new version, and no draft.
On a disk that the new version does not fit into (a tmpfs where it can be mounted; else a limit on the size of files) the run
must end with one sentence and exit code 1, and the earlier version must be untouched. Anything else: exit 1.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from control.storage.atomic_file import DRAFT  # noqa: E402
from tests.conftest import report, write_mini  # noqa: E402

SHARES = (0.02, 0.3, 0.6, 0.95)
"""Of the new version: so much room is left on a full disk."""
EVENTS = "date,lat,lng,title,category\n" + "".join(
    f"2017-0{n % 6 + 3}-{n % 28 + 1:02d}T14:00:00Z,50.01,{10 + n % 3 / 2},Clash {n},fights\n" for n in range(30)
)
CATEGORIES = "category,event,actor,loser\nfights,contested,red,blue\n"
STATUSES = "place,date,status\n" + "".join(
    f"p{n % 50},2017-{n % 12 + 1:02d}-{n % 28 + 1:02d},s{n % 3}\n" for n in range(3000)
)


@dataclass(frozen=True)
class Command:
    """A command that writes.

    Attributes
    ----------
    old, new
        Its arguments for the earlier version and for the new one; OUT is the folder that is written to.
    theatre
        Whether it writes into a theatre that is there.
    """

    name: str
    old: tuple[str, ...]
    new: tuple[str, ...]
    theatre: bool = False


def commands(mini: Path, scratch: Path) -> list[Command]:
    """Return all commands that write files."""
    (scratch / "events.csv").write_text(EVENTS, encoding="utf-8")
    (scratch / "statuses.csv").write_text(STATUSES, encoding="utf-8")
    (scratch / "few.csv").write_text("".join(STATUSES.splitlines(keepends=True)[:900]), encoding="utf-8")
    where = ("--theatre", str(mini))
    old, new = ("--date", "2017-04-01"), ("--date", "2017-10-01")
    early, late = (("--since", "2017-01-01", "--until", last) for last in ("2017-04-30", "2017-10-31"))
    made = [
        _pair("snapshot", old, new, "snapshot", "--output", "OUT/a.geojson", *where),
        _pair("changes", early, late, "changes", "--format", "csv", "--output", "OUT/a.csv", *where),
        _pair("statistics", old, new, "statistics", "--format", "csv", "--output", "OUT/a.csv", *where),
        Command(
            "places",
            ("snapshot", *old, "--output", "OUT/a.json", *where),
            ("places", "--export", "lpf", "--output", "OUT/a.json", *where),
        ),
        _pair("assessors", ("--draws", "0"), ("--draws", "9"), "assessors", "compare", "--policies", "balanced,strict",
              "--output", "OUT/a", *where),
        *(
            Command(f"scale {end}", *(("scale", "intervals", str(scratch / name), "--engine", "one-pass", "--output",
                    f"OUT/a.{end}") for name in ("few.csv", "statuses.csv")))
            for end in ("csv", "parquet")
        ),
    ]  # fmt: skip
    for form, end, dates in (
        ("csv", "csv", (early, late)), ("changes", "csv", (early, late)), ("snapshot", "geojson", (old, new)),
        ("geojson", "geojson", (early, late)), ("gpkg", "gpkg", (early, late)), ("geoparquet", "parquet", (early, late)),
        ("kml", "kml", (early, late)), ("lpf", "json", (early, late)), ("png", "png", (old, new)),
        ("svg", "svg", (old, new)),
        ("gif", "gif", (early, late)), ("mp4", "mp4", (early, late)), ("html", "html", (early, late)),
    ):  # fmt: skip
        made.append(_pair(f"export {form}", *dates, "export", form, "--output", f"OUT/a.{end}", *where))
    (scratch / "categories.csv").write_text(CATEGORIES, encoding="utf-8")
    (scratch / "first.csv").write_text("".join(EVENTS.splitlines(keepends=True)[:9]), encoding="utf-8")
    rest = ("--categories", str(scratch / "categories.csv"), "--title", "Feed", "--reference", "feed.example", *where)
    for kind, output in (("a theatre", "OUT"), ("a folder", "OUT/a"), ("a table", "OUT/a.csv")):
        first, every = (
            ("import", "events", str(scratch / name), *rest, "--output", output) for name in ("first.csv", "events.csv")
        )
        made.append(Command(f"import into {kind}", first, every, theatre=output == "OUT"))
    made.append(Command("theatre new", (), ("theatre", "new", "--countries", "MT", "--output", "OUT/a")))
    return made


def _pair(name: str, old: tuple[str, ...], new: tuple[str, ...], *rest: str) -> Command:
    cut = 2 if rest[0] in {"export", "assessors"} else 1
    return Command(name, (*rest[:cut], *old, *rest[cut:]), (*rest[:cut], *new, *rest[cut:]))


def contents(folder: Path) -> dict[str, bytes]:
    """Return all files of a folder, drafts left out."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {str(p.relative_to(folder)): p.read_bytes() for p in files if DRAFT not in str(p.relative_to(folder))}


def drafts(folder: Path) -> list[Path]:
    """Return what runs have left behind."""
    return sorted(folder.rglob(f"{DRAFT}*"))


def restore(folder: Path, files: Mapping[str, bytes]) -> None:
    """Put an earlier version into a folder."""
    for path in folder.iterdir():
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)


def start(arguments: tuple[str, ...], folder: Path, most_bytes: int | None = None) -> subprocess.Popen[str]:
    """Start a command that writes into a folder."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    if most_bytes is not None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, before[1]))
    try:
        return subprocess.Popen(
            [sys.executable, "-m", "control", *(text.replace("OUT", str(folder)) for text in arguments)],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT,
        )  # fmt: skip
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def run(arguments: tuple[str, ...], folder: Path, most_bytes: int | None = None) -> tuple[int, str]:
    """Run a command to its end; return its exit code and what it says."""
    process = start(arguments, folder, most_bytes)
    out, err = process.communicate(timeout=600)
    return process.returncode, out + err


class Bench:
    """Counts what became of each run, and what must not happen."""

    def __init__(self, mini: Path, scratch: Path, rng: random.Random) -> None:
        self.mini, self.scratch, self.rng = mini, scratch, rng
        self.fates: Counter[str] = Counter()
        self.wrong: list[str] = []

    def try_out(self, command: Command, kills: int) -> None:
        """Kill a command some times, and let it run on full disks."""
        folder = self.scratch / "out"
        folder.mkdir(exist_ok=True)
        restore(folder, contents(self.mini) if command.theatre else {})
        if command.old:
            self._check(command, *run(command.old, folder))
        old = contents(folder)
        began = time.perf_counter()
        self._check(command, *run(command.new, folder))
        seconds, new = time.perf_counter() - began, contents(folder)
        if old == new:
            self.wrong.append(f"{command.name}: both versions are the same")
        for number in range(kills):
            restore(folder, old)
            self._kill(command, folder, seconds, at_draft=number % 2 == 0)
            self._judge(command, folder, old, new)
            self._check(command, *run(command.new, folder))
            if contents(folder) != new or drafts(folder):
                self.wrong.append(
                    f"{command.name}: the run after a kill left {[p.name for p in drafts(folder)] or 'other files'}"
                )
        for share in SHARES:
            self._fill(command, share, old, new)

    def _kill(self, command: Command, folder: Path, seconds: float, at_draft: bool) -> None:
        process = start(command.new, folder)
        until = time.perf_counter() + self.rng.uniform(0.3, 1.0) * seconds
        while process.poll() is None and time.perf_counter() < until + (5 * seconds if at_draft else 0):
            if at_draft and any(folder.rglob(f"{DRAFT}*")):
                time.sleep(self.rng.choice((0, 0.0005, 0.002, 0.01, 0.05)))
                break
            time.sleep(0.0002)
        ended = process.poll() is not None
        if not ended:
            process.send_signal(signal.SIGKILL)
        process.communicate()
        self.fates[
            "ended before the kill" if ended else "killed while it wrote" if at_draft else "killed at random"
        ] += 1

    def _judge(self, command: Command, folder: Path, old: Mapping[str, bytes], new: Mapping[str, bytes]) -> None:
        found = contents(folder)
        torn = [name for name in {*old, *new} if found.get(name) not in (old.get(name), new.get(name))]
        if torn:
            self.wrong.append(f"{command.name}: neither the earlier nor the new: {', '.join(torn)}")
        elif found == old:
            self.fates["then: the earlier version"] += 1
        elif found == new:
            self.fates["then: the new version"] += 1
        else:
            self.fates["then: whole files of both versions"] += 1
            if command.name in {"export csv", "export changes"}:
                code, said = run(("verify", "OUT/a.csv", "--theatre", str(self.mini)), folder)
                if code != 1 or "pair:" not in said:
                    self.wrong.append(f"{command.name}: verify does not say of a mixed pair that it is one: {said}")

    def _fill(self, command: Command, share: float, old: Mapping[str, bytes], new: Mapping[str, bytes]) -> None:
        largest = max(len(content) for content in new.values())
        room = int(share * sum(len(content) for content in new.values()))
        for folder, most_bytes in small_disk(self.scratch, old, room, int(share * largest)):
            code, said = run(command.new, folder, most_bytes)
            found = contents(folder)
            if code == 0 and found == new:
                self.fates["full disk: it fitted"] += 1
            elif (
                code == 1
                and found == old
                and "nothing was changed" in said
                and "Traceback" not in said
                and not drafts(folder)
            ):
                self.fates["full disk: one sentence, the earlier version"] += 1
            else:
                kept = "earlier version kept" if found == old else "files changed"
                self.wrong.append(f"{command.name}, {share:.0%} of the room: exit code {code}, {kept}: {said[-400:]}")

    def _check(self, command: Command, code: int, said: str) -> None:
        if code:
            self.wrong.append(f"{command.name}: exit code {code}: {said[-400:]}")


def small_disk(
    scratch: Path, old: Mapping[str, bytes], room: int, most_bytes: int
) -> Iterator[tuple[Path, int | None]]:
    """Yield a folder with an earlier version and little room beside it; where nothing can be mounted, a limit on files."""
    folder = scratch / "disk"
    folder.mkdir(exist_ok=True)
    with mounted(folder) as is_mounted:
        restore(folder, old)
        if not is_mounted:
            yield folder, most_bytes
            return
        # tmpfs hands out pages: fill it up to the room that is to be left
        free = os.statvfs(folder)
        (folder / "ballast").write_bytes(b"\0" * max(0, free.f_bavail * free.f_frsize - room))
        with hidden(folder / "ballast"):
            yield folder, None


@contextmanager
def hidden(file: Path) -> Iterator[None]:
    """Keep the room that a file takes, and the file out of sight: it stays open without a name."""
    with file.open("rb"):
        file.unlink()
        yield


@contextmanager
def mounted(folder: Path) -> Iterator[bool]:
    """Mount a small tmpfs; say whether that was possible."""
    mount = shutil.which("mount")
    done = mount and subprocess.run(
        [mount, "-t", "tmpfs", "-o", "size=32m", "tmpfs", str(folder)], capture_output=True, check=False
    )
    is_mounted = bool(done and done.returncode == 0)
    try:
        yield is_mounted
    finally:
        if is_mounted:
            subprocess.run([str(shutil.which("umount")), str(folder)], check=True)


def main() -> int:
    """Print what became of all runs, and what must not happen."""
    arguments = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    arguments.add_argument("--kills", type=int, default=6, help="of each command")
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--only", default="", help="commands whose name begins so")
    asked = arguments.parse_args()
    with tempfile.TemporaryDirectory() as name:
        scratch = Path(name)
        os.environ["CONTROLMAP_CACHE"] = str(scratch / "cache")
        reports = [report("2017-03-01", "captured", "Reds"), report("2017-09-01", "captured", "Blue Front")]
        mini = write_mini(scratch / "mini", [*reports, report("2017-05-01", "captured", "Reds", place="Beta")])
        bench = Bench(mini, scratch, random.Random(asked.seed))  # noqa: S311  the same moments for the same seed
        tried = [command for command in commands(mini, scratch) if command.name.startswith(asked.only)]
        for command in tried:
            bench.try_out(command, asked.kills)
            print(f"{command.name}: done, {len(bench.wrong)} wrong so far", file=sys.stderr, flush=True)
    print(f"{len(tried)} commands, {asked.kills} kills and {len(SHARES)} full disks each")
    print(json.dumps(dict(sorted(bench.fates.items())), indent=1))
    for line in bench.wrong:
        print(f"WRONG: {line}")
    return int(bool(bench.wrong))


if __name__ == "__main__":
    sys.exit(main())

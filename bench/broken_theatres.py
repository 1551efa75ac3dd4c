"""Break a theatre folder in every way that is listed, and count what must not happen.

    python bench/broken_theatres.py [--seed 1] [--every 1] [--from 0] [--only TEXT]

Each of the folders (bench/broken_folders.py, bench/broken_layers.py) goes the whole way in a process of its own: check,
snapshot, the map's page, pictures (svg, png), one page (html), and the app, which has a sound theatre beside it. Exit 1 at
a traceback, an app that does not open, a word of a file outside the folder, a stage that refuses what check accepts, a
stage of more than 5 seconds of CPU, or more than 1 GB of memory.
"""

from __future__ import annotations

import argparse
import contextlib
import ctypes
import io
import json
import os
import resource
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from streamlit.testing.v1 import AppTest  # noqa: E402

from bench.broken_folders import SECRET, Breakage, breakages  # noqa: E402
from bench.sound_folder import write_sound  # noqa: E402
from control.assessment.timeline import Timeline  # noqa: E402
from control.cli import main as cli  # noqa: E402
from control.map.view import map_page  # noqa: E402
from control.record.theatre import load_theatre  # noqa: E402
from control.storage.files import FileError  # noqa: E402
from control.territory.ground import Grounds  # noqa: E402

SECONDS = 5.0
"""Of CPU, a stage: the machine may have other things to do."""
MEGABYTES = 1024
GIVE_UP_S = 600
"""Of the clock, for all stages of a folder."""
STAGES = ("check", "map", "snapshot", "svg", "png", "html", "app")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--every", type=int, default=1, help="Try only one folder of so many.")
    parser.add_argument("--only", default="", help="Try only folders whose name has this in it.")
    parser.add_argument("--from", dest="first", type=int, default=0, help="Begin with the folder of this number.")
    asked = parser.parse_args()
    chosen = [b for b in breakages(asked.seed) if asked.only in b.name][asked.first :: asked.every]
    fates: Counter[str] = Counter()
    wrong: list[str] = []
    slowest, largest = (0.0, ""), (0.0, "")
    with tempfile.TemporaryDirectory() as scratch:
        os.environ["CONTROLMAP_CACHE"] = str(Path(scratch) / "cache")
        home = _program(Path(scratch))
        _try(Path(scratch), home, Breakage("nothing", lambda _: None))  # what all have in common is built once
        for number, breakage in enumerate(chosen):
            result = _try(Path(scratch), home, breakage)
            fates[result["fate"]] += 1
            faults = [f"{breakage.name}: {fault}" for fault in result["wrong"]]
            for fault in faults:
                print(fault, file=sys.stderr, flush=True)
            wrong += faults
            stage = max(result["seconds"], key=result["seconds"].get, default="")
            slowest = max(slowest, (result["seconds"].get(stage, 0.0), f"{stage} of {breakage.name}"))
            largest = max(largest, (result["megabytes"], breakage.name))
            if number % 100 == 99:
                print(f"{number + 1} of {len(chosen)}, {len(wrong)} wrong", file=sys.stderr)
    print(f"{len(chosen)} broken theatre folders, each through {', '.join(STAGES)}")
    for fate, count in sorted(fates.items()):
        print(f"  {count} {fate}")
    print(f"slowest stage: {slowest[0]:.1f} s of CPU ({slowest[1]}); most memory: {largest[0]:.0f} MB ({largest[1]})")
    print(f"{len(wrong)} wrong")
    return 1 if wrong or not chosen else 0


def _program(scratch: Path) -> Path:
    """Write a folder that holds the app with one sound theatre."""
    home = scratch / "program"
    home.mkdir(mode=0o755)
    scratch.chmod(0o755)
    shutil.copy(ROOT / "streamlit_app.py", home)
    (home / "control").symlink_to(ROOT / "control")
    write_sound(home / "seeds" / "sound")
    return home


def _try(scratch: Path, home: Path, breakage: Breakage) -> dict[str, Any]:
    """Break a folder and send it the whole way in a child of its own."""
    place = scratch / "tried"
    write_sound(place / "broken")
    try:
        breakage.apply(place / "broken")
        (place / "out").mkdir(mode=0o777)
        (place / "out").chmod(0o777)
        return _in_child(lambda: _stages(place, home, breakage.without_rights))
    finally:
        shutil.rmtree(place)


def _in_child(work: Callable[[], Iterator[tuple[str, str, list[str]]]]) -> dict[str, Any]:
    """Run stages in a forked child with limits, and gather what it tells."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        with os.fdopen(writing, "w") as told:
            _limit()
            before = time.process_time()
            for stage, fate, wrong in work():
                now = time.process_time()
                told.write(json.dumps([stage, fate, wrong, now - before]) + "\n")
                told.flush()
                before = now
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as heard:
        lines = [json.loads(line) for line in heard]
    _, status, usage = os.wait4(child, 0)
    wrong = [f"{stage}: {fault}" for stage, _, faults, _ in lines for fault in faults]
    wrong += [f"{stage}: {taken:.1f} s of CPU" for stage, _, _, taken in lines if taken > SECONDS]
    if len(lines) < len(STAGES):
        wrong.append(f"{STAGES[len(lines)]}: the process ended ({os.waitstatus_to_exitcode(status)})")
    megabytes = usage.ru_maxrss / 1024
    if megabytes > MEGABYTES:
        wrong.append(f"{megabytes:.0f} MB")
    fate = lines[0][1] if lines else "ended"
    return {"fate": fate, "wrong": wrong, "seconds": {s: t for s, _, _, t in lines}, "megabytes": megabytes}


def _limit() -> None:
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    ceiling = pages * resource.getpagesize() + MEGABYTES * 2**20
    resource.setrlimit(resource.RLIMIT_AS, (ceiling, ceiling))
    resource.setrlimit(resource.RLIMIT_CPU, (60, 60))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.alarm(GIVE_UP_S)


def _stages(place: Path, home: Path, without_rights: bool) -> Iterator[tuple[str, str, list[str]]]:
    """Yield each stage, what became of it, and what is wrong."""
    if without_rights:
        _give_up_rights()
    folder, refused = place / "broken", False
    day = "2017-06-01"
    with contextlib.suppress(Exception):  # whatever it is, the stages meet it again
        day = load_theatre(folder).settings.opening_date.isoformat()
    out = place / "out"
    for stage, words in {
        "check": ["check"],
        "map": [],
        "snapshot": ["snapshot", "--date", day, "--layers", "places,areas,fronts", "--output", str(out / "a.geojson")],
        "svg": ["export", "svg", "--date", day, "--output", str(out / "a.svg")],
        "png": ["export", "png", "--date", day, "--output", str(out / "a.png")],
        "html": ["export", "html", "--output", str(out / "a.html")],
    }.items():
        fate, wrong = _command([*words, "--theatre", str(folder)]) if words else _map(folder)
        if stage == "check":
            refused = fate.startswith("refused")
        elif not refused and fate not in {"drawn", "read as they are"}:
            wrong.append(f"check accepts the folder, and this stage does not: {fate}")
        yield stage, fate, wrong
    yield "app", *_app(home, folder)


def _give_up_rights() -> None:
    """Give up the capabilities of root, which may read any file whatever its permissions."""
    header = (ctypes.c_uint32 * 2)(0x20080522, 0)  # version 3 of the interface, this process
    if ctypes.CDLL(None, use_errno=True).capset(header, (ctypes.c_uint32 * 6)()) != 0:
        raise OSError(ctypes.get_errno(), "capset")


def _command(words: list[str]) -> tuple[str, list[str]]:
    said = io.StringIO()
    consoles = [console for console in vars(cli).values() if type(console).__name__ == "Console"]
    sys.argv = ["control", *words]
    code: Any = 0
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        for console in consoles:
            console._file = None
        try:
            cli.main()
        except SystemExit as error:
            code = error.code or 0
        except BaseException:  # the very thing that is looked for
            return "traceback", [traceback.format_exc()]
    text = said.getvalue()
    wrong = ["a word of a file outside the folder"] if SECRET in text else []
    if code not in {0, 1}:
        wrong.append(f"exit code {code}: {text[-300:]}")
    if code == 1 and ":" not in text:
        wrong.append(f"exit code 1 without a line: {text[-300:]!r}")
    if "is no theatre" in text:
        return "refused, with each fault of its files", wrong
    if code:
        said_so = words[0] == "check"
        return "read, with its bad rows or features listed" if said_so else f"exit code 1: {text[-300:]}", wrong
    return "mended, and said so" if "mended:" in text else "read as they are", wrong


def _map(folder: Path) -> tuple[str, list[str]]:
    try:
        grounds = Grounds.of(Timeline(load_theatre(folder)))
        map_page(grounds.timeline, grounds.estimator)
    except (FileError, OSError) as error:
        return "refused", ["a word of a file outside the folder"] if SECRET in str(error) else []
    except BaseException:  # the very thing that is looked for
        return "traceback", [traceback.format_exc()]
    return "drawn", []


def _app(home: Path, folder: Path) -> tuple[str, list[str]]:
    script = home / "streamlit_app.py"
    sys.argv = [str(script), "--theatre", str(folder)]
    try:
        app = AppTest.from_file(str(script), default_timeout=GIVE_UP_S).run()
    except BaseException:  # the very thing that is looked for
        return "traceback", [traceback.format_exc()]
    wrong = [f"{e.message}\n{''.join(e.stack_trace)}" for e in app.exception]
    text = " ".join(str(element.value) for kind in ("error", "text", "markdown") for element in getattr(app, kind))
    if SECRET in text:
        wrong.append("a word of a file outside the folder")
    opened = app.session_state["theatre"] if "theatre" in app.session_state else ""  # noqa: SIM401  it has no `get`
    if opened == "sound" and "cannot be read" not in text and "is no theatre" not in text:
        wrong.append("another theatre was opened without a word")
    if not wrong and (opened not in {"sound", "broken"} or "#### " not in text):
        wrong.append(f"did not open: {text[:300]}")
    return f"opened {opened}", wrong


if __name__ == "__main__":
    sys.exit(main())

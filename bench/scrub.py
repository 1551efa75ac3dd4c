"""One step of the date slider, from the input event to the changed map on screen, side by side with what folium offers.

    npm install --no-package-lock --prefix bench/scrub
    python bench/scrub.py [--cells 300,33000] [--only ours,choropleth] [--steps 30] [--limit 90]
    python bench/scrub.py --steps 1000 --check [--cells 33000]

Real headless Chromium, real key presses and mouse clicks, a made-up history of 1,700 days (`scrub/history.py`). All maps
are about the same size and are seen by the same eyes (`scrub/eyes.py`): Chromium's screencast, every frame without loss. A
step ends with the first frame from which on the map looks as it does at rest. The row "floor" is a square that changes
colour in the same harness: what no map can beat. Stock maps fetch their libraries from this machine, which flatters them.
Needs streamlit-folium besides what the app needs (the extra `bench`).

Approaches, by the names that --only takes ("ours" and "stock" stand for several):

floor                a square that changes colour
static, rebuilt      st.slider; folium_static or st_folium, map rebuilt with dissolved areas
static-raw, rebuilt-raw   the same with one polygon a cell
group                st.slider; st_folium with feature_group_to_add, dissolved areas
choropleth           folium's TimeSliderChoropleth, sparse steps: right when played forward only
timeline             folium's Timeline and TimelineSlider
polygons             one Leaflet polygon a cell, canvas, written by hand
page                 ours: the page of ControlTimeline alone
hosted               ours: the same in the app's component

Columns: payload (of a page: the HTML, with libraries in ours and without in the others; of an app: what the web socket
carried until the first map); seconds to the first map in a fresh window; milliseconds of a step (median and 95th
percentile), of scripts in a step, of a jump of a year; bytes on the web socket and reruns a step; frames missed when
every frame asks for a step (60 a second); maps seen during a drag before the button is let go, with the bytes and
reruns it took; whether zoom and centre are kept; whether the map was away between two steps. --check presses the arrow
key --steps times and fails unless no frame is blank, zoom and centre stay, and the scripts' memory grows by less than
10 %.

Measured with nothing else running, or not at all: two cores suffice, but not for two benches.
"""

from __future__ import annotations

import argparse
import asyncio
import gzip
import shutil
import statistics
import sys
import tempfile
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import ExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from playwright.async_api import async_playwright

sys.path[:0] = [str(Path(__file__).resolve().parent.parent)]

from bench.scrub import history as histories  # noqa: E402
from bench.scrub import ours, stock, vendor  # noqa: E402
from bench.scrub.eyes import FLOOR, OverTimeError  # noqa: E402
from bench.scrub.law import check  # noqa: E402
from bench.scrub.visit import Visit, serving_app, visiting  # noqa: E402

DAYS = 1700
CHANGES_PER_CELL = 36 / 33_000
FEWEST_CHANGES = 3.0
"""A day; so few in a small theatre, 36 among 33,000 cells."""
YEAR = 365 / DAYS
JUMPS = 6
FRAMES = 300
MOVES = 40
WARM = 2
"""First steps that are not counted: nothing is compiled yet, which a person meets once."""
FEW_STEPS = 5
"""Steps that even a slow map takes."""
SLOW_MS = 3000
EXTRA_LIMIT = 10.0
"""Seconds for what a map that is not slow does besides stepping."""
SLOW_RUN = 120
"""Seconds after which the remaining steps are left out."""


class Approach(NamedTuple):
    """One way of showing a history. `app` and its arguments, or a page."""

    title: str
    app: tuple[str, ...] | None = None
    page: Callable[[histories.History, str], str] | None = None
    reruns: bool = False
    ours: bool = False
    keys_on_page: bool = False


APPROACHES = {
    "floor": Approach("floor: a square changes colour", page=lambda _history, _base: FLOOR),
    "static": Approach("st.slider + folium_static, dissolved", ("rebuilt", "folium_static", "dissolved"), reruns=True),
    "rebuilt": Approach("st.slider + st_folium, dissolved", ("rebuilt", "st_folium", "dissolved"), reruns=True),
    "static-raw": Approach("st.slider + folium_static, raw cells", ("rebuilt", "folium_static", "raw"), reruns=True),
    "rebuilt-raw": Approach("st.slider + st_folium, raw cells", ("rebuilt", "st_folium", "raw"), reruns=True),
    "group": Approach("st_folium + feature_group_to_add, dissolved", ("feature_group",), reruns=True),
    "choropleth": Approach("TimeSliderChoropleth, sparse steps", page=lambda made, _: stock.choropleth_page(made)),
    "timeline": Approach("folium Timeline", page=lambda made, _: stock.timeline_page(made), keys_on_page=True),
    "polygons": Approach("one Leaflet polygon a cell, canvas", page=stock.polygons_page),
    "page": Approach("ours: page alone", page=lambda made, _: ours.page(made), ours=True),
    "hosted": Approach("ours: hosted in the app's component", ("hosted",), ours=True),
}


@dataclass
class Measured:
    """What was measured of one approach; None where it does not apply or was not reached."""

    payload: int | None = None
    packed: int | None = None
    first: float | None = None
    steps: list[float] = field(default_factory=list)
    scripts: list[float] = field(default_factory=list)
    jumps: list[float] = field(default_factory=list)
    bytes_a_step: float | None = None
    reruns_a_step: float | None = None
    missed: int | None = None
    drag: tuple[int, int, int] | None = None
    view_kept: bool | None = None
    flash: bool | None = None
    note: str = ""

    @property
    def step(self) -> float | None:
        """Median of a step, milliseconds."""
        return statistics.median(self.steps) if self.steps else None


class Bench:
    """A history with everything that is made once for it."""

    def __init__(self, made: histories.History, folder: Path, base: str, pages: dict[str, bytes]) -> None:
        self.history, self.folder, self.base, self.pages = made, folder, base, pages
        self.saved = folder / f"{len(made.spots)}.npz"
        made.save(self.saved)
        self.our_page: str | None = None

    def page(self, key: str) -> str:
        """Return the page of an approach; ours is made once, for both of its rows."""
        if key not in {"page", "hosted"}:
            build = APPROACHES[key].page
            return build(self.history, self.base) if build else ""
        if self.our_page is None:
            self.our_page = ours.page(self.history)
        return self.our_page

    def app_arguments(self, app: tuple[str, ...]) -> list[str]:
        """Return what the small app of an approach is started with."""
        if app[0] == "hosted":
            path = self.folder / f"ours-{len(self.history.spots)}.html"
            path.write_text(self.page("hosted"), encoding="utf-8")
            return [str(path)]
        return [str(self.saved), self.base, *app[1:]]

    @asynccontextmanager
    async def visit(self, browser: Any, key: str, limit: float, result: Measured) -> AsyncIterator[Visit]:
        """Visit an approach, from the first request to the first map."""
        approach = APPROACHES[key]
        with ExitStack() as stack:
            server = None
            if approach.app:
                server = stack.enter_context(serving_app(approach.app[0], *self.app_arguments(approach.app)))
                url = server.url
            else:
                text = self.page(key).encode()
                self.pages[f"{key}.html"] = text
                url = f"{self.base}/{key}.html"
                result.payload, result.packed = len(text), len(gzip.compress(text, 6))
            if server and not key.endswith("-raw"):
                # The server reads its data for its first visitor; the second is measured.
                async with visiting(browser, self.base, server, limit) as warming:
                    await warming.arrive(url)
            async with visiting(browser, self.base, server, limit) as visit:
                visit.reruns_to_change, visit.keys_on_page = approach.reruns, approach.keys_on_page
                await visit.arrive(url)
                if server:
                    result.payload, result.packed = visit.first_bytes, len(gzip.compress(b"".join(visit.received), 6))
                visit.received.clear()
                yield visit


async def measure(bench: Bench, browser: Any, key: str, steps: int, limit: float) -> Measured:
    """Measure one approach. What takes too long is left out, and said so."""
    result = Measured()
    try:
        async with bench.visit(browser, key, limit, result) as visit:
            result.first = visit.first.ms / 1000 if visit.first else None
            await _steps(visit, result, steps)
            if key == "floor":
                return result
            slow = (result.step or 0) > SLOW_MS
            if not slow:
                visit.limit = min(limit, EXTRA_LIMIT)
                await _jumps(visit, result)
                result.drag = await visit.drag(MOVES)
                if not APPROACHES[key].reruns:
                    gaps = await visit.play(FRAMES)
                    result.missed = sum(max(0, round(gap * 60 / 1000) - 1) for gap in gaps)
            visit.limit = limit
            await visit.look_closer()
            before = await visit.view()
            await visit.focus()
            await visit.step(must_change=False)
            after = await visit.view()
            result.view_kept = all(abs(a - b) < 1e-6 for a, b in zip(before, after, strict=True))
    except OverTimeError as over:
        result.note = str(over)
    return result


async def _steps(visit: Visit, result: Measured, steps: int) -> None:
    """Step forward day by day; something changes on every day."""
    await visit.focus()
    flashes = []
    carried, reruns = visit.bytes_in + visit.bytes_out, visit.server.reruns if visit.server else 0
    loop = asyncio.get_running_loop()
    began = loop.time()
    while len(result.steps) < steps + WARM:
        if len(result.steps) > FEW_STEPS and loop.time() - began > SLOW_RUN:
            result.note = f"{len(result.steps)} steps"
            break
        try:
            seen, script = await visit.step()
        except OverTimeError as over:
            if not result.steps:
                raise
            result.note = f"{len(result.steps)} steps, then {over}"
            break
        result.steps.append(seen.ms)
        result.scripts.append(script)
        flashes.append(seen.flash)
    taken = len(result.steps)
    if taken > FEW_STEPS:
        del result.steps[:WARM], result.scripts[:WARM]
    result.flash = any(flashes)
    result.bytes_a_step = (visit.bytes_in + visit.bytes_out - carried) / taken
    result.reruns_a_step = ((visit.server.reruns if visit.server else 0) - reruns) / taken


async def _jumps(visit: Visit, result: Measured) -> None:
    """Click the slider a year on and back; a sparse TimeSliderChoropleth may have nothing to show for it."""
    for n in range(JUMPS):
        try:
            seen, _ = await visit.jump(0.5 + YEAR * (n % 2 == 0))
        except OverTimeError:
            result.note = "some jumps changed nothing on the map"
        else:
            result.jumps.append(seen.ms)


# --- what is printed


def table(results: dict[str, Measured], cells: int) -> str:
    """Return the table of one number of cells."""
    heads = ("", "payload", "gzip", "1st map", "step", "p95", "script", "year", "bytes", "reruns", "missed", "drag: maps",
             "view", "flash")  # fmt: skip
    rows = [heads, ("", "MB", "MB", "s", "ms", "ms", "ms", "ms", "a step", "a step", f"of {FRAMES}", "bytes reruns",
                    "kept", "")]  # fmt: skip
    notes = []
    for key, got in results.items():
        approach = APPROACHES[key]
        p95 = statistics.quantiles(got.steps, n=20)[-1] if len(got.steps) > FEW_STEPS else None
        script = statistics.median(got.scripts) if got.scripts and not approach.reruns else None
        rows.append((
            approach.title, _number(got.payload, 1e-6, 2), _number(got.packed, 1e-6, 2), _number(got.first, 1, 2),
            _number(got.step), _number(p95), _number(script, 1, 1),
            _number(statistics.median(got.jumps) if got.jumps else None),
            _number(got.bytes_a_step) if approach.app else "", _number(got.reruns_a_step, 1, 1) if approach.app else "",
            _number(got.missed), " ".join(f"{part:,}" for part in got.drag) if got.drag else "-",
            _yes(got.view_kept), _yes(got.flash),
        ))  # fmt: skip
        if got.note:
            notes.append(f"{approach.title}: {got.note}")
    widths = [max(len(row[n]) for row in rows) for n in range(len(heads))]
    lines = [
        "  ".join(
            f"{text:<{w}}" if n == 0 else f"{text:>{w}}" for n, (text, w) in enumerate(zip(row, widths, strict=True))
        )
        for row in rows
    ]
    return "\n".join([f"{cells:,} cells, {DAYS:,} days", *(line.rstrip() for line in lines), *notes])


def ratios(results: dict[str, Measured]) -> Iterable[str]:
    """Say how ours compares with the best approach that reruns Streamlit, and with TimeSliderChoropleth."""
    served = [key for key, got in results.items() if APPROACHES[key].reruns and got.step]
    best = min(served, key=lambda key: results[key].step or 0, default=None)
    for key, mine in results.items():
        if not APPROACHES[key].ours or not mine.step:
            continue
        if best:
            times = (results[best].step or 0) / mine.step
            title = APPROACHES[key].title
            yield f"{title}: a step is {times:.1f} times as fast as the best rerun: {APPROACHES[best].title}"
        if other := results.get("choropleth"):
            parts = [
                f"{name} {theirs / own:.2f}"
                for name, theirs, own in (
                    ("step", other.step, mine.step),
                    ("script", _median(other.scripts), _median(mine.scripts)),
                    ("payload", other.payload, mine.payload),
                    ("gzip", other.packed, mine.packed),
                    ("first map", other.first, mine.first),
                )
                if theirs and own
            ]
            yield f"{APPROACHES[key].title}: TimeSliderChoropleth takes, times ours: {', '.join(parts)}"


def _median(values: list[float]) -> float | None:
    return statistics.median(values) if values else None


def _number(value: float | None, factor: float = 1, decimals: int = 0) -> str:
    return "-" if value is None else f"{value * factor:,.{decimals}f}"


def _yes(value: bool | None) -> str:
    return "-" if value is None else "yes" if value else "no"


def wanted(only: str | None, *, raw: bool) -> list[str]:
    """Return the approaches that `--only` names."""
    if only is None:
        return [key for key in APPROACHES if key != "timeline" and (raw or not key.endswith("-raw"))]
    keys: list[str] = []
    for name in only.split(","):
        if name == "ours":
            keys += [key for key, approach in APPROACHES.items() if approach.ours]
        elif name == "stock":
            keys += [key for key, approach in APPROACHES.items() if not approach.ours]
        elif name in APPROACHES:
            keys.append(name)
        else:
            raise SystemExit(
                f"--only {name}: there is no such approach; there are ours, stock, {', '.join(APPROACHES)}"
            )
    return list(dict.fromkeys(keys))


async def run(options: argparse.Namespace) -> int:
    """Measure, or check; return the exit code."""
    keys = wanted("ours" if options.check and options.only is None else options.only, raw=not options.no_raw)
    failed = 0
    pages: dict[str, bytes] = {"empty.html": b"<!DOCTYPE html><title>empty</title>"}
    with tempfile.TemporaryDirectory() as folder, vendor.serving_files(pages) as base:
        vendor.localise(base)
        for cells in map(int, options.cells.split(",")):
            changes = max(FEWEST_CHANGES, cells * CHANGES_PER_CELL)
            bench = Bench(histories.make(cells, DAYS, changes), Path(folder), base, pages)
            results = {}
            for key in keys:
                async with async_playwright() as playwright:
                    flags = ["--no-sandbox", "--js-flags=--expose-gc"]
                    browser = await playwright.chromium.launch(executable_path=options.chromium, args=flags)
                    if options.check:
                        async with bench.visit(browser, key, options.limit, Measured()) as visit:
                            verdict = await check(visit, options.steps)
                        print(f"{cells:,} cells, {APPROACHES[key].title}: {verdict}", flush=True)
                        failed += not verdict.good
                    else:
                        print(f"{cells:,} cells: {key} ...", file=sys.stderr, flush=True)
                        results[key] = await measure(bench, browser, key, options.steps, options.limit)
                    await browser.close()
            if not options.check:
                print("\n".join([table(results, cells), *ratios(results)]), end="\n\n", flush=True)
    return 1 if failed else 0


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cells", default="300,33000", help="numbers of cells, separated by commas")
    parser.add_argument("--only", help="names of approaches, separated by commas; see above")
    parser.add_argument("--no-raw", action="store_true", help="leave out the raw cells, which take minutes")
    parser.add_argument("--steps", type=int, default=30)
    parser.add_argument("--limit", type=float, default=90, help="seconds for one step or first map")
    parser.add_argument(
        "--check", action="store_true", help="walk the steps and hold our map to the laws of a long scrub"
    )
    parser.add_argument("--chromium", default=shutil.which("chromium"))
    raise SystemExit(asyncio.run(run(parser.parse_args())))


if __name__ == "__main__":
    main()

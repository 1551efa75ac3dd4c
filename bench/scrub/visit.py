"""A visit: one map in a browser, and the things a person does to its slider."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from socket import socket
from typing import Any

from bench.scrub.apps.page import RERUN
from bench.scrub.eyes import PROBE, Eyes, OverTimeError, Picture, Seen

VIEWPORT = {"width": 1100, "height": 740}
QUIET = 0.35
SERVED_QUIET = 0.6
"""Seconds without a frame that count as rest; longer where a server may still be at work between two frames."""
SLIDER = "input[type=range], [role=slider]:not([hidden])"
THE_MAP = '(__probe.map ?? Object.keys(window).filter((key) => key.startsWith("map_")).map((key) => window[key])[0])'
SCRIPT_WINDOW = 140.0
"""Milliseconds after an input in which scripts count as the step's; what the map does at rest comes later."""
APPS = Path(__file__).parent / "apps"


@dataclass
class Server:
    """A Streamlit app that runs: its address, and how often its script has run to the end."""

    url: str
    reruns: int = 0


@contextmanager
def serving_app(name: str, *arguments: str) -> Iterator[Server]:
    """Serve one of the small apps on a free port."""
    with socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", str(APPS / f"{name}.py"), "--server.port", str(port)]
    options = ["--server.headless", "true", "--server.fileWatcherType", "none", "--logger.level", "error"]
    process = subprocess.Popen([*command, *options, "--", *arguments], stdout=subprocess.PIPE, text=True)
    server = Server(f"http://localhost:{port}")

    def listen() -> None:
        for line in process.stdout or ():
            server.reruns += line.strip() == RERUN

    threading.Thread(target=listen, daemon=True).start()
    try:
        for _ in range(240):
            try:
                urllib.request.urlopen(f"{server.url}/_stcore/health", timeout=1)  # noqa: S310  our own server
                break
            except OSError:
                time.sleep(0.25)
        else:
            raise RuntimeError(f"the app {name} did not start")
        yield server
    finally:
        process.terminate()
        process.wait()


@dataclass
class Visit:
    """A page with a map and a slider.

    `bytes_in` and `bytes_out` count what web sockets carried; `first` is what was seen of the first map.
    `reruns_to_change` says that the server has to run its script for a changed map, `keys_on_page` that arrow keys are for
    the page, not for the slider.
    """

    page: Any
    eyes: Eyes
    server: Server | None
    limit: float
    bytes_in: int = 0
    bytes_out: int = 0
    received: list[bytes] = field(default_factory=list)
    reruns_to_change: bool = False
    keys_on_page: bool = False
    first: Seen | None = None
    first_bytes: int = 0

    @property
    def quiet(self) -> float:
        """Seconds without a frame that count as rest."""
        return SERVED_QUIET if self.server else QUIET

    def count(self, websocket: Any) -> None:
        """Count what a web socket carries."""

        def inwards(data: str | bytes) -> None:
            self.bytes_in += len(data)
            if self.first is None:
                self.received.append(data if isinstance(data, bytes) else data.encode())

        def outwards(data: str | bytes) -> None:
            self.bytes_out += len(data)

        websocket.on("framereceived", inwards)
        websocket.on("framesent", outwards)

    async def arrive(self, url: str) -> None:
        """Open a page and wait for its map."""
        began = time.time() * 1000
        await self.page.goto(url, wait_until="commit")
        final = await self._first_map(time.monotonic() + self.limit)
        self.first = self.eyes.judge(began, final, received=True)
        self.first_bytes = self.bytes_in
        self.eyes.forget()

    async def _first_map(self, deadline: float) -> Picture:
        """Find the map's box, and wait for its first picture in it."""
        while time.monotonic() < deadline:
            box = await self._map_box()
            if box is not None:
                self.eyes.box = box
                white = self.eyes.look(self.eyes.frames[0]) * 0 + 255
                self.eyes.before = None
                final = await self.eyes.rest(quiet=self.quiet, limit=deadline - time.monotonic(), must_change=False)
                self.eyes.before = white
                # A box that moved while the page was laid out, or a map that is still empty: once more.
                if await self._map_box() == box and float((final.min(axis=2) < 200).mean()) > 0.3:
                    return final
            await asyncio.sleep(0.05)
        raise OverTimeError(f"no map after {self.limit:g} s")

    async def _map_box(self) -> tuple[int, int, int, int] | None:
        for frame in self.page.frames:
            try:
                boxes = [await one.bounding_box() for one in await frame.query_selector_all(".leaflet-container")]
            except Exception:  # noqa: S112  the frame went away meanwhile
                continue
            for box in boxes:
                if box and box["width"] > 200 and box["height"] > 200:
                    left, top = max(0, round(box["x"])), max(0, round(box["y"]))
                    right = min(VIEWPORT["width"], round(box["x"] + box["width"]))
                    bottom = min(VIEWPORT["height"], round(box["y"] + box["height"]))
                    if right - left > 200 and bottom - top > 200:
                        return left, top, right, bottom
        return None

    async def frame_with(self, selector: str) -> Any:
        """Return the frame of the page that has a visible element of a kind."""
        for _ in range(100):
            for frame in self.page.frames:
                try:
                    element = await frame.query_selector(selector)
                    if element and await element.is_visible():
                        return frame
                except Exception:  # noqa: S112  the frame went away meanwhile
                    continue
            await asyncio.sleep(0.1)
        raise OverTimeError(f"no {selector} on the page")

    async def slider(self) -> tuple[Any, Any]:
        """Return the slider and its frame."""
        frame = await self.frame_with(SLIDER)
        return await frame.query_selector(SLIDER), frame

    async def focus(self) -> None:
        """Put the keyboard on the slider."""
        slider, _ = await self.slider()
        await (slider.evaluate("(e) => e.blur()") if self.keys_on_page else slider.focus())

    async def do(self, act: Callable[[], Any], *, must_change: bool = True) -> tuple[Seen, float]:
        """Do something, and return what was seen of it and the milliseconds that scripts spent on it."""
        _, frame = await self.slider()
        await frame.evaluate("() => { __probe.at = null; __probe.spent.length = 0; }")
        self.eyes.forget()
        reruns = self.server.reruns if self.server else 0
        await act()
        if self.server and self.reruns_to_change:
            deadline = time.monotonic() + self.limit
            while self.server.reruns == reruns:
                if time.monotonic() > deadline:
                    raise OverTimeError(f"over {self.limit:g} s")
                await asyncio.sleep(0.01)
        final = await self.eyes.rest(quiet=self.quiet, limit=self.limit, must_change=must_change)
        at, spent = await frame.evaluate("() => [__probe.at, __probe.spent]")
        if at is None:
            raise RuntimeError("no trusted input event arrived in the slider's frame")
        script = sum(ms for began, ms in spent if at <= began <= at + SCRIPT_WINDOW)
        return self.eyes.judge(at, final), script

    async def step(self, *, must_change: bool = True) -> tuple[Seen, float]:
        """Press the right arrow key once."""
        return await self.do(lambda: self.page.keyboard.press("ArrowRight"), must_change=must_change)

    async def track(self) -> tuple[float, float, float, float]:
        """Return where the slider's first and last day are, its height, and where its thumb is, in pixels of the page."""
        slider, _ = await self.slider()
        native = await slider.evaluate("(e) => e.tagName === 'INPUT' && e.type === 'range'")
        if native:
            box = await slider.bounding_box()
            share = await slider.evaluate("(e) => (e.value - e.min) / (e.max - e.min)")
            thumb = 18 if box["height"] >= 18 else 16
            left, right = box["x"] + thumb / 2, box["x"] + box["width"] - thumb / 2
            return left, right, box["y"] + box["height"] / 2, left + share * (right - left)
        box = await slider.bounding_box()
        holder = await slider.evaluate(
            """(e) => { let t = e.parentElement; while (t.clientWidth < 300) t = t.parentElement;
            const b = t.getBoundingClientRect(); return [b.left, b.right]; }"""
        )
        return holder[0], holder[1], box["y"] + box["height"] / 2, box["x"] + box["width"] / 2

    async def jump(self, share: float) -> tuple[Seen, float]:
        """Click the slider's track at a share of its length."""
        left, right, middle, _ = await self.track()
        return await self.do(lambda: self.page.mouse.click(left + share * (right - left), middle))

    async def drag(self, moves: int) -> tuple[int, int, int]:
        """Drag the thumb by a pixel `moves` times; return changed maps, bytes and reruns before letting go."""
        _, right, middle, thumb = await self.track()
        towards = 1 if thumb + moves < right else -1
        await self.page.mouse.move(thumb, middle)
        await self.page.mouse.down()
        await asyncio.sleep(1)
        reruns, carried = self.server.reruns if self.server else 0, self.bytes_in + self.bytes_out
        self.eyes.forget()
        for n in range(1, moves + 1):
            await self.page.mouse.move(thumb + towards * n, middle)
            await asyncio.sleep(1 / 60)
        await asyncio.sleep(0.1)
        pictures = [self.eyes.look(frame) for frame in self.eyes.frames]
        changed = sum(bool((a != b).any()) for a, b in zip([self.eyes.before, *pictures], pictures, strict=False))
        result = (
            changed,
            self.bytes_in + self.bytes_out - carried,
            (self.server.reruns if self.server else 0) - reruns,
        )
        await self.page.mouse.up()
        await self.eyes.rest(quiet=self.quiet + 0.4, limit=self.limit, must_change=False)
        return result

    async def view(self) -> list[float]:
        """Return zoom, latitude and longitude of the map."""
        frame = await self.frame_with(".leaflet-container")
        found: list[float] = await frame.evaluate(
            f"() => {{ const m = {THE_MAP}, c = m.getCenter(); return [m.getZoom(), c.lat, c.lng]; }}"
        )
        return found

    async def look_closer(self) -> None:
        """Zoom in by one and move away from the middle, as a person would."""
        frame = await self.frame_with(".leaflet-container")
        self.eyes.forget()
        await frame.evaluate(
            f"() => {{ const m = {THE_MAP}, c = m.getCenter();"
            " m.setView([c.lat + 0.3, c.lng - 0.4], m.getZoom() + 1, {animate: false}); }"
        )
        await self.eyes.rest(quiet=self.quiet, limit=self.limit)

    async def play(self, steps: int) -> list[float]:
        """Move the slider by a day in every frame; return the milliseconds between the frames."""
        _, frame = await self.slider()
        await self.eyes.close()  # to look at every frame would cost some of them
        gaps: list[float] = await frame.evaluate(
            """(steps) => new Promise((done) => {
              const slider = document.querySelector("input[type=range]"), gaps = [];
              if (Number(slider.value) + steps > Number(slider.max)) slider.value = 0;
              let before = null;
              const tick = (now) => {
                if (before !== null) gaps.push(now - before);
                before = now;
                if (gaps.length === steps) return done(gaps);
                slider.value = Number(slider.value) + 1;
                slider.dispatchEvent(new Event("input", {bubbles: true}));
                requestAnimationFrame(tick);
              };
              requestAnimationFrame(tick);
            })""",
            steps,
        )
        await self.eyes.open()
        await self.eyes.rest(quiet=self.quiet + 0.3, limit=self.limit, must_change=False)
        return gaps


@asynccontextmanager
async def visiting(browser: Any, base: str, server: Server | None, limit: float) -> AsyncIterator[Visit]:
    """Open a window with eyes, with nothing kept from earlier visits, at an empty page of this machine."""
    context = await browser.new_context(viewport=VIEWPORT)
    try:
        await context.add_init_script(PROBE)
        page = await context.new_page()
        # From one address of this machine to another the browser keeps its process, and our eyes.
        await page.goto(f"{base}/empty.html")
        eyes = Eyes(page, await context.new_cdp_session(page))
        visit = Visit(page, eyes, server, limit)
        page.on("websocket", visit.count)
        page.set_default_timeout(limit * 1000)
        await eyes.open()
        await asyncio.sleep(0.2)
        yield visit
    finally:
        await context.close()

"""Eyes: what is on the screen, and since when.

One strategy for all maps, whatever they are drawn with. Chromium's screencast sends every frame that reaches the screen,
without loss, with the time of the frame. A step begins with the time stamp of the trusted input event (a real key press or
mouse button, in whichever frame of the page it arrives) and ends with the first frame from which on the map looks as it
does when everything has come to rest; a white flash or a half-drawn map in between is not the end. At rest means: the map
differs from what it was, is coloured, every script of the page has answered, and no frame has come for a while. Waiting for
rest is not part of the measured time.

The measured time includes what nobody can avoid, the wait for the next frame: about 12 ms. The page `FLOOR` measures it.
"""

from __future__ import annotations

import asyncio
import base64
import io
import time
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

Picture = NDArray[np.int16]

DIFFERENT = 40
"""Levels of 255 in a channel; soft edges that are drawn in another order differ by less."""
FEWEST = 4
"""Pixels; fewer that differ are not a changed map."""
ALIKE = 0.25
"""A frame shows the new map when at most this share of the changed pixels is missing."""
WHITE = 235

PROBE = """(() => {
  if (window.__probe) return; // a frame in a process of its own may be prepared twice
  const probe = (window.__probe = { at: null, spent: [] });
  const ask = window.requestAnimationFrame.bind(window);
  window.requestAnimationFrame = (call) => ask((now) => {
    const began = performance.now();
    try { return call(now); } finally { probe.spent.push([performance.timeOrigin + began, performance.now() - began]); }
  });
  for (const type of ["keydown", "pointerdown"]) addEventListener(type, (event) => {
    if (event.isTrusted) probe.at = performance.timeOrigin + event.timeStamp;
  }, true);
  let began = 0;
  addEventListener("input", () => { began = performance.now(); }, true);
  addEventListener("input", () => probe.spent.push([performance.timeOrigin + began, performance.now() - began]));
  let leaflet = window.L;
  Object.defineProperty(window, "L", {
    configurable: true,
    get: () => leaflet,
    set: (value) => {
      leaflet = value;
      if (value?.Map?.addInitHook) value.Map.addInitHook(function () { probe.map = this; });
    },
  });
})();"""
"""Runs in every frame before its own scripts: when input came, what scripts spent on it, and which map there is."""

FLOOR = """<!DOCTYPE html><meta charset="utf-8"><style>body { margin: 0 }</style>
<div class="leaflet-container" style="width: 1000px; height: 600px; background: #c0392b"><div id="spot"
style="width: 20px; height: 20px; background: #2563a8"></div></div><input type="range" min="0" max="1700">
<script>
const [spot, slider] = [document.getElementById("spot"), document.querySelector("input")];
slider.oninput = () => { spot.style.background = slider.value % 2 ? "#e0b400" : "#2563a8"; };
</script>"""
"""A page whose 'map' is one square that changes colour: the least that a step can take."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A frame that reached the screen: when it was begun and when it was received, milliseconds since 1970, and its PNG."""

    at: float
    received: float
    png: bytes


@dataclass(frozen=True, slots=True)
class Seen:
    """What was seen of one change: milliseconds from the input, whether the map was away meanwhile, frames that changed."""

    ms: float
    flash: bool
    frames: int


class OverTimeError(TimeoutError):
    """The map did not show the change in time."""


@dataclass
class Eyes:
    """The frames of one page. `box` is where its map is: left, top, right, bottom in pixels."""

    page: Any
    cdp: Any
    box: tuple[int, int, int, int] | None = None
    frames: list[Frame] = field(default_factory=list)
    before: Picture | None = None
    _heard: bool = False

    async def open(self) -> None:
        """Start looking."""
        if not self._heard:
            self.cdp.on("Page.screencastFrame", self._receive)
            self._heard = True
        await self.cdp.send("Page.startScreencast", {"format": "png", "everyNthFrame": 1})

    async def close(self) -> None:
        """Stop looking."""
        await self.cdp.send("Page.stopScreencast")

    def _receive(self, event: dict[str, Any]) -> None:
        begun, received = event["metadata"]["timestamp"] * 1000, time.time() * 1000
        self.frames.append(Frame(begun, received, base64.b64decode(event["data"])))
        _background(self.cdp.send("Page.screencastFrameAck", {"sessionId": event["sessionId"]}))

    def look(self, frame: Frame) -> Picture:
        """Return the map in a frame: height by width by 3."""
        with Image.open(io.BytesIO(frame.png)) as image:
            return np.asarray(image.convert("RGB").crop(self.box) if self.box else image.convert("RGB"), dtype=np.int16)

    def forget(self) -> None:
        """Keep the last frame as what was before, and nothing else."""
        if self.frames:
            self.before = self.look(self.frames[-1])
        self.frames.clear()

    async def rest(self, *, quiet: float, limit: float, must_change: bool = True) -> Picture:
        """Wait until the map has come to rest, and return it.

        Parameters
        ----------
        quiet
            Seconds without a frame.
        limit
            Seconds before giving up.
        must_change
            Whether the map has to differ from `before`.

        Raises
        ------
        OverTimeError
            If the limit passes.
        """
        deadline = time.monotonic() + limit
        count, still_since = len(self.frames), time.monotonic()
        while time.monotonic() < deadline:
            await asyncio.sleep(0.03)
            if len(self.frames) != count:
                count, still_since = len(self.frames), time.monotonic()
            if time.monotonic() - still_since < quiet:
                continue
            await self._scripts_answer(deadline - time.monotonic())
            if len(self.frames) != count:
                continue
            if not self.frames:
                if not must_change and self.before is not None:
                    return self.before
                still_since = time.monotonic()
                continue
            picture = self.look(self.frames[-1])
            known = self.before is None or not must_change or differing(picture, self.before) >= FEWEST
            if known and (self.before is None or coloured(picture) >= 0.5 * coloured(self.before)):
                return picture
            still_since = time.monotonic()
        raise OverTimeError(f"over {limit:g} s")

    async def _scripts_answer(self, limit: float) -> None:
        """Wait until no frame of the page is busy."""

        async def ask(frame: Any) -> None:
            with suppress(Exception):  # a frame that went away is not busy
                await frame.evaluate("() => new Promise((done) => setTimeout(done))")

        try:
            await asyncio.wait_for(asyncio.gather(*(ask(frame) for frame in self.page.frames)), max(limit, 0.1))
        except TimeoutError as error:
            raise OverTimeError("the page's scripts were still busy") from error

    def judge(self, since: float, final: Picture, *, received: bool = False) -> Seen:
        """Say when, after `since` (milliseconds since 1970), the map first looked as it finally did, and stayed so.

        A frame that waited for busy scripts has the time stamp of before them. With `received`, the time counts at which it
        came here, which is some milliseconds too late at worst: for a page that builds its map while a frame waits.
        """
        before = (
            self.before if self.before is not None and self.before.shape == final.shape else np.full_like(final, 255)
        )
        allowed = ALIKE * differing(final, before)
        seen = float("nan")
        flash = False
        for frame in self.frames:
            if frame.at < since:
                continue
            picture = self.look(frame)
            empty = coloured(picture) < 0.5 * coloured(final)  # grey may be as pale as ground, and is no map
            if empty or differing(picture, final) > allowed:
                seen = float("nan")
                flash = flash or empty
            elif np.isnan(seen):
                seen = (frame.received if received else frame.at) - since
        return Seen(seen, flash, len(self.frames))


def differing(a: Picture, b: Picture) -> int:
    """Count the pixels in which two pictures differ."""
    if a.shape != b.shape:
        return int(a.size)
    return int((np.abs(a - b).max(axis=2) > DIFFERENT).sum())


def coloured(picture: Picture) -> float:
    """Return the share of pixels that are not white, nor grey as an empty Leaflet map is."""
    spread = picture.max(axis=2) - picture.min(axis=2)
    return float(((spread > 12) | (picture.max(axis=2) < 200)).mean())


_pending: set[Any] = set()


def _background(work: Any) -> None:
    """Run something without waiting for it; asyncio forgets tasks that nobody holds."""

    async def quietly() -> None:
        with suppress(Exception):  # the page has been closed
            await work

    task = asyncio.ensure_future(quietly())
    _pending.add(task)
    task.add_done_callback(_pending.discard)

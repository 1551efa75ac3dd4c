"""What must hold through a long scrub: the map is never away, the view stays, and memory does not grow."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any

from bench.scrub.eyes import coloured
from bench.scrub.visit import Visit

WARM_STEPS = 60
"""Steps before memory is counted: what is made once has been made by then."""
GROWTH = 0.10
SAMPLE_EVERY = 20


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a scrub did."""

    steps: int
    looked: int
    blank: int
    view_before: list[float]
    view_after: list[float]
    heap_before: float
    heap_after: float

    @property
    def growth(self) -> float:
        """Growth of the script heap, as a share."""
        return self.heap_after / self.heap_before - 1

    @property
    def view_kept(self) -> bool:
        """Whether zoom and centre are what they were."""
        return all(abs(a - b) < 1e-9 for a, b in zip(self.view_before, self.view_after, strict=True))

    @property
    def good(self) -> bool:
        """Whether every law holds."""
        return self.looked > 0 and self.blank == 0 and self.view_kept and self.growth < GROWTH

    def __str__(self) -> str:
        before, after = self.heap_before / 1e6, self.heap_after / 1e6
        view = "unchanged" if self.view_kept else f"was {self.view_before}, is {self.view_after}"
        return (
            f"{'holds' if self.good else 'FAILS'}: {self.steps:,} steps, {self.blank} of {self.looked:,} frames blank, "
            f"zoom and centre {view}, heap {before:.1f} -> {after:.1f} MB ({self.growth:+.1%})"
        )


async def check(visit: Visit, steps: int) -> Verdict:
    """Press the arrow key `steps` times, to and fro, and look at every frame that reaches the screen.

    A frame is blank when less than half as much of the map is coloured as before the scrub.
    """
    await visit.look_closer()
    view = await visit.view()
    await visit.focus()
    slider, frame = await visit.slider()
    keys = await _heap_session(visit, frame)
    await _walk(visit, slider, WARM_STEPS)
    visit.eyes.forget()
    usual = coloured(await visit.eyes.rest(quiet=1, limit=visit.limit, must_change=False))
    heap = await _heap(keys)
    looked = blank = done = 0
    while done < steps:
        part = min(SAMPLE_EVERY, steps - done)
        await _walk(visit, slider, part, backwards=done % 400 >= 200)
        done += part
        for seen in visit.eyes.frames:
            looked += 1
            blank += coloured(visit.eyes.look(seen)) < 0.5 * usual
        visit.eyes.frames.clear()
    await visit.eyes.rest(quiet=1, limit=visit.limit, must_change=False)
    return Verdict(steps, looked, blank, view, await visit.view(), heap, await _heap(keys))


async def _walk(visit: Visit, slider: Any, steps: int, *, backwards: bool = False) -> None:
    for _ in range(steps):
        await visit.page.keyboard.press("ArrowLeft" if backwards else "ArrowRight")
        await slider.evaluate("() => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")
    await asyncio.sleep(0.3)  # the map settles, and its host hears of it


async def _heap_session(visit: Visit, frame: Any) -> Any:
    """Return a session with the process that the map is in: a sandboxed frame may have one of its own."""
    try:
        session = await visit.page.context.new_cdp_session(frame)
    except Exception:  # Playwright's word for a frame that shares the page's process
        session = visit.eyes.cdp
    await session.send("Performance.enable")
    return session


async def _heap(session: Any) -> float:
    """Return the bytes that scripts hold once everything unused has been collected."""
    for _ in range(3):
        await session.send("HeapProfiler.collectGarbage")
        await asyncio.sleep(0.1)
    metrics = (await session.send("Performance.getMetrics"))["metrics"]
    return float(next(metric["value"] for metric in metrics if metric["name"] == "JSHeapUsedSize"))

"""Time the first visit: server started and idle, then a fresh browser until the map, its colours and the panel are there.

    python bench/first_map.py [--chromium PATH] [--visits 3]

Twice: with an empty folder of cells and estimates, as on the first start ever, and with the one that this filled. The first
visit to a server pays for imports, for reading the theatre and for drawing the map; later ones find all of that in memory.
Where cells and estimates are not at hand, a map of the reports alone comes first, and the ground follows.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).parent))

from screenshots import MAP_IN_USE, serving


def main() -> None:
    """Print seconds from the request to a usable map, visit by visit."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--chromium", default=shutil.which("chromium"))
    parser.add_argument("--visits", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["CONTROLMAP_CACHE"] = folder
        for kept in ("nothing kept", "cells and estimates kept"):
            visit_often(options.chromium, options.visits, kept)


def visit_often(chromium: str, visits: int, kept: str) -> None:
    """Start a server and visit it some times."""
    with serving() as url, sync_playwright() as playwright:
        for visit in range(1, visits + 1):
            browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
            page = browser.new_page(viewport={"width": 1280, "height": 900})
            started = time.perf_counter()
            page.goto(url)
            frame = page.frame_locator(MAP_IN_USE)
            frame.locator("input[type=range]").wait_for(timeout=60_000)
            usable = time.perf_counter() - started
            frame.get_by_text("Estimated", exact=True).wait_for(timeout=60_000)
            ground = time.perf_counter() - started
            page.get_by_role("button", name="GeoJSON").wait_for(timeout=60_000)
            whole = time.perf_counter() - started
            print(
                f"{kept}, visit {visit}: map usable after {usable:.2f} s, with its ground after {ground:.2f} s, "
                f"panel complete after {whole:.2f} s",
                flush=True,
            )
            browser.close()


if __name__ == "__main__":
    main()

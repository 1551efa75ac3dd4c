"""Time the first visit: server started and idle, then a fresh browser until the map, its colours and the panel are there.

    python bench/first_map.py [--chromium PATH] [--visits 3]

The first visit pays for reading the theatre and drawing the map; later ones find both in memory.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import time
from pathlib import Path

from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).parent))

from screenshots import serving


def main() -> None:
    """Print seconds from the request to a usable map, visit by visit."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--chromium", default=shutil.which("chromium"))
    parser.add_argument("--visits", type=int, default=3)
    options = parser.parse_args()
    with serving() as url, sync_playwright() as playwright:
        for visit in range(1, options.visits + 1):
            browser = playwright.chromium.launch(executable_path=options.chromium, args=["--no-sandbox"])
            page = browser.new_page(viewport={"width": 1280, "height": 900})
            started = time.perf_counter()
            page.goto(url)
            page.frame_locator("iframe").first.locator("input[type=range]").wait_for(timeout=60_000)
            usable = time.perf_counter() - started
            page.get_by_role("button", name="GeoJSON").wait_for(timeout=60_000)
            whole = time.perf_counter() - started
            print(f"visit {visit}: map usable after {usable:.2f} s, panel complete after {whole:.2f} s")
            browser.close()


if __name__ == "__main__":
    main()

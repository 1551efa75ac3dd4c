"""Make the pictures of the README and the docs: serve the app, open it in headless Chromium, photograph it.

python bench/screenshots.py [--chromium PATH] [--output docs/images] [--only tutorial]
"""

from __future__ import annotations

import argparse
import io
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parent.parent
VIEWS = {
    "last-stand": ("?date=2017-11-10&place=174448", 1440, 900, "light"),
    "peak": ("?date=2015-06-01", 1440, 900, "light"),
    "compare": ("?date=2017-11-20&compare=2014-07-01", 1440, 900, "dark"),
    "ukraine": ("?theatre=ukraine&date=2022-11-12", 1440, 900, "light"),
    "phone": ("?date=2017-11-10", 390, 844, "light"),
    "tutorial": ("?theatre=libya&place=2216885", 1440, 900, "light"),
}


MAP_IN_USE = "iframe:not([inert])"
"""A map that is being made, and one that is being left, are inert."""


@contextmanager
def served(*words: str) -> Iterator[tuple[str, int]]:
    """Serve the app on a free port, and give its address, once it answers, and the number of its process.

    `words` stand after `--` on its command line.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "streamlit_app.py", "--server.headless", "true"]
    # Nobody edits the program meanwhile, and a machine has only so many watchers to give.
    command += ["--server.port", str(port), "--server.fileWatcherType", "none", "--", *words]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
    try:
        yield _answering(f"http://localhost:{port}"), process.pid
    finally:
        process.terminate()
        process.wait()


@contextmanager
def serving(*words: str) -> Iterator[str]:
    """Serve the app, and give its address."""
    with served(*words) as (url, _):
        yield url


@contextmanager
def tutorial() -> Iterator[Path]:
    """Walk through the tutorial as far as the map, and give the theatre that it makes."""
    sys.path.insert(0, str(ROOT))
    from tests.pages import Page  # the tests walk through it as well

    with tempfile.TemporaryDirectory() as folder:
        page = Page(ROOT / "docs" / "tutorial-new-theatre.md", Path(folder))
        served_at = page.text.index("<!-- command: serve -->")
        for step in page.steps():
            if step.start() < served_at:
                page.walk(step)
        yield Path(folder) / "libya"


def _answering(url: str) -> str:
    for _ in range(120):
        try:
            urllib.request.urlopen(f"{url}/_stcore/health", timeout=1)  # noqa: S310  our own server
        except OSError:
            time.sleep(0.25)
        else:
            return url
    raise RuntimeError("the app did not start")


def photograph(browser: Any, url: str, width: int, height: int, scheme: str) -> bytes:
    """Open a view, wait until map and panel stand still, and return a PNG."""
    context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)
    page = context.new_page()
    page.goto(url)
    page.frame_locator(MAP_IN_USE).locator("input[type=range]").wait_for(timeout=30_000)
    page.get_by_role("button", name="GeoJSON").wait_for(timeout=30_000)
    # the first map has no ground yet; the one with it comes while the script runs on
    page.wait_for_timeout(1500)
    page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for(timeout=120_000)
    page.frame_locator(MAP_IN_USE).locator("input[type=range]").wait_for(timeout=30_000)
    time.sleep(2)  # fonts and the last repaint
    picture = bytes(page.screenshot())
    context.close()
    return picture


def main() -> None:
    """Write one picture a view."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--chromium", default=shutil.which("chromium"))
    parser.add_argument("--output", type=Path, default=ROOT / "docs" / "images")
    parser.add_argument("--only", nargs="*", choices=list(VIEWS), default=list(VIEWS), help="pictures to make")
    options = parser.parse_args()
    options.output.mkdir(parents=True, exist_ok=True)
    with tutorial() as theatre, serving("--theatre", str(theatre)) as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=options.chromium, args=["--no-sandbox"])
        for name in options.only:
            query, width, height, scheme = VIEWS[name]
            address = url + "/" + (query if "theatre=" in query else query.replace("?", "?theatre=iraq-syria&"))
            picture = photograph(browser, address, width, height, scheme)
            with Image.open(io.BytesIO(picture)) as image:
                image.convert("RGB").save(options.output / f"{name}.png", optimize=True)
            print(options.output / f"{name}.png")
        browser.close()


if __name__ == "__main__":
    main()

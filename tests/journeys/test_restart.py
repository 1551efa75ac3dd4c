"""The server is killed and started anew while somebody reads: the page goes on where it was."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT
from tests.journeys.conftest import Person, answering
from tests.test_app_in_browser import free_port

pytestmark = pytest.mark.browser

ALBU_KAMAL, MOSUL = "174448", "99072"


class Server:
    """A server that can be killed and started again at the same address."""

    def __init__(self, log: Path) -> None:
        self.port, self.log = free_port(), log
        self.url = f"http://localhost:{self.port}"

    def start(self) -> None:
        command = [sys.executable, "-m", "streamlit", "run", "streamlit_app.py", "--server.headless", "true"]
        command += ["--server.port", str(self.port), "--server.fileWatcherType", "none"]
        with self.log.open("a") as file:
            self.process = subprocess.Popen(command, cwd=ROOT, stdout=file, stderr=file)
        answering(self.url)

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()


@pytest.fixture
def fragile(tmp_path: Path) -> Iterator[Server]:
    server = Server(tmp_path / "log")
    server.start()
    yield server
    server.kill()


@pytest.fixture
def reader(browser: Any) -> Iterator[Person]:
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    yield Person(context.new_page(), touch=False)
    context.close()


def restart(server: Server, reader: Person) -> None:
    server.kill()
    server.start()
    reader.page.wait_for_timeout(4000)  # the browser tries again by itself


def test_the_first_action_after_a_restart_is_carried_out_in_the_same_view(fragile: Server, reader: Person) -> None:
    reader.open(f"{fragile.url}/?date=2017-11-10&place={ALBU_KAMAL}")
    reader.heading("Albu Kamal")
    reader.find("Mosul")
    reader.heading("Mosul")
    reader.press(reader.map.get_by_role("button", name="Next change"))
    reader.page.wait_for_function("new URLSearchParams(location.search).get('date') > '2017-11-10'")
    reader.wait_for_parameter("place", MOSUL)
    date = reader.parameters["date"]

    restart(fragile, reader)
    reader.find("Raqqa")
    reader.heading("Raqqa")
    assert reader.parameters["date"] == date
    assert reader.ask_map("1") == 1  # the map is still there


def test_a_restart_says_that_an_upload_is_gone(fragile: Server, reader: Person) -> None:
    reader.open(fragile.url)
    reader.press(reader.panel.get_by_role("button", name="Add your own reports"))
    table = b"date,place,event,actor\n2017-11-01,Rutba,captured,SDF\n"
    field = reader.page.locator("input[type=file]")
    field.set_input_files({"name": "mine.csv", "mimeType": "text/csv", "buffer": table})
    reader.page.get_by_role("button", name="Show 1 row on the map").click()
    reader.panel.get_by_text("Your upload: 1 row").wait_for()

    restart(fragile, reader)
    reader.press(reader.map.get_by_role("button", name="Next change"))
    reader.panel.get_by_text("Your uploaded reports are gone").wait_for(timeout=30_000)

"""A person brings a spreadsheet, before a desktop screen and on a phone; another person sees nothing of it."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.conftest import Person
from tests.journeys.hostile_theatre import ATTACKS

pytestmark = pytest.mark.browser

RUTBA = "98677"
HEADER = ("Wen", "Town", "Wat hapend", "Whoo", "Remarks")
ROWS = [
    ("03/11/2017", "Rutba", "took", "SDF", ATTACKS[0]),
    ("04/11/2017", "Karmah", "held", "ISIL", '=HYPERLINK("http://evil.test")'),
    ("2017-02-31", ATTACKS[1], "captured", "SDF", ATTACKS[4]),
    ("2017-11-05", "Mosul", "captured", ATTACKS[6], ""),
]
"""Which of day and month comes first is asked; row 3 names two places, 4 has no such day, 5 no known side."""


def spreadsheet() -> bytes:
    file = io.StringIO()
    csv.writer(file, delimiter=";").writerows([HEADER, *ROWS])
    return file.getvalue().encode("utf-8-sig")


def choose(person: Person, dialog: Any, label: str, option: str) -> None:
    person.press(dialog.get_by_role("combobox", name=label).first)
    person.press(person.page.get_by_role("option", name=option).first)
    person.rest()


def test_bring_a_spreadsheet(server: str, person: Person, new_person: Callable[..., Person], tmp_path: Path) -> None:
    person.open(f"{server}/?date=2017-11-20&place={RUTBA}")
    person.rest()
    dialog = person.open_dialog("Add your own reports")
    dialog.locator("input[type=file]").set_input_files(
        {"name": "<img src=x onerror=hit()>.csv", "mimeType": "text/csv", "buffer": spreadsheet()}
    )
    dialog.get_by_text("4 rows: 0 on the map, 3 to decide, 1 not used").wait_for()
    assert "Wen: 03/11/2017" in dialog.get_by_role("combobox", name="Date").first.evaluate(
        "e => e.value || e.textContent"
    )

    choose(person, dialog, "Wen", "day comes first")
    dialog.get_by_text("4 rows: 1 on the map, 2 to decide, 1 not used").wait_for()
    choose(person, dialog, "Karmah", "Anbar")
    dialog.get_by_text("4 rows: 2 on the map, 1 to decide, 1 not used").wait_for()
    person.rest()  # the head of the dialog is told before its foot
    fault = dialog.locator(".cm-faults li")
    assert "Row 4" in fault.inner_text()
    assert "no such day" in fault.inner_text()
    assert person.page.evaluate("window.hit") is None
    assert dialog.locator("img[src=x], svg[onload], a[href^=javascript]").count() == 0
    assert person.page.evaluate("document.scrollingElement.scrollWidth - innerWidth") <= 0

    with person.page.expect_download() as downloading:
        person.press(dialog.get_by_role("button", name="rows to mend"))
    file = tmp_path / "mend.csv"
    downloading.value.save_as(file)
    rows = list(csv.reader(io.StringIO(file.read_text(encoding="utf-8-sig"), newline="")))
    assert [row[0] for row in rows] == ["row", "4", "5"]
    assert rows[0][3:] == list(HEADER)

    person.press(dialog.get_by_role("button", name="Show 2 rows on the map"))
    person.says("Your upload: 4 rows: 2 on the map, 1 to decide, 1 not used")
    person.says("Uploaded rows that name no source")
    assert "Syrian Democratic Forces" in person.panel.locator(".cm-reports").first.inner_text()
    assert ATTACKS[0] in person.panel.locator(".cm-reports").first.inner_text()
    assert person.page.evaluate("window.hit") is None
    person.map.locator(".cm-title", has_text="with 2 uploaded reports").wait_for()
    person.map.get_by_text("uploaded reports").first.wait_for(state="attached")  # on a phone it stands folded

    other = new_person()
    other.open(f"{server}/?date=2017-11-20&place={RUTBA}")
    other.heading("Rutba")
    assert "upload" not in other.panel.inner_text()
    assert "Iraqi government" in other.panel.locator(".cm-finding").inner_text()

    person.press(person.panel.get_by_role("button", name="Remove my upload"))
    person.panel.get_by_role("button", name="Add your own reports").wait_for()
    assert "uploaded report" not in person.panel.inner_text()

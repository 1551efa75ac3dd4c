"""Each kind of file that people have, taken through the app in a browser: asked what must be asked, and no more."""

from __future__ import annotations

from typing import Any

import pytest

from tests.journeys.conftest import Person
from tests.journeys.upload_kinds import KINDS, UploadKind

pytestmark = pytest.mark.browser


@pytest.fixture(params=["desktop"])
def screen(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def upload(person: Person, kind: UploadKind) -> Any:
    dialog = person.open_dialog("Add your own reports")
    dialog.locator("input[type=file]").set_input_files(
        {"name": f"mine.{kind.ending}", "mimeType": "text/csv", "buffer": kind.content}
    )
    dialog.get_by_text("Which column is what?").wait_for()
    person.rest()
    return dialog


def answer(person: Person, dialog: Any, question: str, option: str) -> None:
    person.press(dialog.get_by_role("combobox", name=question).first)
    person.press(person.page.get_by_role("option", name=option).first)
    person.rest()


def take_through(person: Person, kind: UploadKind) -> None:
    dialog = upload(person, kind)
    for question, option in kind.answers:
        answer(person, dialog, question, option)
    dialog.get_by_text(kind.counts).wait_for()
    person.rest()
    shown = dialog.inner_text()
    assert [text for text in kind.says if text not in shown] == []
    assert [text for text in kind.silent_about if text in shown] == []
    assert dialog.get_by_test_id("stException").count() == 0
    person.press(dialog.get_by_role("button", name="Remove my upload"))
    person.panel.get_by_role("button", name="Add your own reports").wait_for()
    person.rest()


@pytest.mark.parametrize("part", range(4))
def test_every_kind_of_file_is_read_or_asked_about(server: str, person: Person, part: int) -> None:
    person.open(f"{server}/?date=2014-06-20")
    person.rest()
    for kind in KINDS[part::4]:
        try:
            take_through(person, kind)
        except Exception as error:
            error.add_note(f"the kind: {kind.name}")
            raise


def test_a_file_about_another_map_is_opened_on_that_one(server: str, person: Person) -> None:
    """Towns of Ukraine on the map of Iraq and Syria: a button opens the map that has them, and the rows are on it."""
    rows = "".join(f"2022-09-1{n},{town},captured,Ukraine\n" for n, town in enumerate(("Izium", "Kupiansk", "Bakhmut")))
    person.open(f"{server}/?date=2014-06-20")
    person.rest()
    dialog = upload(person, UploadKind("Ukraine", f"date,place,event,actor\n{rows}".encode(), ""))
    dialog.get_by_text("None of these places (Izium, Kupiansk, Bakhmut) lies in this map.").wait_for()
    person.press(dialog.get_by_role("button", name="Open it on: Ukraine 2022-2024"))
    dialog.get_by_text("3 rows: 3 on the map, 0 to decide, 0 not used").wait_for(
        timeout=120_000
    )  # another map is drawn first
    person.rest()
    person.press(dialog.get_by_role("button", name="Show 3 rows on the map"))
    person.says("Your upload: 3 rows: 3 on the map")
    person.map.locator(".cm-title", has_text="Ukraine 2022-2024, with 3 uploaded reports").wait_for()

"""Where assessors differ, as a page: what it is told, and what a person sees of it in a browser without a network."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from control.assessors.comparison import Comparison, compare
from control.assessors.page import differences_page, differences_payload
from control.record.theatre import Theatre, load_theatre
from tests.control.assessors.invented import series
from tests.journeys.hostile_theatre import ATTACKS, HIT, write_hostile_theatre

FIRST, SECOND = f"<img src=x onerror={HIT}>", "</script><script>alert(1)</script> {{7*7}}"


@pytest.fixture(scope="module")
def theatre(tmp_path_factory: pytest.TempPathFactory) -> Theatre:
    return load_theatre(write_hostile_theatre(tmp_path_factory.mktemp("page") / "hostile"))


@pytest.fixture(scope="module")
def comparison() -> Comparison:
    """Of p0 they agree in January and differ from February on; of p4 one does not know; of p7 one begins in March."""
    first = {"p0": [(0, 90, "a0")], "p4": [(0, 90, "a4")], "p7": [(0, 90, "a7")]}
    second = {
        "p0": [(0, 31, "a0"), (31, 90, "a5")],
        "p4": [(0, 60, "unknown"), (60, 90, "a4")],
        "p7": [(59, 90, "a7")],
    }
    return compare([series(FIRST, first), series(SECOND, second)], draws=0)


def test_the_rows_are_the_standings(theatre: Theatre, comparison: Comparison) -> None:
    payload = differences_payload(theatre, comparison)
    agree, differ, silent, nobody = ([1, 0, 1.0, -1], [2, 1, 1.0, 1], [3, 2, 1.0, -1], [0, -1, 0.0, -1])
    assert [actor["id"] for actor in payload["actors"]] == ["agree", "differ", "silent"]
    assert payload["intervals"] == [
        [[0, *agree], [31, *differ]],
        [[0, *silent], [60, *agree]],
        [[0, *nobody], [59, *agree]],
    ]
    assert payload["opening"]["date"] == "2017-03-31"  # the theatre opens in June, when nobody says anything any more
    texts = [payload["told"]["texts"][n] for n in payload["told"]["rows"][0]]
    assert [text.count("\n") for text in texts] == [1, 1]
    assert differences_page(theatre, comparison) == differences_page(theatre, comparison)


@pytest.mark.browser
def test_a_person_scrubs_and_hostile_names_stay_text(
    browser: Any, theatre: Theatre, comparison: Comparison, tmp_path: Path
) -> None:
    page_file = tmp_path / "differences.html"
    page_file.write_text(differences_page(theatre, comparison, date(2017, 1, 5)), encoding="utf-8")
    complaints: list[str] = []
    page = browser.new_context(viewport={"width": 1000, "height": 700}).new_page()
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("dialog", lambda dialog: (complaints.append(dialog.message), dialog.dismiss()))
    page.on("request", lambda request: None if request.url.startswith("file:") else complaints.append(request.url))
    page.goto(page_file.as_uri())

    def counts(agree: int, differ: int, silent: int) -> None:
        page.wait_for_function(
            "wanted => [...document.querySelectorAll('.cm-actor .cm-figure')].map(e => e.textContent).join(' ') === wanted",
            arg=f"{agree} {differ} {silent}",
            timeout=15_000,
        )

    counts(1, 0, 1)
    before = page.locator(".cm-marks").screenshot()
    page.focus(".cm-slider")
    page.keyboard.press("PageUp")
    counts(0, 1, 1)
    assert page.locator(".cm-date").text_content() == "5 February 2017"
    assert page.locator(".cm-marks").screenshot() != before
    page.keyboard.press("End")
    counts(2, 1, 0)
    assert page.locator(".cm-date").text_content() == "31 March 2017"

    # the card of the place on which they differ has a line for each, as text
    page.get_by_role("button", name="Table").click()
    page.get_by_role("button", name=ATTACKS[0], exact=True).click()
    page.locator(".cm-pinned", has_text=FIRST).wait_for(timeout=15_000)
    said = page.locator(".cm-pinned").inner_text().split("\n")
    assert any(FIRST in line for line in said)
    assert any(SECOND in line for line in said)
    assert said[-1] == "They differ since 1 February 2017"
    assert page.get_by_role("button", name="Compare", exact=True).count() == 0
    assert page.evaluate("[window.hit, document.querySelectorAll('img, svg[onload], [onerror]').length]") == [None, 0]
    assert complaints == []
    page.context.close()

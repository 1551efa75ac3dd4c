"""An upload in the app: seen by whoever uploaded it, and by nobody else."""

from __future__ import annotations

import gc
import weakref
from datetime import date

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet
from streamlit.runtime.caching import cache_data_api, cache_resource_api
from streamlit.testing.v1 import AppTest

from control.app.panel.policies import KEY as POLICIES_COMPARED
from control.app.panel.tabs import TABS
from control.app.upload.unused_rows import faults_html
from control.app.widgets.keys import widget_key
from control.record.event_kinds import EventKind
from control.record.fault import Fault, Origin
from control.upload.questions import Kind
from control.upload.reading import Reading
from tests.conftest import ROOT
from tests.control.upload.workbooks import HEADER, workbook

MINE = (
    "Wen;Town;Wat hapend;Whoo\n"
    "2017-11-01;Rutba;captured;SDF\n"
    "2017-11-02;Rabia;captured;SDF\n"
    "2017-02-30;Mosul;captured;SDF\n"
)
"""Row 2 is good, row 3 names one of two places, row 4 has no such day."""

BUNDLED_TITLE = "Iraq and Syria 2013-2019: who held what"
OWN_TITLE = "Iraq and Syria 2013-2019, with 1 uploaded report: who held what"


def visitor() -> AppTest:
    return AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=60)


def shown(app: AppTest) -> str:
    assert not app.exception
    return "\n".join(element.value.replace("\\", "") for element in (*app.markdown, *app.caption, *app.warning))


def give(app: AppTest, content: str | bytes = MINE) -> None:
    data = content if isinstance(content, bytes) else content.encode()
    app.button(key=widget_key("upload", "begin")).click().run()
    app.file_uploader[0].set_value(("mine.csv", data, "text/csv")).run()


@pytest.fixture(autouse=True)
def _in_the_checkout(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


def test_an_upload_is_on_the_map_of_its_own_session_alone() -> None:
    mine, theirs = visitor(), visitor()
    mine.session_state["tab"] = theirs.session_state["tab"] = "Cite"
    give(mine.run())
    assert "3 rows: 1 on the map, 1 to decide, 1 not used" in shown(mine)
    assert mine.code[1].value.startswith(BUNDLED_TITLE)  # not before the columns have been confirmed

    mine.button(key=widget_key("upload", "apply")).click().run()
    assert "3 rows: 1 on the map, 1 to decide, 1 not used" in shown(mine)
    assert "What you uploaded is in this view (1 reports)" in shown(mine)
    assert mine.code[1].value.startswith(OWN_TITLE)
    own_snapshot = mine.code[1].value

    text = shown(theirs.run())
    assert "upload" not in text
    assert theirs.code[1].value.startswith(BUNDLED_TITLE)
    assert "upload" not in theirs.code[1].value
    assert theirs.code[1].value.split("snapshot ")[1][:16] != own_snapshot.split("snapshot ")[1][:16]

    mine.button(key=widget_key("upload", "remove")).click().run()
    assert mine.code[1].value == theirs.code[1].value


def look_around(app: AppTest) -> AppTest:
    """Open every tab, and ask for all that is worked out when somebody asks."""
    app.session_state[POLICIES_COMPARED] = True
    for tab in TABS:
        app.session_state["tab"] = tab
        assert not app.run().exception
    return app


def shared_entries() -> set[str]:
    """Name all that is kept for all visitors, as function and arguments."""
    found = set()
    for cache in cache_resource_api._resource_caches._function_caches.get(None, {}).values():
        found |= {f"{cache.display_name} {key}" for key in cache._mem_cache}
    for cache in cache_data_api._data_caches._function_caches.get(None, {}).values():
        found |= {f"{cache.display_name} {key}" for key in cache.storage._mem_cache}
    return found


def test_nothing_that_all_visitors_share_keeps_an_upload() -> None:
    app = look_around(visitor().run())
    before = shared_entries()
    assert {entry.split()[0].rpartition(".")[2] for entry in before} >= {"side_by_side", "_page", "figures_of", "draw"}

    give(app)
    app.button(key=widget_key("upload", "apply")).click().run()
    look_around(app)
    assert shared_entries() == before

    theatre = weakref.ref(app.session_state["upload"].theatre)
    assert theatre() is not None
    del app
    # what happens when the window is closed; the script's own names live until the next run, whoever's it is
    visitor().run()
    cache_resource_api._resource_caches.clear_session("test session id")
    cache_data_api._data_caches.clear_session("test session id")
    gc.collect()
    assert theatre() is None


def test_a_decision_counts_when_the_dialog_is_confirmed() -> None:
    app = visitor()
    give(app.run())
    (question,) = app.session_state["upload"].reading().questions
    asked = app.selectbox(key=widget_key("upload", "answer", question.key))
    assert asked.options[0] == "Decide later"
    asked.select(question.choices[0].id).run()
    assert "3 rows: 2 on the map, 0 to decide, 1 not used" in shown(app)


@pytest.mark.parametrize(
    "header",
    ["town,on,held by", "location;as of date;controlled by", "name,date,party,lat,lon,source,url,note,published"],
)
def test_a_table_of_holders_is_read_as_states_on_a_day(header: str) -> None:
    """No column says what happened: three of three rows are used, and the app asks what each of them says."""
    separator = ";" if ";" in header else ","
    more = [""] * (len(header.split(separator)) - 3)
    rows = [["Mosul", "2015-06-01", "ISIL"], ["Erbil", "2015-06-01", "Peshmerga"], ["Raqqa", "2015-06-01", "ISIL"]]
    app = visitor()
    give(app.run(), "\n".join([header, *(separator.join([*row, *more]) for row in rows)]))
    assert "3 rows: 3 on the map, 0 to decide, 0 not used" in shown(app)
    assert [claim.event for claim in app.session_state["upload"].reading().claims] == [EventKind.HOLDS] * 3
    stamp = app.session_state["upload"].sheet.digest[:8]
    said = app.selectbox(key=widget_key("upload", "option", "event", stamp))
    assert said.value == EventKind.HOLDS
    said.select(EventKind.CAPTURED).run()
    assert "3 rows: 3 on the map, 0 to decide, 0 not used" in shown(app)
    app.button(key=widget_key("upload", "apply")).click().run()
    assert "Your upload: 3 rows: 3 on the map" in shown(app)


def test_what_a_workbook_hides_is_said_and_may_be_left_out() -> None:
    def hide(book: Workbook, sheet: Worksheet) -> None:
        sheet.row_dimensions[3].hidden = True
        book.create_sheet("Older").sheet_state = "hidden"

    rows = [[*HEADER], [date(2015, 6, 1), "Mosul", "holds", "ISIL"], [date(2015, 6, 2), "Erbil", "holds", "Peshmerga"]]
    app = visitor()
    give(app.run(), workbook(rows, hide))
    assert "2 rows: 2 on the map, 0 to decide, 0 not used" in shown(app)
    assert "1 hidden row is read like all others (row 3)" in shown(app)
    assert app.selectbox(key=widget_key("upload", "file", "sheet")).options == ["Sheet", "Older (hidden)"]
    (switch,) = app.checkbox
    assert (switch.label, switch.value) == ("Read 1 hidden row", True)
    switch.uncheck().run()
    assert "1 row: 1 on the map, 0 to decide, 0 not used" in shown(app)
    assert "1 hidden row is left out (row 3)" in shown(app)
    app.checkbox[0].check().run()
    assert "2 rows: 2 on the map" in shown(app)


def test_what_a_column_of_dates_leaves_open_is_asked_once() -> None:
    """Two midnights of Baghdad in UTC, and two dates of the Islamic calendar: one question for each pair."""
    dates = ("2014-06-10T21:00:00.000Z", "2014-06-11T21:00:00.000Z", "1435-08-12", "13 شعبان 1435")
    app = visitor()
    give(app.run(), "date,place,event,actor\n" + "".join(f"{day},Tikrit,captured,ISIL\n" for day in dates))
    assert "4 rows: 0 on the map, 4 to decide, 0 not used" in shown(app)
    for kind, answer in ((Kind.CALENDAR, "islamic-day"), (Kind.INSTANT, "theatre")):
        (question,) = (q for q in app.session_state["upload"].reading().questions if q.kind is kind)
        asked = app.selectbox(key=widget_key("upload", "answer", question.key))
        assert "Leave these rows out" not in asked.options
        asked.select(answer).run()
    days = sorted(str(claim.window) for claim in app.session_state["upload"].reading().claims)
    assert days == ["2014-06-10", "2014-06-11", "2014-06-12"]
    assert "4 rows: 3 on the map, 1 said twice, 0 to decide, 0 not used" in shown(app)


def test_letters_are_confirmed_or_read_in_another_way() -> None:
    """The Arabic names are proposed; the person tries Western letters, thinks better of it, and takes the Arabic ones."""
    rows = "التاريخ;المدينة;الحدث;الطرف\n2014-06-10;الموصل;captured;ISIL\n"
    app = visitor().run()
    app.button(key=widget_key("upload", "begin")).click().run()
    app.file_uploader[0].set_value(("mine.csv", rows.encode("cp1256"), "text/csv")).run()
    assert "1 row: 0 on the map, 1 to decide, 0 not used" in shown(app)

    def choose(encoding: str) -> None:
        digest = app.session_state["upload"].sheet.digest[:8]
        said = bool(app.session_state["upload"].answers)
        app.selectbox(key=widget_key("upload", "letters", said, digest)).select(encoding).run()

    choose("cp1252")
    assert "ÇáãæÕá" in app.session_state["upload"].sheet.lines[0].cells[1]
    choose("cp1256")
    assert "1 row: 1 on the map, 0 to decide, 0 not used" in shown(app)


def test_a_column_that_stands_twice_is_chosen_by_a_person() -> None:
    app = visitor().run()
    give(app, "date,place,event,actor,date\n2017-11-01,Rutba,captured,SDF,2016-01-01\n")
    assert any("Choose the column for: Date" in info.value for info in app.info)
    stamp = app.session_state["upload"].sheet.digest[:8]
    chosen = app.selectbox(key=widget_key("upload", "column", "date", stamp))
    assert any("column E" in option for option in chosen.options)
    chosen.select(4).run()
    assert "1 row: 1 on the map" in shown(app)
    assert app.session_state["upload"].reading().claims[0].window.text == "2016-01-01"


def test_a_file_about_another_map_is_opened_on_that_one() -> None:
    """Towns of Ukraine on the map of Iraq and Syria: nothing is asked, and a button opens the map that has them."""
    towns = ("Izium", "Kupiansk", "Kherson", "Bakhmut")
    app = visitor().run()
    give(
        app,
        "date,place,event,actor\n" + "".join(f"2022-09-1{n},{town},captured,Ukraine\n" for n, town in enumerate(towns)),
    )
    assert "None of these places (Izium, Kupiansk, Kherson) lies in this map." in shown(app)
    assert "This map covers Iraq and Syria from 1 January 2013 to 31 December 2019." in shown(app)
    assert "docs/tutorial-new-theatre.md" in shown(app)
    assert [widget for widget in app.selectbox if (widget.key or "").startswith("upload:answer")] == []
    button = app.button(key=widget_key("upload", "open_on", "ukraine"))
    assert button.label == "Open it on: Ukraine 2022\\-2024 (4 of 4 places, 4 of 4 dates)"
    button.click().run()
    assert app.session_state["theatre"] == "ukraine"
    assert app.session_state["upload"].bundled.settings.id == "ukraine"
    assert "4 rows: 4 on the map, 0 to decide, 0 not used" in shown(app)
    app.button(key=widget_key("upload", "apply")).click().run()
    assert "Your upload: 4 rows: 4 on the map" in shown(app)


def test_a_file_about_no_map_there_is_says_how_to_make_one() -> None:
    app = visitor().run()
    give(app, "date,place,event,actor\n2023-04-15,Khartoum,captured,RSF\n2023-10-26,Nyala,captured,RSF\n")
    assert "theatre new" in shown(app)
    assert [button for button in app.button if "Open it on" in button.label] == []
    stamp = app.session_state["upload"].sheet.digest[:8]
    app.toggle(key=widget_key("upload", "anyway", stamp)).set_value(True).run()
    assert app.session_state["upload"].options.anyway


def test_a_file_that_is_no_table_is_told_of() -> None:
    app = visitor()
    give(app.run(), "one column\n1\n")
    assert "no table is in it" in app.error[0].value
    assert not app.exception


def test_faults_are_text() -> None:
    fault = Fault(
        Origin("", 2, "row", "<b>x</b>"), "<script>alert(1)</script>", "\u202ea date", "<img src=x onerror=alert(1)>"
    )
    html = faults_html(Reading(1, (), (), (), (), (), (2,), (fault,), (), ()))
    assert "<script" not in html
    assert "<img" not in html
    assert "\u202e" not in html

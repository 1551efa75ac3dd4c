"""An upload in the app: seen by whoever uploaded it, and by nobody else."""

from __future__ import annotations

import gc
import weakref

import pytest
from streamlit.runtime.caching import cache_data_api, cache_resource_api
from streamlit.testing.v1 import AppTest

from control.app.panel import TABS
from control.app.policies import KEY as POLICIES_COMPARED
from control.app.upload_unused import faults_html
from control.upload.reading import Reading
from control.upload.sheet import Fault
from tests.conftest import ROOT

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


def give(app: AppTest, content: str = MINE) -> None:
    app.button(key="upload_begin").click().run()
    app.file_uploader[0].set_value(("mine.csv", content.encode(), "text/csv")).run()


@pytest.fixture(autouse=True)
def _in_the_checkout(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


def test_an_upload_is_on_the_map_of_its_own_session_alone() -> None:
    mine, theirs = visitor(), visitor()
    mine.session_state["tab"] = theirs.session_state["tab"] = "Cite"
    give(mine.run())
    assert "3 rows: 1 on the map, 1 to decide, 1 not used" in shown(mine)
    assert mine.code[1].value.startswith(BUNDLED_TITLE)  # not before the columns have been confirmed

    mine.button(key="upload_apply").click().run()
    assert "3 rows: 1 on the map, 1 to decide, 1 not used" in shown(mine)
    assert "What you uploaded is in this view (1 reports)" in shown(mine)
    assert mine.code[1].value.startswith(OWN_TITLE)
    own_snapshot = mine.code[1].value

    text = shown(theirs.run())
    assert "upload" not in text
    assert theirs.code[1].value.startswith(BUNDLED_TITLE)
    assert "upload" not in theirs.code[1].value
    assert theirs.code[1].value.split("snapshot ")[1][:16] != own_snapshot.split("snapshot ")[1][:16]

    mine.button(key="upload_remove").click().run()
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
    app.button(key="upload_apply").click().run()
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
    asked = app.selectbox(key=f"upload_answer_{question.key}")
    assert asked.options[0] == "Decide later"
    asked.select(question.choices[0].id).run()
    assert "3 rows: 2 on the map, 0 to decide, 1 not used" in shown(app)


def test_a_file_that_is_no_table_is_told_of() -> None:
    app = visitor()
    give(app.run(), "one column\n1\n")
    assert "no table is in it" in app.error[0].value
    assert not app.exception


def test_faults_are_text() -> None:
    fault = Fault(2, "<b>x</b>", "<script>alert(1)</script>", "\u202ea date", "<img src=x onerror=alert(1)>")
    html = faults_html(Reading(1, (), (), (), (), (), (2,), (fault,), (), ()))
    assert "<script" not in html
    assert "<img" not in html
    assert "\u202e" not in html

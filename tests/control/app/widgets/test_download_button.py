"""Two visitors are never offered one file for two contents."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest
from streamlit.runtime.memory_media_file_storage import MemoryMediaFileStorage
from streamlit.testing.v1 import AppTest

from control.app.widgets.download_button import kind_with_digest
from control.app.widgets.keys import widget_key
from tests.conftest import ROOT


def test_files_that_differ_in_the_middle_have_addresses_of_their_own() -> None:
    one, other = (bytes(700_000) + letter + bytes(2_000_000) for letter in (b"a", b"b"))
    storage = MemoryMediaFileStorage("/media")
    plain = [storage.load_and_get_id(data, "text/csv", "download", "rows.csv") for data in (one, other)]
    assert plain[0] == plain[1]  # what has to be guarded against
    guarded = [
        storage.load_and_get_id(d, kind_with_digest("text/csv", d), "download", "rows.csv") for d in (one, other)
    ]
    assert guarded[0] != guarded[1]


def test_every_download_of_the_app_goes_through_the_one_guard() -> None:
    app = (ROOT / "control" / "app").rglob("*.py")
    assert [path.name for path in app if "st.download_button(" in path.read_text(encoding="utf-8")] == [
        "download_button.py"
    ]


def table(agent: str) -> str:
    """Return a table of rows to mend, over a megabyte, whose middle names an agent."""
    rows = [f"2017-02-30,Mosul,captured,ISIL,{'x' * 600} {n}" for n in range(2000)]
    rows[700] = f"2017-02-30,Mosul,captured,ISIL,{'x' * 600} {agent}"
    return "\n".join(["date,place,event,actor,note", "2017-11-01,Rutba,captured,ISIL,", *rows])


def test_two_sessions_whose_tables_differ_in_one_cell_get_their_own_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    addresses = set()
    for agent in ("agent-007", "agent-008"):
        app = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=120).run()
        app.button(key=widget_key("upload", "begin")).click().run()
        app.file_uploader[0].set_value(("mine.csv", table(agent).encode(), "text/csv")).run()
        assert not app.exception
        (button,) = [b for b in app.get("download_button") if re.search("rows to mend", b.proto.label)]
        addresses.add(urlsplit(button.proto.url).path)
    assert len(addresses) == 2
